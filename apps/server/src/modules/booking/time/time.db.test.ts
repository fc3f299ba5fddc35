import { describe, expect, it } from 'vitest';
import { dbTest } from '../../../platform/testing.ts';
import { query } from '../../../platform/db/statement.ts';
import {
  bookingTest,
  buildBooking,
  buildMarket,
  checkout,
  refusal,
  tenOClock,
  toStart,
  type Market,
} from '../fixtures.ts';
import { presentBooking } from '../present.ts';
import { pageOf } from '../read.ts';
import * as confirming from '../deal/confirm.ts';
import * as work from '../deal/work.ts';
import * as time from './service.ts';

const t = dbTest();
const psp = bookingTest(t);

const viewFor = async (actor: Market['tom'], id: string) =>
  presentBooking(await pageOf(psp.ctx(actor), id), t.clock.now());
const propose = (actor: Market['tom'], id: string, start: Date) => time.propose(psp.ctx(actor), id, { start });
const proposalOf = async (actor: Market['tom'], id: string) => (await viewFor(actor, id)).proposal?.proposalId ?? '';
const answer = async (actor: Market['tom'], id: string, what: time.Answer) =>
  time.answer(psp.ctx(actor), id, await proposalOf(actor, id), { answer: what });
const taken = async () =>
  (
    await query<{ from: Date }>(psp.ctx(), `select lower(during) as from from calendar_claim where state = 'taken'`)
  ).map((row) => row.from);

describe('another time', () => {
  it('is agreed by the other side, and the calendar follows', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'confirmed');
    const wanted = tenOClock(psp.ctx(), 3);
    await propose(market.customer, id, wanted);
    expect(await viewFor(market.owner, id)).toMatchObject({
      next: { who: 'provider', act: 'answer_time' },
      can: { answerTime: true, proposeTime: false, withdrawTime: false },
    });
    expect((await viewFor(market.customer, id)).can).toMatchObject({ answerTime: false, withdrawTime: true });
    expect(await refusal(answer(market.customer, id, 'accept'))).toBe('access.forbidden');
    await answer(market.owner, id, 'accept');
    expect(await psp.booking(id)).toMatchObject({ state: 'confirmed', start_at: wanted });
    expect(await taken()).toEqual([wanted]);
  });

  it('that the provider offers for a request is the confirmation when the customer agrees', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'requested');
    await propose(market.owner, id, tenOClock(psp.ctx(), 2));
    await answer(market.customer, id, 'accept');
    await psp.settle();
    expect(await psp.booking(id)).toMatchObject({ state: 'confirmed', start_at: tenOClock(psp.ctx(), 2) });
    expect((await psp.booking(id)).held_at).not.toBeNull();
  });

  it('may overlap the time that it replaces', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'confirmed');
    const halfHourLater = new Date(tenOClock(psp.ctx()).getTime() + 30 * 60_000);
    await propose(market.owner, id, halfHourLater);
    await answer(market.customer, id, 'accept');
    expect(await taken()).toEqual([halfHourLater]);
  });

  it('declined or withdrawn leaves everything as it was', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'confirmed');
    await propose(market.customer, id, tenOClock(psp.ctx(), 3));
    expect(await refusal(answer(market.owner, id, 'withdraw'))).toBe('access.forbidden');
    await answer(market.owner, id, 'decline');
    await propose(market.customer, id, tenOClock(psp.ctx(), 4));
    await answer(market.customer, id, 'withdraw');
    expect(await viewFor(market.customer, id)).toMatchObject({
      proposal: null,
      window: { start: { at: tenOClock(psp.ctx()).toISOString() } },
    });
    expect(await taken()).toEqual([tenOClock(psp.ctx())]);
  });

  it('is one at a time', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'confirmed');
    await propose(market.customer, id, tenOClock(psp.ctx(), 3));
    expect(await refusal(propose(market.owner, id, tenOClock(psp.ctx(), 4)))).toBe('booking.proposal_open');
  });

  it('refuses what is taken, at the proposal and again at the answer', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'confirmed');
    await buildBooking(psp, market, 'requested', { start: tenOClock(psp.ctx(), 3) });
    expect(await refusal(propose(market.customer, id, tenOClock(psp.ctx(), 3)))).toBe('booking.slot_taken');
    expect(await taken()).toContainEqual(tenOClock(psp.ctx()));
    await propose(market.customer, id, tenOClock(psp.ctx(), 4));
    await buildBooking(psp, market, 'requested', { start: tenOClock(psp.ctx(), 4) });
    expect(await refusal(answer(market.owner, id, 'accept'))).toBe('booking.slot_taken');
    expect((await psp.booking(id)).start_at).toEqual(tenOClock(psp.ctx()));
  });

  it('refuses the past, and a far future for money that is held', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'confirmed');
    expect(await refusal(propose(market.customer, id, tenOClock(psp.ctx(), -1)))).toBe('booking.too_early');
    expect(await refusal(propose(market.customer, id, tenOClock(psp.ctx(), 90)))).toBe('booking.too_far_ahead');
    expect(await refusal(propose(market.finance, id, tenOClock(psp.ctx(), 3)))).toBe('access.forbidden');
    expect(await refusal(propose(market.tom, id, tenOClock(psp.ctx(), 3)))).toBe('access.forbidden');
  });

  it('lapses when the work begins', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'confirmed');
    await propose(market.customer, id, tenOClock(psp.ctx(), 3));
    await toStart(psp, id);
    await work.start(psp.ctx(market.tom), id);
    expect(await query(psp.ctx(), 'select state from time_proposal')).toEqual([{ state: 'lapsed' }]);
  });

  it('of a saved card moves the charge with it', async () => {
    const market = await buildMarket(t, psp);
    const { bookingId: id, paymentUrl } = await checkout(psp, market, { start: tenOClock(psp.ctx(), 75) });
    await psp.payOn(paymentUrl);
    await confirming.confirm(psp.ctx(market.owner), id);
    await propose(market.customer, id, tenOClock(psp.ctx(), 80));
    await answer(market.owner, id, 'accept');
    await psp.pass({ days: 74 });
    expect((await psp.booking(id)).held_at).toBeNull();
    await psp.pass({ days: 4, hours: 1 });
    expect((await psp.booking(id)).held_at).not.toBeNull();
  });
});
