import type { Address } from '@plumbline/contracts/booking';
import type { AssignmentState, BookingKind, BookingState, OfferState, ProposalState } from '@plumbline/domain/booking';

export interface BookingRow {
  id: string;
  region_id: string;
  reference: string;
  kind: BookingKind;
  state: BookingState;
  version: number;
  customer_id: string;
  customer_name: string;
  buyer_organisation_id: string | null;
  organisation_id: string | null;
  provider_name: string | null;
  service_id: string | null;
  category_id: string;
  title: string;
  package_id: string | null;
  package_title: string | null;
  hours: number | null;
  price_kind: 'fixed' | 'hourly' | 'quote' | 'on_demand';
  currency: string;
  price_minor: bigint | null;
  ceiling_minor: bigint | null;
  vat_rate_bp: number | null;
  numbers_version: number;
  time_zone: string;
  start_at: Date | null;
  end_at: Date | null;
  duration_minutes: number;
  buffer_before_minutes: number;
  buffer_after_minutes: number;
  resource_id: string | null;
  claim_id: string | null;
  lead_id: string | null;
  crew_ids: string[];
  zone_id: string | null;
  area: string;
  address: Address;
  lat: number;
  lng: number;
  note: string | null;
  order_id: string | null;
  pay_mode: 'pay_now' | 'save_card' | null;
  held_at: Date | null;
  charge_at: Date | null;
  pay_again_until: Date | null;
  released_at: Date | null;
  fee_minor: bigint | null;
  due_at: Date | null;
  requested_at: Date | null;
  confirmed_at: Date | null;
  started_at: Date | null;
  completed_at: Date | null;
  accepted_at: Date | null;
  ended_at: Date | null;
  completion_note: string | null;
  problem_text: string | null;
  problem_at: Date | null;
  problem_outcome: 'release' | 'full' | 'partial' | null;
  cancelled_by: 'customer' | 'provider' | 'platform' | null;
  dispatch_until: Date | null;
  wave: number;
  idempotency_key: string | null;
  created_at: Date;
  updated_at: Date;
}

/** What may change after a booking was opened; its state and version change by a move alone. */
export type BookingPatch = Partial<
  Omit<
    BookingRow,
    'id' | 'region_id' | 'reference' | 'kind' | 'state' | 'version' | 'customer_id' | 'created_at' | 'updated_at'
  >
>;

export type Side = 'customer' | 'provider' | 'platform';

export interface EventRow {
  id: string;
  kind: string;
  at: Date;
  by_side: Side;
  person_id: string | null;
  person_name: string | null;
  note: string | null;
  reason: string | null;
  amount_minor: bigint | null;
  from_at: Date | null;
  to_at: Date | null;
}

export interface AssignmentRow {
  id: string;
  booking_id: string;
  person_id: string;
  person_name: string;
  resource_id: string;
  part: 'lead' | 'support';
  state: AssignmentState;
  reason: string | null;
}

export interface ProposalRow {
  id: string;
  booking_id: string;
  by_side: 'customer' | 'provider';
  start_at: Date;
  end_at: Date;
  note: string | null;
  state: ProposalState;
  created_at: Date;
}

export interface OfferRow {
  id: string;
  region_id: string;
  booking_id: string;
  wave: number;
  place: number;
  resource_id: string;
  lead_id: string;
  organisation_id: string;
  provider_name: string;
  service_id: string;
  title: string;
  price_minor: bigint;
  vat_rate_bp: number;
  duration_minutes: number;
  buffer_before_minutes: number;
  buffer_after_minutes: number;
  distance_metres: number | null;
  state: OfferState;
  offered_at: Date;
  until: Date;
}

export interface PhotoRow {
  file_id: string;
  by_side: 'customer' | 'provider';
  at: Date;
}
