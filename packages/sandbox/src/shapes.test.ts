import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, SECRET_KEY, URLS, captured, openCheckout, payableAccount, startBench, type Bench } from './fixtures.ts';
import { payHosted } from './testing.ts';

type Json = Record<string, unknown>;
const fixtures = JSON.parse(readFileSync(new URL('../fixtures/stripe.json', import.meta.url), 'utf8')) as {
  resources: Record<string, Json>;
};

/** Keys of the examples that the API shows only on request. */
const ON_REQUEST: Record<string, readonly string[]> = { charge: ['refunds'] };

let bench: Bench;
let seen: Map<string, Json>;

/** The answer as it is on the wire, before the SDK touches it. */
async function get(path: string, account?: string): Promise<Json> {
  const headers = {
    Authorization: `Bearer ${SECRET_KEY}`,
    ...(account === undefined ? {} : { 'Stripe-Account': account }),
  };
  const answer = await fetch(`${bench.sandbox.url}/v1${path}`, { headers });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Json;
}

/** One object of every kind, each having lived a little. */
async function tour(): Promise<Map<string, Json>> {
  const { stripe } = bench;
  const account = await payableAccount(bench);
  const link = await stripe.accountLinks.create({
    account,
    type: 'account_onboarding',
    return_url: 'http://shop.test/',
    refresh_url: 'http://shop.test/',
  });
  const session = await openCheckout(stripe);
  await payHosted(session.url!);
  const customer = await stripe.customers.create({});
  const setup = await stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'gbp',
    customer: customer.id,
    ...URLS,
  });
  await payHosted(setup.url!);
  const disputed = await captured(stripe, 10_000, 'pm_card_createDispute');
  const intent = await captured(stripe, 10_000, 'pm_card_bypassPending');
  const source = (intent.latest_charge as { id: string }).id;
  const refund = await stripe.refunds.create({ charge: source, amount: 100 });
  const transfer = await stripe.transfers.create({
    amount: 5_000,
    currency: 'gbp',
    destination: account,
    source_transaction: source,
  });
  const reversal = await stripe.transfers.createReversal(transfer.id, { amount: 100 });
  const payout = await stripe.payouts.create({ amount: 1_000, currency: 'gbp' }, { stripeAccount: account });
  await bench.pass(DAY);
  const banks = await get(`/accounts/${account}/external_accounts`);
  const disputes = await get(`/disputes?payment_intent=${disputed.id}`);
  const setups = await get('/setup_intents');
  const methods = await get(`/customers/${customer.id}/payment_methods`);
  const events = await get('/events?limit=1');
  const entries = await get('/balance_transactions?limit=1');
  const first = (list: Json) => (list['data'] as Json[])[0]!;
  const objects = [
    await get(`/accounts/${account}`),
    { ...link, lastResponse: undefined },
    first(banks),
    await get('/balance'),
    first(entries),
    await get(`/charges/${source}`),
    await get(`/checkout/sessions/${session.id}`),
    await get(`/customers/${customer.id}`),
    first(disputes),
    first(events),
    await get(`/payment_intents/${intent.id}`),
    first(methods),
    await get(`/payouts/${payout.id}`, account),
    await get(`/refunds/${refund.id}`),
    first(setups),
    await get(`/transfers/${transfer.id}`),
    await get(`/transfers/${transfer.id}/reversals/${reversal.id}`),
  ];
  return new Map(objects.map((object) => [String(object['object']), object]));
}

beforeAll(async () => {
  bench = await startBench();
  seen = await tour();
});
afterAll(() => bench.close());

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** The same kind of value, or nothing on one side: the examples fill in what real objects often leave null. */
function alike(ours: unknown, theirs: unknown): boolean {
  const kinds = [kindOf(ours), kindOf(theirs)];
  return kinds[0] === kinds[1] || kinds.includes('null');
}

describe('the shape of every object', () => {
  it.each(Object.keys(fixtures.resources))('%s has every key of the example, of the same type', (kind) => {
    const ours = seen.get(kind);
    const theirs = fixtures.resources[kind]!;
    expect(ours, `no ${kind} was made`).toBeDefined();
    const keys = Object.keys(theirs).filter((key) => !ON_REQUEST[kind]?.includes(key));
    expect(keys.filter((key) => !Object.hasOwn(ours!, key))).toEqual([]);
    expect(keys.filter((key) => !alike(ours![key], theirs[key]))).toEqual([]);
  });
});
