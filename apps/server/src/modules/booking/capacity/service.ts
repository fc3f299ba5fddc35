import { dateOf, dayInterval, localDayOf } from '@plumbline/domain/slots';
import type { Ctx } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/errors.ts';
import type * as calendar from '../../calendar/index.ts';
import * as catalogue from '../../catalogue/index.ts';
import type { BookingRow } from '../tables.ts';
import * as store from './store.ts';

/** How many jobs a company takes on in a zone on one local day, where it has set such a number. */

type Limit = catalogue.ZoneCapacity;
type Sold = Pick<catalogue.ServiceForBooking, 'serviceId' | 'organisationId' | 'zone' | 'capacities'>;

const limitIn = (service: Sold, zoneId: string | null): Limit | undefined =>
  service.capacities.find((one) => one.zoneId === zoneId);

const dateIn = (zone: string, at: Date): string => dateOf(localDayOf(zone, at.getTime()));

/** Leaves out the starts on days that are full in this zone. */
export async function withoutFullDays(
  ctx: Ctx,
  service: Sold,
  zoneId: string,
  slots: calendar.FreeSlot[],
): Promise<calendar.FreeSlot[]> {
  const limit = limitIn(service, zoneId);
  const [first, last] = [slots[0], slots.at(-1)];
  if (!limit || !first || !last) return slots;
  const span = { from: first.from, to: last.to };
  const taken = await daysTaken(ctx, service, limit, span, null);
  return slots.filter((slot) => (taken.get(dateIn(service.zone, slot.from)) ?? 0) < limit.capacity);
}

/**
 * Refuses `booking.day_full` (data: date) when the company has as many jobs there on that day as it takes. Holds until the
 * end of the transaction: two who ask at once come one after the other, so that a day is never one too full.
 */
export async function requireRoom(
  ctx: Ctx,
  service: Sold,
  { id, zone_id: zoneId }: Pick<BookingRow, 'id' | 'zone_id'>,
  start: Date,
): Promise<void> {
  const limit = limitIn(service, zoneId);
  if (!limit) return;
  const date = dateIn(service.zone, start);
  await store.takeTurn.run(ctx, `${limit.own ? service.serviceId : service.organisationId}:${limit.zoneId}:${date}`);
  const taken = await daysTaken(ctx, service, limit, { from: start, to: start }, id);
  if ((taken.get(date) ?? 0) >= limit.capacity) refuse('booking.day_full', { date });
}

/** The same by what a booking says of its service; nothing where none is named yet. */
export async function requireRoomFor(
  ctx: Ctx,
  booking: Pick<BookingRow, 'id' | 'zone_id' | 'service_id'>,
  start: Date,
): Promise<void> {
  const service = booking.service_id ? await catalogue.serviceForBooking(ctx, booking.service_id) : undefined;
  if (service) await requireRoom(ctx, service, booking, start);
}

/** Whether a company would take one more job there today; nobody waits and nothing is kept. */
export async function hasRoom(ctx: Ctx, service: Sold, zoneId: string, at: Date): Promise<boolean> {
  const limit = limitIn(service, zoneId);
  if (!limit) return true;
  const taken = await daysTaken(ctx, service, limit, { from: at, to: at }, null);
  return (taken.get(dateIn(service.zone, at)) ?? 0) < limit.capacity;
}

async function daysTaken(
  ctx: Ctx,
  service: Sold,
  limit: Limit,
  { from, to }: calendar.Range,
  without: string | null,
): Promise<Map<string, number>> {
  const begins = dayInterval(service.zone, dateIn(service.zone, from)).from;
  const ends = dayInterval(service.zone, dateIn(service.zone, to)).to;
  const rows = await store.startsIn.all(
    ctx,
    ctx.regionId,
    service.organisationId,
    limit.own ? service.serviceId : null,
    limit.zoneId,
    new Date(begins),
    new Date(ends),
    without,
  );
  const taken = new Map<string, number>();
  for (const { start_at: at } of rows) {
    const date = dateIn(service.zone, at);
    taken.set(date, (taken.get(date) ?? 0) + 1);
  }
  return taken;
}
