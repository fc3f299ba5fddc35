import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../../platform/errors.ts';
import { dbTest } from '../../../platform/testing.ts';
import { buildAdmin } from '../../identity/fixtures.ts';
import { freezePayouts, payability, unfreezePayouts } from '../account/service.ts';
import { audited, books, buildDeal, onboard, orderAt } from '../fixtures.ts';
import { pspTest } from '../psp-fixtures.ts';
import { refund } from '../refund/make.ts';
import { approveRelease } from './release.ts';
import { accountSeen, earningsOf, explain, payoutsOf, payoutsPage } from './read.ts';
import { approvePayout, ensureRuns, retryPayout, runPayouts } from './run.ts';

const t = dbTest();
const psp = pspTest(t);

const refusal = async (act: Promise<unknown>) => {
  const error: unknown = await act.then(
    () => undefined,
    (error: unknown) => error,
  );
  return isRefusal(error) ? { code: error.code, ...error.data } : error;
};

describe('the earnings of a provider', () => {
  it('say what is held, what waits, what comes next and why', async () => {
    const deal = await buildDeal(t, psp);
    await orderAt(psp, deal, 'released');
    await orderAt(psp, deal, 'release_pending');
    await orderAt(psp, deal, 'held');
    const before = t.db.statements;
    const seen = await earningsOf(psp.ctx(deal.owner), deal.organisationId);
    expect(t.db.statements - before).toBeLessThanOrEqual(4);
    expect(seen).toMatchObject({
      owed: { minor: '31680', currency: 'GBP' },
      held: { amount: { minor: '10560' }, orders: 1 },
      inHoldWindow: { amount: { minor: '10560' }, orders: 1 },
      available: { minor: '10560' },
      inTransit: { minor: '0' },
      paid: { minor: '0' },
      receivable: { minor: '0' },
      nextPayout: { amount: { minor: '10560' }, waiting: null },
    });
    await runPayouts(psp.ctx());
    await psp.settle();
    expect(await earningsOf(psp.ctx(deal.owner), deal.organisationId)).toMatchObject({
      available: { minor: '0' },
      inTransit: { minor: '10560' },
      nextPayout: { waiting: { reason: 'nothing_available' } },
    });
  });

  it('are nobody else’s business', async () => {
    const deal = await buildDeal(t, psp);
    expect(await refusal(earningsOf(psp.ctx(deal.customer), deal.organisationId))).toMatchObject({
      code: 'access.not_found',
    });
  });
});

describe('the gates of a payout', () => {
  it('keep money back until there is an account, and until its bank details are a day old', async () => {
    const deal = await buildDeal(t, psp, { bank: null });
    await orderAt(psp, deal, 'released');
    const waiting = async () => (await earningsOf(psp.ctx(deal.owner), deal.organisationId)).nextPayout.waiting?.reason;
    expect(await waiting()).toBe('account_missing');
    expect(await payability(psp.ctx(), deal.organisationId)).toEqual({ payable: false, reason: 'account_missing' });
    expect(await runPayouts(psp.ctx())).toMatchObject({ payouts: 0 });
    await onboard(psp, deal.owner, deal.organisationId, '00012345');
    expect(await waiting()).toBe('method_too_new');
    expect(await accountSeen(psp.ctx(deal.owner), deal.organisationId)).toMatchObject({
      state: 'ready',
      bank: { last4: '2345' },
    });
    expect(await runPayouts(psp.ctx())).toMatchObject({ payouts: 0 });
    t.clock.advance({ hours: 24 });
    expect(await payability(psp.ctx(), deal.organisationId)).toEqual({ payable: true });
    expect(await runPayouts(psp.ctx())).toMatchObject({ payouts: 1 });
  });

  it('keep small sums until they are worth sending', async () => {
    const deal = await buildDeal(t, psp);
    await orderAt(psp, deal, 'released', { amountMinor: 1_100n });
    expect(await runPayouts(psp.ctx())).toMatchObject({ payouts: 0 });
    await orderAt(psp, deal, 'released', { amountMinor: 1_100n });
    expect(await runPayouts(psp.ctx())).toMatchObject({ payouts: 1 });
  });

  it('keep the money of a provider who is frozen', async () => {
    const deal = await buildDeal(t, psp);
    await orderAt(psp, deal, 'released');
    await freezePayouts(psp.ctx(), deal.organisationId, 'under review');
    expect(await runPayouts(psp.ctx())).toMatchObject({ payouts: 0 });
    await unfreezePayouts(psp.ctx(), deal.organisationId);
    expect(await runPayouts(psp.ctx())).toMatchObject({ payouts: 1 });
  });

  it('open again when the account is opened anew: other bank details wait a day', async () => {
    const deal = await buildDeal(t, psp);
    await orderAt(psp, deal, 'released');
    await onboard(psp, deal.owner, deal.organisationId, '00067890');
    expect(await runPayouts(psp.ctx())).toMatchObject({ payouts: 0 });
  });
});

describe('the daily run', () => {
  it('pays in the morning of the market, by itself, every day', async () => {
    const deal = await buildDeal(t, psp);
    await ensureRuns(psp.ctx());
    const orderId = await orderAt(psp, deal, 'released');
    await psp.pass({ days: 1 });
    await psp.pass({ days: 2 });
    expect((await psp.order(orderId)).state).toBe('closed');
    const next = await orderAt(psp, deal, 'released');
    await psp.pass({ days: 1 });
    await psp.pass({ days: 2 });
    expect((await psp.order(next)).state).toBe('closed');
  });
});

