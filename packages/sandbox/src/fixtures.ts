import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { createSandbox, type Sandbox, type SandboxOptions } from './index.ts';

export const SECRET_KEY = 'sk_test_sandboxtests000000000000';
export const CONTROL_KEY = 'control-key-of-the-tests';
export const SECRETS = { platform: 'whsec_platformtests0000000000', connect: 'whsec_connecttests00000000000' };
export const DAY = 24 * 3600;

export interface Received {
  endpoint: 'platform' | 'connect';
  event: Stripe.Event;
  signature: string;
  payload: string;
}

export interface Receiver {
  url(endpoint: 'platform' | 'connect'): string;
  received: Received[];
  types(): string[];
  /** The next answers, one per delivery; 200 when the list is empty. */
  answers: number[];
  close(): Promise<void>;
}

/** A webhook endpoint that verifies every signature with the official SDK. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: number[] = [];
  const webhooks = new Stripe('sk_test_unused').webhooks;
  const server: Server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const payload = Buffer.concat(chunks).toString('utf8');
      const signature = String(message.headers['stripe-signature']);
      const endpoint = message.url === '/connect' ? 'connect' : 'platform';
      const status = answers.shift() ?? 200;
      if (status < 300) {
        const event = webhooks.constructEvent(payload, signature, SECRETS[endpoint]);
        received.push({ endpoint, event, signature, payload });
      }
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: (endpoint) => `http://127.0.0.1:${port}/${endpoint}`,
    received,
    types: () => received.map((one) => one.event.type),
    answers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export interface TestClock {
  now(): Date;
  advance(seconds: number): void;
}

function testClock(): TestClock {
  let at = Date.parse('2026-03-02T09:00:00Z');
  return {
    now: () => new Date(at),
    advance: (seconds) => {
      at += seconds * 1000;
    },
  };
}

/** The official SDK, pointed at a sandbox. */
export function stripeFor(sandbox: Sandbox, key: string = SECRET_KEY): Stripe {
  return new Stripe(key, {
    host: sandbox.host,
    port: sandbox.port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
  });
}

export interface Bench {
  sandbox: Sandbox;
  stripe: Stripe;
  clock: TestClock;
  receiver: Receiver;
  control(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
  /** Moves the clock, does what became due, and waits for the webhooks. */
  pass(seconds: number): Promise<void>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** A sandbox with a webhook receiver and an SDK, on a clock that only the test moves. */
export async function startBench(options: Partial<SandboxOptions> = {}): Promise<Bench> {
  const receiver = await startReceiver();
  const clock = testClock();
  const start = () =>
    createSandbox({
      clock,
      port: 0,
      dataFile: ':memory:',
      secretKey: SECRET_KEY,
      controlKey: CONTROL_KEY,
      webhooks: [
        { url: receiver.url('platform'), secret: SECRETS.platform, connect: false },
        { url: receiver.url('connect'), secret: SECRETS.connect, connect: true },
      ],
      retry: { baseMs: 5, capMs: 40 },
      ...options,
    });
  const first = await start();
  const bench: Bench = {
    sandbox: first,
    stripe: stripeFor(first),
    clock,
    receiver,
    control: async (method, path, body) => {
      const answer = await fetch(`${bench.sandbox.url}/_sandbox${path}`, {
        method,
        headers: { Authorization: `Bearer ${CONTROL_KEY}`, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return (await answer.json()) as Record<string, unknown>;
    },
    pass: async (seconds) => {
      clock.advance(seconds);
      bench.sandbox.tick();
      await bench.sandbox.idle();
    },
    restart: async () => {
      await bench.sandbox.close();
      bench.sandbox = await start();
      bench.stripe = stripeFor(bench.sandbox);
    },
    close: async () => {
      await bench.sandbox.close();
      await receiver.close();
    },
  };
  return bench;
}

export const URLS = {
  success_url: 'http://shop.test/done?session={CHECKOUT_SESSION_ID}',
  cancel_url: 'http://shop.test/cancelled',
};

/** A checkout session for one job, authorised at payment and captured later unless told otherwise. */
export async function openCheckout(
  stripe: Stripe,
  more: { amount?: number; capture?: 'manual' | 'automatic'; transferGroup?: string } = {},
): Promise<Stripe.Checkout.Session> {
  return stripe.checkout.sessions.create({
    mode: 'payment',
    line_items: [
      {
        price_data: { currency: 'gbp', product_data: { name: 'Boiler service' }, unit_amount: more.amount ?? 12_000 },
        quantity: 1,
      },
    ],
    payment_intent_data: {
      capture_method: more.capture ?? 'manual',
      metadata: { order: 'order-1' },
      ...(more.transferGroup === undefined ? {} : { transfer_group: more.transferGroup }),
    },
    client_reference_id: 'order-1',
    metadata: { order: 'order-1' },
    ...URLS,
  });
}

/** A charge that has been captured, made without a browser. */
export async function captured(
  stripe: Stripe,
  amount = 12_000,
  method = 'pm_card_visa',
): Promise<Stripe.PaymentIntent> {
  return stripe.paymentIntents.create({
    amount,
    currency: 'gbp',
    payment_method: method,
    allowed_payment_method_types: ['card'],
    confirm: true,
    expand: ['latest_charge'],
  });
}

/** A connected account that may be paid, with manual payouts. */
export async function payableAccount(bench: Bench, accountNumber = '00012345'): Promise<string> {
  const account = await bench.stripe.accounts.create({
    type: 'express',
    country: 'GB',
    email: 'bea@novak.test',
    capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
    settings: { payouts: { schedule: { interval: 'manual' } } },
  });
  await bench.control('POST', `/accounts/${account.id}/onboarding`, {
    account_number: accountNumber,
    name: 'Novak Plumbing',
  });
  return account.id;
}
