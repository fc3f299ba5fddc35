import type { ServiceBody } from '@plumbline/contracts/catalogue';
import type { BookingState } from '@plumbline/domain/booking';
import type { Payer } from '@plumbline/sandbox/testing';
import { payHosted } from '@plumbline/sandbox/testing';
import { systemCtx, type Actor, type Ctx, type PersonActor } from '../../platform/ctx.ts';
import { query } from '../../platform/db/statement.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { fireDueDeadlines } from '../../platform/deadlines.ts';
import { isRefusal } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { JsonObject } from '../../platform/json.ts';
import { registryOf } from '../../platform/registry.ts';
import type { DbTest } from '../../platform/testing.ts';
import { buildHours } from '../calendar/fixtures.ts';
import { openForBusiness, publishedService } from '../catalogue/fixtures.ts';
import { buildServiceman } from '../identity/fixtures.ts';
import { buildDeal, type Deal } from '../payments/fixtures.ts';
import { pspTest, type PspTest } from '../payments/psp-fixtures.ts';
import { runPayouts } from '../payments/index.ts';
import { buildZones } from '../zones/fixtures.ts';
import * as confirming from './deal/confirm.ts';
import * as ending from './deal/end.ts';
import * as problem from './deal/problem.ts';
import * as work from './deal/work.ts';
import { booking } from './module.ts';
import * as quoting from './sale/quote.ts';
import * as sale from './sale/service.ts';
import * as store from './store.ts';
import type { BookingRow } from './tables.ts';

/** Deals for tests, made on their real way: with the sandbox PSP, its messages, and the deadlines of the test's clock. */

/** In the middle of Bristol, in the zone `centre` of the zones' fixtures. */
export const centre = { lat: 51.4405, lng: -2.601 };
export const address = { line1: '1 Queen Square', town: 'Bristol', postcode: 'BS1 4JQ' };

export interface BookingTest extends PspTest {
  /** Delivers the PSP's messages, runs tasks, listeners of booking and due deadlines until nothing is left to do. */
  settle(): Promise<void>;
  pass(by: { days?: number; hours?: number; minutes?: number; seconds?: number }): Promise<void>;
  /** Delivers what was announced to booking's listeners, once. */
  deliver(): Promise<number>;
  booking(bookingId: string): Promise<BookingRow>;
  /** Pays on the page to which a checkout leads. */
  payOn(url: string, payer?: Payer): Promise<void>;
}

const registry = registryOf([booking]);

/** As `pspTest`, with booking's part of the worker. Call it at the top, after `dbTest()`. */
export function bookingTest(t: DbTest, options: { commit?: boolean } = {}): BookingTest {
  const psp = pspTest(t, options);
  const seen = new Set<string>();
  const deliver = () => deliverEvents(psp.ctx(), seen);
  const settle = async () => {
    for (let busy = true; busy;) {
      await psp.settle();
      const delivered = await deliver();
      const fired = await fireDueDeadlines(psp.ctx(), registry.deadlines);
      busy = delivered + fired > 0;
    }
  };
  const { ctx, control, pay, order, events } = psp;
  return {
    ctx,
    control,
    pay,
    order,
    events,
    get sandbox() {
      return psp.sandbox;
    },
    get config() {
      return psp.config;
    },
    settle,
    deliver,
    pass: async (by) => {
      t.clock.advance(by);
      await settle();
    },
    booking: (bookingId) => store.byId.one(psp.ctx(), 'gb', bookingId),
    payOn: async (url, payer) => {
      await payHosted(url, payer);
      await settle();
    },
  };
}

interface OutboxRow {
  id: string;
  region_id: string;
  type: string;
  key: string;
  topics: string[];
  data: JsonObject;
  request_id: string;
  occurred_at: Date;
}

async function deliverEvents(ctx: Ctx, seen: Set<string>): Promise<number> {
  const rows = await query<OutboxRow>(
    ctx,
    `select id, region_id, type, key, topics, data, request_id, occurred_at from outbox
     where type like 'payments.%' order by recorded_at, id`,
  );
  const fresh = rows.filter((row) => !seen.has(row.id));
  for (const row of fresh) {
    seen.add(row.id);
    await runListeners(ctx, row);
  }
  return fresh.length;
}

/** Runs booking's listeners for one event, as their tasks would. */
export async function runListeners(ctx: Ctx, row: OutboxRow): Promise<void> {
  const { id, type, key, topics, data } = row;
  const event = {
    id,
    type,
    key,
    topics,
    data,
    regionId: row.region_id,
    requestId: row.request_id,
    at: row.occurred_at,
  };
  for (const listener of booking.listeners?.[type] ?? []) {
    await inTransaction(systemCtx(ctx, `listener ${listener.name}`, row.region_id), (ctx) => listener.run(ctx, event));
  }
}

export interface Market extends Deal {
  /** Does the work of the service. */
  tom: PersonActor;
  serviceId: string;
}

