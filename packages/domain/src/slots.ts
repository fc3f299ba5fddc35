import { Temporal } from 'temporal-polyfill';

/**
 * Working hours, kept as local wall time with an IANA zone, turned into moments and bookable starts.
 *
 * Two rules for the days on which clocks change, the same everywhere:
 * - **Spring gap.** A wall time that does not exist is skipped: no slot starts there, and a window that begins or ends
 *   inside the gap begins or ends at the moment of the change.
 * - **Autumn fold.** A wall time that exists twice means its first pass, for the ends of a window as for a start; a
 *   window that spans the fold is longer by it, and a piece of work may run through it.
 *
 * Nothing here adds 24 hours to get to the next day: every local date is resolved by the zone's own rules.
 */

/** Half-open [from, to), milliseconds since the epoch. */
export interface Interval {
  from: number;
  to: number;
}

export interface Hours {
  /** HH:MM, local. */
  from: string;
  /** HH:MM, local; at or before `from` it means the next day. */
  to: string;
}

export interface WeeklyHours extends Hours {
  /** ISO: 1 is Monday, 7 is Sunday. */
  weekday: number;
}

export interface PlanException {
  /** YYYY-MM-DD: the hours that begin on this date replace the weekly ones; none = closed. */
  date: string;
  hours: readonly Hours[];
}

export interface Plan {
  zone: string;
  weekly: readonly WeeklyHours[];
  exceptions: readonly PlanException[];
}

export interface SlotRules {
  durationMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  /** Distance of starts in wall time, counted from the opening of a window. */
  stepMinutes: number;
  /** No start before this moment (now plus the minimum notice). */
  notBefore: number;
}

export interface Slot extends Interval {
  /** The local date to which it belongs. */
  date: string;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** True when the runtime knows the zone by this name. */
export function isZone(zone: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions();
    return timeZone !== '' && /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
}

/**
 * The moment of a wall time (minutes after midnight of an epoch day) in a zone. `exists` is false inside a spring
 * gap, then `at` is the moment of the change; of a doubled wall time it is the first pass.
 */
export function momentOf(zone: string, epochDay: number, minutes: number): { at: number; exists: boolean } {
  const day = epochDay + Math.floor(minutes / 1440);
  const minuteOfDay = minutes - (day - epochDay) * 1440;
  const offset = plainOffset(zone, day);
  if (offset !== undefined) return { at: day * dayMs + minuteOfDay * minuteMs - offset, exists: true };
  return momentOnChangeDay(zone, day, minuteOfDay);
}

function momentOnChangeDay(zone: string, day: number, minuteOfDay: number): { at: number; exists: boolean } {
  const wall = plainDate(day).toPlainDateTime({ hour: Math.floor(minuteOfDay / 60), minute: minuteOfDay % 60 });
  const first = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (first.toPlainDateTime().equals(wall)) return { at: first.epochMilliseconds, exists: true };
  // Inside a gap `earlier` lies before the change by the length of the gap: the next change is the gap itself.
  const change = first.getTimeZoneTransition('next');
  return { at: change ? change.epochMilliseconds : first.epochMilliseconds, exists: false };
}

/** Offset of a local day without any change in it, in milliseconds; undefined when the clocks change on it. */
function plainOffset(zone: string, day: number): number | undefined {
  const key = `${zone}/${day}`;
  const known = offsets.get(key);
  if (known !== undefined) return known ?? undefined;
  if (offsets.size >= 50_000) offsets.clear();
  const offset = computeOffset(zone, day);
  offsets.set(key, offset ?? null);
  return offset;
}

const offsets = new Map<string, number | null>();

function computeOffset(zone: string, day: number): number | undefined {
  const wall = plainDate(day).toPlainDateTime();
  const start = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (!start.toPlainDateTime().equals(wall)) return undefined;
  const end = plainDate(day + 1)
    .toPlainDateTime()
    .toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (end.epochMilliseconds - start.epochMilliseconds !== dayMs) return undefined;
  // A change at the very midnight, or two that cancel out, still make this a day of change.
  const change = start.subtract({ nanoseconds: 1 }).getTimeZoneTransition('next');
  if (change && change.epochMilliseconds <= end.epochMilliseconds) return undefined;
  return Math.round(start.offsetNanoseconds / 1e6);
}

function plainDate(epochDay: number): Temporal.PlainDate {
  return epochDate.add({ days: epochDay });
}

const epochDate = Temporal.PlainDate.from('1970-01-01');

/** Days since 1970-01-01 of a calendar date, YYYY-MM-DD. */
export function epochDayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / dayMs;
}

