import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { query } from '../../../platform/db/statement.ts';
import { isRefusal } from '../../../platform/errors.ts';
import { realNow } from '../../../platform/real-time.ts';
import { dbTest } from '../../../platform/testing.ts';
import { audited, buildDeal, openAnOrder, orderAt } from '../fixtures.ts';
import { pspKeys, pspTest, type PspTest } from '../psp-fixtures.ts';
import { cancelAuthorisation, capture } from '../order/wishes.ts';
import { eventsOf } from '../order/store.ts';
import { runPayouts } from '../payout/run.ts';
import { askAbout } from '../tasks.ts';
import { replay } from './process.ts';
import { receive } from './receive.ts';
import { webhooks } from './read.ts';

const t = dbTest();
const psp = pspTest(t);
const signer = new Stripe('sk_test_unused').webhooks;

const movesOf = async (orderId: string) => (await eventsOf.all(psp.ctx(), orderId)).map(({ move }) => move);
const stored = () => webhooks(psp.ctx(), undefined, undefined, 100);

function message(type: string, object: object, id = 'evt_made'): Buffer {
  return Buffer.from(JSON.stringify({ id, object: 'event', type, data: { object } }));
}

const sign = (raw: Buffer, options: { secret?: string; ageSeconds?: number } = {}) =>
  signer.generateTestHeaderString({
    payload: raw.toString(),
    secret: options.secret ?? pspKeys.webhookSecret,
    timestamp: Math.floor(realNow().getTime() / 1000) - (options.ageSeconds ?? 0),
  });

const refusal = async (act: Promise<unknown>) => {
  const error: unknown = await act.then(
    () => undefined,
    (error: unknown) => error,
  );
  return isRefusal(error) ? error.code : error;
};

describe('a forged message', () => {
  const raw = message('payment_intent.succeeded', { id: 'pi_forged' });

  it.each<[string, () => string | undefined]>([
    ['has no signature', () => undefined],
    ['has nonsense for a signature', () => 't=1,v1=nonsense'],
    ['is signed with another secret', () => sign(raw, { secret: 'whsec_of_somebody_else_000000000' })],
    ['is signed for the other endpoint', () => sign(raw, { secret: pspKeys.connectWebhookSecret })],
    ['is a recording of ten minutes ago', () => sign(raw, { ageSeconds: 600 })],
    ['was changed after it was signed', () => sign(message('payment_intent.succeeded', { id: 'pi_other' }))],
  ])('that %s is refused and leaves nothing', async (_, signature) => {
    expect(await refusal(receive(psp.ctx(), 'platform', raw, signature()))).toBe('payments.bad_signature');
    expect(await stored()).toEqual([]);
  });

  it('is told from a true one by real time, wherever the business clock stands', async () => {
    t.clock.advance({ days: 400 });
    await receive(psp.ctx(), 'platform', raw, sign(raw));
    expect(await stored()).toHaveLength(1);
  });
});

describe('a message', () => {
  it('of an unknown type is kept and left alone', async () => {
    const raw = message('customer.subscription.updated', { id: 'sub_1' });
    await receive(psp.ctx(), 'platform', raw, sign(raw));
    await psp.settle();
    expect(await stored()).toMatchObject([
      { type: 'customer.subscription.updated', state: 'ignored', objectId: 'sub_1' },
    ]);
  });

  it('that comes twice is stored once and has one effect', async () => {
    const raw = message('customer.created', { id: 'cus_1' });
    await receive(psp.ctx(), 'platform', raw, sign(raw));
    await receive(psp.ctx(), 'platform', raw, sign(raw));
    expect(await stored()).toHaveLength(1);
  });

  it('with the same id at the other endpoint is another message', async () => {
    const raw = message('customer.created', { id: 'cus_1' });
    await receive(psp.ctx(), 'platform', raw, sign(raw));
    await receive(psp.ctx(), 'connect', raw, sign(raw, { secret: pspKeys.connectWebhookSecret }));
    expect(await stored()).toHaveLength(2);
  });

  it('about something that we do not know waits, then is given up, and can be taken up again', async () => {
    const { orderId, intentId } = await strangersPayment(psp);
    const raw = message('payment_intent.amount_capturable_updated', { id: intentId, metadata: {} });
    await receive(psp.ctx(), 'platform', raw, sign(raw));
    await psp.settle();
    const row = (await stored()).find(({ eventId }) => eventId === 'evt_made');
    expect(row?.state).toBe('deferred');
    // Every try is later than the one before; here they are made at once.
    for (let tries = 0; tries < 45; tries += 1) await psp.settle({ delayed: true });
    const dead = (await stored()).find(({ eventId }) => eventId === 'evt_made');
    expect(dead).toMatchObject({ state: 'dead', attempts: 40 });
    await query(psp.ctx(), 'update money_order set payment_intent_id = $2 where id = $1', [orderId, intentId]);
    await replay(psp.ctx(), dead?.webhookId ?? '');
    await psp.settle();
    expect((await stored()).find(({ eventId }) => eventId === 'evt_made')?.state).toBe('superseded');
  });
});

