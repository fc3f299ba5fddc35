import type { Clock, Ctx } from './ctx.ts';
import type { Db } from './db/db.ts';
import { statement } from './db/statement.ts';
import { refuse } from './errors.ts';

/** How old the cached offset may be before it is read again. */
const freshMs = 250;

const readOffset = statement<{ offset_ms: bigint }>('platform.clockOffset', 'select offset_ms from platform_clock');
const addOffset = statement<{ offset_ms: bigint }, [bigint]>(
  'platform.clockAdvance',
  'update platform_clock set offset_ms = offset_ms + $1, changed_at = clock_timestamp() returning offset_ms',
);

/** The business clock of a process. It is asked to be fresh at each request, task and deadline poll. */
export interface SharedClock extends Clock {
  /** Reads the offset again when the cached one is older than 250 ms, or at once when forced (after an advance). */
  refresh(force?: boolean): Promise<void>;
  /** Real time plus the cached offset. */
  now(): Date;
}

/** The clock that all processes of a demo share, by one row. In production there is no offset and nothing is read. */
export function createClock(db: Db, { movable }: { movable: boolean }): SharedClock {
  let offsetMs = 0;
  let readAt = -Infinity;
  let reading: Promise<void> | undefined;
  const read = async () => {
    const row = await readOffset.first({ db });
    offsetMs = Number(row?.offset_ms ?? 0n);
    readAt = performance.now();
  };
  return {
    now: () => new Date(Date.now() + offsetMs),
    async refresh(force = false) {
      if (!movable || (!force && performance.now() - readAt < freshMs)) return;
      reading ??= read().finally(() => {
        reading = undefined;
      });
      await reading;
    },
  };
}

/** True when a clock can be asked to be fresh (the clock of a test is set by hand). */
export function isShared(clock: Clock): clock is SharedClock {
  return 'refresh' in clock;
}

/**
 * Moves business time of a demo market forward; it never goes back, because deadlines that fired stay fired.
 * Refuses `access.forbidden` in production. Returns the new offset in milliseconds.
 */
export async function advanceClock(ctx: Pick<Ctx, 'db'>, byMs: number, movable: boolean): Promise<number> {
  if (!movable) refuse('access.forbidden', { reason: 'the clock moves in a demo only' });
  if (!Number.isSafeInteger(byMs) || byMs <= 0)
    throw new Error(`the clock moves forward by whole milliseconds: ${byMs}`);
  const row = await addOffset.one(ctx, BigInt(byMs));
  return Number(row.offset_ms);
}

const unitMs: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `3d`, `90m`, `1d 6h` in milliseconds; undefined when it is not understood. */
export function parseDuration(text: string): number | undefined {
  const parts = text
    .trim()
    .split(/\s+/)
    .map((part) => /^(\d{1,6})([smhd])$/.exec(part));
  if (parts.some((part) => part === null)) return undefined;
  return parts.reduce((sum, part) => sum + Number(part?.[1]) * (unitMs[part?.[2] ?? ''] ?? 0), 0);
}
