import {
  dateOf,
  localDayOf,
  openTime,
  slots as slotsOf,
  subtract,
  type Interval,
  type Plan,
} from '@plumbline/domain/slots';
import type { Ctx } from '../../../platform/ctx.ts';
import type { Range } from '../claim/service.ts';
import * as store from './store.ts';

/** Distance of the starts that are offered, in minutes of wall time. */
const stepMinutes = 30;
const dayMs = 86_400_000;
const minuteMs = 60_000;

export interface SlotQuery {
  /** Any one of these can do the work. */
  resourceIds: readonly string[];
  /** Bounds of the start, half-open. */
  from: Date;
  to: Date;
  durationMinutes: number;
  bufferBefore: number;
  bufferAfter: number;
  noticeMinutes: number;
  /** The job's zone: in it the dates are named. Opening hours are in the zone of their own plan. */
  zone: string;
}

export interface FreeSlot extends Range {
  /** Local date in the job's zone. */
  date: string;
  /** Who is free, in the order in which they were asked for. */
  resourceIds: string[];
}

interface Calendar {
  plan: Plan;
  busyUnits: Interval[][];
}

/** Starts that can be offered, in order of time; one statement however many resources there are. */
export async function slots(ctx: Ctx, query: SlotQuery): Promise<FreeSlot[]> {
  const calendars = await calendarsOf(ctx, query.resourceIds, query);
  const rules = {
    durationMinutes: query.durationMinutes,
    bufferBeforeMinutes: query.bufferBefore,
    bufferAfterMinutes: query.bufferAfter,
    stepMinutes,
    notBefore: ctx.clock.now().getTime() + query.noticeMinutes * minuteMs,
  };
  const found = new Map<number, FreeSlot>();
  for (const [resourceId, { plan, busyUnits }] of calendars) {
    for (const slot of slotsOf(plan, busyUnits, rules, query.from.getTime(), query.to.getTime())) {
      const known = found.get(slot.from);
      if (known) known.resourceIds.push(resourceId);
      else found.set(slot.from, inZone(slot, query.zone, resourceId));
    }
  }
  return [...found.values()].toSorted((a, b) => a.from.getTime() - b.from.getTime());
}

function inZone(slot: Interval, zone: string, resourceId: string): FreeSlot {
  const date = dateOf(localDayOf(zone, slot.from));
  return { from: new Date(slot.from), to: new Date(slot.to), date, resourceIds: [resourceId] };
}

/**
 * Free stretches of each resource in a window: open hours without what is claimed. For search and dispatch, in bulk:
 * one statement for any number of ids. A resource without any free time has an empty list.
 */
export async function freeIn(ctx: Ctx, resourceIds: readonly string[], window: Range): Promise<Map<string, Range[]>> {
  const calendars = await calendarsOf(ctx, resourceIds, window);
  const from = window.from.getTime();
  const to = window.to.getTime();
  const free = new Map<string, Range[]>(resourceIds.map((id) => [id, []]));
  for (const [resourceId, { plan, busyUnits }] of calendars) {
    const open = openTime(plan, from, to);
    const stretches = busyUnits.flatMap((busy) => subtract(open, busy));
    free.set(resourceId, mergedRanges(stretches));
  }
  return free;
}

function mergedRanges(stretches: readonly Interval[]): Range[] {
  return subtract(stretches, []).map((one) => ({ from: new Date(one.from), to: new Date(one.to) }));
}

async function calendarsOf(ctx: Ctx, resourceIds: readonly string[], window: Range): Promise<Map<string, Calendar>> {
  if (resourceIds.length === 0) return new Map();
  const from = new Date(window.from.getTime() - 2 * dayMs);
  const to = new Date(window.to.getTime() + 2 * dayMs);
  const ids = [...new Set(resourceIds)];
  const rows = await store.calendarsOf.all(ctx, ctx.regionId, ids, dateText(from), dateText(to), from, to);
  return new Map(rows.map((row) => [row.resource_id, calendarOf(row)]));
}

/** A crew is busy when one of its members is. */
function calendarOf({ zone, weekly, exceptions, capacity, taken }: store.CalendarRow): Calendar {
  const units = Array.from({ length: capacity }, (_, unit) => unit);
  const busyUnits = units.map((unit) => taken.filter((one) => one.unit === null || one.unit === unit));
  return { plan: { zone, weekly, exceptions }, busyUnits };
}

const dateText = (at: Date): string => at.toISOString().slice(0, 10);
