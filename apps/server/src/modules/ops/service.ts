import { audit } from '../../platform/audit.ts';
import { advanceClock, isShared, parseDuration } from '../../platform/clock.ts';
import { config } from '../../platform/config.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { refuse } from '../../platform/errors.ts';
import * as inspection from '../../platform/inspection.ts';
import { realNow } from '../../platform/real-time.ts';
import * as booking from '../booking/index.ts';
import * as identity from '../identity/index.ts';
import * as ledger from '../ledger/index.ts';
import * as payments from '../payments/index.ts';
import * as trust from '../trust/index.ts';

const longestStepMs = 90 * 86_400_000;

/** Whether this market's clock may be moved: a demo only. */
const movable = () => config().demo && !config().production;

/** How the market stands, in one look. */
export async function overview(ctx: Ctx) {
  const [bookings, orders, payouts, proofs, tasks, documentsToReview] = await Promise.all([
    booking.countsByState(ctx),
    payments.orderSums(ctx),
    payments.payoutSums(ctx),
    ledger.proof(ctx),
    inspection.taskHealth(ctx),
    trust.openCount(ctx),
  ]);
  return { clock: clockState(ctx), bookings, orders, payouts, proofs, tasks, documentsToReview };
}

/** Moves the demo's clock. Refuses `ops.clock_is_real` in production and for steps over 90 days. */
export async function advance(ctx: Ctx, by: string) {
  const byMs = parseDuration(by);
  if (!movable() || byMs === undefined || byMs > longestStepMs) refuse('ops.clock_is_real', { by });
  await inTransaction(ctx, async (ctx) => {
    await advanceClock(ctx, byMs, movable());
    await audit(ctx, { act: 'ops.clock_advanced', subject: 'clock:demo', detail: { by } });
  });
  if (isShared(ctx.clock)) await ctx.clock.refresh(true);
  return clockState(ctx);
}

/** One page of the audit trail with the names of those who acted. */
export async function auditTrail(
  ctx: Ctx,
  filter: { subject?: string | undefined; before?: string | undefined; limit: number },
) {
  const rows = await inspection.auditEntries(ctx, filter);
  const ids = rows.flatMap((row) => (row.actor_kind === 'person' && row.actor_id ? [row.actor_id] : []));
  const people = new Map(
    (await identity.peopleByIds(ctx, [...new Set(ids)])).map((person) => [person.id, person.name]),
  );
  return rows.map((row) => ({ row, actor: people.get(row.actor_id ?? '') ?? row.actor_id ?? row.actor_kind }));
}

export function clockState(ctx: Ctx) {
  const now = ctx.clock.now();
  const aheadSeconds = Math.round((now.getTime() - realNow().getTime()) / 1000);
  return { now, aheadSeconds, movable: movable() };
}
