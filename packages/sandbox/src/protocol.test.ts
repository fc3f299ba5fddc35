import Stripe from 'stripe';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  CONTROL_KEY,
  DAY,
  SECRET_KEY,
  captured,
  openCheckout,
  payableAccount,
  startBench,
  stripeFor,
  type Bench,
} from './fixtures.ts';
import { API_VERSION } from './index.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.close());

function raw(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${bench.sandbox.url}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${SECRET_KEY}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
}

it('speaks the version that the SDK sends, and no other', async () => {
  expect(bench.stripe.getApiField('version')).toBe(API_VERSION);
  const answer = await raw('GET', '/v1/balance', undefined, { 'Stripe-Version': '2020-08-27' });
  expect(answer.status).toBe(400);
});

it('wants the key: 401 without it, with another, and for the control key', async () => {
  await expect(stripeFor(bench.sandbox, 'sk_test_wrong').balance.retrieve()).rejects.toBeInstanceOf(
    Stripe.errors.StripeAuthenticationError,
  );
  expect((await fetch(`${bench.sandbox.url}/v1/balance`)).status).toBe(401);
  const control = await fetch(`${bench.sandbox.url}/_sandbox/faults`, {
    headers: { Authorization: `Bearer ${SECRET_KEY}` },
  });
  expect(control.status).toBe(401);
  const other = await fetch(`${bench.sandbox.url}/v1/balance`, { headers: { Authorization: `Bearer ${CONTROL_KEY}` } });
  expect(other.status).toBe(401);
});

it.each([
  ['GET', '/v1/subscriptions', undefined, 'Unrecognized request URL'],
  ['POST', '/v1/refunds', 'charge=ch_1&reverse_transfer=true', 'unknown parameter: reverse_transfer'],
  [
    'POST',
    '/v1/checkout/sessions',
    'mode=payment&success_url=http://a.test&line_items[0][foo]=1',
    'unknown parameter: line_items[0][foo]',
  ],
  ['GET', '/v1/charges?metadata[order]=1', undefined, 'unknown parameter: metadata'],
  ['POST', '/v1/payment_intents', 'currency=gbp', 'Missing required param: amount'],
  ['POST', '/v1/payment_intents', 'amount=1.5&currency=gbp', 'Invalid integer: 1.5'],
  ['POST', '/v1/payment_intents', 'amount=10&currency=gbp', 'Amount must be at least £0.30'],
  ['POST', '/v1/payment_intents', 'amount=100&currency=gbp&amount[x]=1', 'Invalid parameter'],
  ['POST', '/v1/customers', 'metadata[__proto__][polluted]=1', 'Metadata values must be strings'],
  ['GET', '/v1/charges?limit=101', undefined, 'less than or equal to 100'],
])('refuses %s %s %s with 400', async (method, path, body, message) => {
  const answer = await raw(method, path, body);
  expect(answer.status).toBe(400);
  const { error } = (await answer.json()) as { error: { type: string; message: string } };
  expect(error.type).toBe('invalid_request_error');
  expect(error.message).toContain(message);
});

it('names what is missing, with 404 and a request id', async () => {
  const refusal = await bench.stripe.paymentIntents.retrieve('pi_unknown').catch((error: unknown) => error);
  if (!(refusal instanceof Stripe.errors.StripeInvalidRequestError)) throw new Error('not refused');
  expect(refusal).toMatchObject({
    statusCode: 404,
    code: 'resource_missing',
    param: 'intent',
    message: "No such payment_intent: 'pi_unknown'",
  });
  expect(refusal.requestId).toMatch(/^req_/);
});

it('refuses bodies that are too large or not a form', async () => {
  expect((await raw('POST', '/v1/customers', `name=${'x'.repeat(1024 * 1024)}`)).status).toBe(413);
  const json = await raw('POST', '/v1/customers', '{}', { 'Content-Type': 'application/json' });
  expect(json.status).toBe(400);
});

it('does a keyed request once and replays its answer', async () => {
  const params = { amount: 5_000, currency: 'gbp', metadata: { order: 'x' } };
  const first = await bench.stripe.paymentIntents.create(params, { idempotencyKey: 'key-1' });
  const second = await bench.stripe.paymentIntents.create({ ...params }, { idempotencyKey: 'key-1' });
  expect(second.id).toBe(first.id);
  const again = await raw('POST', '/v1/payment_intents', 'currency=gbp&amount=5000&metadata[order]=x', {
    'Idempotency-Key': 'key-1',
  });
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(again.headers.get('original-request')).toBe(first.lastResponse.requestId);
  expect((await bench.stripe.paymentIntents.list()).data).toHaveLength(1);
  await expect(
    bench.stripe.paymentIntents.create({ ...params, amount: 5_001 }, { idempotencyKey: 'key-1' }),
  ).rejects.toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
});

