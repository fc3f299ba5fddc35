import { nextPayoutRun } from '@plumbline/domain/payout';
import { audit } from '../../../platform/audit.ts';
import { personOf, systemCtx, type Ctx } from '../../../platform/ctx.ts';
import { ensureDeadline, setDeadline, type NewDeadline } from '../../../platform/deadlines.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { refuse } from '../../../platform/errors.ts';
import { newId, newReference } from '../../../platform/ids.ts';
import { enqueue } from '../../../platform/tasks.ts';
import * as ledger from '../../ledger/index.ts';
import * as zones from '../../zones/index.ts';
import { lockAccount, methodTrusted } from '../account/store.ts';
import { announceToProvider } from '../events.ts';
import { marketOf, psp, type Market } from '../market.ts';
import { sumOf } from '../order/lines.ts';
import { who } from '../order/machine.ts';
import { intend } from '../psp/intent.ts';
import type { AccountRow, EarningRow, PayoutRow } from '../tables.ts';
import {
  insertEarning,
  lockReceivables,
  lockWaiting,
  recoverReceivable,
  takeIntoPayout,
  waitingProviders,
} from './earnings.ts';
import { gateOf } from './gate.ts';
import { movePayout } from './machine.ts';
import * as store from './store.ts';

export const runDeadline = 'payments.payout_run';
export const runTask = 'payments.payout_run';

/** Deadline of a region, every morning: queues the run and sets the next morning's. */
export async function morning(ctx: Ctx, regionId: string): Promise<void> {
  await enqueue(ctx, runTask, { regionId, cutOff: ctx.clock.now().toISOString() });
  await setDeadline(ctx, await nextRun(ctx));
}

async function nextRun(ctx: Ctx): Promise<NewDeadline> {
  const { zone } = await marketOf(ctx);
  return { kind: runDeadline, subjectId: ctx.regionId, at: nextPayoutRun(ctx.clock.now(), zone) };
}

/** Task: every market has a next run, also one that was founded while nobody looked. */
export async function ensureRuns(ctx: Ctx): Promise<void> {
  for (const regionId of await zones.regionIds(ctx)) {
    const own = systemCtx(ctx, 'payments.ensure_runs', regionId);
    await ensureDeadline(own, await nextRun(own));
  }
}

export interface RunResult {
  batchId: string;
  payouts: number;
  amountMinor: bigint;
}

/**
 * Pays what providers of the market have available, each in a transaction of its own: what they owe is taken first, the
 * gates are asked, and the amount is reserved by a pending transfer (rule 8). The calls to the PSP follow as tasks. Two
 * runs at once pay once.
 */
export async function runPayouts(ctx: Ctx): Promise<RunResult> {
  const market = await marketOf(ctx);
  const batchId = newId();
  await insertBatch(ctx, market, batchId);
  const result: RunResult = { batchId, payouts: 0, amountMinor: 0n };
  for (const { organisation_id: organisationId } of await waitingProviders.all(ctx, ctx.regionId)) {
    const payout = await inTransaction(ctx, (inner) => payOne(inner, market, batchId, organisationId));
    if (!payout) continue;
    result.payouts += 1;
    result.amountMinor += payout.amount_minor;
  }
  return result;
}

const insertBatch = (ctx: Ctx, market: Market, batchId: string) =>
  store.insertBatch.run(
    ctx,
    batchId,
    ctx.regionId,
    market.currency,
    ctx.clock.now(),
    market.numbersVersion,
    who(ctx.actor).id ?? ctx.actor.kind,
  );

async function payOne(
  ctx: Ctx,
  market: Market,
  batchId: string,
  organisationId: string,
  retryOf?: string,
): Promise<PayoutRow | undefined> {
  const account = await lockAccount.first(ctx, ctx.regionId, organisationId);
  await recover(ctx, market, organisationId);
  const waiting = await lockWaiting.all(ctx, ctx.regionId, organisationId);
  const amount = sumOf(waiting, (earning) => earning.net_minor);
  if (await gateOf(ctx, market, organisationId, account, amount)) return undefined;
  return create(ctx, market, { batchId, account, waiting, amount, retryOf });
}

/** Rule 15: what the provider owes is taken from what is available, oldest debt first. */
async function recover(ctx: Ctx, market: Market, organisationId: string): Promise<void> {
  const debts = await lockReceivables.all(ctx, ctx.regionId, organisationId);
  if (debts.length === 0) return;
  const owed = sumOf(debts, (debt) => debt.amount_minor - debt.recovered_minor);
  const available = sumOf(await lockWaiting.all(ctx, ctx.regionId, organisationId), (earning) => earning.net_minor);
  const total = available < owed ? available : owed;
  if (total <= 0n) return;
  const { journalId } = await ledger.post(ctx, {
    eventType: 'receivable_recovered',
    idemKey: `recover:${newId()}`,
    currency: market.currency,
    transfers: [
      {
        debit: ledger.account.providerAvailable(organisationId),
        credit: ledger.account.providerReceivable(organisationId),
        amountMinor: total,
      },
    ],
  });
  let left = total;
  for (const debt of debts) {
    const open = debt.amount_minor - debt.recovered_minor;
    const part = open < left ? open : left;
    if (part === 0n) break;
    left -= part;
    await recoverReceivable.run(ctx, debt.id, part);
    await insertEarning(ctx, {
      regionId: ctx.regionId,
      organisationId,
      orderId: debt.order_id,
      kind: 'recovery',
      currency: market.currency,
      gross: 0n,
      commission: 0n,
      vat: 0n,
      net: -part,
      journalId,
    });
  }
}

