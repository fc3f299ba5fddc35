import { dateOf, epochDayOf, localDayOf, momentOf } from '@plumbline/domain/slots';
import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/errors.ts';

/** How many local days of free starts the read model keeps, today included. */
export const daysAhead = 28;

/** Half-hours of a local day. */
const halfHours = 48;
const minuteMs = 60_000;

/** The piece of a local day in which work should start. */
export interface AskedWindow {
  /** Days since 1970. */
  day: number;
  /** Bit n = half-hour n. */
  mask: bigint;
  /** Bits in the mask. */
  size: number;
}

/** `2026-06-05`, 14:00 to 18:00: starts from 14:00 up to, not including, 18:00; without times, the whole day. */
export function askedWindow(
  ctx: Ctx,
  zone: string,
  asked: { date?: string; timeFrom?: string; timeTo?: string },
): AskedWindow | undefined {
  if (asked.date === undefined) {
    if (asked.timeFrom !== undefined || asked.timeTo !== undefined)
      refuse('matching.window_invalid', { problem: 'date_missing' });
    return undefined;
  }
  const day = epochDayOf(asked.date);
  const today = localDayOf(zone, ctx.clock.now().getTime());
  if (day < today) refuse('matching.window_invalid', { problem: 'date_over' });
  if (day >= today + daysAhead)
    refuse('matching.window_invalid', { problem: 'date_too_far', latest: dateOf(today + daysAhead - 1) });
  const from = halfHourOf(asked.timeFrom ?? '00:00', Math.floor);
  const to = asked.timeTo === undefined ? halfHours : halfHourOf(asked.timeTo, Math.ceil);
  if (from >= to) refuse('matching.window_invalid', { problem: 'times_reversed' });
  return { day, mask: ((1n << BigInt(to - from)) - 1n) << BigInt(from), size: to - from };
}

function halfHourOf(time: string, round: (value: number) => number): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 2 + round(minute / 30);
}

/** The minute of its local day at which a moment lies, by the clock on the wall. */
export function wallMinutes(zone: string, day: number, at: number): number {
  const passed = Math.round((at - momentOf(zone, day, 0).at) / minuteMs);
  // On a day of change the clock on the wall is ahead or behind by what was skipped or repeated.
  const isThen = (minutes: number) => {
    const moment = momentOf(zone, day, passed + minutes);
    return moment.exists && moment.at === at;
  };
  return passed + ([0, 60, -60, 30, -30].find(isThen) ?? 0);
}

export interface FreeStarts {
  firstDay: number;
  /** One number per day. */
  days: bigint[];
}

/** Free starts as bits per local day. */
export function freeStarts(zone: string, firstDay: number, starts: readonly Date[]): FreeStarts {
  const days = Array.from({ length: daysAhead }, () => 0n);
  for (const start of starts) {
    const at = start.getTime();
    const day = localDayOf(zone, at);
    const index = day - firstDay;
    if (index < 0 || index >= daysAhead) continue;
    days[index] = (days[index] ?? 0n) | (1n << BigInt(Math.floor(wallMinutes(zone, day, at) / 30)));
  }
  return { firstDay, days };
}

/** The moment of the first bit; undefined when none is set, or when that wall time does not exist on its day. */
export function firstStart(zone: string, day: number, bits: bigint): Date | undefined {
  for (let rest = bits; rest > 0n; rest &= rest - 1n) {
    const lowest = Math.log2(Number(rest & -rest));
    const { at, exists } = momentOf(zone, day, lowest * 30);
    if (exists) return new Date(at);
  }
  return undefined;
}

/** How many bits are set. */
export function bitsIn(bits: bigint): number {
  let count = 0;
  for (let rest = bits; rest > 0n; rest &= rest - 1n) count += 1;
  return count;
}
