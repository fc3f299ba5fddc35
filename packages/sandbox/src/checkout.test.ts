import { afterEach, beforeEach, expect, it } from 'vitest';
import { DAY, URLS, openCheckout, startBench, type Bench } from './fixtures.ts';
import { payHosted } from './testing.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.close());

it('authorises by the hosted form, then captures in full', async () => {
  const { stripe, receiver, sandbox } = bench;
  const session = await openCheckout(stripe, { transferGroup: 'order-1' });
  expect(session).toMatchObject({
    status: 'open',
    payment_status: 'unpaid',
    payment_intent: null,
    amount_total: 12_000,
  });
  expect(session.url).toBe(`${sandbox.url}/c/pay/${session.id}`);

  const outcome = await payHosted(session.url!, { card: '4242 4242 4242 4242', email: 'amira@example.com' });
  expect(outcome).toEqual({ kind: 'returned', url: `http://shop.test/done?session=${session.id}` });

  const done = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['payment_intent.latest_charge', 'line_items'],
  });
  expect(done).toMatchObject({
    status: 'complete',
    payment_status: 'unpaid',
    url: null,
    customer_details: { email: 'amira@example.com' },
  });
  expect(done.line_items?.data[0]).toMatchObject({ amount_total: 12_000, description: 'Boiler service' });
  const intent = done.payment_intent;
  if (intent === null || typeof intent === 'string') throw new Error('not expanded');
  expect(intent).toMatchObject({
    amount_capturable: 12_000,
    amount_received: 0,
    metadata: { order: 'order-1' },
    status: 'requires_capture',
    transfer_group: 'order-1',
  });
  expect(intent.latest_charge).toMatchObject({ captured: false, paid: true, balance_transaction: null });
  const until = bench.clock.now().getTime() / 1000 + 7 * DAY;
  expect(intent.latest_charge).toMatchObject({
    payment_method_details: { card: { capture_before: until, last4: '4242' } },
  });

  const paid = await stripe.paymentIntents.capture(intent.id, {}, { idempotencyKey: 'capture-1' });
  expect(paid).toMatchObject({ amount_capturable: 0, amount_received: 12_000, status: 'succeeded' });
  expect((await stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe('paid');
  await sandbox.idle();
  expect(receiver.types()).toEqual([
    'payment_intent.amount_capturable_updated',
    'checkout.session.completed',
    'payment_intent.succeeded',
  ]);
  const last = receiver.received.at(-1)!;
  expect(last.event).toMatchObject({
    request: { idempotency_key: 'capture-1' },
    data: { object: { id: intent.id, status: 'succeeded' } },
  });
});

it('captures at once when asked to', async () => {
  const session = await openCheckout(bench.stripe, { capture: 'automatic' });
  await payHosted(session.url!);
  const done = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
  expect(done).toMatchObject({
    payment_status: 'paid',
    payment_intent: { status: 'succeeded', amount_received: 12_000 },
  });
});

it('captures a part and releases the rest, as a refund that moves no money', async () => {
  const session = await openCheckout(bench.stripe);
  await payHosted(session.url!);
  const intentId = String((await bench.stripe.checkout.sessions.retrieve(session.id)).payment_intent);
  await expect(bench.stripe.paymentIntents.capture(intentId, { amount_to_capture: 12_001 })).rejects.toMatchObject({
    code: 'amount_too_large',
  });
  const paid = await bench.stripe.paymentIntents.capture(intentId, { amount_to_capture: 9_000 });
  expect(paid).toMatchObject({ amount: 12_000, amount_capturable: 0, amount_received: 9_000 });
  const charge = await bench.stripe.charges.retrieve(String(paid.latest_charge), {
    expand: ['refunds', 'balance_transaction'],
  });
  expect(charge).toMatchObject({ amount: 12_000, amount_captured: 9_000, amount_refunded: 3_000, refunded: false });
  expect(charge.refunds?.data).toMatchObject([{ amount: 3_000, balance_transaction: null }]);
  expect(charge.balance_transaction).toMatchObject({ amount: 9_000, fee: 155, net: 8_845 });
  await expect(bench.stripe.paymentIntents.capture(intentId)).rejects.toMatchObject({
    code: 'payment_intent_unexpected_state',
  });
});

