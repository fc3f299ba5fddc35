/**
 * Walks every change of the clocks 2024–2030 in a list of zones and compares `slots.ts` with an oracle that knows no
 * Temporal: a table of quarter hours with the wall time that `Intl` prints for each. A program, so that the tests can
 * run it under several process time zones: `TZ=Pacific/Apia node slots-sweep.ts Europe/London Asia/Tokyo`.
 * Prints one line of JSON: what was checked, what failed, and a digest that must not depend on TZ.
 */
import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import {
  claimOf,
  dateOf,
  epochDayOf,
  hoursOverlap,
  openTime,
  slots,
  subtract,
  type Interval,
  type Plan,
  type Slot,
  type SlotRules,
  type WeeklyHours,
} from '../src/slots.ts';

const quarter = 15 * 60_000;
const dayMs = 86_400_000;

interface Quarter {
  at: number;
  /** Local wall time as minutes since the epoch of the wall clock. */
  wall: number;
}

function changeDays(zone: string): number[] {
  const end = Temporal.ZonedDateTime.from({ timeZone: zone, year: 2031, month: 1, day: 1 });
  let at: Temporal.ZonedDateTime | null = Temporal.ZonedDateTime.from({ timeZone: zone, year: 2024, month: 1, day: 1 });
  const days: number[] = [];
  while ((at = at.getTimeZoneTransition('next')) && Temporal.ZonedDateTime.compare(at, end) < 0) {
    days.push(epochDayOf(at.toPlainDate().toString()));
  }
  return days.length > 0 ? days : [epochDayOf('2027-06-15')];
}

function quartersAround(zone: string, day: number): Quarter[] {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const from = (day - 2) * dayMs;
  return Array.from({ length: 5 * 96 }, (_, index) => {
    const at = from + index * quarter;
    const [, d, m, y, h, min] = /(\d+)\/(\d+)\/(\d+), (\d+):(\d+)/.exec(format.format(at)) ?? [];
    return { at, wall: Date.UTC(Number(y), Number(m) - 1, Number(d), Number(h), Number(min)) / 60_000 };
  });
}

/** First moment at which the wall clock shows `wall` or, where it jumps over it, the moment of the jump. */
function firstAt(table: readonly Quarter[], wall: number): { at: number; exists: boolean } {
  const found = table.find((one) => one.wall >= wall);
  if (!found) throw new Error('The table of quarter hours is too short');
  return { at: found.at, exists: found.wall === wall };
}

