import type { OfferState } from '@plumbline/domain/booking';
import type { Ctx } from '../../../platform/ctx.ts';
import { announce } from '../events.ts';
import type { BookingRow } from '../tables.ts';
import * as store from './store.ts';

/** Ends every offer that still waits, and lets it vanish from the crews' queues. */
export async function closeOffers(
  ctx: Ctx,
  booking: BookingRow,
  state: Extract<OfferState, 'lapsed' | 'lost' | 'withdrawn'>,
): Promise<void> {
  const closed = await store.closeOpen.all(ctx, booking.region_id, booking.id, state, ctx.clock.now());
  if (closed.length > 0) await announce(ctx, 'booking.offers_over', booking, { state }, topicsOf(closed));
}

/** Who hears of offers: the people who are asked, and their offices. */
export function topicsOf(offers: readonly { lead_id: string; organisation_id: string }[]): string[] {
  return offers.flatMap((offer) => [`person:${offer.lead_id}`, `organisation:${offer.organisation_id}`]);
}
