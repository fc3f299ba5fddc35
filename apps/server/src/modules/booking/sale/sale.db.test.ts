import { describe, expect, it } from 'vitest';
import { query } from '../../../platform/db/statement.ts';
import { fireDueDeadlines } from '../../../platform/deadlines.ts';
import { isRefusal } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { registryOf } from '../../../platform/registry.ts';
import { dbTest } from '../../../platform/testing.ts';
import * as calendar from '../../calendar/index.ts';
import { publishedService } from '../../catalogue/fixtures.ts';
import { buildEnterprise, buildProvider } from '../../identity/fixtures.ts';
import { letGo } from '../deal/end.ts';
import {
  address,
  bookingTest,
  buildBooking,
  buildMarket,
  centre,
  checkout,
  refusal,
  tenOClock,
  withKey,
} from '../fixtures.ts';
import { booking as bookingModule } from '../module.ts';
import { pageOf } from '../read.ts';
import { presentBooking } from '../present.ts';
import * as sale from './service.ts';
import { slots } from './slots.ts';

const t = dbTest();
const psp = bookingTest(t);
const deadlines = registryOf([bookingModule]).deadlines;

const claims = async () =>
  query<{ state: string; from: Date; to: Date }>(
    psp.ctx(),
    `select state, lower(during) as from, upper(during) as to from calendar_claim order by created_at`,
  );

describe('the times of a service', () => {
  it('are those of the team in the job’s zone, day by day, without what is taken', async () => {
    const market = await buildMarket(t, psp);
    await checkout(psp, market);
    const page = await slots(
      psp.ctx({ kind: 'anonymous' }),
      { serviceId: market.serviceId },
      { from: '2026-06-02', days: 2 },
    );
    expect(page.days.map((day) => day.date)).toEqual(['2026-06-02', '2026-06-03']);
    const [tuesday, wednesday] = page.days.map((day) => day.slots.map((slot) => slot.from.toISOString().slice(11, 16)));
    expect(wednesday).toHaveLength(19);
    // Ten to eleven in Bristol is taken, and a quarter of an hour after every piece of work is travel.
    expect(wednesday?.filter((start) => !tuesday?.includes(start))).toEqual([
      '08:00',
      '08:30',
      '09:00',
      '09:30',
      '10:00',
    ]);
  });

  it('of a service that nobody published are not there', async () => {
    const market = await buildMarket(t, psp);
    const asked = slots(psp.ctx({ kind: 'anonymous' }), { serviceId: newId() }, { days: 1 });
    expect(await refusal(asked)).toBe('access.not_found');
    const foreign = { ...psp.ctx({ kind: 'anonymous' }), regionId: 'ie' };
    expect(await refusal(slots(foreign, { serviceId: market.serviceId }, { days: 1 }))).toBe('access.not_found');
  });
});

