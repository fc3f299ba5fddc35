import type { Ctx } from '../../platform/ctx.ts';
import type { JsonObject } from '../../platform/json.ts';
import { emit } from '../../platform/outbox.ts';
import type { BookingRow } from './tables.ts';

/** What booking announces; the key is the booking's id. */
export type BookingEventType =
  | 'booking.quote_asked'
  | 'booking.quote_sent'
  | 'booking.requested'
  | 'booking.confirmed'
  | 'booking.declined'
  | 'booking.expired'
  | 'booking.cancelled'
  | 'booking.absent'
  | 'booking.time_proposed'
  | 'booking.time_agreed'
  | 'booking.time_declined'
  | 'booking.assigned'
  | 'booking.assignment_answered'
  | 'booking.offers_sent'
  | 'booking.offer_answered'
  | 'booking.offers_over'
  | 'booking.started'
  | 'booking.photo_added'
  | 'booking.completed'
  | 'booking.accepted'
  | 'booking.problem_reported'
  | 'booking.problem_resolved'
  | 'booking.charge_failed'
  | 'booking.money_moved'
  | 'booking.closed';

/** Tells listeners, and the live pages of everyone who may see the booking. No address, no name. */
export async function announce(
  ctx: Ctx,
  type: BookingEventType,
  booking: BookingRow,
  data: JsonObject = {},
  alsoTell: readonly string[] = [],
): Promise<void> {
  const topics = [`booking:${booking.id}`, `person:${booking.customer_id}`, ...alsoTell];
  const seen = booking.requested_at !== null || booking.kind === 'quote';
  if (booking.buyer_organisation_id) topics.push(`organisation:${booking.buyer_organisation_id}`);
  if (booking.organisation_id && seen) topics.push(`organisation:${booking.organisation_id}`);
  if (booking.lead_id && seen) topics.push(`person:${booking.lead_id}`);
  await emit(ctx, {
    type,
    key: booking.id,
    topics: [...new Set(topics)],
    data: {
      bookingId: booking.id,
      kind: booking.kind,
      state: booking.state,
      customerId: booking.customer_id,
      organisationId: booking.organisation_id,
      serviceId: booking.service_id,
      categoryId: booking.category_id,
      ...data,
    },
  });
}