it('cancels an authorisation and says so', async () => {
  const session = await openCheckout(bench.stripe);
  await payHosted(session.url!);
  const intentId = String((await bench.stripe.checkout.sessions.retrieve(session.id)).payment_intent);
  const canceled = await bench.stripe.paymentIntents.cancel(intentId, { cancellation_reason: 'requested_by_customer' });
  expect(canceled).toMatchObject({
    status: 'canceled',
    cancellation_reason: 'requested_by_customer',
    amount_capturable: 0,
  });
  expect(await bench.stripe.charges.retrieve(String(canceled.latest_charge))).toMatchObject({
    captured: false,
    refunded: true,
  });
  await bench.sandbox.idle();
  expect(bench.receiver.types()).toContain('payment_intent.canceled');
  expect((await bench.stripe.balance.retrieve()).pending[0]?.amount).toBe(0);
});

it('lets an authorisation lapse after seven days', async () => {
  const session = await openCheckout(bench.stripe);
  await payHosted(session.url!);
  await bench.pass(7 * DAY - 1);
  const intentId = String((await bench.stripe.checkout.sessions.retrieve(session.id)).payment_intent);
  expect((await bench.stripe.paymentIntents.retrieve(intentId)).status).toBe('requires_capture');
  await bench.pass(2);
  expect(await bench.stripe.paymentIntents.retrieve(intentId)).toMatchObject({
    status: 'canceled',
    cancellation_reason: 'automatic',
  });
  expect(bench.receiver.types()).toContain('payment_intent.canceled');
});

it.each([
  ['4000 0000 0000 0002', 'generic_decline', 'Your card was declined.'],
  ['4000 0000 0000 9995', 'insufficient_funds', 'Your card has insufficient funds.'],
])('shows the decline of %s and takes another card', async (card, declineCode, message) => {
  const session = await openCheckout(bench.stripe);
  const outcome = await payHosted(session.url!, { card });
  if (outcome.kind !== 'refused') throw new Error(outcome.kind);
  expect(outcome.status).toBe(402);
  expect(outcome.page).toContain(message);
  const open = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent.latest_charge'] });
  expect(open).toMatchObject({
    payment_intent: {
      last_payment_error: { decline_code: declineCode, type: 'card_error' },
      latest_charge: { status: 'failed', paid: false },
      status: 'requires_payment_method',
    },
    status: 'open',
  });
  const second = await payHosted(session.url!);
  expect(second.kind).toBe('returned');
  await bench.sandbox.idle();
  expect(bench.receiver.types()).toEqual([
    'payment_intent.payment_failed',
    'payment_intent.amount_capturable_updated',
    'checkout.session.completed',
  ]);
});

it('asks for a challenge: failing keeps the session open, completing pays', async () => {
  const session = await openCheckout(bench.stripe);
  const failed = await payHosted(session.url!, { card: '4000002500003155', challenge: 'fail' });
  if (failed.kind !== 'refused') throw new Error(failed.kind);
  expect(failed.page).toContain('did not confirm the payment');
  const asked = await payHosted(session.url!, { card: '4000000000003220', challenge: 'leave' });
  if (asked.kind !== 'challenge') throw new Error(asked.kind);
  const page = await (await fetch(asked.url)).text();
  expect(page).toContain('£120.00');
  const passed = await payHosted(session.url!, { card: '4000000000003220' });
  expect(passed.kind).toBe('returned');
  const done = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent.latest_charge'] });
  expect(done).toMatchObject({
    payment_intent: {
      latest_charge: { payment_method_details: { card: { three_d_secure: { result: 'authenticated' } } } },
    },
    status: 'complete',
  });
});

it('expires by request and by itself; the loser of the race is told', async () => {
  const session = await openCheckout(bench.stripe);
  expect((await bench.stripe.checkout.sessions.expire(session.id)).status).toBe('expired');
  const late = await payHosted(session.url!);
  expect(late).toMatchObject({ kind: 'refused', status: 410 });
  await expect(bench.stripe.checkout.sessions.expire(session.id)).rejects.toMatchObject({ statusCode: 400 });

  const paid = await openCheckout(bench.stripe);
  await payHosted(paid.url!);
  await expect(bench.stripe.checkout.sessions.expire(paid.id)).rejects.toThrow('status of complete');

  const forgotten = await openCheckout(bench.stripe);
  await bench.pass(DAY);
  expect((await bench.stripe.checkout.sessions.retrieve(forgotten.id)).status).toBe('expired');
  expect(bench.receiver.types().filter((type) => type === 'checkout.session.expired')).toHaveLength(2);
});

