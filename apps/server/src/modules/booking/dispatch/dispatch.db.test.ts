import { describe, expect, it } from 'vitest';
import type { PersonActor } from '../../../platform/ctx.ts';
import { query } from '../../../platform/db/statement.ts';
import { isRefusal } from '../../../platform/errors.ts';
import { dbTest } from '../../../platform/testing.ts';
import { buildHours } from '../../calendar/fixtures.ts';
import * as calendar from '../../calendar/index.ts';
import { publishedService } from '../../catalogue/fixtures.ts';
import { buildServiceman } from '../../identity/fixtures.ts';
import { refresh } from '../../matching/index.ts';
import { audited } from '../../payments/fixtures.ts';
import * as ending from '../deal/end.ts';
import { address, bookingTest, buildMarket, centre, refusal, withKey, type Market } from '../fixtures.ts';
import { presentBooking, presentOffer } from '../present.ts';
import { pageOf } from '../read.ts';
import * as offers from './answer.ts';
import { call, quote } from './call.ts';

const t = dbTest();
const psp = bookingTest(t);

interface Called extends Market {
  crews: PersonActor[];
  bookingId: string;
}

/** Seven people who come at once for £120, by the order of their ids, which is how equals are ranked. */
async function buildCrews(count = 7): Promise<Market & { crews: PersonActor[] }> {
  const market = await buildMarket(t, psp);
  const crews: PersonActor[] = [];
  for (let index = 0; index < count; index += 1) {
    const person = await buildServiceman(psp.ctx(), market.organisationId, `Crew ${index + 1}`);
    await buildHours(psp.ctx(), person.personId);
    crews.push(person);
  }
  const team = crews.map((one) => one.personId);
  const changes = { title: 'Burst pipe made safe', onDemand: true, priceMinor: '12000' };
  const serviceId = await publishedService(psp.ctx(), market.organisationId, team, changes);
  await refresh(psp.ctx(), [serviceId]);
  return { ...market, crews };
}

const wish = { categoryId: 'plumbing', ceilingMinor: 15_000n, address, point: centre };

async function called(count?: number): Promise<Called> {
  const market = await buildCrews(count);
  const { bookingId, paymentUrl } = await call(withKey(psp.ctx(market.customer)), wish);
  await psp.payOn(paymentUrl);
  return { ...market, bookingId };
}

const offerOf = async (crew: PersonActor | undefined) => (crew ? (await offers.mine(psp.ctx(crew)))[0] : undefined);
const accept = (crew: PersonActor, offerId: string, reason?: string) =>
  offers.accept(psp.ctx(crew), offerId, { arrivalMinutes: 30, reason });
const states = async () =>
  query<{ wave: number; state: string }>(psp.ctx(), 'select wave, state from booking_offer order by wave, place');
const orderOf = async (id: string) => psp.order((await psp.booking(id)).order_id ?? '');
const viewOf = async (actor: PersonActor, id: string) =>
  presentBooking(await pageOf(psp.ctx(actor), id), t.clock.now());

describe('the price of a call', () => {
  it('is a range over those who could come now, before anybody is asked', async () => {
    await buildCrews();
    expect(await quote(psp.ctx({ kind: 'anonymous' }), wish)).toMatchObject({
      crews: 7,
      lowMinor: 12_000n,
      highMinor: 12_000n,
      area: 'Centre',
      currency: 'GBP',
    });
    expect(await quote(psp.ctx(), { categoryId: 'roofing', point: centre })).toMatchObject({
      crews: 0,
      lowMinor: undefined,
    });
  });

  it('cannot be below what the cheapest asks', async () => {
    const market = await buildCrews();
    const refused = (over: object) => refusal(call(withKey(psp.ctx(market.customer)), { ...wish, ...over }));
    expect(await refused({ ceilingMinor: 11_999n })).toBe('booking.ceiling_too_low');
    expect(await refused({ categoryId: 'roofing' })).toBe('booking.nobody_free');
    expect(await refused({ point: { lat: 51.9, lng: -2.6 } })).toBe('booking.outside_coverage');
    expect(await refusal(call(withKey(psp.ctx(market.owner)), wish))).toBe('booking.nobody_free');
  });

  it('opens one call for one key', async () => {
    const market = await buildCrews();
    const ctx = withKey(psp.ctx(market.customer));
    expect(await call(ctx, wish)).toEqual(await call(ctx, wish));
  });
});

