import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCheckout, startBench, URLS, type Bench } from './fixtures.ts';
import { finishOnboarding, payHosted } from './testing.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench({ merchantName: 'Plumb & Line <test>' });
});
afterEach(() => bench.close());

async function text(url: string): Promise<string> {
  return (await fetch(url)).text();
}

/** Every input has a label of its own, and every description that is named exists. */
function expectLabelled(page: string): void {
  const ids = [...page.matchAll(/<input[^>]*\sid="([^"]+)"/g)].map((found) => found[1]!);
  expect(ids.length).toBeGreaterThan(0);
  for (const id of ids) expect(page).toContain(`<label for="${id}">`);
  for (const [, described] of page.matchAll(/aria-describedby="([^"]+)"/g)) {
    for (const id of described!.split(' ')) expect(page).toContain(`id="${id}"`);
  }
}

describe('payment page', () => {
  it('says who is paid, how much and for what, in test mode, and escapes it', async () => {
    const session = await openCheckout(bench.stripe);
    const answer = await fetch(session.url!);
    const page = await answer.text();
    expect(page).toContain('Sandbox payments');
    expect(page).toContain('Test mode');
    expect(page).toContain('Pay Plumb &amp; Line &lt;test&gt;');
    expect(page).toContain('£120.00');
    expect(page).toContain('Boiler service');
    expect(page).toContain('4242 4242 4242 4242');
    expect(page).toContain(`href="${URLS.cancel_url}"`);
    expect(page).not.toContain('<script');
    expectLabelled(page);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' http://shop.test");
  });

  it('lists every problem above the form, tied to its field, and keeps what was typed', async () => {
    const session = await openCheckout(bench.stripe);
    const wrong = await payHosted(session.url!, {
      card: '4242 4242 4242 4241',
      code: '',
      email: 'amira',
      expiry: '13/30',
      name: '',
    });
    if (wrong.kind !== 'refused') throw new Error(wrong.kind);
    expect(wrong.status).toBe(422);
    expect(wrong.page).toContain('<title>Error: ');
    for (const field of ['email', 'number', 'expiry', 'code', 'name']) {
      expect(wrong.page).toContain(`<a href="#${field}">`);
      expect(wrong.page).toContain(`id="${field}-problem"`);
    }
    expect(wrong.page).toContain('value="amira"');
    expectLabelled(wrong.page);
  });

  it('refuses an expired card and a card that is not a test card', async () => {
    const session = await openCheckout(bench.stripe);
    const expired = await payHosted(session.url!, { expiry: '02 / 26' });
    expect(expired).toMatchObject({ kind: 'refused', status: 422, page: expect.stringContaining('has expired') });
    expect(await payHosted(session.url!, { card: '4111111111111111' })).toMatchObject({
      page: expect.stringContaining('not a test card'),
    });
    expect((await payHosted(session.url!, { expiry: '03/2026' })).kind).toBe('returned');
  });

  it('fills a test card in without a script', async () => {
    const session = await openCheckout(bench.stripe);
    const answer = await fetch(session.url!, {
      method: 'POST',
      body: new URLSearchParams({ email: 'a@b.test', fill: 'insufficient' }),
    });
    const page = await answer.text();
    expect(page).toContain('value="4000 0000 0000 9995"');
    expect(page).toContain('value="12 / 29"');
    expect(page).toContain('value="a@b.test"');
  });

  it('sends a second submission back to the merchant', async () => {
    const session = await openCheckout(bench.stripe);
    await payHosted(session.url!);
    const again = await fetch(session.url!, {
      method: 'POST',
      body: new URLSearchParams({ act: 'pay' }),
      redirect: 'manual',
    });
    expect([again.status, again.headers.get('location')]).toEqual([303, `http://shop.test/done?session=${session.id}`]);
    expect(await text(session.url!)).toContain('already done');
    expect((await bench.stripe.paymentIntents.list()).data).toHaveLength(1);
  });

  it('never keeps a card number', async () => {
    const session = await openCheckout(bench.stripe);
    await payHosted(session.url!, { card: '4000002500003155' });
    const events = await bench.stripe.events.list({ limit: 100 });
    expect(JSON.stringify(events.data)).not.toContain('4000002500003155');
  });

  it('answers unknown addresses with 404', async () => {
    for (const path of ['/c/pay/cs_test_unknown', '/3ds/pi_unknown', '/onboarding/acct_unknown', '/', '/c/pay/..%2f']) {
      expect((await fetch(`${bench.sandbox.url}${path}`)).status).toBe(404);
    }
  });
});

