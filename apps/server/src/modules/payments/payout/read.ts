import type { EarningsView, PaymentAccountView, PayoutExplanation, PayoutView } from '@plumbline/contracts/payments';
import { nextPayoutRun, type PayoutState, type Waiting } from '@plumbline/domain/payout';
import { personOf, type Ctx } from '../../../platform/ctx.ts';
import { statement } from '../../../platform/db/statement.ts';
import * as identity from '../../identity/index.ts';
import { accountOf } from '../account/store.ts';
import { marketOf, type Market } from '../market.ts';
import { linesOf, ordersByIds } from '../order/store.ts';
import type { StateSum } from '../order/read.ts';
import * as policy from '../policy.ts';
import { moment, money } from '../shape.ts';
import type { PayoutRow } from '../tables.ts';
import { itemsOf } from './earnings.ts';
import { accountState, gateOf } from './gate.ts';
import { accountIn, earningsSums } from './sums.ts';
import { explanation, payoutView, waitingView, type PayoutFacts } from './view.ts';
import { payoutById, payoutColumns } from './store.ts';

const hour = 3_600_000;

/** What a provider is owed and what happens next. Refuses `access.not_found` to outsiders. */
export async function earningsOf(ctx: Ctx, organisationId: string): Promise<EarningsView> {
  policy.requireEarnings(personOf(ctx), ctx.regionId, organisationId);
  const market = await marketOf(ctx);
  const sums = await earningsSums.one(ctx, ctx.regionId, organisationId);
  const payable = sums.available > sums.receivable ? sums.available - sums.receivable : 0n;
  const waiting = await gateOf(ctx, market, organisationId, accountIn(sums), payable);
  const amount = money(market.currency);
  return {
    organisationId,
    owed: amount(sums.held + sums.in_window + sums.available - sums.receivable),
    held: { amount: amount(sums.held), orders: sums.held_orders },
    inHoldWindow: {
      amount: amount(sums.in_window),
      orders: sums.window_orders,
      nextReleaseAt: sums.next_release_at && moment(sums.next_release_at, market.zone),
    },
    available: amount(sums.available),
    inTransit: amount(sums.in_transit),
    paid: amount(sums.paid),
    receivable: amount(sums.receivable),
    nextPayout: {
      at: moment(runAfter(ctx, market, waiting), market.zone),
      amount: amount(payable),
      waiting: waitingView(waiting, market.zone),
    },
  };
}

/** The run that would pay: the first after the reason to wait has ended by itself. */
function runAfter(ctx: Ctx, { zone }: Market, waiting: Waiting | undefined): Date {
  const now = ctx.clock.now();
  return nextPayoutRun(waiting?.until && waiting.until > now ? waiting.until : now, zone);
}

const organisationPage = statement<PayoutRow & PayoutFacts, [string, string, string | null, number]>(
  'payments.payoutsOfOrganisation',
  `select ${payoutColumns}, ${factColumns()} from payout p
   where region_id = $1 and organisation_id = $2 and ($3::uuid is null or id < $3) order by id desc limit $4`,
);

const regionPage = statement<PayoutRow & PayoutFacts, [string, PayoutState | null, string | null, number]>(
  'payments.payoutPage',
  `select ${payoutColumns}, ${factColumns()} from payout p
   where region_id = $1 and ($2::text is null or state = $2) and ($3::uuid is null or id < $3) order by id desc limit $4`,
);

function factColumns(): string {
  return `(select count(distinct e.order_id)::int from payout_item i join earning e on e.id = i.earning_id
           where i.payout_id = p.id and e.kind = 'release') as orders,
    (select r.id from payout r where r.retry_of = p.id) as retried_by`;
}

/** Payouts of a provider, newest first. */
export async function payoutsOf(
  ctx: Ctx,
  organisationId: string,
  after: string | undefined,
  limit: number,
): Promise<PayoutView[]> {
  policy.requireEarnings(personOf(ctx), ctx.regionId, organisationId);
  return payoutViews(ctx, await organisationPage.all(ctx, ctx.regionId, organisationId, after ?? null, limit));
}

