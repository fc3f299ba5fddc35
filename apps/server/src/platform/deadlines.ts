import type { Ctx } from './ctx.ts';
import { statement } from './db/statement.ts';
import { inTransaction } from './db/transaction.ts';
import { systemCtx } from './ctx.ts';

export interface NewDeadline {
  /** `booking.payment` */
  kind: string;
  subjectId: string;
  /** Business time. */
  at: Date;
}

export type DeadlineHandler = (ctx: Ctx, subjectId: string) => Promise<void>;

interface DueRow {
  kind: string;
  subject_id: string;
  region_id: string;
  at: Date;
  attempts: number;
}

const put = statement<never, [string, string, string, Date]>(
  'platform.setDeadline',
  `insert into deadline (kind, subject_id, region_id, at) values ($1, $2, $3, $4)
   on conflict (kind, subject_id) do update
     set at = excluded.at, region_id = excluded.region_id, attempts = 0, not_before = '-infinity', error = null`,
);
const putIfNone = statement<never, [string, string, string, Date]>(
  'platform.ensureDeadline',
  `insert into deadline (kind, subject_id, region_id, at) values ($1, $2, $3, $4) on conflict (kind, subject_id) do nothing`,
);
const remove = statement<never, [string, string]>(
  'platform.clearDeadline',
  'delete from deadline where kind = $1 and subject_id = $2',
);
const takeDue = statement<DueRow, [Date, Date, string[]]>(
  'platform.takeDueDeadline',
  `delete from deadline where (kind, subject_id) = (
     select kind, subject_id from deadline
     where at <= $1 and not_before <= $2 and kind = any($3)
     order by at limit 1 for update skip locked)
   returning kind, subject_id, region_id, at, attempts`,
);
const postpone = statement<never, [string, string, Date, Date, string]>(
  'platform.postponeDeadline',
  `update deadline set attempts = attempts + 1, not_before = $4, error = $5
   where kind = $1 and subject_id = $2 and at = $3`,
);

/** Sets the business timer of a subject; there is one per kind and subject, and a new one replaces the old. */
export async function setDeadline(ctx: Ctx, { kind, subjectId, at }: NewDeadline): Promise<void> {
  await put.run(ctx, kind, subjectId, ctx.regionId, at);
}

/** Sets the timer of a subject that has none; one that is set stays as it is. */
export async function ensureDeadline(ctx: Ctx, { kind, subjectId, at }: NewDeadline): Promise<void> {
  await putIfNone.run(ctx, kind, subjectId, ctx.regionId, at);
}

/** Takes the timer away; nothing happens when there is none. */
export async function clearDeadline(ctx: Ctx, kind: string, subjectId: string): Promise<void> {
  await remove.run(ctx, kind, subjectId);
}

/** A handler failed: which deadline, and why. */
class DeadlineFailure extends Error {
  readonly row: DueRow;

  constructor(row: DueRow, cause: unknown) {
    super(`deadline ${row.kind} of ${row.subject_id} failed: ${String(cause)}`, { cause });
    this.row = row;
  }
}

/**
 * Fires what is due by the business clock, earliest first, until nothing is. The row and what its handler does go
 * in one transaction: it happens once, whatever process dies. A failure is tried again after a growing pause of
 * real time and holds up no other deadline. Returns how many fired.
 */
export async function fireDueDeadlines(base: Ctx, handlers: ReadonlyMap<string, DeadlineHandler>): Promise<number> {
  const kinds = [...handlers.keys()];
  for (let fired = 0; ;) {
    const outcome = await fireOne(base, handlers, kinds);
    if (outcome === 'none') return fired;
    if (outcome === 'fired') fired += 1;
  }
}

type Outcome = 'fired' | 'failed' | 'none';

async function fireOne(base: Ctx, handlers: ReadonlyMap<string, DeadlineHandler>, kinds: string[]): Promise<Outcome> {
  try {
    return await inTransaction(base, async (ctx) => {
      const row = await takeDue.first(ctx, ctx.clock.now(), new Date(), kinds);
      if (!row) return 'none';
      await handle(ctx, row, handlers);
      return 'fired';
    });
  } catch (error) {
    if (!(error instanceof DeadlineFailure)) throw error;
    await tryLater(base, error);
    return 'failed';
  }
}

async function handle(ctx: Ctx, row: DueRow, handlers: ReadonlyMap<string, DeadlineHandler>): Promise<void> {
  try {
    await handlers.get(row.kind)?.(systemCtx(ctx, `deadline ${row.kind}`, row.region_id), row.subject_id);
  } catch (error) {
    throw new DeadlineFailure(row, error);
  }
}

async function tryLater(base: Ctx, failure: DeadlineFailure): Promise<void> {
  const { row } = failure;
  base.log.error({ err: failure, attempts: row.attempts + 1 }, 'a deadline failed and will be tried again');
  const pauseMs = Math.min(1000 * 2 ** row.attempts, 15 * 60_000);
  await postpone.run(base, row.kind, row.subject_id, row.at, new Date(Date.now() + pauseMs), failure.message);
}
