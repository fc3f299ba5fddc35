import { mayInOrganisation } from '@plumbline/domain/access';
import { audit } from '../../../platform/audit.ts';
import { personOf, type Ctx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { clearDeadline } from '../../../platform/deadlines.ts';
import { isRefusal, refuse } from '../../../platform/errors.ts';
import * as calendar from '../../calendar/index.ts';
import { requireRoomFor } from '../capacity/service.ts';
import { agreed } from '../deal/confirm.ts';
import { announce } from '../events.ts';
import { lock } from '../machine.ts';
import { requireProven } from '../offering.ts';
import * as policy from '../policy.ts';
import { claimedRange } from '../sale/slots.ts';
import type { BookingPatch, BookingRow, OfferRow } from '../tables.ts';
import { closeOffers, topicsOf } from './offers.ts';
import { nextWave } from './service.ts';
import * as store from './store.ts';

const minuteMs = 60_000;
/** Arrivals are promised on the five minutes. */
const roundedMs = 5 * minuteMs;

/** Offers that wait for the actor, or for the crews whose work they run; the one that ends first comes first. */
export async function mine(ctx: Ctx): Promise<store.LiveOfferRow[]> {
  const actor = personOf(ctx);
  const runs = actor.memberships
    .map((membership) => membership.organisationId)
    .filter((id) => mayInOrganisation(actor.memberships, id, 'booking:confirm'));
  return store.live.all(ctx, ctx.regionId, actor.personId, runs, ctx.clock.now());
}

/** The offer and its booking, the latter locked: whoever comes second waits here and then sees what happened. */
async function lockOffer(
  ctx: Ctx,
  offerId: string,
): Promise<{ offer: OfferRow; booking: BookingRow; party: 'lead' | 'provider' }> {
  const found = (await store.byId.first(ctx, ctx.regionId, offerId)) ?? refuse('access.not_found');
  const party = policy.answersFor(ctx.actor, found) ?? refuse('access.not_found');
  const booking = await lock(ctx, found.booking_id);
  const offer = (await store.byId.first(ctx, ctx.regionId, offerId)) ?? refuse('access.not_found');
  return { offer, booking, party };
}

/** Says which kind of "too late" it is. */
function requireLive(ctx: Ctx, offer: OfferRow, booking: BookingRow): void {
  if (offer.state === 'lost' || (booking.state === 'confirmed' && offer.state === 'offered'))
    refuse('booking.offer_taken');
  const live = booking.state === 'requested' && offer.state === 'offered' && ctx.clock.now() < offer.until;
  if (!live) refuse('booking.offer_over', { state: offer.state });
}

export interface OfferAcceptance {
  arrivalMinutes: number;
  /** Needed when one answers for somebody else. */
  reason?: string | undefined;
}

/**
 * Takes the work: the first one gets it, with a claim on their own calendar and their own price captured. Refuses
 * `booking.offer_taken` to whoever comes second, `booking.offer_over` after the countdown, `booking.slot_taken` when
 * the crew has something else to do.
 */
export async function accept(
  ctx: Ctx,
  offerId: string,
  { arrivalMinutes, reason }: OfferAcceptance,
): Promise<BookingRow> {
  return inTransaction(ctx, async (ctx) => {
    const { offer, booking, party } = await lockOffer(ctx, offerId);
    requireLive(ctx, offer, booking);
    if (party === 'provider' && !reason) refuse('booking.reason_missing');
    await requireProven(ctx, offer.organisation_id);
    const terms = await termsOf(ctx, booking, offer, arrivalMinutes);
    await store.setState.run(ctx, offer.region_id, offer.id, 'accepted', ctx.clock.now());
    await closeOffers(ctx, booking, 'lost');
    await clearDeadline(ctx, 'booking.offer_wave', booking.id);
    return agreed(ctx, booking, {
      act: 'confirm',
      telling: {
        kind: 'offer_accepted',
        reason,
        side: 'provider',
        amountMinor: offer.price_minor,
        from: terms.start_at,
        to: terms.end_at,
      },
      patch: terms,
      terms: { amountMinor: offer.price_minor, organisationId: offer.organisation_id, vatRateBp: offer.vat_rate_bp },
    });
  });
}

async function termsOf(ctx: Ctx, booking: BookingRow, offer: OfferRow, arrivalMinutes: number) {
  const arrival = ctx.clock.now().getTime() + arrivalMinutes * minuteMs;
  const from = new Date(Math.ceil(arrival / roundedMs) * roundedMs);
  const to = new Date(from.getTime() + offer.duration_minutes * minuteMs);
  // Travel is in the arrival already: the crew is busy from now on.
  const during = {
    from: ctx.clock.now(),
    to: claimedRange({ from, to }, { before: 0, after: offer.buffer_after_minutes }).to,
  };
  await requireRoomFor(ctx, { ...booking, service_id: offer.service_id }, from);
  const claimId = await claimFor(ctx, booking, offer, during);
  return {
    organisation_id: offer.organisation_id,
    provider_name: offer.provider_name,
    service_id: offer.service_id,
    title: offer.title,
    price_minor: offer.price_minor,
    vat_rate_bp: offer.vat_rate_bp,
    start_at: from,
    end_at: to,
    duration_minutes: offer.duration_minutes,
    buffer_before_minutes: offer.buffer_before_minutes,
    buffer_after_minutes: offer.buffer_after_minutes,
    resource_id: offer.resource_id,
    claim_id: claimId,
  } satisfies BookingPatch;
}

async function claimFor(ctx: Ctx, booking: BookingRow, offer: OfferRow, during: calendar.Range): Promise<string> {
  try {
    const subject = { kind: 'booking', id: booking.id };
    return await calendar.claim(ctx, { resourceId: offer.resource_id, during, subject, label: offer.title });
  } catch (error) {
    if (isRefusal(error, 'calendar.slot_taken')) return refuse('booking.slot_taken', { alternatives: [] });
    throw error;
  }
}

/** Leaves the work to others; when nobody of the wave is left the next one goes out at once. */
export async function decline(ctx: Ctx, offerId: string, reason?: string): Promise<store.LiveOfferRow> {
  return inTransaction(ctx, async (ctx) => {
    const { offer, booking, party } = await lockOffer(ctx, offerId);
    requireLive(ctx, offer, booking);
    if (party === 'provider' && !reason) refuse('booking.reason_missing');
    await store.setState.run(ctx, offer.region_id, offer.id, 'declined', ctx.clock.now());
    await audit(ctx, {
      act: 'booking.decline_offer',
      subject: `booking:${booking.id}`,
      detail: { offerId },
      ...(reason && { reason }),
    });
    await announce(ctx, 'booking.offer_answered', booking, { offerId, answer: 'decline' }, topicsOf([offer]));
    const others = await store.ofBooking.all(ctx, booking.region_id, booking.id);
    if (!others.some((one) => one.state === 'offered')) await nextWave(ctx, booking);
    const { area, note, time_zone, currency } = booking;
    return { ...offer, state: 'declined', area, note, time_zone, currency };
  });
}
