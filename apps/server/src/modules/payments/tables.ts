import type { CommissionLevel } from '@plumbline/domain/fees';
import type { OrderState } from '@plumbline/domain/order';
import type { PayoutState } from '@plumbline/domain/payout';
import type { CurrencyCode } from '@plumbline/money';

export interface OrderRow {
  id: string;
  region_id: string;
  reference: string;
  customer_id: string;
  buyer_organisation_id: string | null;
  organisation_id: string | null;
  subject_kind: 'booking';
  subject_id: string;
  category_id: string;
  currency: CurrencyCode;
  jurisdiction: string;
  product: string;
  mode: 'pay_now' | 'save_card';
  zone: string;
  starts_at: Date;
  is_ceiling: boolean;
  state: OrderState;
  version: number;
  agreed_minor: bigint;
  authorised_minor: bigint;
  captured_minor: bigint;
  refunded_minor: bigint;
  refunds_open_minor: bigint;
  accepted_minor: bigint;
  fee_minor: bigint;
  numbers_version: number;
  commission_bp: number;
  commission_level: CommissionLevel;
  commission_vat_bp: number;
  hold_days: number;
  two_people: boolean;
  payment_intent_id: string | null;
  charge_id: string | null;
  capture_before: Date | null;
  saved_card_id: string | null;
  card_brand: string | null;
  card_last4: string | null;
  capture_wanted_minor: bigint | null;
  cancel_reason: string | null;
  expiry_wanted: boolean;
  frozen_from: OrderState | null;
  frozen_reason: string | null;
  window_left_ms: bigint | null;
  release_at: Date | null;
  opened_at: Date;
  authorised_at: Date | null;
  held_at: Date | null;
  delivered_at: Date | null;
  accepted_at: Date | null;
  accepted_by: string | null;
  released_at: Date | null;
  closed_at: Date | null;
  ended_at: Date | null;
  checked_version: number;
  checked_at: Date | null;
}

/** What may change in an order after it was opened; its state and version change by a move alone. */
export type OrderPatch = Partial<
  Omit<
    OrderRow,
    | 'id'
    | 'region_id'
    | 'reference'
    | 'customer_id'
    | 'buyer_organisation_id'
    | 'subject_kind'
    | 'subject_id'
    | 'currency'
    | 'state'
    | 'version'
    | 'agreed_minor'
    | 'opened_at'
  >
>;

export interface LineRow {
  id: string;
  order_id: string;
  position: number;
  title: string;
  vat_rate_bp: number;
  amount_minor: bigint;
  pending_id: string | null;
  captured_minor: bigint;
  refunded_minor: bigint;
  accepted_minor: bigint;
  provider_minor: bigint;
  commission_minor: bigint;
  vat_minor: bigint;
  back_provider: bigint;
  back_commission: bigint;
  back_vat: bigint;
}

export interface RefundRow {
  id: string;
  region_id: string;
  order_id: string;
  amount_minor: bigint;
  currency: CurrencyCode;
  reason: string;
  state: 'requested' | 'confirmed' | 'failed';
  psp_refund_id: string | null;
  confirm_journal: string | null;
  failure: string | null;
  requested_at: Date;
  confirmed_at: Date | null;
}

export interface CheckoutRow {
  id: string;
  region_id: string;
  order_id: string;
  call_id: string;
  mode: 'payment' | 'setup';
  state: 'opening' | 'open' | 'complete' | 'expired';
  psp_session_id: string | null;
  url: string | null;
}

export interface AccountRow {
  organisation_id: string;
  region_id: string;
  psp_account_id: string | null;
  details_submitted: boolean;
  payouts_enabled: boolean;
  transfers_active: boolean;
  requirements: string[];
  bank_name: string | null;
  bank_last4: string | null;
  bank_id: string | null;
  method_since: Date | null;
  method_failed: boolean;
  frozen_reason: string | null;
}

export interface PayoutRow {
  id: string;
  region_id: string;
  batch_id: string;
  organisation_id: string;
  reference: string;
  state: PayoutState;
  version: number;
  amount_minor: bigint;
  currency: CurrencyCode;
  psp_account_id: string;
  pending_id: string;
  transfer_id: string | null;
  reversal_id: string | null;
  psp_payout_id: string | null;
  paid_journal: string | null;
  failure: string | null;
  arrives_at: Date | null;
  created_at: Date;
  settled_at: Date | null;
  approved_by: string | null;
  retry_of: string | null;
}

export interface EarningRow {
  id: string;
  order_id: string;
  kind: 'release' | 'refund' | 'recovery';
  currency: CurrencyCode;
  gross_minor: bigint;
  commission_minor: bigint;
  vat_minor: bigint;
  net_minor: bigint;
  journal_id: string;
  at: Date;
  payout_id: string | null;
}
