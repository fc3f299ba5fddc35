import { paymentRoutes } from '@plumbline/contracts/payments';
import { audit } from '../../platform/audit.ts';
import { encodeCursor, idAfter } from '../../platform/cursor.ts';
import { personOf, type Ctx } from '../../platform/ctx.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { on } from '../../platform/http/module.ts';
import { startOnboarding } from './account/service.ts';
import { checkReport } from './check/read.ts';
import { giveBack, giveBackAgain } from './refund/ask.ts';
import * as orders from './order/read.ts';
import * as payouts from './payout/read.ts';
import { approveRelease } from './payout/release.ts';
import { approvePayout, retryPayout, runPayouts } from './payout/run.ts';
import * as policy from './policy.ts';
import { money } from './shape.ts';
import { marketOf } from './market.ts';
import { replay } from './webhook/process.ts';
import { presentWebhook, webhooks } from './webhook/read.ts';
import { receive } from './webhook/receive.ts';

/** A page of things whose ids rise with time: one more is asked for than shown, to know whether there is a next page. */
async function paged<T>(
  { cursor, limit = 20 }: { cursor?: string; limit?: number },
  idOf: (item: T) => string,
  read: (after: string | undefined, limit: number) => Promise<T[]>,
): Promise<{ items: T[]; next?: string }> {
  const after = idAfter(cursor);
  const found = await read(after, limit + 1);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return found.length > limit && last ? { items, next: encodeCursor([idOf(last)]) } : { items };
}

const staff = (ctx: Ctx, permission: 'payout:manage' | 'ops:view') =>
  policy.requireStaff(personOf(ctx), ctx.regionId, permission);

export const routes = [
  on(paymentRoutes.order, (ctx, { params }) => orders.orderFor(ctx, params.orderId)),

  on(paymentRoutes.refund, async (ctx, { params, body }) => {
    await giveBack(ctx, params.orderId, body.amount, body.reason);
    return orders.orderFor(ctx, params.orderId);
  }),

  on(paymentRoutes.retryRefund, async (ctx, { params }) => {
    await giveBackAgain(ctx, params.orderId, params.refundId);
    return orders.orderFor(ctx, params.orderId);
  }),

  on(paymentRoutes.earnings, (ctx, { params }) => payouts.earningsOf(ctx, params.organisationId)),

  on(paymentRoutes.payouts, (ctx, { params, query }) =>
    paged(
      query,
      (payout) => payout.payoutId,
      (after, limit) => payouts.payoutsOf(ctx, params.organisationId, after, limit),
    ),
  ),

  on(paymentRoutes.payout, (ctx, { params }) => payouts.explain(ctx, params.payoutId)),

  on(paymentRoutes.account, (ctx, { params }) => payouts.accountSeen(ctx, params.organisationId)),

  on(paymentRoutes.startAccount, async (ctx, { params, body }) => {
    policy.requireAccountManager(personOf(ctx), params.organisationId);
    return { url: await startOnboarding(ctx, params.organisationId, body.returnPath) };
  }),

  on(paymentRoutes.adminOrders, (ctx, { query }) => {
    staff(ctx, 'ops:view');
    return paged(
      query,
      (order) => order.orderId,
      (after, limit) => orders.ordersPage(ctx, query.state, after, limit),
    );
  }),

  on(paymentRoutes.adminOrderChecks, (ctx) => {
    staff(ctx, 'ops:view');
    return checkReport(ctx);
  }),

  on(paymentRoutes.approveRelease, async (ctx, { params }) => {
    staff(ctx, 'payout:manage');
    await approveRelease(ctx, params.orderId);
    return orders.orderFor(ctx, params.orderId);
  }),

  on(paymentRoutes.adminPayouts, (ctx, { query }) => {
    staff(ctx, 'ops:view');
    return paged(
      query,
      (payout) => payout.payoutId,
      (after, limit) => payouts.payoutsPage(ctx, query.state, after, limit),
    );
  }),

  on(paymentRoutes.approvePayout, async (ctx, { params }) => {
    staff(ctx, 'payout:manage');
    return payouts.payoutSeen(ctx, await approvePayout(ctx, params.payoutId));
  }),

  on(paymentRoutes.retryPayout, async (ctx, { params }) => {
    staff(ctx, 'payout:manage');
    return payouts.payoutSeen(ctx, await retryPayout(ctx, params.payoutId));
  }),

  on(paymentRoutes.runPayouts, async (ctx) => {
    staff(ctx, 'payout:manage');
    const {
      batchId,
      payouts: count,
      amountMinor,
    } = await inTransaction(ctx, async (ctx) => {
      const result = await runPayouts(ctx);
      await audit(ctx, {
        act: 'payout.run',
        subject: `payout_batch:${result.batchId}`,
        detail: { payouts: result.payouts },
      });
      return result;
    });
    const { currency } = await marketOf(ctx);
    return { batchId, payouts: count, amount: money(currency)(amountMinor) };
  }),

  on(paymentRoutes.adminWebhooks, (ctx, { query }) => {
    staff(ctx, 'ops:view');
    return paged(
      query,
      (webhook) => webhook.webhookId,
      (after, limit) => webhooks(ctx, query.state, after, limit),
    );
  }),

  on(paymentRoutes.replayWebhook, async (ctx, { params }) => {
    staff(ctx, 'payout:manage');
    return presentWebhook(await replay(ctx, params.webhookId));
  }),

  on(paymentRoutes.webhook, async (ctx, _input, http) => {
    await receive(ctx, 'platform', http.rawBody, http.header('stripe-signature'));
    return { received: true };
  }),

  on(paymentRoutes.connectWebhook, async (ctx, _input, http) => {
    await receive(ctx, 'connect', http.rawBody, http.header('stripe-signature'));
    return { received: true };
  }),
];