/** A payment at the PSP that names none of our orders, and an order that could have been meant. */
async function strangersPayment(world: PspTest): Promise<{ orderId: string; intentId: string }> {
  const deal = await buildDeal(t, world, { bank: null });
  const orderId = await openAnOrder(world, deal);
  const client = new Stripe(pspKeys.secretKey, {
    host: world.sandbox.host,
    port: world.sandbox.port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
  });
  const intent = await client.paymentIntents.create({
    amount: 12_000,
    currency: 'gbp',
    payment_method: 'pm_card_visa',
    allowed_payment_method_types: ['card'],
    confirm: true,
    capture_method: 'manual',
  });
  return { orderId, intentId: intent.id };
}

describe('messages in disorder', () => {
  it('doubled: each has its effect once', async () => {
    const deal = await buildDeal(t, psp);
    await psp.control('POST', '/faults', { kind: 'double' });
    const orderId = await orderAt(psp, deal, 'closed');
    expect(await movesOf(orderId)).toEqual([
      'open',
      'open_checkout',
      'authorise',
      'capture',
      'start',
      'deliver',
      'accept',
      'release',
      'pay_out',
    ]);
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });

  it('reversed: the last one says it all and the others are superseded', async () => {
    const deal = await buildDeal(t, psp);
    await psp.control('POST', '/hold');
    const orderId = await openAnOrder(psp, deal);
    await psp.pay(orderId);
    const { payment_intent_id: none } = await psp.order(orderId);
    expect(none).toBeNull();
    await psp.control('POST', '/release', { order: 'reversed' });
    await psp.settle();
    expect((await psp.order(orderId)).state).toBe('authorised');
    expect(await movesOf(orderId)).toEqual(['open', 'open_checkout', 'authorise']);
  });

  it('late: a payment, its capture and its refund all come after the fact', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'authorised');
    await psp.control('POST', '/hold');
    await capture(psp.ctx(), orderId);
    await psp.settle();
    await cancelAuthorisation(psp.ctx(), orderId, 'customer');
    await psp.settle();
    await psp.control('POST', '/release', { order: 'reversed' });
    await psp.settle();
    expect((await psp.order(orderId)).state).toBe('refunded');
    expect(await movesOf(orderId)).toEqual([
      'open',
      'open_checkout',
      'authorise',
      'capture',
      'refund_all',
      'refund_confirmed',
    ]);
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });

  it('from the future: the capture is heard of before the payment, and both are caught up', async () => {
    const deal = await buildDeal(t, psp);
    await psp.control('POST', '/hold');
    const orderId = await openAnOrder(psp, deal);
    await psp.pay(orderId);
    // Somebody captures it at the PSP's own desk before we have heard of the payment at all.
    const client = new Stripe(pspKeys.secretKey, {
      host: psp.sandbox.host,
      port: psp.sandbox.port,
      protocol: 'http',
      maxNetworkRetries: 0,
      telemetry: false,
    });
    const [intent] = (await client.paymentIntents.list({ limit: 1 })).data;
    await client.paymentIntents.capture(intent?.id ?? '');
    await psp.control('POST', '/release', { order: 'reversed' });
    await psp.settle();
    expect(await psp.order(orderId)).toMatchObject({ state: 'held', captured_minor: 12_000n });
    expect(await movesOf(orderId)).toEqual(['open', 'open_checkout', 'authorise', 'capture']);
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });

  it('lost: what should have been heard of is asked about', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'released');
    await psp.control('POST', '/faults', { kind: 'drop', types: ['payout.paid'] });
    await runPayouts(psp.ctx());
    await psp.settle();
    await psp.pass({ days: 3 });
    expect((await psp.order(orderId)).state).toBe('released');
    await askAbout(psp.ctx());
    expect((await psp.order(orderId)).state).toBe('closed');
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });
});
