import { describe, expect, it } from 'vitest';
import { query } from '../../../platform/db/statement.ts';
import { dbTest } from '../../../platform/testing.ts';
import { buildServiceman } from '../../identity/fixtures.ts';
import { runPayouts } from '../../payments/index.ts';
import { audited } from '../../payments/fixtures.ts';
import * as assignment from '../assignment/service.ts';
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
import * as photo from '../photo/service.ts';
import { presentBooking } from '../present.ts';
import { pageOf } from '../read.ts';
import * as sale from '../sale/service.ts';
import * as confirming from './confirm.ts';
import * as ending from './end.ts';
import * as problem from './problem.ts';
import * as work from './work.ts';

const t = dbTest();
const psp = bookingTest(t);

const viewFor = async (actor: Market['tom'], id: string) =>
  presentBooking(await pageOf(psp.ctx(actor), id), t.clock.now());
const orderOf = async (id: string) => psp.order((await psp.booking(id)).order_id ?? '');
const claimStates = async () =>
  (await query<{ state: string }>(psp.ctx(), 'select state from calendar_claim')).map((row) => row.state);
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('confirming', () => {
  it('takes the payment, asks the person whose time it is, and shows the address', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'confirmed');
    expect(await orderOf(id)).toMatchObject({ state: 'held', captured_minor: 8500n });
    const view = await viewFor(market.tom, id);
    expect(view).toMatchObject({
      part: 'lead',
      customerName: 'Amira Khan',
      address: { line1: '1 Queen Square' },
      next: { who: 'provider', act: 'accept_assignment' },
      assignments: [{ personId: market.tom.personId, part: 'lead', state: 'offered' }],
    });
    expect(view.money).toBeNull();
    expect((await viewFor(market.owner, id)).money).toMatchObject({ captured: { minor: '8500', currency: 'GBP' } });
    expect(view.window?.start).toEqual({ at: tenOClock(psp.ctx()).toISOString(), zone: 'Europe/London' });
  });

  it('by the version that was seen, not over somebody else’s act', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'requested');
    expect(await refusal(confirming.confirm(psp.ctx(market.owner), id, { version: 99 }))).toBe(
      'booking.changed_meanwhile',
    );
    const { version } = await psp.booking(id);
    expect(await refusal(confirming.confirm(psp.ctx(market.owner), id, { version }))).toBeUndefined();
  });

  it('for somebody else of the team moves the claim to their calendar', async () => {
    const market = await buildMarket(t, psp);
    const ivy = await buildServiceman(psp.ctx(), market.organisationId, 'Ivy Lane');
    const id = await buildBooking(psp, market, 'requested');
    expect(await refusal(confirming.confirm(psp.ctx(market.owner), id, { assigneeId: market.customer.personId }))).toBe(
      'booking.assignee_invalid',
    );
    await confirming.confirm(psp.ctx(market.owner), id, { assigneeId: ivy.personId });
    expect(await psp.booking(id)).toMatchObject({ lead_id: ivy.personId, resource_id: ivy.personId });
    expect((await claimStates()).toSorted()).toEqual(['freed', 'taken']);
  });

  it('comes too late after a day: the card and the time are let go', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'requested', { start: tenOClock(psp.ctx(), 5) });
    await psp.pass({ hours: 23, minutes: 59 });
    expect((await psp.booking(id)).state).toBe('requested');
    await psp.pass({ minutes: 2 });
    expect((await psp.booking(id)).state).toBe('expired');
    expect((await orderOf(id)).state).toBe('cancelled');
    expect(await claimStates()).toEqual(['freed']);
  });

  it('or two hours before the start, whatever comes first', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'requested');
    expect((await psp.booking(id)).due_at).toEqual(new Date(tenOClock(psp.ctx()).getTime() - 2 * 3_600_000));
  });
});

describe('declining', () => {
  it('lets the card and the time go and hides the address for good', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'declined');
    await psp.settle();
    expect((await orderOf(id)).state).toBe('cancelled');
    expect(await claimStates()).toEqual(['freed']);
    expect(await viewFor(market.owner, id)).toMatchObject({ state: 'declined', address: null, customerName: 'Amira' });
    expect((await viewFor(market.customer, id)).alternatives.length).toBeGreaterThan(0);
  });
});

