import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../../platform/errors.ts';
import { query } from '../../../platform/db/statement.ts';
import { dbTest } from '../../../platform/testing.ts';
import { putCoverage } from '../../catalogue/index.ts';
import { publishedService } from '../../catalogue/fixtures.ts';
import { at } from '../../zones/index.ts';
import * as ending from '../deal/end.ts';
import { bookingTest, buildMarket, centre, checkout, refusal, tenOClock, type Market } from '../fixtures.ts';
import { slots } from '../sale/slots.ts';
import * as time from '../time/service.ts';
import { crewsFor } from '../dispatch/crews.ts';
import { refresh } from '../../matching/index.ts';

const hourMs = 3_600_000;
const t = dbTest();

type Psp = ReturnType<typeof bookingTest>;

/** Novak Plumbing takes so many jobs a day in the zone of the work. */
async function limited(psp: Psp, capacity: number): Promise<Market> {
  const market = await buildMarket(t, psp);
  await limit(psp, market, capacity, null);
  return market;
}

async function limit(psp: Psp, market: Market, capacity: number, serviceId: string | null): Promise<void> {
  const [zone] = await at(psp.ctx(), centre);
  await putCoverage(psp.ctx(), market.organisationId, serviceId, [
    { zoneId: zone?.zoneId ?? '', tier: 'primary', capacity },
  ]);
}

const hoursLater = (psp: Psp, hours: number, days = 1) =>
  new Date(tenOClock(psp.ctx(), days).getTime() + hours * hourMs);

describe('the number of jobs that a company takes on a day', () => {
  const psp = bookingTest(t);

  it('closes a day when it is reached, names other days, and opens it when a job comes to nothing', async () => {
    const market = await limited(psp, 1);
    const first = await checkout(psp, market);
    const wish = { start: hoursLater(psp, 3) };
    const failed = await checkout(psp, market, wish).catch((error: unknown) => error);
    if (!isRefusal(failed, 'booking.day_full')) throw failed;
    expect(failed.data['date']).toBe('2026-06-02');
    const others = failed.data['alternatives'] as { start: string }[];
    expect(others.length).toBeGreaterThan(0);
    expect(others.every(({ start }) => start > '2026-06-02T23')).toBe(true);
    expect(await refusal(checkout(psp, market, { start: hoursLater(psp, 0, 2) }))).toBeUndefined();
    await ending.cancel(psp.ctx(market.customer), first.bookingId, { feeMinor: 0n });
    expect(await refusal(checkout(psp, market, wish))).toBeUndefined();
  });

  it('takes full days out of the slots, for whoever says where the work is', async () => {
    const market = await limited(psp, 1);
    await checkout(psp, market);
    const page = { from: '2026-06-02', days: 2 };
    const choice = { serviceId: market.serviceId };
    const there = await slots(psp.ctx(), choice, { ...page, point: centre });
    expect(there.days.map((day) => day.slots.length > 0)).toEqual([false, true]);
    const anywhere = await slots(psp.ctx(), choice, page);
    expect(anywhere.days.map((day) => day.slots.length > 0)).toEqual([true, true]);
    const nowhere = slots(psp.ctx(), choice, { ...page, point: { lat: 51.9, lng: -3.9 } });
    expect(await refusal(nowhere)).toBe('booking.outside_coverage');
  });

  it('counts a service with zones of its own apart', async () => {
    const market = await limited(psp, 1);
    await checkout(psp, market);
    const own = await publishedService(psp.ctx(), market.organisationId, [market.tom.personId]);
    await limit(psp, market, 1, own);
    expect(await refusal(checkout(psp, market, { serviceId: own, start: hoursLater(psp, 3) }))).toBeUndefined();
    const again = checkout(psp, market, { serviceId: own, start: hoursLater(psp, 5) });
    expect(await refusal(again)).toBe('booking.day_full');
  });

  it('holds when a booking is moved, which does not count against itself', async () => {
    const market = await limited(psp, 1);
    await checkout(psp, market, { start: hoursLater(psp, 0, 2) });
    const { bookingId, paymentUrl } = await checkout(psp, market);
    await psp.payOn(paymentUrl);
    const owner = psp.ctx(market.owner);
    const toFull = time.propose(owner, bookingId, { start: hoursLater(psp, 3, 2) });
    expect(await refusal(toFull)).toBe('booking.day_full');
    expect(await refusal(time.propose(owner, bookingId, { start: hoursLater(psp, 3) }))).toBeUndefined();
  });

  it('is asked before a crew is called out', async () => {
    const market = await limited(psp, 1);
    const serviceId = await publishedService(psp.ctx(), market.organisationId, [market.tom.personId], {
      onDemand: true,
    });
    await refresh(psp.ctx(), [serviceId]);
    const call = { categoryId: 'plumbing', point: centre, without: [] };
    expect(await crewsFor(psp.ctx(), call)).toHaveLength(1);
    await checkout(psp, market, { start: hoursLater(psp, 5, 0) });
    expect(await crewsFor(psp.ctx(), call)).toHaveLength(0);
  });
});

describe('many who want the last jobs of a day at once', () => {
  const psp = bookingTest(t, { commit: true });

  it('get as many as there are', async () => {
    t.truncateAfter('money_order', 'psp_call', 'webhook_event', 'psp_customer', 'payment_account', 'ledger_account');
    t.truncateAfter('ledger_journal', 'verification', 'booking', 'calendar_claim', 'weekly_plan', 'match_listing');
    t.truncateAfter('match_card', 'match_front', 'service', 'zone', 'organisation', 'person', 'outbox', 'deadline');
    t.truncateAfter('pgboss.job');
    const market = await limited(psp, 2);
    const starts = [-2, -0.5, 1, 2.5, 4, 5.5].map((hours) => hoursLater(psp, hours));
    const answers = await Promise.all(starts.map((start) => refusal(checkout(psp, market, { start }))));
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(2);
    expect(answers.filter((answer) => answer === 'booking.day_full')).toHaveLength(4);
    const [row] = await query<{ count: number }>(psp.ctx(), 'select count(*)::int as count from booking');
    expect(row?.count).toBe(2);
  });
});