/** Calendar date of an epoch day, YYYY-MM-DD. */
export function dateOf(epochDay: number): string {
  return new Date(epochDay * dayMs).toISOString().slice(0, 10);
}

/** The local calendar date to which a moment belongs, as an epoch day: dates begin at their first midnight. */
export function localDayOf(zone: string, at: number): number {
  let day = Math.floor(at / dayMs) + 1;
  while (momentOf(zone, day, 0).at > at) day -= 1;
  return day;
}

function weekdayOf(epochDay: number): number {
  // 1 January 1970 was a Thursday (4).
  return ((((epochDay + 3) % 7) + 7) % 7) + 1;
}

function minutesOf(wall: string): number {
  return Number(wall.slice(0, 2)) * 60 + Number(wall.slice(3, 5));
}

/** A window in minutes after the midnight of its date; its end may lie on the next day. */
function spanOf(hours: Hours): { from: number; to: number } {
  const from = minutesOf(hours.from);
  const to = minutesOf(hours.to);
  return { from, to: to > from ? to : to + 1440 };
}

function hoursOn(plan: Plan, epochDay: number): readonly Hours[] {
  const date = dateOf(epochDay);
  const exception = plan.exceptions.find((one) => one.date === date);
  if (exception) return exception.hours;
  const weekday = weekdayOf(epochDay);
  return plan.weekly.filter((one) => one.weekday === weekday);
}

/** True when two windows of a week (or of one exception's day) cover the same time: a plan must not. */
export function hoursOverlap(weekly: readonly WeeklyHours[]): boolean {
  const week = 7 * 1440;
  const spans = weekly
    .map((one) => {
      const { from, to } = spanOf(one);
      return { from: (one.weekday - 1) * 1440 + from, to: (one.weekday - 1) * 1440 + to };
    })
    .toSorted((a, b) => a.from - b.from);
  const wrapped = spans.filter((one) => one.to > week).map((one) => ({ from: 0, to: one.to - week }));
  const all = [...wrapped, ...spans].toSorted((a, b) => a.from - b.from);
  return all.some((one, index) => index > 0 && one.from < (all[index - 1]?.to ?? 0));
}

/** Open time inside [from, to), merged and sorted. */
export function openTime(plan: Plan, from: number, to: number): Interval[] {
  const windows: Interval[] = [];
  for (const day of daysTouching(plan.zone, from, to)) {
    for (const hours of hoursOn(plan, day)) {
      const opening = windowOf(plan.zone, day, hours);
      const clipped = { from: Math.max(opening.from, from), to: Math.min(opening.to, to) };
      if (clipped.from < clipped.to) windows.push(clipped);
    }
  }
  return merge(windows);
}