function random(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function wallText(minutes: number): string {
  const inDay = minutes % 1440;
  return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`;
}

function randomWeek(next: () => number): WeeklyHours[] {
  for (;;) {
    const weekly = Array.from({ length: 14 }, (_, index) => {
      const from = Math.floor(next() * 96) * 15;
      const length = (1 + Math.floor(next() * 40)) * 15;
      return { weekday: (index % 7) + 1, from: wallText(from), to: wallText(from + length) };
    }).filter(() => next() < 0.8);
    const kept = weekly.filter((one, index) => !hoursOverlap([...weekly.slice(0, index), one]));
    if (kept.length > 0 && !hoursOverlap(kept)) return kept;
  }
}

/** The windows of the plan as the oracle sees them, with the wall times of their grid. */
function oracleWindows(
  plan: Plan,
  table: readonly Quarter[],
  day: number,
): (Interval & { wallFrom: number; wallTo: number })[] {
  return [day - 1, day, day + 1].flatMap((one) => {
    const weekday = ((((one + 3) % 7) + 7) % 7) + 1;
    return plan.weekly
      .filter((hours) => hours.weekday === weekday)
      .map((hours) => {
        const from = one * 1440 + toMinutes(hours.from);
        const length = toMinutes(hours.to) - toMinutes(hours.from);
        const to = from + (length > 0 ? length : length + 1440);
        return { from: firstAt(table, from).at, to: firstAt(table, to).at, wallFrom: from, wallTo: to };
      });
  });
}

function toMinutes(wall: string): number {
  return Number(wall.slice(0, 2)) * 60 + Number(wall.slice(3));
}

function sum(intervals: readonly Interval[]): number {
  return intervals.reduce((total, one) => total + one.to - one.from, 0);
}

function covered(quarterAt: number, intervals: readonly Interval[]): boolean {
  return intervals.some((one) => one.from <= quarterAt && quarterAt < one.to);
}

/** Starts that the oracle allows: existing grid times whose work lies in open time and hits nothing taken. */
function oracleStarts(
  windows: ReturnType<typeof oracleWindows>,
  table: readonly Quarter[],
  busy: readonly Interval[],
  rules: SlotRules,
  range: Interval,
): number[] {
  const starts = new Set<number>();
  for (const window of windows) {
    for (let wall = window.wallFrom; wall < window.wallTo; wall += rules.stepMinutes) {
      const start = firstAt(table, wall);
      const end = start.at + rules.durationMinutes * 60_000;
      if (!start.exists || start.at < range.from || start.at >= range.to) continue;
      const claim = claimOf({ from: start.at, to: end }, rules);
      const open = quartersOf({ from: start.at, to: end }).every((at) => covered(at, windows));
      const taken = quartersOf(claim).some((at) => covered(at, busy));
      if (open && !taken) starts.add(start.at);
    }
  }
  return [...starts].toSorted((a, b) => a - b);
}

function quartersOf({ from, to }: Interval): number[] {
  return Array.from({ length: (to - from) / quarter }, (_, index) => from + index * quarter);
}

function check(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

function sweepDay(zone: string, day: number, digest: ReturnType<typeof createHash>): number {
  const next = random(`${zone}/${day}`);
  const plan: Plan = { zone, weekly: randomWeek(next), exceptions: [] };
  const table = quartersAround(zone, day);
  const range = { from: firstAt(table, day * 1440).at, to: firstAt(table, (day + 1) * 1440).at };
  const windows = oracleWindows(plan, table, day);
  const open = openTime(plan, range.from, range.to);
  const openQuarters = quartersOf(range).filter((at) => covered(at, windows));
  check(sum(open) === openQuarters.length * quarter, 'open time differs from the oracle');
  check(
    openQuarters.every((at) => covered(at, open)),
    'an open quarter hour is missing',
  );

  const rules: SlotRules = {
    durationMinutes: (1 + Math.floor(next() * 12)) * 15,
    bufferBeforeMinutes: Math.floor(next() * 3) * 15,
    bufferAfterMinutes: Math.floor(next() * 3) * 15,
    stepMinutes: [15, 30, 60][Math.floor(next() * 3)] ?? 15,
    notBefore: 0,
  };
  const busy: Interval[] = [];
  let offered = slots(plan, [busy], rules, range.from, range.to);
  let checked = 0;
  for (let round = 0; round < 4; round += 1) {
    compare(offered, oracleStarts(windows, table, busy, rules, range), zone, day);
    checked += offered.length;
    for (const slot of offered) digest.update(`${slot.from}-${slot.to}/${slot.date};`);
    const free = subtract(open, busy);
    const booked =
      sum(busy.map((one) => clip(one, range))) -
      sum(
        subtract(
          busy.map((one) => clip(one, range)),
          open,
        ),
      );
    check(sum(free) + booked === sum(open), 'free and booked time are not the open time');
    const pick = offered[Math.floor(next() * offered.length)];
    if (!pick) break;
    busy.push(claimOf(pick, rules));
    check(
      !busy.some((one, index) => busy.some((other, j) => j > index && overlaps(one, other))),
      'two bookings overlap',
    );
    offered = slots(plan, [busy], rules, range.from, range.to);
  }
  return checked;
}

function compare(offered: readonly Slot[], expected: readonly number[], zone: string, day: number): void {
  const got = offered.map((slot) => slot.from);
  check(
    got.length === expected.length && got.every((at, index) => at === expected[index]),
    `starts on ${dateOf(day)} in ${zone}: ${got.join()} instead of ${expected.join()}`,
  );
}

function clip(one: Interval, range: Interval): Interval {
  return {
    from: Math.max(one.from, range.from),
    to: Math.max(Math.min(one.to, range.to), Math.max(one.from, range.from)),
  };
}

function overlaps(a: Interval, b: Interval): boolean {
  return a.from < b.to && b.from < a.to;
}

function sweep(zones: readonly string[]): void {
  const digest = createHash('sha256');
  const failures: string[] = [];
  let days = 0;
  let starts = 0;
  for (const zone of zones) {
    for (const day of changeDays(zone)) {
      days += 1;
      try {
        starts += sweepDay(zone, day, digest);
      } catch (error) {
        failures.push(`${zone} ${dateOf(day)}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  const report = { zones: zones.length, days, starts, failures, digest: digest.digest('hex') };
  process.stdout.write(`${JSON.stringify(report)}\n`);
}

sweep(process.argv.slice(2));
