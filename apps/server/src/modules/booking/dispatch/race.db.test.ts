import pg from 'pg';
import { describe, expect, it } from 'vitest';
import type { Ctx, PersonActor } from '../../../platform/ctx.ts';
import { query } from '../../../platform/db/statement.ts';
import { fireDueDeadlines } from '../../../platform/deadlines.ts';
import { isRefusal } from '../../../platform/errors.ts';
import { dbTest } from '../../../platform/testing.ts';
import { buildHours } from '../../calendar/fixtures.ts';
import { publishedService } from '../../catalogue/fixtures.ts';
import { buildServiceman } from '../../identity/fixtures.ts';
import { refresh } from '../../matching/index.ts';
import * as ending from '../deal/end.ts';
import { address, bookingTest, buildMarket, centre, withKey } from '../fixtures.ts';
import * as offers from './answer.ts';
import { call } from './call.ts';
import { waveOver } from './service.ts';

/** What only real, committed transactions on many connections can show. */

const t = dbTest();
const psp = bookingTest(t, { commit: true });

/** Everything that these tests commit; what refers to it is emptied with it. */
const tables = [
  'money_order',
  'psp_call',
  'webhook_event',
  'psp_customer',
  'payment_account',
  'ledger_account',
  'ledger_journal',
  'verification',
  'booking',
  'calendar_claim',
  'weekly_plan',
  'match_listing',
  'match_card',
  'match_front',
  'service',
  'zone',
  'organisation',
  'person',
  'outbox',
  'deadline',
  'pgboss.job',
];

async function called() {
  t.truncateAfter(...tables);
  const market = await buildMarket(t, psp);
  const crews: PersonActor[] = [];
  for (let index = 0; index < 4; index += 1) {
    const person = await buildServiceman(psp.ctx(), market.organisationId, `Crew ${index + 1}`);
    await buildHours(psp.ctx(), person.personId);
    crews.push(person);
  }
  const team = crews.map((one) => one.personId);
  const serviceId = await publishedService(psp.ctx(), market.organisationId, team, {
    onDemand: true,
    priceMinor: '12000',
  });
  await refresh(psp.ctx(), [serviceId]);
  const wish = { categoryId: 'plumbing', ceilingMinor: 15_000n, address, point: centre };
  const { bookingId, paymentUrl } = await call(withKey(psp.ctx(market.customer)), wish);
  await psp.payOn(paymentUrl);
  return { ...market, crews, bookingId };
}

const offerIds = async (crews: readonly PersonActor[]): Promise<[PersonActor, string][]> => {
  const found = await Promise.all(
    crews.map(async (crew) => [crew, (await offers.mine(psp.ctx(crew)))[0]?.id] as const),
  );
  return found.flatMap(([crew, id]) => (id ? [[crew, id] as [PersonActor, string]] : []));
};

const outcomeOf = async (act: Promise<unknown>): Promise<string> => {
  try {
    await act;
    return 'done';
  } catch (error) {
    if (isRefusal(error)) return error.code;
    throw error;
  }
};

describe('at the same moment', () => {
  it(
    'three accept: one gets it, with one claim, and the others are told that it is taken',
    { timeout: 60_000 },
    async () => {
      const { crews, bookingId } = await called();
      const asked = await offerIds(crews);
      expect(asked).toHaveLength(3);
      const outcomes = await Promise.all(
        asked.map(([crew, id]) => outcomeOf(offers.accept(psp.ctx(crew), id, { arrivalMinutes: 15 }))),
      );
      expect(outcomes.toSorted()).toEqual(['booking.offer_taken', 'booking.offer_taken', 'done']);
      expect(await query(psp.ctx(), `select 1 from calendar_claim where state <> 'freed'`)).toHaveLength(1);
      expect(await psp.booking(bookingId)).toMatchObject({ state: 'confirmed' });
    },
  );

  it('one accepts and the customer cancels: exactly one of them happened', { timeout: 60_000 }, async () => {
    const { crews, customer, bookingId } = await called();
    const [[crew, id] = []] = await offerIds(crews);
    if (!crew || !id) throw new Error('nobody was asked');
    const [accepted, cancelled] = await Promise.all([
      outcomeOf(offers.accept(psp.ctx(crew), id, { arrivalMinutes: 15 })),
      outcomeOf(ending.cancel(psp.ctx(customer), bookingId, { feeMinor: 0n })),
    ]);
    await psp.settle();
    const { state } = await psp.booking(bookingId);
    // A cancellation after the acceptance is one of a confirmed booking, free within its first quarter of an hour.
    expect(state).toBe('cancelled');
    expect([accepted, cancelled]).toEqual([expect.stringMatching(/^(done|booking\.offer_over)$/), 'done']);
    expect(await query(psp.ctx(), `select 1 from calendar_claim where state <> 'freed'`)).toEqual([]);
    const order = await psp.order((await psp.booking(bookingId)).order_id ?? '');
    expect(['cancelled', 'refunded']).toContain(order.state);
  });
});

describe('a worker that is killed while it sends a wave', () => {
  it('leaves the wave to the next worker: it goes out once', { timeout: 60_000 }, async () => {
    const { bookingId } = await called();
    t.clock.advance({ seconds: 91 });
    const wavesOut = () =>
      query<{ wave: number; offers: number }>(
        psp.ctx(),
        'select wave, count(*)::int as offers from booking_offer group by wave order by wave',
      );
    const killed = new Map([
      ['booking.offer_wave', async (ctx: Ctx, id: string) => waveOver(ctx, id).then(() => killConnection(ctx))],
    ]);
    await fireDueDeadlines(psp.ctx(), killed).catch(() => undefined);
    expect(await wavesOut()).toEqual([{ wave: 1, offers: 3 }]);
    // The next worker: the deadline is still there; what was postponed after the failure is due again.
    await query(psp.ctx(), `update deadline set not_before = '-infinity'`);
    await psp.settle();
    expect(await wavesOut()).toEqual([
      { wave: 1, offers: 3 },
      { wave: 2, offers: 1 },
    ]);
    expect((await psp.booking(bookingId)).wave).toBe(2);
  });

  /** As SIGKILL does: the server loses the client in the middle of its transaction. */
  async function killConnection(ctx: Ctx): Promise<void> {
    const [row] = await query<{ pid: number }>(ctx, 'select pg_backend_pid() as pid');
    const owner = new pg.Client({ connectionString: t.ownerUrl });
    await owner.connect();
    await owner.query('select pg_terminate_backend($1)', [row?.pid]);
    await owner.end();
    await query(ctx, 'select 1');
  }
});
