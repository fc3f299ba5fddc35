import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../../platform/errors.ts';
import { dbTest } from '../../../platform/testing.ts';
import { audited, books, buildDeal, openAnOrder, orderAt } from '../fixtures.ts';
import { pspTest } from '../psp-fixtures.ts';
import { capture } from '../order/wishes.ts';
import { acceptWork, freeze } from '../order/work.ts';
import { linesOf } from '../order/store.ts';
import { runPayouts } from '../payout/run.ts';
import { orderFor } from '../order/read.ts';
import { giveBackAgain } from './ask.ts';
import { refund } from './make.ts';
import { refundsOf } from './store.ts';

const t = dbTest();
const psp = pspTest(t);

const refusal = async (act: Promise<unknown>) => {
  const error: unknown = await act.then(
    () => undefined,
    (error: unknown) => error,
  );
  return isRefusal(error) ? error.code : error;
};

const give = (orderId: string, amountMinor: bigint, more: { feeMinor?: bigint } = {}) =>
  refund(psp.ctx(), orderId, { amountMinor, reason: 'agreed', ...more });

describe('a refund before release', () => {
  it('in full ends the order when the PSP has confirmed it', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'held');
    await give(orderId, 12_000n);
    expect(await psp.order(orderId)).toMatchObject({ state: 'refund_pending', refunds_open_minor: 12_000n });
    await psp.settle();
    expect(await psp.order(orderId)).toMatchObject({
      state: 'refunded',
      refunds_open_minor: 0n,
      refunded_minor: 12_000n,
    });
    expect((await psp.events(orderId)).slice(-2)).toEqual(['payments.refund_requested', 'payments.refunded']);
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });

  it('in part leaves the rest to go its way', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'delivered');
    await give(orderId, 2_000n);
    await psp.settle();
    expect(await psp.order(orderId)).toMatchObject({ state: 'delivered', refunded_minor: 2_000n });
    await acceptWork(psp.ctx(), orderId, { by: 'customer' });
    // 100.00 are left: net 83.33, commission 10.00, VAT 2.00.
    expect(await books(psp.ctx(), deal.organisationId)).toMatchObject({ window: 8_800n });
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });

  it('in many parts ends exactly, over lines of uneven size', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'held', { lines: [3_333n, 3_334n, 1n] });
    for (const part of [1n, 1_000n, 17n, 2_222n]) await give(orderId, part);
    const left = 6_668n - 3_240n;
    expect(await refusal(give(orderId, left + 1n))).toBe('payments.amount_too_high');
    await give(orderId, left);
    await psp.settle();
    const lines = await linesOf.all(psp.ctx(), [orderId]);
    expect(lines.map((line) => line.refunded_minor)).toEqual([3_333n, 3_334n, 1n]);
    expect((await psp.order(orderId)).state).toBe('refunded');
    expect(await refundsOf.all(psp.ctx(), [orderId])).toHaveLength(5);
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });

  it('keeps a fee for the provider as a sale of its own', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'held');
    await give(orderId, 6_000n, { feeMinor: 6_000n });
    await psp.settle();
    expect(await psp.order(orderId)).toMatchObject({
      state: 'partially_refunded',
      fee_minor: 6_000n,
      accepted_minor: 6_000n,
    });
    // Half of 120.00: 60.00 incl. 10.00 VAT; commission 6.00 + 1.20.
    expect(await books(psp.ctx(), deal.organisationId)).toMatchObject({ window: 5_280n });
    await psp.pass({ days: 3 });
    expect((await psp.order(orderId)).state).toBe('released');
    await runPayouts(psp.ctx());
    await psp.settle();
    await psp.pass({ days: 2 });
    expect((await psp.order(orderId)).state).toBe('closed');
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });

  it('refuses a fee and an amount that are not the whole, and what is not there', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'held');
    expect(await refusal(give(orderId, 6_000n, { feeMinor: 5_000n }))).toBe('payments.bad_amount');
    expect(await refusal(give(orderId, 0n))).toBe('payments.bad_amount');
    expect(await refusal(give(orderId, -1n))).toBe('payments.bad_amount');
    expect(await refusal(give(orderId, 12_001n))).toBe('payments.amount_too_high');
    const unpaid = await openAnOrder(psp, deal);
    expect(await refusal(give(unpaid, 1n))).toBe('payments.not_allowed_now');
  });

  it('of an on-demand order gives back what was taken, not what was reserved', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await openAnOrder(psp, deal, { ceiling: true });
    await psp.pay(orderId);
    await capture(psp.ctx(), orderId, { amountMinor: 9_000n, organisationId: deal.organisationId, vatRateBp: 2000 });
    await psp.settle();
    expect(await refusal(give(orderId, 9_001n))).toBe('payments.amount_too_high');
    await give(orderId, 9_000n);
    await psp.settle();
    expect((await psp.order(orderId)).state).toBe('refunded');
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });
});