describe('a checkout', () => {
  it('keeps the slot with its buffers, opens the order and leads to the payment page', async () => {
    const market = await buildMarket(t, psp);
    const { bookingId, paymentUrl, reference } = await checkout(psp, market);
    expect(reference).toMatch(/^BK-/);
    expect(paymentUrl).toContain(psp.sandbox.url);
    const row = await psp.booking(bookingId);
    expect(row).toMatchObject({
      state: 'awaiting_payment',
      price_minor: 8500n,
      area: 'Centre',
      time_zone: 'Europe/London',
    });
    expect(row.due_at).toEqual(new Date(t.clock.now().getTime() + 15 * 60_000));
    const start = tenOClock(psp.ctx());
    expect(await claims()).toEqual([{ state: 'held', from: start, to: new Date(start.getTime() + 75 * 60_000) }]);
  });

  it('is the same booking when the request is repeated', async () => {
    const market = await buildMarket(t, psp);
    const ctx = withKey(psp.ctx(market.customer));
    const wish = { serviceId: market.serviceId, start: tenOClock(ctx), address, point: centre };
    const first = await sale.checkout(ctx, wish);
    expect(await sale.checkout(ctx, wish)).toEqual(first);
    expect(await query(ctx, 'select id from booking')).toHaveLength(1);
  });

  it('needs at most 25 statements', async () => {
    const market = await buildMarket(t, psp);
    await checkout(psp, market);
    const before = t.db.statements;
    await checkout(psp, market, { start: tenOClock(psp.ctx(), 2) });
    expect(t.db.statements - before).toBeLessThanOrEqual(25);
  });

  it('refuses a taken slot and names others, soonest first', async () => {
    const market = await buildMarket(t, psp);
    await checkout(psp, market);
    const error: unknown = await checkout(psp, market).catch((error: unknown) => error);
    expect(isRefusal(error, 'booking.slot_taken') && error.data['alternatives']).toMatchObject([
      { start: '2026-06-02T10:30:00.000Z', zone: 'Europe/London', serviceId: market.serviceId },
      { start: '2026-06-02T11:00:00.000Z' },
      {},
      {},
      {},
    ]);
  });

  it('refuses what is not on offer', async () => {
    const market = await buildMarket(t, psp);
    const outside = { lat: 51.9, lng: -2.6 };
    const soon = new Date(t.clock.now().getTime() + 60 * 60_000);
    const paused = await publishedService(psp.ctx(), market.organisationId, [market.tom.personId]);
    await query(psp.ctx(), `update service set state = 'paused' where id = $1`, [paused]);
    const quoted = await publishedService(psp.ctx(), market.organisationId, [market.tom.personId], {
      priceKind: 'quote',
      priceMinor: null,
    });
    const hourly = await publishedService(psp.ctx(), market.organisationId, [market.tom.personId], {
      priceKind: 'hourly',
      priceMinor: '4000',
    });
    const refused = (wish: Parameters<typeof checkout>[2]) => refusal(checkout(psp, market, wish));
    expect(await refused({ point: outside })).toBe('booking.outside_coverage');
    expect(await refused({ start: soon })).toBe('booking.slot_not_offered');
    expect(await refused({ start: new Date('2026-06-02T03:00Z') })).toBe('booking.slot_taken');
    expect(await refused({ serviceId: newId() })).toBe('access.not_found');
    expect(await refused({ serviceId: paused })).toBe('access.not_found');
    expect(await refused({ packageId: newId() })).toBe('access.not_found');
    expect(await refused({ serviceId: quoted })).toBe('booking.service_unavailable');
    expect(await refused({ serviceId: hourly })).toBe('booking.hours_invalid');
    expect(await refused({ buyerOrganisationId: newId() })).toBe('access.forbidden');
    expect(await refusal(checkout(psp, market, {}, market.owner))).toBe('booking.own_service');
    expect(await claims()).toEqual([]);
  });

  it('refuses a provider whose papers have lapsed', async () => {
    const market = await buildMarket(t, psp);
    const { organisationId } = await buildProvider(psp.ctx(), { name: 'Unproven Ltd', owner: 'Una Proven' });
    await query(psp.ctx(), `update service set organisation_id = $2 where id = $1`, [
      market.serviceId,
      organisationId,
    ]).catch(() => undefined);
    await query(psp.ctx(), `update verification set state = 'rejected', reason = 'test' where organisation_id = $1`, [
      market.organisationId,
    ]);
    expect(await refusal(checkout(psp, market))).toMatch(/booking.(provider_unavailable|outside_coverage)/);
  });

  it('books hours: they make the price and the length', async () => {
    const market = await buildMarket(t, psp, { service: { priceKind: 'hourly', priceMinor: '4000' } });
    const { bookingId } = await checkout(psp, market, { hours: 3 });
    expect(await psp.booking(bookingId)).toMatchObject({ price_minor: 12_000n, hours: 3, duration_minutes: 180 });
  });

  it('may be an enterprise’s, whose people then see and act', async () => {
    const market = await buildMarket(t, psp);
    const { owner, organisationId } = await buildEnterprise(psp.ctx());
    const { bookingId } = await checkout(psp, market, { buyerOrganisationId: organisationId }, owner);
    expect((await psp.booking(bookingId)).buyer_organisation_id).toBe(organisationId);
  });
});

describe('payment', () => {
  it('makes it a request, seen by the provider without the address', async () => {
    const market = await buildMarket(t, psp);
    const { bookingId, paymentUrl } = await checkout(psp, market);
    expect(await refusal(pageOf(psp.ctx(market.owner), bookingId))).toBe('access.not_found');
    await psp.payOn(paymentUrl);
    expect(await psp.booking(bookingId)).toMatchObject({ state: 'requested', pay_mode: 'pay_now' });
    expect((await claims()).map((claim) => claim.state)).toEqual(['taken']);
    const view = presentBooking(await pageOf(psp.ctx(market.owner), bookingId), t.clock.now());
    expect(view).toMatchObject({ part: 'provider', address: null, point: null, customerName: 'Amira', area: 'Centre' });
    expect(view.next).toMatchObject({ who: 'provider', act: 'confirm' });
    expect(JSON.stringify(view)).not.toContain('Queen Square');
    expect(JSON.stringify(view)).not.toContain('Khan');
  });

  it('that does not come frees the slot after the PSP’s page was closed', async () => {
    const market = await buildMarket(t, psp);
    const { bookingId, paymentUrl } = await checkout(psp, market);
    await psp.pass({ minutes: 14 });
    expect((await psp.booking(bookingId)).state).toBe('awaiting_payment');
    await psp.pass({ minutes: 2 });
    expect((await psp.booking(bookingId)).state).toBe('expired');
    expect((await claims()).map((claim) => claim.state)).toEqual(['freed']);
    await psp.payOn(paymentUrl);
    expect((await psp.booking(bookingId)).state).toBe('expired');
    const view = presentBooking(await pageOf(psp.ctx(market.customer), bookingId), t.clock.now());
    expect(view.alternatives[0]).toMatchObject({
      serviceId: market.serviceId,
      start: { at: '2026-06-02T09:00:00.000Z' },
    });
  });

  it('can be started again while there is time', async () => {
    const market = await buildMarket(t, psp);
    const { bookingId, paymentUrl } = await checkout(psp, market);
    expect((await sale.pay(psp.ctx(market.customer), bookingId)).paymentUrl).toBe(paymentUrl);
    expect(await refusal(sale.pay(psp.ctx(market.owner), bookingId))).toBe('access.not_found');
    await psp.payOn(paymentUrl);
    expect(await refusal(sale.pay(psp.ctx(market.customer), bookingId))).toBe('booking.not_now');
    expect(await refusal(sale.pay(psp.ctx(market.owner), bookingId))).toBe('access.forbidden');
  });
});

