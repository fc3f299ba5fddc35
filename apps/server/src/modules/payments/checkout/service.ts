import { config } from '../../../platform/config.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { refuse } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import type { JsonObject } from '../../../platform/json.ts';
import { enqueue } from '../../../platform/tasks.ts';
import { lock } from '../order/machine.ts';
import { linesOf, orderById } from '../order/store.ts';
import { enqueueCall, record } from '../psp/intent.ts';
import { perform } from '../psp/perform.ts';
import type { CheckoutRow, OrderRow } from '../tables.ts';
import { closeTask, endUnpaid } from './close.ts';
import * as store from './store.ts';

/**
 * Opens the PSP's page on which the customer pays (or saves a card), and answers its address; a page that is open
 * already is used again. Not to be called inside a transaction: a person waits while the PSP is asked. `returnPath` is the
 * path of our page to which the PSP sends people back. Refuses `payments.already_paid`, `payments.checkout_closed` when
 * the time is over, `payments.psp_unavailable`.
 */
export async function startCheckout(
  ctx: Ctx,
  orderId: string,
  { returnPath }: { returnPath: string },
): Promise<{ url: string }> {
  if (ctx.db.transaction) throw new Error('the PSP is never called inside a transaction');
  const order = await orderById.first(ctx, orderId);
  if (order?.region_id !== ctx.regionId) refuse('access.not_found');
  const customerId = savesCard(order) ? await customerFor(ctx, order) : undefined;
  const checkout = await inTransaction(ctx, (inner) => prepare(inner, orderId, returnPath, customerId));
  if (checkout.url) return { url: checkout.url };
  const call = await perform(ctx, checkout.call_id);
  const { url, state } = await store.checkoutById.one(ctx, checkout.id);
  if (call.state === 'done' && state === 'open' && url) return { url };
  return refuse(state === 'complete' ? 'payments.already_paid' : 'payments.psp_unavailable');
}

const savesCard = (order: OrderRow): boolean => order.mode === 'save_card' && order.state === 'awaiting_payment';

async function customerFor(ctx: Ctx, order: OrderRow): Promise<string> {
  const known = await store.customerOf.first(ctx, order.region_id, order.customer_id);
  if (known) return known.psp_id;
  const callId = await record(ctx, {
    kind: 'customer',
    dedupeKey: `customer:${order.region_id}:${order.customer_id}`,
    subjectId: order.customer_id,
    params: { personId: order.customer_id },
  });
  const call = await perform(ctx, callId);
  if (call.state !== 'done' || !call.object_id) refuse('payments.psp_unavailable');
  return call.object_id;
}

/** The page that is open, or the intent of a new one. */
async function prepare(
  ctx: Ctx,
  orderId: string,
  returnPath: string,
  customerId: string | undefined,
): Promise<CheckoutRow> {
  const order = await lock(ctx, orderId);
  requirePayable(order);
  const [open] = await store.openCheckouts.all(ctx, order.id);
  if (open) return open;
  const id = newId();
  const callId = await record(ctx, {
    kind: 'checkout',
    dedupeKey: `checkout:${id}`,
    subjectId: order.id,
    params: await paramsOf(ctx, order, id, returnPath, customerId),
  });
  await store.insertCheckout.run(
    ctx,
    id,
    order.region_id,
    order.id,
    callId,
    customerId ? 'setup' : 'payment',
    ctx.clock.now(),
  );
  // If this process dies before it has called, the task finds out what became of it.
  await enqueueCall(ctx, callId, 60);
  return store.checkoutById.one(ctx, id);
}

function requirePayable(order: OrderRow): void {
  if (order.state !== 'awaiting_payment' && order.state !== 'payment_failed') {
    refuse(order.ended_at ? 'payments.checkout_closed' : 'payments.already_paid', { state: order.state });
  }
  if (order.expiry_wanted || order.cancel_reason) refuse('payments.checkout_closed', { state: order.state });
}

async function paramsOf(
  ctx: Ctx,
  order: OrderRow,
  checkoutId: string,
  returnPath: string,
  customerId: string | undefined,
): Promise<JsonObject> {
  const lines = customerId ? [] : await linesOf.all(ctx, [order.id]);
  return {
    checkoutId,
    orderId: order.id,
    currency: order.currency,
    customerId,
    lines: lines.map((line) => ({ title: line.title, amountMinor: line.amount_minor.toString() })),
    returnUrl: `${config().publicUrl}${returnPath}`,
  };
}

/** Task: closes the payment page of an order at the PSP, whatever stage its opening is in. */
export async function closeOpenCheckouts(ctx: Ctx, orderId: string): Promise<void> {
  for (const checkout of await store.openCheckouts.all(ctx, orderId)) {
    if (await closeOne(ctx, checkout)) continue;
    await enqueue(ctx, closeTask, { orderId }, { key: orderId, startAfterSeconds: 5 });
    return;
  }
  await inTransaction(ctx, (inner) => endWithoutPage(inner, orderId));
}

/** A page that never came to be leaves an order that was to be ended and has nobody else to end it. */
async function endWithoutPage(ctx: Ctx, orderId: string): Promise<void> {
  const order = await lock(ctx, orderId);
  const open = await store.openCheckouts.all(ctx, orderId);
  if (open.length === 0 && (order.expiry_wanted || order.cancel_reason)) await endUnpaid(ctx, order);
}

/** False when the PSP has not answered yet and it has to be tried again. */
async function closeOne(ctx: Ctx, checkout: CheckoutRow): Promise<boolean> {
  if (checkout.state === 'opening') {
    const call = await perform(ctx, checkout.call_id);
    if (call.state === 'intended' || call.state === 'unknown') return false;
  }
  const { state, psp_session_id: sessionId } = await store.checkoutById.one(ctx, checkout.id);
  if (state !== 'open' || !sessionId) return true;
  const callId = await record(ctx, {
    kind: 'expire_checkout',
    dedupeKey: `expire:${checkout.id}`,
    subjectId: checkout.order_id,
    params: { sessionId },
  });
  const call = await perform(ctx, callId);
  return call.state === 'done' || call.state === 'failed';
}
