import type { Ctx } from '../../../platform/ctx.ts';
import { enqueue } from '../../../platform/tasks.ts';
import { announce } from '../events.ts';
import { move } from '../order/machine.ts';
import type { OrderRow } from '../tables.ts';
import * as store from './store.ts';

export const closeTask = 'payments.close_checkouts';

/** Closes the payment page of a locked order at the PSP; when there is none, the order ends at once. */
export async function closeCheckouts(ctx: Ctx, order: OrderRow): Promise<void> {
  const open = await store.openCheckouts.all(ctx, order.id);
  if (open.length === 0) await endUnpaid(ctx, order);
  else await enqueue(ctx, closeTask, { orderId: order.id }, { key: order.id });
}

/**
 * Nobody can pay any more. An order that was never paid ends; one whose saved card failed waits for another page,
 * unless it was to be cancelled.
 */
export async function endUnpaid(ctx: Ctx, order: OrderRow): Promise<void> {
  if (order.state !== 'awaiting_payment' && order.state !== 'payment_failed') return;
  const ends = order.state === 'awaiting_payment' || order.cancel_reason !== null;
  const name = order.state === 'payment_failed' && order.cancel_reason !== null ? 'cancel' : 'expire';
  const moved = await move(ctx, order, name, {
    patch: { expiry_wanted: false, ...(ends && { ended_at: ctx.clock.now() }) },
  });
  if (order.cancel_reason)
    await announce(ctx, 'payments.authorisation_cancelled', moved, { reason: order.cancel_reason });
  else await announce(ctx, 'payments.checkout_expired', moved);
}