describe('a problem that ends with a refund', () => {
  it('before acceptance: a part goes back, the rest to the provider', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'delivered');
    await freeze(psp.ctx(), orderId, 'half of it leaks');
    await give(orderId, 4_000n);
    await psp.settle();
    expect((await psp.order(orderId)).state).toBe('resolved_split');
    await psp.pass({ days: 3 });
    expect((await psp.order(orderId)).state).toBe('released');
    // 80.00: net 66.67, commission 8.00, VAT 1.60.
    expect(await books(psp.ctx(), deal.organisationId)).toMatchObject({ available: 7_040n });
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });

  it('in the hold window: everyone who had shared gives back in proportion', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'release_pending');
    await freeze(psp.ctx(), orderId, 'it leaks again');
    await give(orderId, 3_000n);
    await psp.settle();
    await audited(psp.ctx(), []);
    expect(await books(psp.ctx(), deal.organisationId)).toMatchObject({ window: 7_920n, commission: 900n, vat: 180n });
    await psp.pass({ days: 3 });
    expect((await psp.order(orderId)).state).toBe('released');
    expect(await books(psp.ctx(), deal.organisationId)).toMatchObject({ window: 0n, available: 7_920n });
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });

  it('in full leaves nothing with anyone but the PSP', async () => {
    const deal = await buildDeal(t, psp);
    // Another order keeps the PSP's balance above its fee, which a refund does not give back.
    const other = await orderAt(psp, deal, 'release_pending');
    const orderId = await orderAt(psp, deal, 'release_pending');
    await freeze(psp.ctx(), orderId, 'nothing works');
    await give(orderId, 12_000n);
    await psp.settle();
    await audited(psp.ctx(), []);
    expect(await books(psp.ctx(), deal.organisationId)).toMatchObject({
      window: 10_560n,
      commission: 1_200n,
      vat: 240n,
    });
    await psp.pass({ days: 4 });
    expect((await psp.order(orderId)).state).toBe('refunded');
    expect((await psp.order(other)).state).toBe('released');
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });
});

describe('a refund after release', () => {
  it('comes out of what the provider has available, and shows in the next payout', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'released');
    await give(orderId, 6_000n);
    await psp.settle();
    expect(await books(psp.ctx(), deal.organisationId)).toMatchObject({ available: 5_280n, receivable: 0n });
    expect(await runPayouts(psp.ctx())).toMatchObject({ payouts: 1, amountMinor: 5_280n });
    await psp.settle();
    await psp.pass({ days: 2 });
    expect((await psp.order(orderId)).state).toBe('closed');
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });

  it('after the payout is a debt, taken first from the next one', async () => {
    const deal = await buildDeal(t, psp);
    const first = await orderAt(psp, deal, 'closed');
    await orderAt(psp, deal, 'held', { amountMinor: 50_000n });
    await give(first, 12_000n);
    await psp.settle();
    expect(await books(psp.ctx(), deal.organisationId)).toMatchObject({ receivable: 10_560n, available: 0n });
    expect((await psp.order(first)).state).toBe('refunded');
    await orderAt(psp, deal, 'released', { amountMinor: 24_000n });
    expect(await runPayouts(psp.ctx())).toMatchObject({ payouts: 1, amountMinor: 10_560n });
    expect(await books(psp.ctx(), deal.organisationId)).toMatchObject({ receivable: 0n });
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });
});

describe('a refund that the bank does not take', () => {
  it('stays owed and can be sent again', async () => {
    const deal = await buildDeal(t, psp);
    // The refund of this card fails at its bank.
    const orderId = await openAnOrder(psp, deal);
    await psp.pay(orderId, { card: '4000 0000 0000 5126' });
    await capture(psp.ctx(), orderId);
    await psp.settle();
    const { refundId } = await give(orderId, 12_000n);
    await psp.settle();
    await psp.pass({ days: 1 });
    expect((await psp.order(orderId)).state).toBe('refund_pending');
    expect(await refundsOf.all(psp.ctx(), [orderId])).toMatchObject([{ state: 'failed' }]);
    expect((await psp.events(orderId)).at(-1)).toBe('payments.refund_failed');
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
    expect(await refusal(giveBackAgain(psp.ctx(deal.customer), orderId, refundId))).toBe('access.forbidden');
    // All of it was to go back: the provider has no part in this money any more.
    expect(await refusal(giveBackAgain(psp.ctx(deal.owner), orderId, refundId))).toBe('access.forbidden');
    expect(await refusal(giveBackAgain(psp.ctx(deal.finance), orderId, orderId))).toBe('access.not_found');
    expect((await orderFor(psp.ctx(deal.customer), orderId)).can.retryRefund).toBe(false);
    expect((await orderFor(psp.ctx(deal.finance), orderId)).can.retryRefund).toBe(true);
    await giveBackAgain(psp.ctx(deal.finance), orderId, refundId);
    expect(await refusal(giveBackAgain(psp.ctx(deal.finance), orderId, refundId))).toBe('payments.not_allowed_now');
    expect((await orderFor(psp.ctx(deal.finance), orderId)).can.retryRefund).toBe(false);
    expect(await refundsOf.all(psp.ctx(), [orderId])).toMatchObject([{ state: 'requested' }]);
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });
});