describe('onboarding page', () => {
  async function account(country = 'GB') {
    return bench.stripe.accounts.create({
      type: 'express',
      country,
      capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
      business_profile: { name: 'Novak Plumbing' },
      metadata: { organisation: 'org-1' },
    });
  }
  async function link(id: string) {
    const made = await bench.stripe.accountLinks.create({
      account: id,
      type: 'account_onboarding',
      return_url: 'http://shop.test/back',
      refresh_url: 'http://shop.test/again',
    });
    return made.url;
  }

  it('makes an account payable and tells the connect endpoint', async () => {
    const made = await account();
    expect(made).toMatchObject({ charges_enabled: false, payouts_enabled: false, details_submitted: false });
    expect(made.requirements?.currently_due).toEqual([
      'business_type',
      'company.name',
      'external_account',
      'tos_acceptance.date',
      'tos_acceptance.ip',
    ]);
    const url = await link(made.id);
    const page = await text(url);
    expect(page).toContain('value="Novak Plumbing"');
    expectLabelled(page);
    expect(await finishOnboarding(url, { account: '00012345' })).toEqual({
      kind: 'returned',
      url: 'http://shop.test/back',
    });
    const ready = await bench.stripe.accounts.retrieve(made.id);
    expect(ready).toMatchObject({
      capabilities: { card_payments: 'active', transfers: 'active' },
      charges_enabled: true,
      details_submitted: true,
      metadata: { organisation: 'org-1' },
      payouts_enabled: true,
      requirements: { currently_due: [], disabled_reason: null },
    });
    expect(ready.external_accounts?.data[0]).toMatchObject({
      object: 'bank_account',
      last4: '2345',
      routing_number: '108800',
      currency: 'gbp',
    });
    await bench.sandbox.idle();
    expect(bench.receiver.received).toMatchObject([
      {
        endpoint: 'connect',
        event: { type: 'account.updated', account: made.id, data: { previous_attributes: { payouts_enabled: false } } },
      },
    ]);
    expect(await finishOnboarding(url)).toEqual({ kind: 'returned', url: 'http://shop.test/back' });
    expect(ready.external_accounts?.data).toHaveLength(1);
  });

  it('names what is missing', async () => {
    const url = await link((await account()).id);
    const wrong = await finishOnboarding(url, { account: '1', name: '', sortCode: '12' });
    if (wrong.kind !== 'refused') throw new Error(wrong.kind);
    expect(wrong.status).toBe(422);
    for (const field of ['name', 'sortCode', 'account']) expect(wrong.page).toContain(`<a href="#${field}">`);
    expectLabelled(wrong.page);
  });

  it('asks for an IBAN outside Britain', async () => {
    const made = await account('IE');
    const url = await link(made.id);
    expect(await text(url)).toContain('IBAN');
    await finishOnboarding(url, { account: 'IE29 AIBK 9311 5212 3456 78', kind: 'individual', name: 'Aoife Byrne' });
    const ready = await bench.stripe.accounts.retrieve(made.id);
    expect(ready).toMatchObject({
      default_currency: 'eur',
      individual: { first_name: 'Aoife', last_name: 'Byrne' },
      payouts_enabled: true,
    });
  });

  it('sends an outdated link to the refresh page and refuses a wrong one', async () => {
    const made = await account();
    const url = await link(made.id);
    expect((await fetch(url.replace(/key=.*/, 'key=guess'))).status).toBe(404);
    bench.clock.advance(3600);
    const late = await fetch(url, { redirect: 'manual' });
    expect(late.headers.get('location')).toBe('http://shop.test/again');
  });

  it('can be told everything by API instead', async () => {
    const made = await account();
    const ready = await bench.stripe.accounts.update(made.id, {
      business_type: 'company',
      company: { name: 'Novak Plumbing Ltd' },
      external_account: {
        object: 'bank_account',
        account_number: '00012345',
        country: 'GB',
        currency: 'gbp',
        routing_number: '108800',
      },
      settings: { payouts: { schedule: { interval: 'manual' } } },
      tos_acceptance: { date: 1_700_000_000, ip: '127.0.0.1' },
    });
    expect(ready).toMatchObject({
      payouts_enabled: true,
      settings: { payouts: { schedule: { delay_days: 2, interval: 'manual' } } },
    });
    const banks = await bench.stripe.accounts.listExternalAccounts(made.id, { object: 'bank_account' });
    expect(banks.data).toHaveLength(1);
  });

  it('pays nobody out whose payouts are automatic: that would pay twice', async () => {
    const made = await account();
    await finishOnboarding(await link(made.id));
    await expect(
      bench.stripe.payouts.create({ amount: 100, currency: 'gbp' }, { stripeAccount: made.id }),
    ).rejects.toMatchObject({
      code: 'payouts_not_allowed',
    });
  });
});