describe('the race between the payment and the end of the time to pay', () => {
  it('payment first: the deadline finds a request and lets it be', async () => {
    const market = await buildMarket(t, psp);
    const { bookingId, paymentUrl } = await checkout(psp, market);
    await psp.payOn(paymentUrl);
    await psp.pass({ minutes: 20 });
    expect((await psp.booking(bookingId)).state).toBe('requested');
  });

  it('paid on the page while its closing is under way: the PSP says paid, so it is', async () => {
    const market = await buildMarket(t, psp);
    const { bookingId, paymentUrl } = await checkout(psp, market);
    t.clock.advance({ minutes: 15 });
    // The deadline has fired and its task waits; then the customer pays; then the task asks the PSP to close the page.
    await fireDueDeadlines(psp.ctx(), deadlines);
    expect((await psp.booking(bookingId)).state).toBe('awaiting_payment');
    await psp.payOn(paymentUrl);
    expect((await psp.booking(bookingId)).state).toBe('requested');
    expect((await claims()).map((claim) => claim.state)).toEqual(['taken']);
  });

  it('news of the payment after the slot was freed: it is claimed again', async () => {
    const market = await buildMarket(t, psp);
    const { bookingId, paymentUrl } = await checkout(psp, market);
    const row = await psp.booking(bookingId);
    await giveUp(row.id);
    expect((await claims()).map((claim) => claim.state)).toEqual(['freed']);
    await psp.payOn(paymentUrl);
    expect(await psp.booking(bookingId)).toMatchObject({ state: 'requested', ended_at: null });
    expect((await claims()).map((claim) => claim.state)).toEqual(['taken']);
  });

  it('and when somebody else has the slot by then, the card is let go at once', async () => {
    const market = await buildMarket(t, psp);
    const { bookingId, paymentUrl } = await checkout(psp, market);
    const row = await psp.booking(bookingId);
    await giveUp(row.id);
    await calendar.claim(psp.ctx(), {
      resourceId: market.tom.personId,
      during: { from: tenOClock(psp.ctx()), to: new Date(tenOClock(psp.ctx()).getTime() + 3_600_000) },
      subject: { kind: 'block', id: market.tom.personId },
      label: 'Another job',
    });
    await psp.payOn(paymentUrl);
    expect((await psp.booking(bookingId)).state).toBe('expired');
    expect((await psp.order(row.order_id ?? '')).state).toBe('cancelled');
    const view = presentBooking(await pageOf(psp.ctx(market.customer), bookingId), t.clock.now());
    expect(view.timeline.map((entry) => entry.kind)).toContain('paid_too_late');
    expect(view.alternatives).toHaveLength(5);
  });

  it('the customer cancels while they pay: the card is let go', async () => {
    const market = await buildMarket(t, psp);
    const bookingId = await buildBooking(psp, market, 'requested');
    const row = await psp.booking(bookingId);
    expect((await psp.order(row.order_id ?? '')).state).toBe('authorised');
    await letGo(psp.ctx(), row, 'test');
    await psp.settle();
    expect((await psp.order(row.order_id ?? '')).state).toBe('cancelled');
  });

  /** Booking believes that nobody paid, although the page can still be paid: what late or doubled news can lead to. */
  async function giveUp(bookingId: string): Promise<void> {
    const row = await psp.booking(bookingId);
    await calendar.free(psp.ctx(), row.claim_id ?? '');
    await query(psp.ctx(), `update booking set state = 'expired', ended_at = $2 where id = $1`, [
      bookingId,
      t.clock.now(),
    ]);
  }
});
