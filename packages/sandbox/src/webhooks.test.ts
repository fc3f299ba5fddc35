import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SECRETS, SECRET_KEY, captured, openCheckout, startBench, type Bench } from './fixtures.ts';
import { payHosted } from './testing.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.close());

const SUCCEEDED = 'payment_intent.succeeded';
const deliveriesOf = async (query = '') => {
  const { deliveries } = (await bench.control('GET', `/deliveries${query}`)) as {
    deliveries: { attempts: number; state: string; type: string }[];
  };
  return deliveries;
};

it('signs so that only the right secret verifies, and only the untouched body', async () => {
  await captured(bench.stripe);
  await bench.sandbox.idle();
  const { payload, signature } = bench.receiver.received[0]!;
  const { webhooks } = bench.stripe;
  expect(webhooks.constructEvent(payload, signature, SECRETS.platform).type).toBe(SUCCEEDED);
  expect(() => webhooks.constructEvent(payload, signature, SECRETS.connect)).toThrow(
    Stripe.errors.StripeSignatureVerificationError,
  );
  expect(() => webhooks.constructEvent(payload.replace('12000', '12001'), signature, SECRETS.platform)).toThrow(
    'signature',
  );
});

it('sends real time in the signature, whatever the business clock says', async () => {
  bench.clock.advance(400 * 24 * 3600);
  await captured(bench.stripe);
  await bench.sandbox.idle();
  const signedAt = Number(/t=(\d+)/.exec(bench.receiver.received[0]!.signature)?.[1]);
  expect(Math.abs(Date.now() / 1000 - signedAt)).toBeLessThan(60);
  expect(bench.receiver.received[0]!.event.created).toBe(Math.floor(bench.clock.now().getTime() / 1000));
});

it('tries again, with growing pauses, until the endpoint answers 2xx', async () => {
  bench.receiver.answers.push(500, 302, 404);
  await captured(bench.stripe);
  await bench.sandbox.idle();
  expect(bench.receiver.types()).toEqual([SUCCEEDED]);
  expect(await deliveriesOf()).toMatchObject([{ attempts: 4, state: 'delivered', type: SUCCEEDED }]);
});

it('gives an endpoint up only when the event is too old', async () => {
  await bench.close();
  bench = await startBench({ retry: { baseMs: 5, capMs: 5, maxAgeMs: 20 } });
  bench.receiver.answers.push(...Array.from({ length: 50 }, () => 500));
  await captured(bench.stripe);
  await bench.sandbox.idle();
  expect(await deliveriesOf()).toMatchObject([{ state: 'failed' }]);
  expect((await bench.stripe.events.list({ delivery_success: false })).data).toHaveLength(1);
});

it('holds deliveries and releases them in the order asked for', async () => {
  await bench.control('POST', '/hold');
  const session = await openCheckout(bench.stripe);
  await payHosted(session.url!);
  await captured(bench.stripe);
  await bench.sandbox.idle();
  expect(bench.receiver.received).toEqual([]);
  expect(await bench.control('POST', '/release', { order: 'reversed' })).toEqual({ released: 3 });
  await bench.sandbox.idle();
  expect(bench.receiver.types()).toEqual([
    SUCCEEDED,
    'checkout.session.completed',
    'payment_intent.amount_capturable_updated',
  ]);
});