describe('an assignment', () => {
  it('is answered by the person, or by the office with a reason', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'confirmed');
    const [{ assignmentId } = { assignmentId: '' }] = (await viewFor(market.owner, id)).assignments;
    const byOffice = assignment.answer(psp.ctx(market.owner), id, assignmentId, { answer: 'accept' });
    expect(await refusal(byOffice)).toBe('booking.reason_missing');
    expect(await refusal(assignment.answer(psp.ctx(market.customer), id, assignmentId, { answer: 'accept' }))).toBe(
      'access.forbidden',
    );
    await assignment.answer(psp.ctx(market.tom), id, assignmentId, { answer: 'accept' });
    expect(await viewFor(market.tom, id)).toMatchObject({
      next: { act: 'start' },
      assignments: [{ state: 'accepted' }],
    });
    expect(await refusal(assignment.answer(psp.ctx(market.tom), id, assignmentId, { answer: 'decline' }))).toBe(
      'booking.not_now',
    );
  });

  it('that is declined needs somebody else, and the one who declined sees it no more', async () => {
    const market = await buildMarket(t, psp);
    const ivy = await buildServiceman(psp.ctx(), market.organisationId, 'Ivy Lane');
    const id = await buildBooking(psp, market, 'confirmed');
    const [{ assignmentId } = { assignmentId: '' }] = (await viewFor(market.tom, id)).assignments;
    await assignment.answer(psp.ctx(market.tom), id, assignmentId, { answer: 'decline', reason: 'Ill' });
    expect((await viewFor(market.owner, id)).next?.act).toBe('assign');
    expect(await refusal(viewFor(market.tom, id))).toBe('access.not_found');
    await assignment.assign(psp.ctx(market.owner), id, ivy.personId);
    expect(await viewFor(ivy, id)).toMatchObject({ part: 'lead', next: { act: 'accept_assignment' } });
  });
});

describe('cancelling by the customer', () => {
  it('costs what was shown before the act, and the rest comes back', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'confirmed');
    await psp.pass({ minutes: 20 });
    const { fee } = await ending.quote(psp.ctx(market.customer), id);
    expect(fee).toMatchObject({ rule: 'within_days', feeMinor: 850n, refundMinor: 7650n });
    await ending.cancel(psp.ctx(market.customer), id, { feeMinor: 850n });
    await psp.settle();
    expect(await psp.booking(id)).toMatchObject({ state: 'cancelled', cancelled_by: 'customer', fee_minor: 850n });
    expect(await orderOf(id)).toMatchObject({ refunded_minor: 7650n, fee_minor: 850n });
    expect(await claimStates()).toEqual(['freed']);
    expect(await audited(psp.ctx(), [market.organisationId])).toEqual([]);
  });

  it('never costs more than was shown', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'confirmed');
    await psp.pass({ minutes: 20 });
    expect(await refusal(ending.cancel(psp.ctx(market.customer), id, { feeMinor: 0n }))).toBe('booking.fee_changed');
    expect((await psp.booking(id)).state).toBe('confirmed');
  });

  it('is free within a quarter of an hour of the confirmation', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'confirmed');
    await ending.cancel(psp.ctx(market.customer), id, { feeMinor: 0n });
    await psp.settle();
    expect(await orderOf(id)).toMatchObject({ state: 'refunded', refunded_minor: 8500n });
  });
});

describe('cancelling by the provider', () => {
  it('gives everything back and costs a point', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'confirmed');
    await ending.cancel(psp.ctx(market.owner), id, { feeMinor: 0n, reason: 'Van broke down' });
    await psp.settle();
    expect((await orderOf(id)).state).toBe('refunded');
    expect(await query(psp.ctx(), 'select organisation_id, points, reason from provider_penalty')).toEqual([
      { organisation_id: market.organisationId, points: 1, reason: 'cancelled' },
    ]);
  });

  it('is not for the one who only does the work', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'confirmed');
    expect(await refusal(ending.cancel(psp.ctx(market.tom), id, { feeMinor: 0n }))).toBe('access.forbidden');
  });
});

describe('nobody there', () => {
  it('can be said 20 minutes after the start, not before', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'confirmed');
    await toStart(psp, id);
    await psp.pass({ minutes: 19 });
    expect(await refusal(ending.reportAbsence(psp.ctx(market.tom), id))).toBe('booking.too_early');
    expect((await viewFor(market.tom, id)).can.reportAbsence).toBe(false);
    await psp.pass({ minutes: 1 });
    expect((await viewFor(market.tom, id)).can.reportAbsence).toBe(true);
    await ending.reportAbsence(psp.ctx(market.tom), id);
    await psp.settle();
    expect(await psp.booking(id)).toMatchObject({ state: 'no_show', fee_minor: 4250n });
    expect(await orderOf(id)).toMatchObject({ refunded_minor: 4250n });
    expect(await audited(psp.ctx(), [market.organisationId])).toEqual([]);
  });

  it('of the provider gives the customer everything back', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'no_show');
    await psp.settle();
    expect((await orderOf(id)).state).toBe('refunded');
    expect(await query(psp.ctx(), 'select reason from provider_penalty')).toEqual([{ reason: 'absent' }]);
  });
});