/** Payouts of the market, newest first. */
export async function payoutsPage(
  ctx: Ctx,
  state: PayoutState | undefined,
  after: string | undefined,
  limit: number,
): Promise<PayoutView[]> {
  return payoutViews(ctx, await regionPage.all(ctx, ctx.regionId, state ?? null, after ?? null, limit));
}

async function payoutViews(ctx: Ctx, rows: (PayoutRow & PayoutFacts)[]): Promise<PayoutView[]> {
  const names = await namesOf(ctx, rows);
  const { zone } = await marketOf(ctx);
  const mayManage = policy.mayManagePayouts(ctx.actor, ctx.regionId);
  return rows.map((row) =>
    payoutView(row, row, { zone, mayManage, organisationName: names.get(row.organisation_id) ?? '' }),
  );
}

async function namesOf(ctx: Ctx, rows: PayoutRow[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.map((row) => row.organisation_id))];
  const organisations = ids.length === 0 ? [] : await identity.organisationsByIds(ctx, ids);
  return new Map(organisations.map(({ id, name }) => [id, name]));
}

const facts = statement<PayoutFacts, [string]>(
  'payments.payoutFacts',
  `select ${factColumns()} from payout p where id = $1`,
);

/** One payout as a list shows it, for the answer to an act. */
export async function payoutSeen(ctx: Ctx, payout: PayoutRow): Promise<PayoutView> {
  const row = { ...payout, ...(await facts.one(ctx, payout.id)) };
  const [view] = await payoutViews(ctx, [row]);
  if (!view) throw new Error(`payout ${payout.id} has no view`);
  return view;
}

/** Every penny of a payout traced to its orders. Refuses `access.not_found` to outsiders. */
export async function explain(ctx: Ctx, payoutId: string): Promise<PayoutExplanation> {
  const payout = await payoutById.first(ctx, payoutId);
  policy.requirePayoutSeen(personOf(ctx), payout, ctx.regionId);
  const view = await payoutSeen(ctx, payout);
  const items = await itemsOf.all(ctx, payout.id);
  const orderIds = [...new Set(items.map((item) => item.order_id))];
  const orders = new Map((await ordersByIds.all(ctx, orderIds)).map((order) => [order.id, order]));
  const titles = new Map((await linesOf.all(ctx, orderIds)).toReversed().map((line) => [line.order_id, line.title]));
  return explanation(view, payout, items, orders, titles);
}

/** Where a provider's payouts go and whether they can. Refuses `access.not_found` to outsiders. */
export async function accountSeen(ctx: Ctx, organisationId: string): Promise<PaymentAccountView> {
  policy.requireEarnings(personOf(ctx), ctx.regionId, organisationId);
  const market = await marketOf(ctx);
  const account = await accountOf.first(ctx, ctx.regionId, organisationId);
  // Asked as if there were money: what stands in the way of any payout is the question here.
  const waiting = await gateOf(ctx, market, organisationId, account, BigInt(market.numbers.payout.minimumMinor) + 1n);
  const payableFrom =
    account?.method_since && new Date(account.method_since.getTime() + market.numbers.payout.methodAgeHours * hour);
  return {
    organisationId,
    state: accountState(account),
    requirements: account?.requirements ?? [],
    bank: account?.bank_last4 ? { name: account.bank_name, last4: account.bank_last4 } : null,
    payableFrom: payableFrom ? moment(payableFrom, market.zone) : null,
    waiting: waitingView(waiting, market.zone),
  };
}

const sums = statement<{ state: string; count: number; amount: bigint; currency: string }, [string]>(
  'payments.payoutSums',
  `select state, currency, count(*)::int as count, sum(amount_minor)::bigint as amount
   from payout where region_id = $1 group by state, currency order by state`,
);

/** How many payouts are in which state, and over how much. */
export async function payoutSums(ctx: Ctx): Promise<StateSum[]> {
  const rows = await sums.all(ctx, ctx.regionId);
  return rows.map(({ state, count, amount, currency }) => ({ state, count, amountMinor: amount, currency }));
}