it('keeps the first refusal of a key too, but not that of a request that never began', async () => {
  const intent = await captured(bench.stripe);
  await bench.stripe.refunds.create({ payment_intent: intent.id });
  const refused = () => bench.stripe.refunds.create({ payment_intent: intent.id }, { idempotencyKey: 'refund-1' });
  await expect(refused()).rejects.toMatchObject({ code: 'charge_already_refunded' });
  const replayed = await raw('POST', '/v1/refunds', `payment_intent=${intent.id}`, { 'Idempotency-Key': 'refund-1' });
  expect([replayed.status, replayed.headers.get('idempotent-replayed')]).toEqual([400, 'true']);

  expect((await raw('POST', '/v1/customers', 'nme=Amira', { 'Idempotency-Key': 'customer-1' })).status).toBe(400);
  expect((await raw('POST', '/v1/customers', 'name=Amira', { 'Idempotency-Key': 'customer-1' })).status).toBe(200);
});

it('replays a declined card as it was', async () => {
  const decline = () =>
    bench.stripe.paymentIntents.create(
      { amount: 5_000, currency: 'gbp', payment_method: 'pm_card_visa_chargeDeclined', confirm: true },
      { idempotencyKey: 'declined-1' },
    );
  const first = (await decline().catch((error: unknown) => error)) as Stripe.errors.StripeCardError;
  const second = (await decline().catch((error: unknown) => error)) as Stripe.errors.StripeCardError;
  expect(first).toBeInstanceOf(Stripe.errors.StripeCardError);
  expect(second.payment_intent?.id).toBe(first.payment_intent?.id);
  expect((await bench.stripe.paymentIntents.list()).data).toHaveLength(1);
});

it('forgets a key after 24 hours, so a late retry acts again', async () => {
  const create = () => bench.stripe.customers.create({ name: 'Amira' }, { idempotencyKey: 'customer-1' });
  const first = await create();
  bench.clock.advance(DAY - 1);
  expect((await create()).id).toBe(first.id);
  bench.clock.advance(1);
  expect((await create()).id).not.toBe(first.id);
});

it('keeps keys of different accounts apart', async () => {
  const account = await payableAccount(bench);
  const intent = await captured(bench.stripe, 10_000, 'pm_card_bypassPending');
  const source = (intent.latest_charge as { id: string }).id;
  const transfer = await bench.stripe.transfers.create(
    { amount: 500, currency: 'gbp', destination: account, source_transaction: source },
    { idempotencyKey: 'payout-1' },
  );
  const payout = await bench.stripe.payouts.create(
    { amount: 500, currency: 'gbp' },
    { idempotencyKey: 'payout-1', stripeAccount: account },
  );
  expect([transfer.object, payout.object]).toEqual(['transfer', 'payout']);
});

it('expands what may be expanded, in lists too', async () => {
  await captured(bench.stripe);
  const list = await bench.stripe.paymentIntents.list({ expand: ['data.latest_charge.balance_transaction'] });
  expect(list.data[0]?.latest_charge).toMatchObject({
    balance_transaction: { object: 'balance_transaction', amount: 12_000 },
  });
  await expect(bench.stripe.paymentIntents.list({ expand: ['data.metadata'] })).rejects.toThrow(
    'cannot be expanded (data.metadata)',
  );
});

it('undoes a request whose expansion is refused', async () => {
  await expect(bench.stripe.customers.create({ expand: ['sources'] })).rejects.toMatchObject({ statusCode: 400 });
  expect((await bench.stripe.customers.list()).data).toEqual([]);
});

it('pages through lists in both directions', async () => {
  for (let index = 0; index < 25; index += 1) await bench.stripe.customers.create({ name: `Customer ${index}` });
  const names: (string | null | undefined)[] = [];
  for await (const customer of bench.stripe.customers.list({ limit: 10 })) names.push(customer.name);
  expect(names).toHaveLength(25);
  expect([names[0], names[24]]).toEqual(['Customer 24', 'Customer 0']);
  const first = await bench.stripe.customers.list({ limit: 3 });
  const second = await bench.stripe.customers.list({ limit: 3, starting_after: first.data[2]!.id });
  const back = await bench.stripe.customers.list({ limit: 3, ending_before: second.data[0]!.id });
  expect(back.data.map((one) => one.id)).toEqual(first.data.map((one) => one.id));
  await expect(bench.stripe.customers.list({ starting_after: 'cus_unknown' })).rejects.toMatchObject({
    statusCode: 404,
  });
});

it('lists events for a backfill, by type, time and delivery', async () => {
  await openCheckout(bench.stripe);
  await captured(bench.stripe);
  await bench.sandbox.idle();
  const all = await bench.stripe.events.list({ types: ['payment_intent.succeeded', 'charge.succeeded'] });
  expect(all.data.map((event) => event.type)).toEqual(['payment_intent.succeeded', 'charge.succeeded']);
  const event = await bench.stripe.events.retrieve(all.data[0]!.id);
  expect(event.data.object).toMatchObject({ object: 'payment_intent', amount_received: 12_000 });
  expect((await bench.stripe.events.list({ delivery_success: false })).data).toEqual([]);
  const now = Math.floor(bench.clock.now().getTime() / 1000);
  expect((await bench.stripe.events.list({ created: { gt: now } })).data).toEqual([]);
});

it('refuses an account that does not exist', async () => {
  await expect(bench.stripe.balance.retrieve({}, { stripeAccount: 'acct_unknown' })).rejects.toMatchObject({
    statusCode: 403,
  });
});