describe('waves of offers', () => {
  it('ask three crews at a time for 90 seconds, without the address, and block no calendar', async () => {
    const { crews, bookingId, customer } = await called();
    expect(await states()).toEqual([1, 1, 1].map((wave) => ({ wave, state: 'offered' })));
    const offer = await offerOf(crews[0]);
    expect(offer && presentOffer(offer, t.clock.now())).toMatchObject({
      title: 'Burst pipe made safe',
      area: 'Centre',
      price: { minor: '12000' },
      secondsLeft: 90,
      can: { accept: true },
    });
    expect(offer).not.toHaveProperty('address');
    expect(await offerOf(crews[3])).toBeUndefined();
    expect(await query(psp.ctx(), 'select 1 from calendar_claim')).toEqual([]);
    expect(await viewOf(customer, bookingId)).toMatchObject({
      state: 'requested',
      next: { act: 'accept_offer' },
      window: null,
    });
  });

  it('go on to the next three when nobody answers, and never ask anybody twice', async () => {
    const { crews } = await called();
    const first = await offerOf(crews[0]);
    await psp.pass({ seconds: 90 });
    expect((await states()).map((row) => row.state)).toEqual([
      'lapsed',
      'lapsed',
      'lapsed',
      'offered',
      'offered',
      'offered',
    ]);
    expect(await refusal(accept(crews[0]!, first?.id ?? ''))).toBe('booking.offer_over');
    await psp.pass({ seconds: 90 });
    expect((await states()).filter((row) => row.wave === 3)).toHaveLength(1);
  });

  it('do not wait when everybody of a wave has declined', async () => {
    const { crews } = await called();
    for (const crew of crews.slice(0, 3)) await offers.decline(psp.ctx(crew), (await offerOf(crew))?.id ?? '');
    expect((await states()).filter((row) => row.state === 'offered').map((row) => row.wave)).toEqual([2, 2, 2]);
  });

  it('end with nobody: the card is let go and free times are named', async () => {
    const { bookingId, customer } = await called(2);
    await psp.pass({ seconds: 90 });
    expect(await psp.booking(bookingId)).toMatchObject({ state: 'expired' });
    expect((await orderOf(bookingId)).state).toBe('cancelled');
    const view = await viewOf(customer, bookingId);
    expect(view.timeline.at(-1)?.kind).toBe('nobody_free');
    expect(view.alternatives).toHaveLength(5);
  });

  it('end after a quarter of an hour, whoever is left', async () => {
    const { bookingId } = await called();
    t.clock.advance({ minutes: 15 });
    await psp.settle();
    expect((await psp.booking(bookingId)).state).toBe('expired');
    expect((await states()).every((row) => row.state === 'lapsed')).toBe(true);
  });

  it('survive a worker that was away between two of them: an old offer is over, the next wave goes out late', async () => {
    const { crews, bookingId } = await called();
    const offer = await offerOf(crews[0]);
    t.clock.advance({ minutes: 5 });
    expect(await offerOf(crews[0])).toBeUndefined();
    expect(await refusal(accept(crews[0]!, offer?.id ?? ''))).toBe('booking.offer_over');
    await psp.settle();
    expect((await states()).filter((row) => row.state === 'offered').map((row) => row.wave)).toEqual([2, 2, 2]);
    expect((await psp.booking(bookingId)).wave).toBe(2);
  });
});