describe('the work', () => {
  it('begins two hours early at the most, and by the office only with a reason', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'confirmed');
    expect(await refusal(work.start(psp.ctx(market.tom), id))).toBe('booking.too_early');
    await toStart(psp, id);
    expect(await refusal(work.start(psp.ctx(market.owner), id))).toBe('booking.reason_missing');
    await work.start(psp.ctx(market.owner), id, { reason: 'Tom has no phone with him' });
    expect(await viewFor(market.owner, id)).toMatchObject({
      state: 'in_progress',
      assignments: [{ state: 'accepted' }],
    });
    expect((await orderOf(id)).state).toBe('in_service');
  });

  it('does not begin before the money is held', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'requested');
    await confirming.confirm(psp.ctx(market.owner), id);
    t.clock.set(tenOClock(psp.ctx()));
    expect(await refusal(work.start(psp.ctx(market.tom), id))).toBe('booking.not_paid_yet');
  });

  it('is finished with a note or with photos of this booking', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'in_progress');
    const complete = (over: work.Completion) => refusal(work.complete(psp.ctx(market.tom), id, over));
    expect(await complete({})).toBe('booking.proof_missing');
    expect(await complete({ note: '  ' })).toBe('booking.proof_missing');
    expect(await complete({ photoIds: [market.serviceId] })).toBe('booking.photo_unknown');
    const before = await photo.add(psp.ctx(market.customer), id, { bytes: png, name: 'before.png' });
    expect(await complete({ photoIds: [before] })).toBe('booking.photo_unknown');
    const after = await photo.add(psp.ctx(market.tom), id, { bytes: png, name: 'after.png' });
    expect(await complete({ photoIds: [after] })).toBeUndefined();
    expect((await photo.read(psp.ctx(market.customer), id, after)).contentType).toBe('image/png');
    expect((await viewFor(market.customer, id)).photos.map((one) => one.by)).toEqual(['customer', 'provider']);
  });

  it('shows photos to the parties only and takes nothing but pictures', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'in_progress');
    const other = await buildServiceman(psp.ctx(), market.organisationId, 'Ivy Lane');
    const fileId = await photo.add(psp.ctx(market.tom), id, { bytes: png, name: 'a.png' });
    expect(await refusal(photo.read(psp.ctx(other), id, fileId))).toBe('access.not_found');
    const pdf = { bytes: Buffer.from('%PDF-1.4\n%%EOF\n'), name: 'a.pdf' };
    expect(await refusal(photo.add(psp.ctx(market.tom), id, pdf))).toBe('booking.photo_unknown');
    expect(await refusal(photo.add(psp.ctx(market.finance), id, { bytes: png, name: 'a.png' }))).toBe(
      'access.forbidden',
    );
  });
});

describe('acceptance', () => {
  it('comes by 72 hours of silence', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'completed');
    await psp.pass({ hours: 71, minutes: 59 });
    expect((await psp.booking(id)).state).toBe('completed');
    await psp.pass({ minutes: 2 });
    expect((await psp.booking(id)).state).toBe('accepted');
    expect((await viewFor(market.customer, id)).timeline.map((entry) => entry.kind)).toContain('accepted_by_silence');
    expect(await orderOf(id)).toMatchObject({ state: 'release_pending', accepted_by: 'silence' });
  });

  it('leads to the release after the hold window and to the payout, which closes the booking', async () => {
    const market = await buildMarket(t, psp, { bank: '00012345' });
    const id = await buildBooking(psp, market, 'accepted');
    await psp.pass({ days: 3, minutes: 1 });
    expect((await psp.booking(id)).released_at).not.toBeNull();
    expect(await refusal(problem.report(psp.ctx(market.customer), id, { text: 'Too late for this.' }))).toBe(
      'booking.not_now',
    );
    await runPayouts(psp.ctx());
    await psp.settle();
    await psp.pass({ days: 2 });
    expect((await psp.booking(id)).state).toBe('closed');
    const kinds = (await viewFor(market.customer, id)).timeline.map((entry) => entry.kind);
    expect(kinds).toEqual([
      'booked',
      'paid',
      'confirmed',
      'money_held',
      'started',
      'completed',
      'accepted',
      'released',
      'paid_out',
    ]);
    expect(await audited(psp.ctx(), [market.organisationId])).toEqual([]);
  });
});