describe('faults', () => {
  it('doubles', async () => {
    await bench.control('POST', '/faults', { kind: 'double', types: [SUCCEEDED] });
    await captured(bench.stripe);
    await captured(bench.stripe);
    await bench.sandbox.idle();
    const ids = bench.receiver.received.map((one) => one.event.id);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toBe(ids[1]);
  });

  it('drops, so that only the events API knows', async () => {
    await bench.control('POST', '/faults', { kind: 'drop', times: 2 });
    await captured(bench.stripe);
    await captured(bench.stripe);
    await captured(bench.stripe);
    await bench.sandbox.idle();
    expect(bench.receiver.types()).toEqual([SUCCEEDED]);
    expect((await deliveriesOf('?state=dropped')).map((one) => one.type)).toEqual([SUCCEEDED, SUCCEEDED]);
    const missed = await bench.stripe.events.list({ type: SUCCEEDED, delivery_success: false });
    expect(missed.data).toHaveLength(2);
    await bench.control('POST', `/events/${missed.data[0]!.id}/deliveries`);
    await bench.sandbox.idle();
    expect(bench.receiver.received).toHaveLength(2);
  });

  it('delays', async () => {
    await bench.control('POST', '/faults', { kind: 'delay', ms: 150 });
    const first = await captured(bench.stripe);
    const second = await captured(bench.stripe);
    await bench.sandbox.idle();
    const order = bench.receiver.received.map((one) => (one.event.data.object as { id: string }).id);
    expect(order).toEqual([second.id, first.id]);
  });

  it('reorders a window, and lets go what waits alone', async () => {
    await bench.control('POST', '/faults', { kind: 'reorder', window: 2, ms: 60_000 });
    const session = await openCheckout(bench.stripe);
    await payHosted(session.url!);
    await bench.sandbox.idle();
    expect(bench.receiver.types()).toEqual(['checkout.session.completed', 'payment_intent.amount_capturable_updated']);
    await bench.control('POST', '/faults', { kind: 'reorder', window: 5, ms: 50 });
    await captured(bench.stripe);
    await bench.sandbox.idle();
    expect(bench.receiver.types().at(-1)).toBe(SUCCEEDED);
  });

  it('answers 500 after success, and again for the same key; the work is done once', async () => {
    await bench.control('POST', '/faults', {
      kind: 'error_after_success',
      path: '/v1/payment_intents',
      method: 'POST',
      times: 1,
    });
    const params = { amount: 5_000, currency: 'gbp', metadata: { order: 'order-5' } };
    const create = (key: string) => bench.stripe.paymentIntents.create(params, { idempotencyKey: key });
    await expect(create('a')).rejects.toMatchObject({ statusCode: 500, type: 'StripeAPIError' });
    await expect(create('a')).rejects.toMatchObject({ statusCode: 500 });
    const found = await bench.stripe.paymentIntents.list();
    expect(found.data.map((intent) => intent.metadata['order'])).toEqual(['order-5']);
    expect((await create('b')).amount).toBe(5_000);
  });

  it('breaks the connection after success; the same key finds the success', async () => {
    const session = await openCheckout(bench.stripe);
    await payHosted(session.url!);
    const id = String((await bench.stripe.checkout.sessions.retrieve(session.id)).payment_intent);
    // The SDK itself tries a broken connection once more, with the same key.
    await bench.control('POST', '/faults', {
      kind: 'cut_after_success',
      path: '/v1/payment_intents/*/capture',
      times: 1,
    });
    const captureOnce = await bench.stripe.paymentIntents.capture(id, {}, { idempotencyKey: 'c-1' });
    expect(captureOnce).toMatchObject({ status: 'succeeded', amount_received: 12_000 });
    expect((await bench.stripe.balanceTransactions.list({ type: 'charge' })).data).toHaveLength(1);
  });

  it('answers an error without doing anything, and late', async () => {
    await bench.control('POST', '/faults', { kind: 'error_before', path: '/v1/customers', status: 503 });
    await expect(bench.stripe.customers.create({ name: 'A' }, { idempotencyKey: 'k' })).rejects.toMatchObject({
      statusCode: 503,
    });
    expect((await bench.stripe.customers.create({ name: 'A' }, { idempotencyKey: 'k' })).name).toBe('A');
    await bench.control('POST', '/faults', { kind: 'slow', path: '/v1/customers', ms: 400 });
    const hurried = new Stripe(SECRET_KEY, {
      host: bench.sandbox.host,
      port: bench.sandbox.port,
      protocol: 'http',
      timeout: 100,
      maxNetworkRetries: 0,
    });
    await expect(hurried.customers.create({ name: 'B' })).rejects.toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect((await bench.stripe.customers.list()).data.map((one) => one.name)).toEqual(['B', 'A']);
  });

  it('lists and clears them, and refuses what it does not know', async () => {
    await bench.control('POST', '/faults', { kind: 'drop', times: null });
    expect(await bench.control('GET', '/faults')).toMatchObject({ faults: [{ kind: 'drop', remaining: null }] });
    await bench.control('DELETE', '/faults');
    expect(await bench.control('GET', '/faults')).toEqual({ faults: [] });
    expect(await bench.control('POST', '/faults', { kind: 'explode' })).toMatchObject({ error: { param: 'kind' } });
    expect(await bench.control('POST', '/faults', { kind: 'drop', typs: [] })).toMatchObject({
      error: { param: 'typs' },
    });
  });

  it('forgets everything on reset', async () => {
    await captured(bench.stripe);
    await bench.sandbox.idle();
    await bench.control('POST', '/reset');
    expect((await bench.stripe.paymentIntents.list()).data).toEqual([]);
    expect(await deliveriesOf()).toEqual([]);
  });
});

it('keeps its state over a restart: objects, balance, keys, due work and undelivered webhooks', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  await bench.close();
  bench = await startBench({ dataFile: join(folder, 'deep', 'psp.sqlite') });
  const open = await openCheckout(bench.stripe);
  const paid = await bench.stripe.paymentIntents.create(
    { amount: 12_000, currency: 'gbp', payment_method: 'pm_card_visa', confirm: true },
    { idempotencyKey: 'once' },
  );
  await bench.sandbox.idle();
  await bench.control('POST', '/hold');
  await bench.stripe.checkout.sessions.expire((await openCheckout(bench.stripe)).id);

  await bench.restart();
  expect(bench.receiver.types()).toEqual([SUCCEEDED]);
  expect((await bench.stripe.balance.retrieve()).pending[0]?.amount).toBe(11_800);
  const replayed = await bench.stripe.paymentIntents.create(
    { amount: 12_000, currency: 'gbp', payment_method: 'pm_card_visa', confirm: true },
    { idempotencyKey: 'once' },
  );
  expect(replayed.id).toBe(paid.id);
  await bench.control('POST', '/release');
  await bench.sandbox.idle();
  expect(bench.receiver.types()).toEqual([SUCCEEDED, 'checkout.session.expired']);
  await bench.pass(24 * 3600);
  expect((await bench.stripe.checkout.sessions.retrieve(open.id)).status).toBe('expired');
  await rm(folder, { recursive: true });
});
