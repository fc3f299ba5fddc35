import { mayMove, windowStates } from '@plumbline/domain/order';
import { audit } from '../../../platform/audit.ts';
import { personOf, type Ctx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { refuse } from '../../../platform/errors.ts';
import * as ledger from '../../ledger/index.ts';
import { announce } from '../events.ts';
import { keptOf, providerShare, sumOf } from '../order/lines.ts';
import { lock, move } from '../order/machine.ts';
import { linesOf } from '../order/store.ts';
import { providerOf } from '../order/work.ts';
import type { LineRow, OrderRow } from '../tables.ts';
import { insertEarning } from './earnings.ts';
import * as store from './store.ts';

/**
 * The hold window is over: the provider's share becomes available (rule 7). A large order waits for two people; one that
 * was frozen or given back meanwhile is left alone.
 */
export async function release(ctx: Ctx, orderId: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const order = await lock(ctx, orderId);
    if (!isDue(ctx, order)) return;
    if (order.two_people && (await store.countApprovals.one(ctx, order.id)).people < 2) return;
    await releaseNow(ctx, order);
  });
}

const isDue = (ctx: Ctx, order: OrderRow): boolean =>
  mayMove(order.state, 'release') && order.release_at !== null && order.release_at <= ctx.clock.now();

async function releaseNow(ctx: Ctx, order: OrderRow): Promise<void> {
  const lines = await linesOf.all(ctx, [order.id]);
  const amount = providerShare(lines);
  const moved = await move(ctx, order, 'release', { patch: { released_at: ctx.clock.now() } });
  if (amount > 0n) await post(ctx, order, lines, amount);
  await announce(ctx, 'payments.released', moved, { amountMinor: amount.toString() });
}

async function post(ctx: Ctx, order: OrderRow, lines: LineRow[], amount: bigint): Promise<void> {
  const { journalId } = await ledger.rules.holdWindowOver(ctx, {
    orderId: order.id,
    currency: order.currency,
    idemKey: `release:${order.id}`,
    providerId: providerOf(order),
    amountMinor: amount,
  });
  await insertEarning(ctx, {
    regionId: order.region_id,
    organisationId: providerOf(order),
    orderId: order.id,
    kind: 'release',
    currency: order.currency,
    gross: sumOf(lines, keptOf),
    commission: sumOf(lines, (line) => line.commission_minor - line.back_commission),
    vat: sumOf(lines, (line) => line.vat_minor - line.back_vat),
    net: amount,
    journalId,
  });
}

/**
 * One of the two people who have to approve the release of a large order. The second one releases it when its window is
 * over. Refuses `payments.not_allowed_now` for an order that needs no approval now, `payments.same_person` for the second
 * time by the same person.
 */
export async function approveRelease(ctx: Ctx, orderId: string): Promise<void> {
  const { personId } = personOf(ctx);
  await inTransaction(ctx, async (ctx) => {
    const order = await lock(ctx, orderId);
    if (!order.two_people || !windowStates.includes(order.state)) {
      refuse('payments.not_allowed_now', { state: order.state, move: 'approve_release' });
    }
    const wrote = await store.insertApproval.run(ctx, order.id, personId, order.region_id, ctx.clock.now());
    if (wrote === 0) refuse('payments.same_person');
    await audit(ctx, { act: 'order.approve_release', subject: `order:${order.id}` });
    const { people } = await store.countApprovals.one(ctx, order.id);
    if (people >= 2 && isDue(ctx, order)) await releaseNow(ctx, order);
  });
}
