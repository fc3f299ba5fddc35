import { dateOf, dayInterval, epochDayOf, localDayOf } from '@plumbline/domain/slots';
import type { Ctx } from '../../../platform/ctx.ts';
import { isRefusal, refuse } from '../../../platform/errors.ts';
import * as calendar from '../../calendar/index.ts';
import { withoutFullDays } from '../capacity/service.ts';
import { ofBooking as offersOf } from '../dispatch/store.ts';
import { chosen, zoneServed, type Choice, type LatLng, type Offering } from '../offering.ts';
import type { BookingRow } from '../tables.ts';

const minuteMs = 60_000;
/** How many other times a refusal names, and how far ahead it looks for them. */
const alternativesAtMost = 5;
const alternativeDays = 14;

export interface SlotPage {
  offering: Offering;
  days: { date: string; slots: calendar.FreeSlot[] }[];
}

/**
 * Free times of a service on the days asked for, in the job's zone; every day is there, also one without any. With the
 * place of the work, days on which the company takes no more jobs there have none. Refuses `booking.outside_coverage`.
 */
export async function slots(
  ctx: Ctx,
  choice: Choice,
  page: { from?: string | undefined; days: number; point?: LatLng | undefined },
): Promise<SlotPage> {
  const offering = await chosen(ctx, withSomeHours(choice));
  const { zone } = offering.service;
  const first = page.from ?? dateOf(localDayOf(zone, ctx.clock.now().getTime()));
  const span = dayInterval(zone, first, page.days);
  const place = page.point && (await zoneServed(ctx, offering.service, page.point));
  const found = await freeSlots(ctx, offering, { from: new Date(span.from), to: new Date(span.to) }, place?.zoneId);
  const byDate = Map.groupBy(found, (slot) => slot.date);
  const dates = Array.from({ length: page.days }, (_, index) => dateOf(epochDayOf(first) + index));
  return { offering, days: dates.map((date) => ({ date, slots: byDate.get(date) ?? [] })) };
}

/** Looking at the calendar of hourly work before one knows how long it takes: an hour. */
const withSomeHours = (choice: Choice): Choice => (choice.hours === undefined ? { ...choice, hours: 1 } : choice);

export async function freeSlots(
  ctx: Ctx,
  offering: Offering,
  range: calendar.Range,
  zoneId?: string | null,
): Promise<calendar.FreeSlot[]> {
  const { service, durationMinutes } = offering;
  const found = await calendar.slots(ctx, {
    resourceIds: service.teamResourceIds,
    from: range.from,
    to: range.to,
    durationMinutes,
    bufferBefore: service.bufferBeforeMinutes,
    bufferAfter: service.bufferAfterMinutes,
    noticeMinutes: service.noticeMinutes,
    zone: service.zone,
  });
  return zoneId ? withoutFullDays(ctx, service, zoneId, found) : found;
}

export interface AlternativeTime {
  serviceId: string;
  start: string;
  end: string;
  zone: string;
}

/** Other free times, soonest after the wanted one. */
export async function alternatives(
  ctx: Ctx,
  offering: Offering,
  wanted: Date,
  zoneId: string | null,
): Promise<AlternativeTime[]> {
  const now = ctx.clock.now();
  const from = wanted > now ? wanted : now;
  const to = new Date(from.getTime() + alternativeDays * 1440 * minuteMs);
  const found = await freeSlots(ctx, offering, { from, to }, zoneId);
  return found.slice(0, alternativesAtMost).map((slot) => ({
    serviceId: offering.service.serviceId,
    start: slot.from.toISOString(),
    end: slot.to.toISOString(),
    zone: offering.service.zone,
  }));
}

/** The same for a booking that came to nothing; none when its service is not sold any more. */
export async function alternativesFor(ctx: Ctx, booking: BookingRow): Promise<AlternativeTime[]> {
  const serviceId = booking.service_id ?? (await firstAsked(ctx, booking));
  if (!serviceId) return [];
  try {
    const choice = { serviceId, packageId: booking.package_id ?? undefined, hours: booking.hours ?? undefined };
    const offering = await chosen(ctx, withSomeHours(choice));
    return await alternatives(ctx, offering, booking.start_at ?? ctx.clock.now(), booking.zone_id);
  } catch (error) {
    if (isRefusal(error)) return [];
    throw error;
  }
}

/** Of a call that nobody took: the service of the crew that was asked first. */
async function firstAsked(ctx: Ctx, booking: BookingRow): Promise<string | undefined> {
  if (booking.kind !== 'on_demand') return undefined;
  return (await offersOf.all(ctx, booking.region_id, booking.id))[0]?.service_id;
}

/**
 * Who of the team is free at exactly this start. Refuses `booking.slot_not_offered` for a start in the past or
 * within the notice, `booking.slot_taken` for any other that is not offered; both name other times.
 */
export async function requireSlot(ctx: Ctx, offering: Offering, start: Date, zoneId: string): Promise<string[]> {
  const [slot] = await freeSlots(ctx, offering, { from: start, to: new Date(start.getTime() + 1) });
  if (slot) return slot.resourceIds;
  const earliest = ctx.clock.now().getTime() + offering.service.noticeMinutes * minuteMs;
  const code = start.getTime() < earliest ? 'booking.slot_not_offered' : 'booking.slot_taken';
  return refuse(code, { alternatives: await alternatives(ctx, offering, start, zoneId) });
}

/** The range that the work takes from the calendar. */
export function claimedRange(work: calendar.Range, buffers: { before: number; after: number }): calendar.Range {
  return {
    from: new Date(work.from.getTime() - buffers.before * minuteMs),
    to: new Date(work.to.getTime() + buffers.after * minuteMs),
  };
}