it('gives up a challenge that is open when the session expires', async () => {
  const session = await openCheckout(bench.stripe);
  const asked = await payHosted(session.url!, { card: '4000000000003220', challenge: 'leave' });
  if (asked.kind !== 'challenge') throw new Error(asked.kind);
  const intentId = String((await bench.stripe.checkout.sessions.retrieve(session.id)).payment_intent);
  await expect(bench.stripe.paymentIntents.cancel(intentId)).rejects.toThrow('Expire the Checkout Session');
  await bench.stripe.checkout.sessions.expire(session.id);
  const answer = await fetch(asked.url, {
    method: 'POST',
    body: new URLSearchParams({ act: 'complete' }),
    redirect: 'manual',
  });
  expect(answer.status).toBe(410);
  expect((await bench.stripe.paymentIntents.retrieve(intentId)).status).toBe('canceled');
});

it('saves a card in setup mode and charges it later without the payer', async () => {
  const { stripe } = bench;
  const customer = await stripe.customers.create({ email: 'amira@example.com', metadata: { person: 'p-1' } });
  const session = await stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'gbp',
    customer: customer.id,
    setup_intent_data: { metadata: { order: 'order-9' } },
    ...URLS,
  });
  expect(session).toMatchObject({ amount_total: null, payment_status: 'no_payment_required' });
  const outcome = await payHosted(session.url!, { card: '4000002500003155' });
  expect(outcome.kind).toBe('returned');
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['setup_intent.payment_method'] });
  const setup = done.setup_intent;
  if (setup === null || typeof setup === 'string') throw new Error('not expanded');
  expect(setup).toMatchObject({
    metadata: { order: 'order-9' },
    status: 'succeeded',
    payment_method: { customer: customer.id },
  });
  const methods = await stripe.paymentMethods.list({ customer: customer.id, type: 'card' });
  const method = methods.data[0]!;
  const intent = await stripe.paymentIntents.create({
    amount: 5_000,
    currency: 'gbp',
    customer: customer.id,
    payment_method: method.id,
    off_session: true,
    confirm: true,
    capture_method: 'manual',
    metadata: { order: 'order-9' },
  });
  expect(intent.status).toBe('requires_capture');
  const charge = await stripe.charges.retrieve(String(intent.latest_charge));
  const held = charge.payment_method_details?.card?.capture_before ?? 0;
  expect(held - charge.created).toBe(4 * DAY + 18 * 3600);
  await bench.sandbox.idle();
  expect(bench.receiver.types()).toEqual([
    'setup_intent.succeeded',
    'checkout.session.completed',
    'payment_intent.amount_capturable_updated',
  ]);
});

it('declines off-session: a card that was only good for saving, and one that wants a challenge each time', async () => {
  const { stripe } = bench;
  const customer = await stripe.customers.create({});
  async function save(card: string): Promise<string> {
    const session = await stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'gbp',
      customer: customer.id,
      ...URLS,
    });
    await payHosted(session.url!, { card });
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['setup_intent'] });
    if (done.setup_intent === null || typeof done.setup_intent === 'string') throw new Error('not expanded');
    return String(done.setup_intent.payment_method);
  }
  function charge(method: string) {
    return stripe.paymentIntents.create({
      amount: 5_000,
      currency: 'gbp',
      customer: customer.id,
      payment_method: method,
      off_session: true,
      confirm: true,
      metadata: { order: 'late' },
    });
  }
  await expect(charge(await save('4000000000000341'))).rejects.toMatchObject({
    type: 'StripeCardError',
    statusCode: 402,
    code: 'card_declined',
    decline_code: 'generic_decline',
    payment_intent: { status: 'requires_payment_method' },
  });
  await expect(charge(await save('4000000000003220'))).rejects.toMatchObject({ code: 'authentication_required' });
  const failed = await stripe.paymentIntents.list({ customer: customer.id });
  expect(failed.data.map((intent) => intent.status)).toEqual(['requires_payment_method', 'requires_payment_method']);
  expect(failed.data[0]?.metadata).toEqual({ order: 'late' });
});

it('refuses a card for saving that the bank declines', async () => {
  const session = await bench.stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'gbp',
    customer_creation: 'always',
    ...URLS,
  });
  expect(await payHosted(session.url!, { card: '4000000000000002' })).toMatchObject({ kind: 'refused', status: 402 });
  expect(await payHosted(session.url!)).toMatchObject({ kind: 'returned' });
  const done = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ['customer'] });
  expect(done.customer).toMatchObject({ object: 'customer', email: 'payer@example.com' });
});
