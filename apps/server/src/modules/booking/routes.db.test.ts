import type { BookingView } from '@plumbline/contracts/booking';
import { describe, expect, it } from 'vitest';
import type { PersonActor } from '../../platform/ctx.ts';
import { newId } from '../../platform/ids.ts';
import { dbTest } from '../../platform/testing.ts';
import type { TestServer } from '../../platform/testing/server.ts';
import { tokenOf } from '../identity/fixtures.ts';
import { address, bookingTest, buildBooking, buildMarket, centre, tenOClock } from './fixtures.ts';

const t = dbTest();
const psp = bookingTest(t);

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A browser that this person is signed in with. */
async function browser(app: TestServer, person: PersonActor) {
  const token = await tokenOf(t.ctx(), person);
  const send = async (method: 'GET' | 'POST', url: string, payload?: object, headers: Record<string, string> = {}) => {
    const answer = await app.inject({
      method,
      url,
      ...(payload && { payload }),
      headers: { cookie: `sid=${token}`, ...headers },
    });
    return { status: answer.statusCode, json: () => answer.json<Record<string, unknown>>(), answer };
  };
  const post = (url: string, payload: object = {}, key = newId()) =>
    send('POST', url, payload, { 'idempotency-key': key });
  return {
    send,
    post,
    get: (url: string) => send('GET', url),
    act: async (url: string, payload: object = {}) => {
      const { status, json } = await post(url, payload);
      if (status >= 300) throw new Error(`${url}: ${JSON.stringify(json())}`);
      return json() as unknown as BookingView;
    },
  };
}

const checkoutBody = (serviceId: string, start: Date) => ({
  serviceId,
  start: start.toISOString(),
  address,
  point: centre,
});

describe('a deal over HTTP', () => {
  it('from the slots to the acceptance, by three people', { timeout: 60_000 }, async () => {
    const market = await buildMarket(t, psp);
    const app = await t.app();
    const [amira, bea, tom] = [
      await browser(app, market.customer),
      await browser(app, market.owner),
      await browser(app, market.tom),
    ];
    const slots = await app.inject(`/v1/markets/gb/services/${market.serviceId}/slots?from=2026-06-02&days=1`);
    const [day] = slots.json<{ timeZone: string; days: { slots: { start: { at: string; zone: string } }[] }[] }>().days;
    const start = day?.slots.find((slot) => slot.start.at === '2026-06-02T09:00:00.000Z')?.start;
    expect(start?.zone).toBe('Europe/London');

    const key = newId();
    const body = checkoutBody(market.serviceId, new Date(start?.at ?? 0));
    const booked = await amira.post('/v1/bookings', body, key);
    expect(booked.status).toBe(201);
    const { bookingId, paymentUrl } = booked.json() as { bookingId: string; paymentUrl: string };
    const repeated = await amira.post('/v1/bookings', body, key);
    expect(repeated.answer.headers['idempotent-replayed']).toBe('true');
    expect(repeated.json()).toEqual(booked.json());
    await psp.payOn(paymentUrl);

    const path = `/v1/bookings/${bookingId}`;
    expect((await tom.get(path)).status).toBe(404);
    expect(await bea.act(`${path}/confirmation`)).toMatchObject({ state: 'confirmed', address: { town: 'Bristol' } });
    await psp.settle();
    const work = (await tom.get('/v1/bookings?view=work&group=open')).json() as { items: { bookingId: string }[] };
    expect(work.items.map((one) => one.bookingId)).toEqual([bookingId]);
    t.clock.set(tenOClock(t.ctx()));
    expect(await tom.act(`${path}/start`)).toMatchObject({ state: 'in_progress', can: { complete: true } });
    expect(await tom.act(`${path}/completion`, { note: 'Washer changed.' })).toMatchObject({ state: 'completed' });
    const accepted = await amira.act(`${path}/acceptance`);
    expect(accepted).toMatchObject({ state: 'accepted', next: { who: 'platform', act: 'pay_out' } });
    expect(accepted.timeline.every((entry) => entry.at.zone === 'Europe/London')).toBe(true);
  });

  it('photos go up as a form and come down to the parties', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'in_progress');
    const app = await t.app();
    const tom = await browser(app, market.tom);
    const mark = 'form';
    const part = (bytes: Buffer) =>
      Buffer.concat([
        Buffer.from(
          `--${mark}\r\nContent-Disposition: form-data; name="file"; filename="tap.png"\r\nContent-Type: image/png\r\n\r\n`,
        ),
        bytes,
        Buffer.from(`\r\n--${mark}--\r\n`),
      ]);
    const form = { 'content-type': `multipart/form-data; boundary=${mark}` };
    const up = await tom.send('POST', `/v1/bookings/${id}/photos`, part(png), form);
    expect(up.status).toBe(201);
    const { fileId } = up.json() as { fileId: string };
    const down = await (await browser(app, market.customer)).get(`/v1/bookings/${id}/photos/${fileId}`);
    expect(down.answer.headers['content-type']).toBe('image/png');
    expect(down.answer.rawPayload.equals(png)).toBe(true);
    expect(
      (await tom.send('POST', `/v1/bookings/${id}/photos`, part(Buffer.from('<svg/>')), form)).json(),
    ).toMatchObject({ code: 'booking.photo_unknown' });
  });
});

