import { config } from '../../../platform/config.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { refuse } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import type { JsonObject } from '../../../platform/json.ts';
import { enqueue } from '../../../platform/tasks.ts';
import { lock } from '../order/machine.ts';
import { record } from '../psp/intent.ts';
import { perform, performClaimed } from '../psp/perform.ts';
import type { CallRow } from '../psp/store.ts';
import type { CheckoutRow, OrderRow } from '../tables.ts';
import { closeTask, endUnpaid } from './close.ts';
import * as store from './store.ts';

/**
 * Opens the PSP's page on which the customer pays (or saves a card), and answers its address; a page that is open
 * already is used again. Not to be called inside a transaction: a person waits while the PSP is asked. `returnPath` is
 * the path of our page to which the PSP sends people back. Refuses `payments.already_paid`, `payments.checkout_closed`
 * when the time is over, `payments.psp_unavailable`.
 */
export async function startCheckout(
  ctx: Ctx,
  orderId: string,
  { returnPath }: { returnPath: string },
): Promise<{ url: string }> {
  if (ctx.db.transaction) throw new Error('the PSP is never called inside a transaction');
  const prepared = await inTransaction(ctx, (inner) => prepare(inner, orderId, returnPath));
  if (prepared.kind === 'customer missing') {
    await makeCustomer(ctx, prepared.personId);
    return startCheckout(ctx, orderId, { returnPath });
  }
  if (prepared.kind === 'open') return { url: prepared.url };
  const call = await (prepared.kind === 'claimed' ? performClaimed(ctx, prepared.call) : perform(ctx, prepared.callId));
  const { url, state } = await store.checkoutById.one(ctx, prepared.checkoutId);
  if (call.state === 'done' && state === 'open' && url) return { url };
  return refuse(state === 'complete' ? 'payments.already_paid' : 'payments.psp_unavailable');
}

type Prepared =
  | { kind: 'open'; url: string }
  | { kind: 'opening'; checkoutId: string; callId: string }
  | { kind: 'claimed'; checkoutId: string; call: CallRow }
  | { kind: 'customer missing'; personId: string };

const savesCard = (order: OrderRow): boolean => order.mode === 'save_card' && order.state === 'awaiting_payment';

/** A card can be saved only for somebody whom the PSP knows. */
async function makeCustomer(ctx: Ctx, personId: string): Promise<void> {
  const callId = await record(ctx, {
    kind: 'customer',
    dedupeKey: `customer:${ctx.regionId}:${personId}`,
    subjectId: personId,
    params: { personId },
  });
  const call = await perform(ctx, callId);
  if (call.state !== 'done') refuse('payments.psp_unavailable');
}

/** The page that is open, or the intent of a new one. If this process dies after the commit, the janitor takes it up. */
async function prepare(ctx: Ctx, orderId: string, returnPath: string): Promise<Prepared> {
  const order = await lock(ctx, orderId);
  requirePayable(order);
  const { open, lines } = await store.checkoutParts.one(ctx, order.id);
  if (open)
    return open.url ? { kind: 'open', url: open.url } : { kind: 'opening', checkoutId: open.id, callId: open.call_id };
  const customer = savesCard(order) ? await store.customerOf.first(ctx, order.region_id, order.customer_id) : undefined;
  if (savesCard(order) && !customer) return { kind: 'customer missing', personId: order.customer_id };
  const checkoutId = newId();
  const params: JsonObject = {
    checkoutId,
    orderId: order.id,
    currency: order.currency,
    customerId: customer?.psp_id,
    lines: customer ? [] : lines,
    returnUrl: `${config().publicUrl}${returnPath}`,
  };
  const call = await store.insertCheckout.one(
    ctx,
    newId(),
    order.region_id,
    `checkout:${checkoutId}`,
    order.id,
    JSON.stringify(params),
    ctx.clock.now(),
    checkoutId,
    customer ? 'setup' : 'payment',
  );
  return { kind: 'claimed', checkoutId, call };
}

function requirePayable(order: OrderRow): void {
  if (order.state !== 'awaiting_payment' && order.state !== 'payment_failed') {
    refuse(order.ended_at ? 'payments.checkout_closed' : 'payments.already_paid', { state: order.state });
  }
  if (order.expiry_wanted || order.cancel_reason) refuse('payments.checkout_closed', { state: order.state });
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
