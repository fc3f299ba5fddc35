import type { OrderView } from '@plumbline/contracts/payments';
import { windowStates, type OrderState } from '@plumbline/domain/order';
import { nextPayoutRun } from '@plumbline/domain/payout';
import type { Ctx } from '../../../platform/ctx.ts';
import { isId } from '../../../platform/cursor.ts';
import { statement } from '../../../platform/db/statement.ts';
import { refuse } from '../../../platform/errors.ts';
import { marketOf, type Market } from '../market.ts';
import * as policy from '../policy.ts';
import { refundsOf } from '../refund/store.ts';
import type { OrderRow, RefundRow } from '../tables.ts';
import { linesOf, orderById, orderColumns, ordersByIds } from './store.ts';
import { orderFacts, orderView, type Abilities, type OrderFacts } from './view.ts';

const page = statement<OrderRow, [string, OrderState | null, string | null, number]>(
  'payments.orderPage',
  `select ${orderColumns} from money_order
   where region_id = $1 and ($2::text is null or state = $2) and ($3::uuid is null or id < $3) order by id desc limit $4`,
);

/** The money side of a deal for one of its parties. Refuses `access.not_found` to others. */
export async function orderFor(ctx: Ctx, orderId: string): Promise<OrderView> {
  const order = await orderById.first(ctx, orderId);
  if (order?.region_id !== ctx.regionId || !policy.maySeeOrder(ctx.actor, order)) refuse('access.not_found');
  const [view] = await viewsOf(ctx, [order]);
  return view ?? refuse('access.not_found');
}

/** Whether the actor may hear of this order on a live page. */
export async function mayHear(ctx: Ctx, orderId: string): Promise<boolean> {
  const order = isId(orderId) ? await orderById.first(ctx, orderId) : undefined;
  return order !== undefined && order.region_id === ctx.regionId && policy.maySeeOrder(ctx.actor, order);
}

/** Orders of the market, newest first, from after the given id on. */
export async function ordersPage(
  ctx: Ctx,
  state: OrderState | undefined,
  after: string | undefined,
  limit: number,
): Promise<OrderView[]> {
  return viewsOf(ctx, await page.all(ctx, ctx.regionId, state ?? null, after ?? null, limit));
}

async function viewsOf(ctx: Ctx, orders: OrderRow[]): Promise<OrderView[]> {
  const ids = orders.map((order) => order.id);
  const market = await marketOf(ctx);
  const lines = Map.groupBy(await linesOf.all(ctx, ids), (line) => line.order_id);
  const refunds = Map.groupBy(await refundsOf.all(ctx, ids), (refund) => refund.order_id);
  const now = ctx.clock.now();
  return orders.map((order) =>
    orderView(order, lines.get(order.id) ?? [], refunds.get(order.id) ?? [], {
      now,
      chargeSavedCardDaysBefore: market.numbers.chargeSavedCardDaysBefore,
      nextPayoutRun: nextRun(ctx, market),
      can: abilities(ctx, order, refunds.get(order.id) ?? []),
    }),
  );
}

const nextRun = (ctx: Ctx, { zone }: Market): Date => nextPayoutRun(ctx.clock.now(), zone);

function abilities(ctx: Ctx, order: OrderRow, refunds: RefundRow[]): Abilities {
  const isOpen = order.state === 'awaiting_payment' || order.state === 'payment_failed';
  const isRefundable =
    order.captured_minor > order.refunded_minor &&
    !['partially_refunded', 'resolved_split', 'refund_pending', 'disputed_internal'].includes(order.state);
  return {
    pay: isOpen && !order.expiry_wanted && !order.cancel_reason && policy.mayPay(ctx.actor, order),
    refund: isRefundable && policy.mayRefund(ctx.actor, order),
    retryRefund: refunds.some(({ state }) => state === 'failed') && policy.mayRefund(ctx.actor, order),
    approveRelease:
      order.two_people && windowStates.includes(order.state) && policy.mayManagePayouts(ctx.actor, order.region_id),
  };
}

/** The money facts of orders, for other modules; orders that do not exist are left out. */
export async function orderViews(ctx: Ctx, orderIds: readonly string[]): Promise<OrderFacts[]> {
  if (orderIds.length === 0) return [];
  const orders = await ordersByIds.all(ctx, [...orderIds]);
  const run = nextRun(ctx, await marketOf(ctx));
  return orders.map((order) => orderFacts(order, run));
}

/** What the customer can still get back of an order: taken from the card, and no refund asked for it yet. */
export async function refundableMinor(ctx: Ctx, orderId: string): Promise<bigint> {
  const order = await orderById.one(ctx, orderId);
  return order.captured_minor - order.refunded_minor;
}

export interface StateSum {
  state: string;
  count: number;
  amountMinor: bigint;
  currency: string;
}

const sums = statement<{ state: string; count: number; amount: bigint; currency: string }, [string]>(
  'payments.orderSums',
  `select state, currency, count(*)::int as count, sum(greatest(captured_minor, authorised_minor))::bigint as amount
   from money_order where region_id = $1 group by state, currency order by state`,
);

/** How many orders are in which state, and over how much. */
export async function orderSums(ctx: Ctx): Promise<StateSum[]> {
  const rows = await sums.all(ctx, ctx.regionId);
  return rows.map(({ state, count, amount, currency }) => ({ state, count, amountMinor: amount, currency }));
}