/** Local days whose windows can reach into [from, to); the day before, because windows may pass midnight. */
function daysTouching(zone: string, from: number, to: number): number[] {
  if (to <= from) return [];
  const first = localDayOf(zone, from) - 1;
  const last = localDayOf(zone, to - 1);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function windowOf(zone: string, day: number, hours: Hours): Interval {
  const span = spanOf(hours);
  return { from: momentOf(zone, day, span.from).at, to: momentOf(zone, day, span.to).at };
}

/** Joins what touches or overlaps; sorted by start. */
export function merge(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.filter((one) => one.from < one.to).toSorted((a, b) => a.from - b.from);
  const merged: Interval[] = [];
  for (const one of sorted) {
    const last = merged.at(-1);
    if (last && one.from <= last.to) last.to = Math.max(last.to, one.to);
    else merged.push({ ...one });
  }
  return merged;
}

/** What of `open` is not in `busy`; both in any order. */
export function subtract(open: readonly Interval[], busy: readonly Interval[]): Interval[] {
  const taken = merge(busy);
  return merge(open).flatMap((one) => cut(one, taken));
}

function cut(open: Interval, taken: readonly Interval[]): Interval[] {
  const rest: Interval[] = [];
  let from = open.from;
  for (const one of taken) {
    if (one.to <= from || one.from >= open.to) continue;
    if (one.from > from) rest.push({ from, to: one.from });
    from = Math.max(from, one.to);
  }
  if (from < open.to) rest.push({ from, to: open.to });
  return rest;
}

/**
 * Starts that can be offered between `from` and `to` (of the start): the work itself lies in open hours, the work with
 * its buffers is free on at least one unit. `busyUnits` has one list of taken time per unit of capacity; taken time
 * already carries the buffers of its own bookings.
 */
export function slots(
  plan: Plan,
  busyUnits: readonly (readonly Interval[])[],
  rules: SlotRules,
  from: number,
  to: number,
): Slot[] {
  const found = new Map<number, Slot>();
  const open = openTime(plan, from - dayMs, to + rules.durationMinutes * minuteMs + dayMs);
  const units = busyUnits.map((unit) => merge(unit));
  for (const start of starts(plan, rules.stepMinutes, from, to)) {
    if (start.at < rules.notBefore || found.has(start.at)) continue;
    const end = start.at + rules.durationMinutes * minuteMs;
    if (!open.some((one) => one.from <= start.at && end <= one.to)) continue;
    const claim = claimOf({ from: start.at, to: end }, rules);
    if (!units.some((unit) => isFree(unit, claim))) continue;
    found.set(start.at, { from: start.at, to: end, date: start.date });
  }
  return [...found.values()].toSorted((a, b) => a.from - b.from);
}

/** The range that a piece of work takes from the calendar: its own time with the buffers around it. */
export function claimOf(
  work: Interval,
  rules: Pick<SlotRules, 'bufferBeforeMinutes' | 'bufferAfterMinutes'>,
): Interval {
  return {
    from: work.from - rules.bufferBeforeMinutes * minuteMs,
    to: work.to + rules.bufferAfterMinutes * minuteMs,
  };
}

/** Starts on the wall-clock grid of each window; a wall time inside a gap has none, a doubled one has its first. */
function starts(plan: Plan, stepMinutes: number, from: number, to: number): { at: number; date: string }[] {
  return daysTouching(plan.zone, from, to)
    .flatMap((day) => hoursOn(plan, day).flatMap((hours) => gridOf(plan.zone, day, hours, stepMinutes)))
    .filter((start) => start.at >= from && start.at < to);
}

function gridOf(zone: string, day: number, hours: Hours, stepMinutes: number): { at: number; date: string }[] {
  const span = spanOf(hours);
  const grid: { at: number; date: string }[] = [];
  for (let minutes = span.from; minutes < span.to; minutes += stepMinutes) {
    const { at, exists } = momentOf(zone, day, minutes);
    if (exists) grid.push({ at, date: dateOf(day + Math.floor(minutes / 1440)) });
  }
  return grid;
}

function isFree(busy: readonly Interval[], wanted: Interval): boolean {
  return !busy.some((one) => one.from < wanted.to && wanted.from < one.to);
}

/** The moments at which a local date begins in a zone: [start of the date, start of the next). */
export function dayInterval(zone: string, date: string, days = 1): Interval {
  const day = epochDayOf(date);
  return { from: momentOf(zone, day, 0).at, to: momentOf(zone, day + days, 0).at };
}
