import { describe, expect, it } from 'vitest';
import { query } from '../../../platform/db/statement.ts';
import { dbTest } from '../../../platform/testing.ts';
import { audited, books, buildDeal, orderAt } from '../fixtures.ts';
import { pspTest } from '../psp-fixtures.ts';
import { acceptWork } from '../order/work.ts';
import { refund } from '../refund/make.ts';
import { runPayouts } from './run.ts';

const t = dbTest();
const psp = pspTest(t, { commit: true });

/** Everything that these tests commit. */
const tables = [
  'money_order',
  'psp_call',
  'webhook_event',
  'psp_customer',
  'payment_account',
  'payout_batch',
  'earning',
  'ledger_account',
  'ledger_journal',
  'verification',
  'organisation',
  'person',
  'outbox',
  'deadline',
  'pgboss.job',
];

const outcome = (results: PromiseSettledResult<unknown>[]) => results.map(({ status }) => status).toSorted();

describe('at the same time', () => {
  it('two payout runs pay once', async () => {
    t.truncateAfter(...tables);
    const deal = await buildDeal(t, psp);
    const orderIds = [await orderAt(psp, deal, 'released'), await orderAt(psp, deal, 'released')];
    const runs = await Promise.all(Array.from({ length: 6 }, () => runPayouts(psp.ctx())));
    expect(runs.reduce((sum, run) => sum + run.payouts, 0)).toBe(1);
    await psp.settle();
    await psp.pass({ days: 2 });
    for (const orderId of orderIds) expect((await psp.order(orderId)).state).toBe('closed');
    const sent = await query<{ amount_minor: bigint }>(psp.ctx(), 'select amount_minor from payout');
    expect(sent).toEqual([{ amount_minor: 21_120n }]);
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });

  it('many refunds give back no more than there is', async () => {
    t.truncateAfter(...tables);
    const deal = await buildDeal(t, psp);
    await orderAt(psp, deal, 'held', { amountMinor: 50_000n });
    const orderId = await orderAt(psp, deal, 'held');
    const wishes = Array.from({ length: 8 }, () =>
      refund(psp.ctx(), orderId, { amountMinor: 5_000n, reason: 'agreed' }),
    );
    expect(outcome(await Promise.allSettled(wishes))).toEqual([
      ...Array(2).fill('fulfilled'),
      ...Array(6).fill('rejected'),
    ]);
    await psp.settle();
    expect(await psp.order(orderId)).toMatchObject({ state: 'held', refunded_minor: 10_000n, refunds_open_minor: 0n });
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });

  it('acceptance and a full refund exclude each other, and a late refund meets a payout run', async () => {
    t.truncateAfter(...tables);
    const deal = await buildDeal(t, psp);
    await orderAt(psp, deal, 'held', { amountMinor: 90_000n });
    const contested = await orderAt(psp, deal, 'delivered');
    await Promise.allSettled([
      acceptWork(psp.ctx(), contested, { by: 'customer' }),
      refund(psp.ctx(), contested, { amountMinor: 12_000n, reason: 'agreed' }),
    ]);
    const released = await orderAt(psp, deal, 'released');
    await Promise.allSettled([
      runPayouts(psp.ctx()),
      refund(psp.ctx(), released, { amountMinor: 6_000n, reason: 'agreed' }),
    ]);
    await psp.settle();
    await psp.pass({ days: 5 });
    await runPayouts(psp.ctx());
    await psp.settle();
    await psp.pass({ days: 2 });
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
    expect(await books(psp.ctx(), deal.organisationId)).toMatchObject({ window: 0n, inTransit: 0n });
  });
});
