import { mayMove } from '@plumbline/domain/order';
import { payoutMove } from '@plumbline/domain/payout';
import type { Ctx } from '../../../platform/ctx.ts';
import * as ledger from '../../ledger/index.ts';
import { methodFailed } from '../account/store.ts';
import { announce, announceToProvider } from '../events.ts';
import { psp } from '../market.ts';
import type { Taken } from '../order/apply.ts';
import { move } from '../order/machine.ts';
import { lockOrders } from '../order/store.ts';
import { intend } from '../psp/intent.ts';
import type { PspPayout } from '../psp/objects.ts';
import type { OrderRow, PayoutRow } from '../tables.ts';
import { freeFromPayout, itemsOf } from './earnings.ts';
import { movePayout } from './machine.ts';
import * as store from './store.ts';

export const payoutKey = 'plumbline_payout';

/** Brings a payout to where it stands at the PSP. Runs in the caller's transaction. */
export async function applyPayout(ctx: Ctx, news: PspPayout): Promise<Taken> {
  const id = (await store.payoutOfPsp.first(ctx, news.id))?.id ?? news.metadata[payoutKey];
  const payout = id ? await store.lockPayout.first(ctx, id) : undefined;
  if (!payout) return 'unknown';
  if (payout.psp_payout_id !== null && payout.psp_payout_id !== news.id) return 'superseded';
  if (news.status === 'paid') return paid(ctx, payout, news);
  if (news.status === 'failed') return failedAtBank(ctx, payout, news);
  return underWay(ctx, payout, news);
}

async function underWay(ctx: Ctx, payout: PayoutRow, news: PspPayout): Promise<Taken> {
  if (!payoutMove(payout.state, 'transit')) return 'superseded';
  await movePayout(ctx, payout, 'transit', { psp_payout_id: news.id, arrives_at: news.arrivesAt });
  return 'done';
}

/** Rule 8, posted: the money has left. Every order in it is closed. */
async function paid(ctx: Ctx, payout: PayoutRow, news: PspPayout): Promise<Taken> {
  if (!payoutMove(payout.state, 'arrive')) return 'superseded';
  const orders = await ordersIn(ctx, payout);
  const { journalId } = await ledger.rules.payoutPaid(ctx, {
    currency: payout.currency,
    idemKey: `payout-paid:${payout.id}`,
    psp,
    pendingId: payout.pending_id,
    amountMinor: payout.amount_minor,
  });
  await movePayout(ctx, payout, 'arrive', {
    psp_payout_id: news.id,
    paid_journal: journalId,
    arrives_at: news.arrivesAt,
    settled_at: ctx.clock.now(),
  });
  for (const order of orders) await close(ctx, order, payout);
  return 'done';
}

/** The orders whose release is in it, locked. */
async function ordersIn(ctx: Ctx, payout: PayoutRow): Promise<OrderRow[]> {
  const items = await itemsOf.all(ctx, payout.id);
  const ids = new Set(items.filter((item) => item.kind === 'release').map((item) => item.order_id));
  return lockOrders.all(ctx, [...ids]);
}

/** An order that is being given back meanwhile ends with its refund instead. */
async function close(ctx: Ctx, order: OrderRow, payout: PayoutRow): Promise<void> {
  const isOpen = mayMove(order.state, 'pay_out');
  const now = ctx.clock.now();
  const moved = isOpen
    ? await move(ctx, order, 'pay_out', { patch: { closed_at: now, ended_at: now }, note: { payoutId: payout.id } })
    : order;
  await announce(ctx, 'payments.payout_paid', moved, { payoutId: payout.id });
}

/**
 * The bank did not take it: the money lies on the provider's account at the PSP, from where it is fetched back first.
 * The provider's bank details count as bad until they change or an admin has looked.
 */
async function failedAtBank(ctx: Ctx, payout: PayoutRow, news: PspPayout): Promise<Taken> {
  if (payout.failure !== null) return 'superseded';
  if (!payoutMove(payout.state, 'fail') && !payoutMove(payout.state, 'return')) return 'superseded';
  await store.amendPayout(ctx, payout.id, { psp_payout_id: news.id, failure: news.failure ?? 'failed' });
  await methodFailed.run(ctx, payout.region_id, payout.organisation_id);
  await fetchBack(ctx, payout);
  return 'done';
}

export async function fetchBack(ctx: Ctx, payout: PayoutRow): Promise<void> {
  if (!payout.transfer_id) throw new Error(`payout ${payout.id} failed at the bank without a transfer`);
  await intend(ctx, {
    kind: 'reversal',
    dedupeKey: `reversal:${payout.id}`,
    subjectId: payout.id,
    params: { payoutId: payout.id, transferId: payout.transfer_id },
  });
}

/**
 * The money is ours to pay again: the reservation ends (rule 8, void), or, when it had been paid, its posting is reversed
 * (rule 18) and the orders are open again. What was in it waits for the next payout.
 */
export async function endUnpaid(ctx: Ctx, payout: PayoutRow, failure: string): Promise<void> {
  const isReturn = payout.state === 'paid';
  if (!isReturn && !payoutMove(payout.state, 'fail')) return;
  const orders = isReturn ? await ordersIn(ctx, payout) : [];
  const end = { failure, settled_at: ctx.clock.now() };
  if (payout.paid_journal) {
    await ledger.reverse(ctx, {
      journalId: payout.paid_journal,
      idemKey: `payout-returned:${payout.id}`,
      reason: failure,
    });
  } else {
    await ledger.rules.payoutFailed(ctx, {
      currency: payout.currency,
      idemKey: `payout-failed:${payout.id}`,
      pendingId: payout.pending_id,
    });
  }
  const moved = await movePayout(ctx, payout, isReturn ? 'return' : 'fail', end, { failure });
  for (const order of orders) {
    if (mayMove(order.state, 'payout_returned'))
      await move(ctx, order, 'payout_returned', { patch: { closed_at: null, ended_at: null } });
  }
  await freeFromPayout.run(ctx, payout.id);
  await announceToProvider(ctx, 'payments.payout_failed', payout.organisation_id, {
    payoutId: payout.id,
    failure,
    state: moved.state,
  });
}
