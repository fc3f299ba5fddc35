import { expectedFacts, type LedgerFacts } from '@plumbline/domain/order';
import type { Ctx } from '../../../platform/ctx.ts';
import { systemCtx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import * as ledger from '../../ledger/index.ts';
import { sumOf } from '../order/lines.ts';
import { linesOf } from '../order/store.ts';
import { refundsOf } from '../refund/store.ts';
import type { LineRow, OrderRow, RefundRow } from '../tables.ts';
import * as store from './store.ts';

export interface Finding {
  fact: string;
  expected: string;
  found: string;
}

const batch = 100;

/**
 * Compares changed orders of all markets with the ledger by the consistency rule of their state, until none is left.
 * Each batch is locked meanwhile: every posting to an order's accounts is made under that lock, so that what is compared
 * belongs together. Answers how many were checked.
 */
export async function checkChanged(ctx: Ctx): Promise<number> {
  let checked = 0;
  for (const { region_id: regionId } of await store.regionsToCheck.all(ctx)) {
    const own = systemCtx(ctx, 'payments.check', regionId);
    for (let count = batch; count === batch; checked += count) count = await inTransaction(own, checkBatch);
  }
  return checked;
}

async function checkBatch(ctx: Ctx): Promise<number> {
  const orders = await store.lockUnchecked.all(ctx, ctx.regionId, batch);
  if (orders.length === 0) return 0;
  const ids = orders.map((order) => order.id);
  const lines = Map.groupBy(await linesOf.all(ctx, ids), (line) => line.order_id);
  const refunds = Map.groupBy(await refundsOf.all(ctx, ids), (refund) => refund.order_id);
  for (const order of orders) {
    const findings = await compare(ctx, order, lines.get(order.id) ?? [], refunds.get(order.id) ?? []);
    if (findings.length > 0)
      ctx.log.error({ orderId: order.id, state: order.state, findings }, 'order and ledger have parted');
    await store.saveCheck.run(ctx, order.id, order.version, ctx.clock.now(), JSON.stringify(findings));
  }
  return orders.length;
}

async function compare(ctx: Ctx, order: OrderRow, lines: LineRow[], refunds: RefundRow[]): Promise<Finding[]> {
  const expected = expectedFacts(order.state, {
    authorised: order.authorised_minor,
    captured: order.captured_minor,
    refunded: order.refunded_minor,
    refundsOpen: order.refunds_open_minor,
    accepted: order.accepted_minor,
    frozenAfterAcceptance: order.frozen_from === 'release_pending',
  });
  const found = await factsOf(ctx, order, lines, refunds);
  const open = refunds.filter((refund) => refund.state !== 'confirmed');
  return [
    ...differing('escrow', expected.escrow, found.escrow),
    ...differing('escrow pending', expected.escrowPending, found.escrowPending),
    ...differing('refund payable', expected.refundPayable, found.refundPayable),
    ...differing(
      'open refunds',
      order.refunds_open_minor,
      sumOf(open, (refund) => refund.amount_minor),
    ),
    ...differing(
      'refunded',
      order.refunded_minor,
      sumOf(lines, (line) => line.refunded_minor),
    ),
    ...differing(
      'captured',
      order.captured_minor,
      sumOf(lines, (line) => line.captured_minor),
    ),
  ];
}

async function factsOf(ctx: Ctx, order: OrderRow, lines: LineRow[], refunds: RefundRow[]): Promise<LedgerFacts> {
  const escrows = lines.map((line) => ledger.account.escrow(line.id));
  const payables = refunds.map((refund) => ledger.account.refundPayable(refund.id));
  const balances = await ledger.balances(ctx, [...escrows, ...payables], order.currency);
  const ofLines = balances.filter((balance) => balance.account.code === 'L200');
  return {
    escrow: sumOf(ofLines, (balance) => balance.balanceMinor),
    escrowPending: sumOf(ofLines, (balance) => balance.creditsPending),
    refundPayable: sumOf(
      balances.filter((balance) => balance.account.code === 'L250'),
      (balance) => balance.balanceMinor,
    ),
  };
}

function differing(fact: string, expected: bigint, found: bigint): Finding[] {
  return expected === found ? [] : [{ fact, expected: expected.toString(), found: found.toString() }];
}
