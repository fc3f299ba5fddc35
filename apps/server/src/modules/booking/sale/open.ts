import { audit } from '../../../platform/audit.ts';
import type { Ctx, PersonActor } from '../../../platform/ctx.ts';
import { newId, newReference } from '../../../platform/ids.ts';
import type * as zones from '../../zones/index.ts';
import { announce, type BookingEventType } from '../events.ts';
import { lineOf, type TimelineKind } from '../machine.ts';
import type { Place } from '../offering.ts';
import * as store from '../store.ts';
import type { BookingRow } from '../tables.ts';

type Unsold =
  | 'kind'
  | 'state'
  | 'category_id'
  | 'title'
  | 'price_kind'
  | 'currency'
  | 'numbers_version'
  | 'time_zone'
  | 'duration_minutes';

/** A booking of which only the customer and the place are known. */
export function emptyBooking(ctx: Ctx, actor: PersonActor, place: Place, zone: zones.Zone): Omit<BookingRow, Unsold> {
  const now = ctx.clock.now();
  return {
    ...blank,
    id: newId(),
    region_id: ctx.regionId,
    reference: newReference('BK'),
    version: 1,
    customer_id: actor.personId,
    customer_name: actor.name,
    buyer_organisation_id: place.buyerOrganisationId ?? null,
    zone_id: zone.zoneId,
    area: zone.name,
    address: place.address,
    lat: place.point.lat,
    lng: place.point.lng,
    note: place.note?.trim() || null,
    idempotency_key: ctx.idempotencyKey ?? null,
    created_at: now,
    updated_at: now,
  };
}

const blank = {
  organisation_id: null,
  provider_name: null,
  service_id: null,
  package_id: null,
  package_title: null,
  hours: null,
  price_minor: null,
  ceiling_minor: null,
  vat_rate_bp: null,
  start_at: null,
  end_at: null,
  buffer_before_minutes: 0,
  buffer_after_minutes: 0,
  resource_id: null,
  claim_id: null,
  lead_id: null,
  crew_ids: [],
  order_id: null,
  pay_mode: null,
  held_at: null,
  charge_at: null,
  pay_again_until: null,
  released_at: null,
  fee_minor: null,
  due_at: null,
  requested_at: null,
  confirmed_at: null,
  started_at: null,
  completed_at: null,
  accepted_at: null,
  ended_at: null,
  completion_note: null,
  problem_text: null,
  problem_at: null,
  problem_outcome: null,
  cancelled_by: null,
  dispatch_until: null,
  wave: 0,
} satisfies Partial<BookingRow>;

/** Writes a new booking with the first line of its story and its audit entry; told to others only with an event. */
export async function open(
  ctx: Ctx,
  booking: BookingRow,
  told: TimelineKind,
  event?: BookingEventType,
): Promise<BookingRow> {
  const opened = await insert(ctx, booking, told);
  await audit(ctx, {
    act: `booking.${told}`,
    subject: `booking:${opened.id}`,
    detail: { kind: opened.kind, state: opened.state, serviceId: opened.service_id, orderId: opened.order_id },
  });
  if (event) await announce(ctx, event, opened);
  return opened;
}

/** References are short enough for people to read out, so that two may meet; then another is drawn. */
async function insert(ctx: Ctx, booking: BookingRow, told: TimelineKind): Promise<BookingRow> {
  for (let tries = 0; tries < 5; tries += 1) {
    const named = tries === 0 ? booking : { ...booking, reference: newReference('BK') };
    if (await store.insert(ctx, named, lineOf(ctx, named, { kind: told, side: 'customer' }))) return named;
  }
  throw new Error('five references in a row were taken');
}