describe('accepting', () => {
  it('takes the time, captures their own price and lets the rest of the ceiling go', async () => {
    const { crews, bookingId, customer, organisationId } = await called();
    const offer = await offerOf(crews[1]);
    await accept(crews[1]!, offer?.id ?? '');
    await psp.settle();
    expect(await psp.booking(bookingId)).toMatchObject({
      state: 'confirmed',
      price_minor: 12_000n,
      lead_id: crews[1]?.personId,
      organisation_id: organisationId,
      start_at: new Date('2026-06-01T09:30:00Z'),
    });
    expect(await orderOf(bookingId)).toMatchObject({
      state: 'held',
      captured_minor: 12_000n,
      organisation_id: organisationId,
    });
    expect((await states()).map((row) => row.state)).toEqual(['lost', 'accepted', 'lost']);
    expect(await viewOf(crews[1]!, bookingId)).toMatchObject({
      part: 'lead',
      address: { line1: '1 Queen Square' },
      money: null,
    });
    expect(await viewOf(customer, bookingId)).toMatchObject({
      price: { minor: '12000' },
      provider: { organisationId },
    });
    expect(await audited(psp.ctx(), [organisationId])).toEqual([]);
  });

  it('is for the first: the others get to know that it is taken', async () => {
    const { crews } = await called();
    const [first, second] = [await offerOf(crews[0]), await offerOf(crews[1])];
    await accept(crews[0]!, first?.id ?? '');
    expect(await refusal(accept(crews[1]!, second?.id ?? ''))).toBe('booking.offer_taken');
    expect(await refusal(offers.decline(psp.ctx(crews[1]), second?.id ?? ''))).toBe('booking.offer_taken');
    expect(await refusal(accept(crews[0]!, first?.id ?? ''))).toBe('booking.offer_over');
  });

  it('needs their own free time', async () => {
    const { crews, bookingId } = await called();
    const offer = await offerOf(crews[0]);
    const from = new Date(t.clock.now().getTime() + 45 * 60_000);
    await calendar.claim(psp.ctx(), {
      resourceId: crews[0]?.personId ?? '',
      during: { from, to: new Date(from.getTime() + 3_600_000) },
      subject: { kind: 'block', id: crews[0]?.personId ?? '' },
      label: 'Dentist',
    });
    expect(await refusal(accept(crews[0]!, offer?.id ?? ''))).toBe('booking.slot_taken');
    expect((await psp.booking(bookingId)).state).toBe('requested');
  });

  it('in the name of somebody else is the office’s, with a reason', async () => {
    const { crews, owner, tom, customer } = await called();
    const offer = await offerOf(crews[0]);
    expect((await offers.mine(psp.ctx(owner))).length).toBe(3);
    expect(await refusal(accept(owner, offer?.id ?? ''))).toBe('booking.reason_missing');
    for (const other of [tom, customer]) expect(await refusal(accept(other, offer?.id ?? ''))).toBe('access.not_found');
    expect(await refusal(accept(owner, offer?.id ?? '', 'On the phone with them'))).toBeUndefined();
  });
});

describe('the customer cancels while crews are asked', () => {
  it('nobody can accept any more and the card is let go', async () => {
    const { crews, customer, bookingId } = await called();
    const offer = await offerOf(crews[0]);
    await ending.cancel(psp.ctx(customer), bookingId, { feeMinor: 0n });
    await psp.settle();
    expect(await refusal(accept(crews[0]!, offer?.id ?? ''))).toBe('booking.offer_over');
    expect((await states()).map((row) => row.state)).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
    expect((await orderOf(bookingId)).state).toBe('cancelled');
    await psp.pass({ minutes: 5 });
    expect(await states()).toHaveLength(3);
  });

  it('comes too late when somebody has accepted, and then costs by the policy', async () => {
    const { crews, customer, bookingId } = await called();
    await accept(crews[0]!, (await offerOf(crews[0]))?.id ?? '');
    await psp.settle();
    await psp.pass({ minutes: 16 });
    const error: unknown = await ending
      .cancel(psp.ctx(customer), bookingId, { feeMinor: 0n })
      .catch((error: unknown) => error);
    expect(isRefusal(error, 'booking.fee_changed') && error.data).toEqual({ feeMinor: '6000' });
  });
});
