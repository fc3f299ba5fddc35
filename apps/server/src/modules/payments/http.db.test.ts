import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import type { PersonActor } from '../../platform/ctx.ts';
import { newId } from '../../platform/ids.ts';
import { dbTest } from '../../platform/testing.ts';
import type { TestServer } from '../../platform/testing/server.ts';
import { tokenOf } from '../identity/fixtures.ts';
import { buildDeal, orderAt } from './fixtures.ts';
import { runPayouts } from './payout/run.ts';
import { pspKeys, pspTest } from './psp-fixtures.ts';
import { webhooks } from './webhook/read.ts';

const t = dbTest();
const psp = pspTest(t);

async function browser(app: TestServer, person: PersonActor) {
  const token = await tokenOf(t.ctx(), person);
  const headers = { cookie: `sid=${token}` };
  return {
    get: async (url: string) => {
      const answer = await app.inject({ url, headers });
      return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
    },
    post: async (url: string, payload: object, key = newId()) => {
      const answer = await app.inject({
        method: 'POST',
        url,
        payload,
        headers: { ...headers, 'idempotency-key': key },
      });
      return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
    },
  };
}

const message = JSON.stringify({
  id: 'evt_http',
  object: 'event',
  type: 'customer.created',
  data: { object: { id: 'cus_1' } },
});

describe('the addresses that the PSP knows', () => {
  const send = (app: TestServer, url: string, payload: string, signature: string) =>
    app.inject({
      method: 'POST',
      url,
      payload,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': signature,
        'sec-fetch-site': '',
      },
    });

  it.each([
    ['/v1/webhooks/stripe', pspKeys.webhookSecret],
    ['/v1/webhooks/stripe-connect', pspKeys.connectWebhookSecret],
  ])('%s takes a signed message byte for byte, and refuses any other', async (url, secret) => {
    const app = await t.app();
    const signature = new Stripe('sk_test_unused').webhooks.generateTestHeaderString({ payload: message, secret });
    const forged = await send(app, url, message.replace('cus_1', 'cus_2'), signature);
    expect([forged.statusCode, forged.json<{ code: string }>().code]).toEqual([400, 'payments.bad_signature']);
    expect(await webhooks(psp.ctx(), undefined, undefined, 10)).toEqual([]);
    const first = await send(app, url, message, signature);
    const again = await send(app, url, message, signature);
    expect([first.statusCode, again.statusCode, first.json()]).toEqual([200, 200, { received: true }]);
    expect(await webhooks(psp.ctx(), undefined, undefined, 10)).toHaveLength(1);
  });
});

describe('over HTTP', () => {
  it('an order is shown to its customer and hidden from others', async () => {
    const deal = await buildDeal(t, psp, { bank: null });
    const orderId = await orderAt(psp, deal, 'held');
    const app = await t.app();
    const customer = await browser(app, deal.customer);
    const before = t.db.statements;
    const seen = await customer.get(`/v1/orders/${orderId}`);
    expect(seen).toMatchObject({
      status: 200,
      body: { state: 'held', amounts: { held: { minor: '12000', currency: 'GBP' } } },
    });
    // Session, numbers, order, lines, refunds.
    expect(t.db.statements - before).toBeLessThanOrEqual(6);
    const stranger = await browser(app, (await buildDeal(t, psp, { bank: null })).customer);
    expect((await stranger.get(`/v1/orders/${orderId}`)).status).toBe(404);
  });

  it('a refund happens once for one key', async () => {
    const deal = await buildDeal(t, psp, { bank: null });
    const orderId = await orderAt(psp, deal, 'held');
    const owner = await browser(await t.app(), deal.owner);
    const wish = { amount: { minor: '2000', currency: 'GBP' }, reason: 'A part was not needed' };
    const key = newId();
    const first = await owner.post(`/v1/orders/${orderId}/refunds`, wish, key);
    const again = await owner.post(`/v1/orders/${orderId}/refunds`, wish, key);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(await psp.order(orderId)).toMatchObject({ refunded_minor: 2_000n });
    const other = await owner.post(
      `/v1/orders/${orderId}/refunds`,
      { ...wish, amount: { minor: '3000', currency: 'GBP' } },
      key,
    );
    expect(other).toMatchObject({ status: 422, body: { code: 'request.idempotency_key_reused' } });
  });

  it('earnings, payouts and their explanation are read page by page', async () => {
    const deal = await buildDeal(t, psp);
    for (let round = 0; round < 3; round += 1) {
      await orderAt(psp, deal, 'released');
      await runPayouts(psp.ctx());
    }
    const owner = await browser(await t.app(), deal.owner);
    const base = `/v1/organisations/${deal.organisationId}`;
    expect((await owner.get(`${base}/earnings`)).body).toMatchObject({
      inTransit: { minor: '10560' },
      paid: { minor: '21120' },
    });
    expect((await owner.get(`${base}/payment-account`)).body).toMatchObject({
      state: 'ready',
      bank: { last4: '2345' },
    });
    const first = await owner.get(`${base}/payouts?limit=2`);
    expect(first.body['items']).toHaveLength(2);
    const second = await owner.get(`${base}/payouts?limit=2&cursor=${String(first.body['next'])}`);
    expect(second.body['items']).toHaveLength(1);
    expect(second.body['next']).toBeUndefined();
    const [payout] = second.body['items'] as { payoutId: string; amount: object }[];
    const told = await owner.get(`/v1/payouts/${payout?.payoutId}`);
    expect(told).toMatchObject({ status: 200, body: { totals: { net: payout?.amount } } });
    expect((await owner.get(`${base}/payouts?cursor=nonsense`)).status).toBe(422);
  });

  it('staff run payouts, see orders, checks and messages; a provider does not', async () => {
    const deal = await buildDeal(t, psp);
    await orderAt(psp, deal, 'released');
    const app = await t.app();
    const staff = await browser(app, deal.finance);
    expect(await staff.post('/v1/admin/payout-runs', {})).toMatchObject({
      status: 201,
      body: { payouts: 1, amount: { minor: '10560' } },
    });
    for (const url of [
      '/v1/admin/orders',
      '/v1/admin/payouts',
      '/v1/admin/webhooks',
      '/v1/admin/orders?state=released',
    ]) {
      const page = await staff.get(url);
      expect([url, page.status, (page.body['items'] as unknown[]).length > 0]).toEqual([url, 200, true]);
    }
    expect(await staff.get('/v1/admin/order-checks')).toMatchObject({ status: 200, body: { ok: true } });
    const owner = await browser(app, deal.owner);
    expect((await owner.get('/v1/admin/orders')).status).toBe(403);
    expect((await owner.post('/v1/admin/payout-runs', {})).status).toBe(403);
  });
});
