import { audit } from '../../platform/audit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { refuse } from '../../platform/errors.ts';
import { claim, free, type Range } from './claim/service.ts';
import * as claims from './claim/store.ts';
import { planOf } from './plan/service.ts';
import * as policy from './policy.ts';

const longestDays = 62;

/** Taken time of one calendar in a window of at most 62 days, with the zone in which to read it. */
export async function claimsOf(ctx: Ctx, resourceId: string, window: Range) {
  requireWindow(window);
  const { row, mayEdit } = await planOf(ctx, resourceId);
  const rows = await claims.listed.all(ctx, ctx.regionId, resourceId, window.from, window.to);
  return { zone: row.zone, rows, mayEdit };
}

/** Blocks a piece of one's own time. Refuses `calendar.slot_taken` when there is work in it. */
export async function block(ctx: Ctx, resourceId: string, window: Range, label: string) {
  requireWindow(window);
  await policy.requireEdit(ctx, resourceId);
  return inTransaction(ctx, async (ctx) => {
    const subject = { kind: 'block', id: resourceId };
    const claimId = await claim(ctx, { resourceId, during: window, subject, label });
    await audit(ctx, { act: 'calendar.block', subject: `calendar:${resourceId}`, detail: { claimId } });
    return blockOf(ctx, resourceId, claimId);
  });
}

async function blockOf(ctx: Ctx, resourceId: string, claimId: string) {
  const { row, mayEdit } = await planOf(ctx, resourceId);
  const rows = await claims.byId.all(ctx, ctx.regionId, claimId);
  const own = rows.find((one) => one.resource_id === resourceId);
  return own ? { claim: own, zone: row.zone, mayEdit } : refuse('access.not_found');
}

/** Removes a block; a booking's time can only be given back by the booking. */
export async function unblock(ctx: Ctx, resourceId: string, claimId: string): Promise<void> {
  await policy.requireEdit(ctx, resourceId);
  await inTransaction(ctx, async (ctx) => {
    const { claim } = await blockOf(ctx, resourceId, claimId);
    if (claim.subject_kind !== 'block') refuse('calendar.claimed_by_booking');
    await free(ctx, claimId);
    await audit(ctx, { act: 'calendar.unblock', subject: `calendar:${resourceId}`, detail: { claimId } });
  });
}

function requireWindow({ from, to }: Range): void {
  const days = (to.getTime() - from.getTime()) / 86_400_000;
  if (!(days > 0 && days <= longestDays)) refuse('calendar.window_invalid');
}