describe('answers', () => {
  it('need few statements', async () => {
    const market = await buildMarket(t, psp);
    const id = await buildBooking(psp, market, 'confirmed');
    const app = await t.app();
    const amira = await browser(app, market.customer);
    const counted = async (act: () => Promise<{ status: number }>) => {
      const before = t.db.statements;
      expect((await act()).status).toBeLessThan(300);
      return t.db.statements - before;
    };
    const urls = [`/v1/bookings/${id}`, '/v1/bookings?view=mine', '/v1/bookings?view=mine&group=over&limit=5'];
    await Promise.all(urls.map((url) => amira.get(url)));
    for (const url of urls) expect(await counted(() => amira.get(url)), url).toBeLessThanOrEqual(4);
    const body = checkoutBody(market.serviceId, tenOClock(t.ctx(), 3));
    expect(await counted(() => amira.post('/v1/bookings', body))).toBeLessThanOrEqual(25);
  });

  it('page through a list by keyset, without holes when something new comes in between', async () => {
    const market = await buildMarket(t, psp);
    const ids: string[] = [];
    for (const day of [1, 2, 3, 4])
      ids.push(await buildBooking(psp, market, 'awaiting_payment', { start: tenOClock(t.ctx(), day) }));
    const amira = await browser(await t.app(), market.customer);
    const page = async (cursor?: string) =>
      (await amira.get(`/v1/bookings?view=mine&group=open&limit=2${cursor ? `&cursor=${cursor}` : ''}`)).json() as {
        items: { bookingId: string }[];
        next?: string;
      };
    const first = await page();
    const late = await buildBooking(psp, market, 'awaiting_payment', {
      start: new Date(tenOClock(t.ctx(), 1).getTime() + 4 * 3_600_000),
    });
    const second = await page(first.next);
    expect([...first.items, ...second.items].map((one) => one.bookingId)).toEqual(ids);
    expect(second.next).toBeUndefined();
    expect((await page()).items.map((one) => one.bookingId)).toEqual([ids[0], late]);
    expect((await amira.get('/v1/bookings?view=mine&cursor=bm9uc2Vuc2U')).status).toBe(422);
  });

  it('say no with a problem, other times in it', async () => {
    const market = await buildMarket(t, psp);
    const app = await t.app();
    const amira = await browser(app, market.customer);
    const body = checkoutBody(market.serviceId, tenOClock(t.ctx()));
    await amira.post('/v1/bookings', body);
    const taken = await amira.post('/v1/bookings', body);
    expect(taken.answer.headers['content-type']).toContain('application/problem+json');
    expect(taken.json()).toMatchObject({ status: 409, code: 'booking.slot_taken', alternatives: [{}, {}, {}, {}, {}] });
    expect((await amira.send('POST', '/v1/bookings', body)).json()).toMatchObject({
      code: 'request.idempotency_key_missing',
    });
    expect((await amira.post('/v1/bookings', { ...body, state: 'confirmed' })).status).toBe(422);
    expect((await app.inject({ method: 'POST', url: '/v1/bookings', payload: body })).statusCode).toBe(401);
    const tom = await browser(app, market.tom);
    expect((await tom.post('/v1/bookings', body)).json()).toMatchObject({ status: 403, code: 'access.forbidden' });
    expect((await tom.get('/v1/bookings?view=all')).json()).toMatchObject({ code: 'access.forbidden' });
  });
});