/** A proven provider in Bristol who works every day from eight to six, with a service of an hour for £85. */
export async function buildMarket(
  t: DbTest,
  psp: PspTest,
  { service = {}, bank = null }: { service?: Partial<ServiceBody>; bank?: string | null } = {},
): Promise<Market> {
  await buildZones(psp.ctx());
  const deal = await buildDeal(t, psp, { bank });
  const tom = await buildServiceman(psp.ctx(), deal.organisationId);
  await buildHours(psp.ctx(), tom.personId);
  await openForBusiness(psp.ctx(), deal.organisationId);
  const serviceId = await publishedService(psp.ctx(), deal.organisationId, [tom.personId], service);
  return { ...deal, tom, serviceId };
}

/** Ten o'clock in Bristol so many days after the test's today. */
export function tenOClock(ctx: Ctx, daysAhead = 1): Date {
  const at = new Date(ctx.clock.now());
  at.setUTCDate(at.getUTCDate() + daysAhead);
  at.setUTCHours(9, 0, 0, 0);
  return at;
}

/** As a request that can be repeated. */
export const withKey = (ctx: Ctx, key = newId()): Ctx => ({ ...ctx, idempotencyKey: key });

/** Books the service for ten o'clock tomorrow, unless told otherwise. */
export function checkout(
  psp: PspTest,
  market: Market,
  wish: Partial<sale.CheckoutWish> = {},
  actor: Actor = market.customer,
) {
  const ctx = withKey(psp.ctx(actor));
  return sale.checkout(ctx, {
    serviceId: market.serviceId,
    start: tenOClock(ctx),
    address,
    point: centre,
    note: 'The tap in the kitchen drips.',
    ...wish,
  });
}

/** Stages of a deal in their order; each begins where the one before ended. */
const steps: [BookingState, (psp: BookingTest, market: Market, id: string) => Promise<unknown>][] = [
  ['confirmed', (psp, market, id) => confirming.confirm(psp.ctx(market.owner), id).then(() => psp.settle())],
  ['in_progress', (psp, market, id) => toStart(psp, id).then(() => work.start(psp.ctx(market.tom), id))],
  ['completed', (psp, market, id) => work.complete(psp.ctx(market.tom), id, { note: 'Washer changed, tap tight.' })],
  ['accepted', (psp, market, id) => work.accept(psp.ctx(market.customer), id).then(() => psp.settle())],
];

/** Moves the clock to the agreed start. */
export async function toStart(psp: BookingTest, id: string): Promise<void> {
  const { start_at: start } = await psp.booking(id);
  const now = psp.ctx().clock.now();
  if (start && start > now) await psp.pass({ seconds: (start.getTime() - now.getTime()) / 1000 });
}

/** A booking in this state, by its real way. */
export async function buildBooking(
  psp: BookingTest,
  market: Market,
  state: BookingState = 'requested',
  wish: Partial<sale.CheckoutWish> = {},
): Promise<string> {
  if (state === 'quote_requested') return buildQuote(psp, market);
  const { bookingId, paymentUrl } = await checkout(psp, market, wish);
  if (state === 'awaiting_payment') return bookingId;
  if (state === 'expired') return psp.pass({ minutes: 16 }).then(() => bookingId);
  await psp.payOn(paymentUrl);
  await toState(psp, market, bookingId, state);
  return bookingId;
}

async function toState(psp: BookingTest, market: Market, id: string, state: BookingState): Promise<void> {
  if (state === 'requested') return;
  if (state === 'declined')
    return void (await confirming.decline(psp.ctx(market.owner), id, { reason: 'No time left' }));
  if (state === 'cancelled') return void (await ending.cancel(psp.ctx(market.customer), id, { feeMinor: 0n }));
  const until: BookingState =
    ({ problem: 'in_progress', no_show: 'confirmed', closed: 'accepted' } as const)[state as 'problem'] ?? state;
  for (const [name, step] of steps) {
    await step(psp, market, id);
    if (name === until) break;
  }
  if (state === 'problem')
    await problem.report(psp.ctx(market.customer), id, { text: 'The tap still drips as before.' });
  if (state === 'no_show') await toNoShow(psp, market, id);
  if (state === 'closed') await toPayout(psp);
}

/** The hold window ends, the payout runs and arrives. */
async function toPayout(psp: BookingTest): Promise<void> {
  await psp.pass({ days: 3, minutes: 1 });
  await runPayouts(psp.ctx());
  await psp.settle();
  await psp.pass({ days: 2 });
}

async function toNoShow(psp: BookingTest, market: Market, id: string): Promise<void> {
  await toStart(psp, id);
  await psp.pass({ minutes: 20 });
  await ending.reportAbsence(psp.ctx(market.customer), id);
}

/** Asks for a price of a service of its own. */
export async function buildQuote(psp: BookingTest, market: Market): Promise<string> {
  const serviceId = await publishedService(psp.ctx(), market.organisationId, [market.tom.personId], {
    title: 'New bathroom fitted',
    priceKind: 'quote',
    priceMinor: null,
  });
  const { id } = await quoting.ask(withKey(psp.ctx(market.customer)), { serviceId, address, point: centre });
  return id;
}

/** The code with which an act was refused; undefined when it was not. */
export async function refusal(act: Promise<unknown>): Promise<string | undefined> {
  try {
    await act;
    return undefined;
  } catch (error) {
    if (isRefusal(error)) return error.code;
    throw error;
  }
}
