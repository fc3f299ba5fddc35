import { categories } from '@plumbline/domain/categories';
import type { PolicyNumbers } from '@plumbline/domain/policy-numbers';
import type { Ctx } from '../../../platform/ctx.ts';
import { setDeadline } from '../../../platform/deadlines.ts';
import { newId } from '../../../platform/ids.ts';
import * as calendar from '../../calendar/index.ts';
import type { RankedCrew } from '../../matching/index.ts';
import * as zones from '../../zones/index.ts';
import { expire } from '../deal/end.ts';
import { change, lock } from '../machine.ts';
import { json } from '../store.ts';
import type { BookingRow, OfferRow } from '../tables.ts';
import { crewsFor } from './crews.ts';
import { closeOffers, topicsOf } from './offers.ts';
import * as store from './store.ts';

/**
 * On demand: the ranked crews are asked in waves until one accepts or the time is over. Everything that a wave knows is
 * in its rows and its deadline, so that a worker may die between two of them.
 */

const minuteMs = 60_000;

/** The ceiling is authorised: the first wave goes out. */
export async function begin(ctx: Ctx, booking: BookingRow): Promise<void> {
  const { onDemand } = await zones.numbers(ctx);
  const until = new Date(ctx.clock.now().getTime() + onDemand.minutes * minuteMs);
  await nextWave(ctx, { ...booking, dispatch_until: until });
}

/** Deadline: nobody of the wave has accepted in time. */
export async function waveOver(ctx: Ctx, bookingId: string): Promise<void> {
  const booking = await lock(ctx, bookingId);
  if (booking.state === 'requested' && booking.kind === 'on_demand') await nextWave(ctx, booking);
}

/** Ends the wave that is out and sends the next; the booking is locked. Expires it when nobody is left or time is over. */
export async function nextWave(ctx: Ctx, booking: BookingRow): Promise<void> {
  await closeOffers(ctx, booking, 'lapsed');
  const { dispatch_until: end } = booking;
  if (!end) throw new Error(`booking ${booking.id} is not called out`);
  const crews = ctx.clock.now() < end ? await crewsLeft(ctx, booking) : [];
  const { onDemand } = await zones.numbers(ctx);
  const asked = crews.slice(0, onDemand.crewsPerWave);
  if (asked.length === 0) {
    await expire(ctx, booking, 'nobody_free');
    return;
  }
  await sendWave(ctx, booking, asked, untilOf(ctx, end, onDemand));
}

function untilOf(ctx: Ctx, end: Date, { waveSeconds }: PolicyNumbers['onDemand']): Date {
  return new Date(Math.min(ctx.clock.now().getTime() + waveSeconds * 1000, end.getTime()));
}

/** Crews that have not been asked yet and would do it within the ceiling. */
async function crewsLeft(ctx: Ctx, booking: BookingRow): Promise<RankedCrew[]> {
  const asked = new Set(
    (await store.ofBooking.all(ctx, booking.region_id, booking.id)).map((offer) => offer.resource_id),
  );
  const crews = await crewsFor(ctx, {
    categoryId: booking.category_id,
    point: { lat: booking.lat, lng: booking.lng },
    without: booking.buyer_organisation_id ? [booking.buyer_organisation_id] : [],
  });
  const ceiling = booking.ceiling_minor ?? 0n;
  return crews.filter((crew) => !asked.has(crew.resourceId) && crew.priceMinor <= ceiling);
}

async function sendWave(ctx: Ctx, booking: BookingRow, crews: readonly RankedCrew[], until: Date): Promise<void> {
  const wave = booking.wave + 1;
  const people = await calendar.crewsByResource(
    ctx,
    crews.map((crew) => crew.resourceId),
  );
  const offers = crews.flatMap((crew, place) => {
    const leadId = people.find((one) => one.resourceId === crew.resourceId)?.leadId;
    return leadId ? [offerOf(ctx, booking, crew, { wave, place, until, leadId })] : [];
  });
  await store.insert.run(ctx, json(offers));
  await setDeadline(ctx, { kind: 'booking.offer_wave', subjectId: booking.id, at: until });
  await change(ctx, booking, {
    act: 'send_wave',
    event: 'booking.offers_sent',
    telling: { kind: 'wave_sent', side: 'platform', note: String(offers.length) },
    patch: { wave, dispatch_until: booking.dispatch_until, due_at: booking.dispatch_until },
    data: { wave, crews: offers.length },
    alsoTell: topicsOf(offers),
  });
}

function offerOf(
  ctx: Ctx,
  booking: BookingRow,
  crew: RankedCrew,
  { wave, place, until, leadId }: { wave: number; place: number; until: Date; leadId: string },
): OfferRow {
  return {
    id: newId(),
    region_id: booking.region_id,
    booking_id: booking.id,
    wave,
    place,
    resource_id: crew.resourceId,
    lead_id: leadId,
    organisation_id: crew.organisationId,
    provider_name: crew.organisationName,
    service_id: crew.serviceId,
    title: crew.title,
    price_minor: crew.priceMinor,
    vat_rate_bp: crew.vatRateBp,
    duration_minutes: crew.durationMinutes,
    buffer_before_minutes: crew.bufferBeforeMinutes,
    buffer_after_minutes: crew.bufferAfterMinutes,
    distance_metres: crew.distanceMetres,
    state: 'offered',
    offered_at: ctx.clock.now(),
    until,
  };
}

/** How a call is named before anybody has taken it. */
export const categoryName = (categoryId: string): string =>
  categories.find((category) => category.id === categoryId)?.name ?? categoryId;
