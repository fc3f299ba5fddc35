import { describe, expect, it } from 'vitest';
import { query } from '../../../platform/db/statement.ts';
import { dbTest } from '../../../platform/testing.ts';
import { audited } from '../../payments/fixtures.ts';
import { refund } from '../../payments/index.ts';
import { confirm } from '../deal/confirm.ts';
import * as ending from '../deal/end.ts';
import * as problem from '../deal/problem.ts';
import { start } from '../deal/work.ts';
import { bookingTest, buildBooking, buildMarket, checkout, toStart } from '../fixtures.ts';

/** Bookings of £85 of which the provider gives something back before the end. */

const t = dbTest();
const psp = bookingTest(t);

const orderOf = async (id: string) => psp.order((await psp.booking(id)).order_id ?? '');

async function giveBack(id: string, amountMinor: bigint): Promise<void> {
  await refund(psp.ctx(), (await orderOf(id)).id, { amountMinor, reason: 'Less work than thought.' });
  await psp.settle();
}

describe('a booking of which a part was given back', () => {
  it('is cancelled for a share of what is left', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'confirmed');
    await giveBack(id, 6000n);
    await psp.pass({ minutes: 20 });
    const { fee } = await ending.quote(psp.ctx(market.customer), id);
    expect(fee).toMatchObject({ rule: 'within_days', feeMinor: 250n, refundMinor: 2250n });
    await ending.cancel(psp.ctx(market.customer), id, { feeMinor: 250n });
    await psp.settle();
    expect(await orderOf(id)).toMatchObject({ refunded_minor: 8250n, fee_minor: 250n });
    expect(await audited(psp.ctx(), [market.organisationId])).toEqual([]);
  });

  it('costs an absent customer a share of what is left', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'confirmed');
    await giveBack(id, 6000n);
    await toStart(psp, id);
    await psp.pass({ minutes: 20 });
    await ending.reportAbsence(psp.ctx(market.owner), id);
    await psp.settle();
    expect(await orderOf(id)).toMatchObject({ refunded_minor: 7250n, fee_minor: 1250n });
    expect(await audited(psp.ctx(), [market.organisationId])).toEqual([]);
  });

  it('gives all that is left back when a problem ends in full', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'in_progress');
    await giveBack(id, 6000n);
    await problem.report(psp.ctx(market.customer), id, { text: 'The tap still drips as before.' });
    await problem.resolve(psp.ctx(market.finance), id, { outcome: 'full', reason: 'Not repaired.' });
    await psp.settle();
    expect(await psp.booking(id)).toMatchObject({ state: 'closed', problem_outcome: 'full' });
    expect(await orderOf(id)).toMatchObject({ state: 'refunded', refunded_minor: 8500n });
    expect(await audited(psp.ctx(), [market.organisationId])).toEqual([]);
  });
});

describe('a booking of which everything goes back to a card whose bank refuses it', () => {
  it.each([
    ['confirmed', 'cancelled'],
    ['in_progress', 'closed'],
  ] as const)('from %s is %s all the same and the money stays owed', async (state, after) => {
    const market = await buildMarket(t, psp);
    const { bookingId: id, paymentUrl } = await checkout(psp, market);
    await psp.payOn(paymentUrl, { card: '4000 0000 0000 5126' });
    await confirm(psp.ctx(market.owner), id);
    await psp.settle();
    if (state === 'in_progress') {
      await toStart(psp, id);
      await start(psp.ctx(market.tom), id);
    }
    await giveBack(id, 8500n);
    await psp.pass({ days: 5 });
    expect((await psp.booking(id)).state).toBe(after);
    expect(await orderOf(id)).toMatchObject({ state: 'refund_pending', refunds_open_minor: 8500n });
    expect(await query(psp.ctx(), 'select state from refund')).toEqual([{ state: 'failed' }]);
    expect(await audited(psp.ctx(), [market.organisationId])).toEqual([]);
  });
});

describe('a booking of which everything was given back', () => {
  it('before the work is cancelled, and the time is free again', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'confirmed');
    await giveBack(id, 8500n);
    expect(await psp.booking(id)).toMatchObject({ state: 'cancelled', cancelled_by: 'platform' });
    expect(await query(psp.ctx(), 'select state from calendar_claim')).toEqual([{ state: 'freed' }]);
    expect(await audited(psp.ctx(), [market.organisationId])).toEqual([]);
  });

  it.each(['in_progress', 'completed', 'accepted'] as const)('in %s is closed', async (state) => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, state);
    await giveBack(id, 8500n);
    expect((await psp.booking(id)).state).toBe('closed');
    await psp.pass({ days: 5 });
    expect(await orderOf(id)).toMatchObject({ state: 'refunded', refunded_minor: 8500n });
    expect(await audited(psp.ctx(), [market.organisationId])).toEqual([]);
  });
});
