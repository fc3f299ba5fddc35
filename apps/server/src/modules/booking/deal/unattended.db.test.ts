import { describe, expect, it } from 'vitest';
import { dbTest } from '../../../platform/testing.ts';
import { audited } from '../../payments/fixtures.ts';
import { bookingTest, buildBooking, buildMarket, refusal, tenOClock, type Market } from '../fixtures.ts';
import { presentBooking } from '../present.ts';
import { pageOf } from '../read.ts';
import * as time from '../time/service.ts';
import * as problem from './problem.ts';
import * as work from './work.ts';

/** Bookings of an hour at ten tomorrow, about which nobody says anything any more. */

const t = dbTest();
const psp = bookingTest(t);

const viewFor = async (actor: Market['tom'], id: string) =>
  presentBooking(await pageOf(psp.ctx(actor), id), t.clock.now());
const orderOf = async (id: string) => psp.order((await psp.booking(id)).order_id ?? '');
/** To so many minutes before or after the two days from the agreed end. */
async function passTo(id: string, minutes: number): Promise<void> {
  const { end_at: end } = await psp.booking(id);
  if (!end) throw new Error('it has no end');
  await psp.pass({ seconds: (end.getTime() - t.clock.now().getTime()) / 1000 + 48 * 3600 + minutes * 60 });
}

describe.each(['confirmed', 'in_progress'] as const)('a booking that stays %s', (state) => {
  it('becomes a problem two days after its end, seen by both sides, and the money stays', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, state);
    await passTo(id, -1);
    expect((await psp.booking(id)).state).toBe(state);
    await passTo(id, 0);
    expect(await orderOf(id)).toMatchObject({ state: 'disputed_internal', frozen_reason: 'unattended' });
    for (const reader of [market.customer, market.owner]) {
      const view = await viewFor(reader, id);
      expect(view).toMatchObject({
        state: 'problem',
        problem: { reason: 'unattended', text: null, outcome: null },
        next: { who: 'platform', act: 'decide' },
      });
      expect(view.timeline.at(-1)).toMatchObject({ kind: 'unattended', by: 'platform', byName: null });
    }
    await psp.pass({ days: 100 });
    expect(await orderOf(id)).toMatchObject({ state: 'disputed_internal', captured_minor: 8500n });
    expect(await audited(psp.ctx(), [market.organisationId])).toEqual([]);
  });

  it('ends by the customer, who accepts it', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, state);
    await passTo(id, 0);
    expect((await viewFor(market.customer, id)).can).toMatchObject({ accept: true, reportProblem: false });
    expect(await refusal(work.accept(psp.ctx(market.owner), id))).toBe('access.forbidden');
    await work.accept(psp.ctx(market.customer), id);
    await psp.settle();
    expect(await psp.booking(id)).toMatchObject({ state: 'accepted', problem_outcome: 'release' });
    expect(await orderOf(id)).toMatchObject({ state: 'release_pending', accepted_by: 'customer' });
    expect(await audited(psp.ctx(), [market.organisationId])).toEqual([]);
  });

  it.each([
    ['release', 'accepted', 'release_pending'],
    ['full', 'closed', 'refunded'],
  ] as const)('ends by the staff: %s', async (outcome, bookingState, orderState) => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, state);
    await passTo(id, 0);
    await problem.resolve(psp.ctx(market.finance), id, { outcome, reason: 'Both sides were asked.' });
    await psp.settle();
    expect(await psp.booking(id)).toMatchObject({ state: bookingState, problem_outcome: outcome });
    expect((await orderOf(id)).state).toBe(orderState);
    expect(await audited(psp.ctx(), [market.organisationId])).toEqual([]);
  });
});

describe('the two days', () => {
  it('count from the time that was agreed last', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'confirmed');
    await time.propose(psp.ctx(market.customer), id, { start: tenOClock(psp.ctx(), 6) });
    const { proposal } = await viewFor(market.owner, id);
    await time.answer(psp.ctx(market.owner), id, proposal?.proposalId ?? '', { answer: 'accept' });
    await psp.pass({ days: 7 });
    expect((await psp.booking(id)).state).toBe('confirmed');
    await passTo(id, 0);
    expect((await psp.booking(id)).state).toBe('problem');
  });

  it('are of no account once the work is reported as done', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'completed');
    await passTo(id, 0);
    expect((await psp.booking(id)).state).toBe('completed');
  });

  it('let the customer who reported a problem after the acceptance take it back', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'accepted');
    await problem.report(psp.ctx(market.customer), id, { text: 'The tap still drips as before.' });
    await work.accept(psp.ctx(market.customer), id);
    expect(await orderOf(id)).toMatchObject({ state: 'release_pending', accepted_minor: 8500n });
    await psp.pass({ days: 3, minutes: 1 });
    expect((await orderOf(id)).state).toBe('released');
    expect(await audited(psp.ctx(), [market.organisationId])).toEqual([]);
  });
});