describe('a payout explained', () => {
  it('sums to the penny, with releases, a refund and a debt in it', async () => {
    const deal = await buildDeal(t, psp);
    const paidEarlier = await orderAt(psp, deal, 'closed');
    await orderAt(psp, deal, 'held', { amountMinor: 90_000n });
    const reduced = await orderAt(psp, deal, 'released', { amountMinor: 33_333n });
    await orderAt(psp, deal, 'released', { lines: [1_234n, 5_678n, 9_999n], vatRateBp: 0 });
    await refund(psp.ctx(), paidEarlier, { amountMinor: 1_001n, reason: 'agreed' });
    await refund(psp.ctx(), reduced, { amountMinor: 3_333n, reason: 'agreed' });
    await psp.settle();
    await runPayouts(psp.ctx());
    const [latest] = await payoutsOf(psp.ctx(deal.owner), deal.organisationId, undefined, 10);
    const told = await explain(psp.ctx(deal.owner), latest?.payoutId ?? '');
    const sum = (values: string[]) => values.reduce((total, value) => total + BigInt(value), 0n);
    expect(sum(told.lines.map((line) => line.net.minor)).toString()).toBe(told.payout.amount.minor);
    expect(told.totals.net).toEqual(told.payout.amount);
    for (const line of told.lines.filter(({ kind }) => kind !== 'recovery')) {
      const parts = [line.commission.minor, line.vatOnCommission.minor, line.net.minor];
      expect(sum(parts).toString()).toBe(line.gross.minor);
    }
    expect(told.lines.map(({ kind }) => kind).toSorted()).toEqual(['recovery', 'refund', 'release', 'release']);
    const { gross, commission, vatOnCommission, recovered } = told.totals;
    expect(
      BigInt(gross.minor) - BigInt(commission.minor) - BigInt(vatOnCommission.minor) - BigInt(recovered.minor),
    ).toBe(BigInt(told.totals.net.minor));
    expect(told.lines.every(({ orderReference }) => orderReference?.startsWith('PL-'))).toBe(true);
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });

  it('is for the provider’s office and for finance staff', async () => {
    const deal = await buildDeal(t, psp);
    await orderAt(psp, deal, 'released');
    await runPayouts(psp.ctx());
    const [one] = await payoutsPage(psp.ctx(deal.finance), undefined, undefined, 10);
    const id = one?.payoutId ?? '';
    expect((await explain(psp.ctx(deal.finance), id)).payout.payoutId).toBe(id);
    expect(await refusal(explain(psp.ctx(deal.customer), id))).toMatchObject({ code: 'access.not_found' });
  });
});

describe('a payout that the bank refuses', () => {
  it('is fetched back, waits, and is paid when somebody has looked', async () => {
    const deal = await buildDeal(t, psp, { bank: 'GB00FAIL' });
    const orderId = await orderAt(psp, deal, 'released');
    await runPayouts(psp.ctx());
    await psp.settle();
    await psp.pass({ days: 2 });
    const [failed] = await payoutsOf(psp.ctx(deal.owner), deal.organisationId, undefined, 10);
    expect(failed).toMatchObject({ state: 'failed', retriedBy: null });
    expect((await psp.order(orderId)).state).toBe('released');
    expect(await books(psp.ctx(), deal.organisationId)).toMatchObject({ available: 10_560n, inTransit: 0n });
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
    expect(await runPayouts(psp.ctx())).toMatchObject({ payouts: 0 });
    expect(await refusal(retryPayout(psp.ctx(deal.customer), '00000000-0000-7000-8000-000000000000'))).toMatchObject({
      code: 'access.not_found',
    });

    await onboard(psp, deal.owner, deal.organisationId, '00012345');
    const id = failed?.payoutId ?? '';
    expect(await refusal(retryPayout(psp.ctx(deal.finance), id))).toMatchObject({
      code: 'payments.payout_waits',
      reason: 'method_too_new',
    });
    t.clock.advance({ hours: 25 });
    const again = await retryPayout(psp.ctx(deal.finance), id);
    expect(again.retry_of).toBe(id);
    expect(await refusal(retryPayout(psp.ctx(deal.finance), id))).toMatchObject({ code: 'payments.payout_not_failed' });

    await psp.settle();
    await psp.pass({ days: 2 });
    expect((await psp.order(orderId)).state).toBe('closed');
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });
});

describe('large sums', () => {
  it('are released when two people have agreed, and paid out when a second one has', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'release_pending', { amountMinor: 3_000_000n });
    await psp.pass({ days: 8 });
    expect((await psp.order(orderId)).state).toBe('release_pending');
    await approveRelease(psp.ctx(deal.finance), orderId);
    expect(await refusal(approveRelease(psp.ctx(deal.finance), orderId))).toMatchObject({
      code: 'payments.same_person',
    });
    expect((await psp.order(orderId)).state).toBe('release_pending');
    const second = await buildAdmin(psp.ctx(), ['finance'], 'Someone Else');
    await approveRelease(psp.ctx(second), orderId);
    expect((await psp.order(orderId)).state).toBe('released');

    await runPayouts(psp.ctx(deal.finance));
    await psp.settle();
    const [draft] = await payoutsPage(psp.ctx(deal.finance), 'draft', undefined, 10);
    const id = draft?.payoutId ?? '';
    expect(await refusal(approvePayout(psp.ctx(deal.finance), id))).toMatchObject({ code: 'payments.same_person' });
    await approvePayout(psp.ctx(second), id);
    await psp.settle();
    await psp.pass({ days: 2 });
    expect((await psp.order(orderId)).state).toBe('closed');
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });
});
