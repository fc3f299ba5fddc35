import type { Ctx } from '../../../platform/ctx.ts';
import { enqueue } from '../../../platform/tasks.ts';
import { move } from '../order/machine.ts';
import { lockOrder } from '../order/store.ts';
import { customerOfCall, sessionOfCall } from '../psp/find.ts';
import type { PspCustomer, PspSession } from '../psp/objects.ts';
import { defineCall } from '../psp/spec.ts';
import { createCustomer, expireCheckout, openPayment, openSetup } from '../psp/write.ts';
import { money, objectOf } from '../wire.ts';
import { applySession, checkoutKey, readSession, type SessionNews } from './apply.ts';
import { closeTask } from './close.ts';
import * as store from './store.ts';

interface CustomerParams {
  personId: string;
}

/** Makes the person known to the PSP, so that a card can be saved. */
export const customerCall = defineCall<CustomerParams, PspCustomer>({
  post: (call, { personId }, key) => createCustomer(key, { ...objectOf(call), plumbline_person: personId }),
  ask: (call) => customerOfCall(call.id, call),
  idOf: ({ id }) => id,
  done: async (ctx, call, { personId }, { id }) => {
    await store.insertCustomer.run(ctx, call.region_id, personId, id, ctx.clock.now());
  },
  refused: async () => undefined,
});

export interface CheckoutCallParams {
  checkoutId: string;
  orderId: string;
  currency: string;
  /** Set for a page that saves a card; else the lines are paid. */
  customerId?: string;
  lines: { title: string; amountMinor: string }[];
  returnUrl: string;
}

/** Opens a payment page. */
export const checkoutCall = defineCall<CheckoutCallParams, PspSession>({
  post: (call, params, key) => {
    const { orderId, currency, customerId, returnUrl } = params;
    const metadata = { ...objectOf(call), plumbline_order: orderId, [checkoutKey]: params.checkoutId };
    const page = { orderId, metadata, successUrl: returnUrl, cancelUrl: returnUrl };
    if (customerId) return openSetup(key, { ...page, currency, customerId });
    const lines = params.lines.map(({ title, amountMinor }) => ({ title, amount: money(amountMinor, currency) }));
    return openPayment(key, { ...page, lines });
  },
  ask: (call) => sessionOfCall(call.id, call),
  idOf: ({ id }) => id,
  done: (ctx, _call, params, session) => opened(ctx, params, session),
  refused: async (ctx, _call, { checkoutId }) => {
    await store.endCheckout.run(ctx, checkoutId, 'expired');
  },
});

async function opened(ctx: Ctx, { checkoutId, orderId }: CheckoutCallParams, session: PspSession): Promise<void> {
  const order = await lockOrder.one(ctx, orderId);
  const wrote = await store.checkoutOpened.run(ctx, checkoutId, session.id, session.url ?? null);
  // Nothing to open when the page is paid or expired by now: its own message was faster.
  if (wrote === 0) return;
  await move(ctx, order, 'open_checkout', { note: { sessionId: session.id } });
  if (order.expiry_wanted || order.cancel_reason) await enqueue(ctx, closeTask, { orderId }, { key: orderId });
}

interface ExpireParams {
  sessionId: string;
}

/** Closes a payment page. When somebody has paid on it by now, the PSP says no and asking brings the payment. */
export const expireCheckoutCall = defineCall<ExpireParams, SessionNews>({
  post: async (_call, { sessionId }, key) => ({ session: await expireCheckout(key, sessionId) }),
  ask: async (_call, { sessionId }) => {
    const news = await readSession(sessionId);
    return news.session.status === 'open' ? undefined : news;
  },
  idOf: ({ session }) => session.id,
  done: async (ctx, _call, _params, news) => {
    await applySession(ctx, news);
  },
  refused: async (ctx, call, _params, refusal) => {
    ctx.log.error({ callId: call.id, err: refusal }, 'a payment page could be neither closed nor read');
  },
});