interface Draft {
  batchId: string;
  account: AccountRow | undefined;
  waiting: EarningRow[];
  amount: bigint;
  retryOf: string | undefined;
}

/** Rule 8, pending. A payout above the limit of one person waits for an approval; others go at once. */
async function create(ctx: Ctx, market: Market, draft: Draft): Promise<PayoutRow> {
  const { account, waiting, amount } = draft;
  if (!account?.psp_account_id) throw new Error('the gate let a provider without an account pass');
  const id = await insert(ctx, market, draft, account, account.psp_account_id);
  await takeIntoPayout.run(
    ctx,
    id,
    waiting.map((earning) => earning.id),
  );
  const payout = await store.lockPayout.one(ctx, id);
  await ledger.rules.payoutCreated(ctx, {
    currency: market.currency,
    idemKey: `payout:${id}`,
    providerId: account.organisation_id,
    psp,
    pendingId: payout.pending_id,
    amountMinor: amount,
  });
  await announceToProvider(ctx, 'payments.payout_created', account.organisation_id, {
    payoutId: id,
    amountMinor: amount.toString(),
  });
  if (amount > BigInt(market.numbers.twoPersonAboveMinor)) return payout;
  return submit(ctx, await movePayout(ctx, payout, 'approve'));
}

async function insert(
  ctx: Ctx,
  market: Market,
  draft: Draft,
  account: AccountRow,
  pspAccountId: string,
): Promise<string> {
  for (let tries = 0; tries < 5; tries += 1) {
    const row = await store.insertPayout.first(
      ctx,
      newId(),
      ctx.regionId,
      draft.batchId,
      account.organisation_id,
      newReference('PO'),
      draft.amount,
      market.currency,
      pspAccountId,
      newId(),
      ctx.clock.now(),
      draft.retryOf ?? null,
    );
    if (row) return row.id;
  }
  throw new Error('five references in a row were taken');
}

/** Sends it off: first the transfer to the provider's account at the PSP, then from there to the bank. */
async function submit(ctx: Ctx, payout: PayoutRow): Promise<PayoutRow> {
  const moved = await movePayout(ctx, payout, 'submit');
  await intend(ctx, {
    kind: 'transfer',
    dedupeKey: `transfer:${payout.id}`,
    subjectId: payout.id,
    params: {
      payoutId: payout.id,
      accountId: payout.psp_account_id,
      amountMinor: payout.amount_minor.toString(),
      currency: payout.currency,
    },
  });
  return moved;
}

/** A second person lets a large payout go. Refuses `payments.not_allowed_now`, `payments.same_person`. */
export async function approvePayout(ctx: Ctx, payoutId: string): Promise<PayoutRow> {
  const { personId } = personOf(ctx);
  return inTransaction(ctx, async (ctx) => {
    const payout = await lockOwn(ctx, payoutId);
    if (payout.state !== 'draft') refuse('payments.not_allowed_now', { state: payout.state, move: 'approve' });
    if ((await store.batchStarter.one(ctx, payout.batch_id)).started_by === personId) refuse('payments.same_person');
    await audit(ctx, { act: 'payout.approve', subject: `payout:${payout.id}` });
    return submit(ctx, await movePayout(ctx, payout, 'approve', { approved_by: personId }));
  });
}

/**
 * Pays the money of a failed payout again, as a new payout: an admin has looked, so the bank account counts as good again.
 * Refuses `payments.payout_not_failed`, `payments.payout_waits` with the reason why it cannot be paid now.
 */
export async function retryPayout(ctx: Ctx, payoutId: string): Promise<PayoutRow> {
  const market = await marketOf(ctx);
  return inTransaction(ctx, async (ctx) => {
    const failed = await lockOwn(ctx, payoutId);
    const isFailed = failed.state === 'failed' || failed.state === 'returned';
    if (!isFailed || (await store.retryOf.first(ctx, payoutId)))
      refuse('payments.payout_not_failed', { state: failed.state });
    await methodTrusted.run(ctx, ctx.regionId, failed.organisation_id);
    const batchId = newId();
    await insertBatch(ctx, market, batchId);
    const payout = await payOne(ctx, market, batchId, failed.organisation_id, failed.id);
    if (!payout) return waits(ctx, market, failed.organisation_id);
    await audit(ctx, { act: 'payout.retry', subject: `payout:${failed.id}`, detail: { by: payout.id } });
    return payout;
  });
}

async function waits(ctx: Ctx, market: Market, organisationId: string): Promise<never> {
  const account = await lockAccount.first(ctx, ctx.regionId, organisationId);
  const amount = sumOf(await lockWaiting.all(ctx, ctx.regionId, organisationId), (earning) => earning.net_minor);
  const waiting = await gateOf(ctx, market, organisationId, account, amount);
  return refuse('payments.payout_waits', { reason: waiting?.reason ?? 'nothing_available' });
}

async function lockOwn(ctx: Ctx, payoutId: string): Promise<PayoutRow> {
  const payout = await store.lockPayout.first(ctx, payoutId);
  return payout?.region_id === ctx.regionId ? payout : refuse('access.not_found');
}
