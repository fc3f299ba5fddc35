import type { OrderState } from '@plumbline/domain/order';
import type { Ctx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { refuse } from '../../../platform/errors.ts';
import * as ledger from '../../ledger/index.ts';
import { announce } from '../events.ts';
import { psp } from '../market.ts';
import type { Taken } from '../order/apply.ts';
import { lock, move } from '../order/machine.ts';
import { lockOrder } from '../order/store.ts';
import type { PspRefund } from '../psp/objects.ts';
import type { OrderRow, RefundRow } from '../tables.ts';
import { intendRefund } from './make.ts';
import * as store from './store.ts';

export const refundKey = 'plumbline_refund';

/** Brings a refund to where it stands at the PSP: rule 9 on its confirmation. Runs in the caller's transaction. */
export async function applyRefund(ctx: Ctx, news: PspRefund): Promise<Taken> {
  const known = await find(ctx, news);
  const order = known && (await lockOrder.first(ctx, known.order_id));
  if (!known || !order) return 'unknown';
  const refund = await store.refundById.one(ctx, known.id);
  // A refund that failed and was tried again has another object at the PSP by now.
  if (refund.psp_refund_id !== null && refund.psp_refund_id !== news.id) return 'superseded';
  if (news.amountMinor !== refund.amount_minor)
    throw new Error(`refund ${refund.id} is over ${refund.amount_minor}, at the PSP over ${news.amountMinor}`);
  if (refund.psp_refund_id === null) await store.pspRefundKnown.run(ctx, refund.id, news.id);
  if (news.status === 'succeeded' && refund.state === 'requested') return confirm(ctx, order, refund);
  if (news.status === 'failed' && refund.state !== 'failed') return fail(ctx, order, refund, news.failure ?? 'failed');
  return news.status === 'pending' ? 'done' : 'superseded';
}

async function find(ctx: Ctx, news: PspRefund): Promise<RefundRow | undefined> {
  const ours = news.metadata[refundKey];
  return (await store.refundOfPsp.first(ctx, news.id)) ?? (ours ? store.refundById.first(ctx, ours) : undefined);
}

async function confirm(ctx: Ctx, order: OrderRow, refund: RefundRow): Promise<Taken> {
  const { journalId } = await ledger.rules.refundConfirmed(ctx, {
    orderId: order.id,
    currency: order.currency,
    idemKey: `refund-confirmed:${refund.psp_refund_id ?? ''}:${refund.id}`,
    refundId: refund.id,
    psp,
    amountMinor: refund.amount_minor,
  });
  await store.confirmRefund.run(ctx, refund.id, ctx.clock.now(), journalId);
  const open = order.refunds_open_minor - refund.amount_minor;
  const isOver = order.state === 'refund_pending' && open === 0n;
  const moved = await move(ctx, order, 'refund_confirmed', {
    to: isOver ? 'refunded' : order.state,
    patch: { refunds_open_minor: open, ...(isOver && { ended_at: ctx.clock.now() }) },
    note: { refundId: refund.id },
  });
  await announce(ctx, 'payments.refunded', moved, {
    refundId: refund.id,
    amountMinor: refund.amount_minor.toString(),
    full: moved.refunded_minor === moved.captured_minor,
  });
  return 'done';
}

/** The bank did not take it. What is owed stays owed; when it had been confirmed, that is undone (rule 18). */
export async function fail(ctx: Ctx, order: OrderRow, refund: RefundRow, failure: string): Promise<Taken> {
  const wasConfirmed = refund.confirm_journal !== null;
  if (refund.confirm_journal) {
    await ledger.reverse(ctx, {
      journalId: refund.confirm_journal,
      idemKey: `refund-failed:${refund.confirm_journal}`,
      reason: failure,
    });
  }
  await store.failRefund.run(ctx, refund.id, failure);
  const to: OrderState = order.state === 'refunded' ? 'refund_pending' : order.state;
  const moved = await move(ctx, order, 'refund_failed', {
    to,
    patch: {
      ...(wasConfirmed && { refunds_open_minor: order.refunds_open_minor + refund.amount_minor }),
      ...(order.state === 'refunded' && { ended_at: null }),
    },
    note: { refundId: refund.id, failure },
  });
  ctx.log.error({ orderId: order.id, refundId: refund.id, failure }, 'a refund failed at the PSP');
  await announce(ctx, 'payments.refund_failed', moved, { refundId: refund.id, failure });
  return 'done';
}

/** Sends a failed refund once more. Refuses `payments.not_allowed_now` when it has not failed. */
export async function retry(ctx: Ctx, refundId: string): Promise<string> {
  return inTransaction(ctx, async (ctx) => {
    const known = (await store.refundById.first(ctx, refundId)) ?? refuse('access.not_found');
    const order = await lock(ctx, known.order_id);
    const refund = await store.refundById.one(ctx, refundId);
    if (refund.state !== 'failed') refuse('payments.not_allowed_now', { state: refund.state, move: 'retry' });
    const { calls } = await store.countRefundCalls.one(ctx, refundId);
    await store.retryRefund.run(ctx, refundId);
    await intendRefund(ctx, order, refundId, refund.amount_minor, `refund:${refundId}:${calls}`);
    return order.id;
  });
}