describe('a problem', () => {
  it('stops the clock of silence and the release until it is decided', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'completed');
    await problem.report(psp.ctx(market.customer), id, { text: 'The tap still drips as before.' });
    await psp.pass({ days: 10 });
    expect((await psp.booking(id)).state).toBe('problem');
    expect((await orderOf(id)).state).toBe('disputed_internal');
    await problem.resolve(psp.ctx(market.finance), id, { outcome: 'release', reason: 'The photos show a tight tap.' });
    expect((await psp.booking(id)).state).toBe('accepted');
    await psp.pass({ days: 4 });
    expect((await orderOf(id)).state).toBe('released');
  });

  it('may be reported after the acceptance while the money is not released', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'accepted');
    await psp.pass({ days: 1 });
    await problem.report(psp.ctx(market.customer), id, { text: 'It broke again the next day.' });
    await psp.pass({ days: 10 });
    expect((await orderOf(id)).state).toBe('disputed_internal');
    await problem.resolve(psp.ctx(market.finance), id, { outcome: 'full', reason: 'Not repaired.' });
    await psp.settle();
    expect(await psp.booking(id)).toMatchObject({ state: 'closed', problem_outcome: 'full' });
    expect(await orderOf(id)).toMatchObject({ refunded_minor: 8500n });
    expect(await audited(psp.ctx(), [market.organisationId])).toEqual([]);
  });

  it('ends by a part for each', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'problem');
    const resolve = (refundMinor: bigint | undefined) =>
      refusal(
        problem.resolve(psp.ctx(market.finance), id, {
          outcome: 'partial',
          refundMinor,
          reason: 'Half of it is done.',
        }),
      );
    for (const wrong of [undefined, 0n, 8500n, 9000n]) expect(await resolve(wrong)).toBe('booking.refund_invalid');
    expect(await resolve(3000n)).toBeUndefined();
    await psp.settle();
    expect(await psp.booking(id)).toMatchObject({ state: 'accepted', problem_outcome: 'partial' });
    expect(await orderOf(id)).toMatchObject({ refunded_minor: 3000n });
    expect(await audited(psp.ctx(), [market.organisationId])).toEqual([]);
  });
});

describe('a start far ahead', () => {
  const far = () => tenOClock(psp.ctx(), 75);

  it('saves the card, and charges it two days before', async () => {
    const market = await buildMarket(t, psp);
    const { bookingId: id, paymentUrl } = await checkout(psp, market, { start: far() });
    await psp.payOn(paymentUrl);
    expect(await psp.booking(id)).toMatchObject({ state: 'requested', pay_mode: 'save_card' });
    await confirming.confirm(psp.ctx(market.owner), id);
    await psp.pass({ days: 72 });
    expect((await psp.booking(id)).held_at).toBeNull();
    await psp.pass({ days: 1, hours: 1 });
    expect((await psp.booking(id)).held_at).not.toBeNull();
    expect((await orderOf(id)).state).toBe('held');
  });

  it('gives a day to pay again when the charge fails, then cancels free', async () => {
    const market = await buildMarket(t, psp);
    const { bookingId: id, paymentUrl } = await checkout(psp, market, { start: far() });
    await psp.payOn(paymentUrl, { card: '4000 0000 0000 0341' });
    await confirming.confirm(psp.ctx(market.owner), id);
    await psp.pass({ days: 73, hours: 1 });
    expect(await viewFor(market.customer, id)).toMatchObject({
      state: 'confirmed',
      next: { act: 'pay_again' },
      can: { pay: true },
    });
    await psp.pass({ hours: 24, minutes: 1 });
    expect(await psp.booking(id)).toMatchObject({ state: 'cancelled', cancelled_by: 'platform', fee_minor: 0n });
    expect(await claimStates()).toEqual(['freed']);
  });

  it('goes on when the customer pays again in time', async () => {
    const market = await buildMarket(t, psp);
    const { bookingId: id, paymentUrl } = await checkout(psp, market, { start: far() });
    await psp.payOn(paymentUrl, { card: '4000 0000 0000 0341' });
    await confirming.confirm(psp.ctx(market.owner), id);
    await psp.pass({ days: 73, hours: 1 });
    const again = await sale.pay(psp.ctx(market.customer), id);
    await psp.payOn(again.paymentUrl);
    expect(await psp.booking(id)).toMatchObject({ state: 'confirmed', pay_again_until: null });
    expect((await orderOf(id)).state).toBe('held');
    await psp.pass({ hours: 25 });
    expect((await psp.booking(id)).state).toBe('confirmed');
  });
});
