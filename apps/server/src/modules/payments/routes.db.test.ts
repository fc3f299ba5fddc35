import { describe, expect, it } from 'vitest';
import { orderFor } from './order/read.ts';
import { freeze } from './order/work.ts';
import { isRefusal } from '../../platform/errors.ts';
import { dbTest } from '../../platform/testing.ts';
import type { PersonActor } from '../../platform/ctx.ts';
import { buildEnterprise, buildMember, buildProvider, buildUser } from '../identity/fixtures.ts';
import { buildDeal, orderAt, type Deal } from './fixtures.ts';
import { pspTest } from './psp-fixtures.ts';
import * as policy from './policy.ts';
import { giveBack } from './refund/ask.ts';

const t = dbTest();
const psp = pspTest(t);

const refusal = async (act: Promise<unknown>) => {
  const error: unknown = await act.then(
    () => undefined,
    (error: unknown) => error,
  );
  return isRefusal(error) ? error.code : error;
};

/** Everyone who might look at an order. */
async function onlookers(deal: Deal): Promise<Record<string, PersonActor>> {
  const ctx = psp.ctx();
  return {
    customer: deal.customer,
    owner: deal.owner,
    dispatcher: await buildMember(ctx, deal.organisationId, ['dispatcher'], 'Dana Dispatcher'),
    crew: await buildMember(ctx, deal.organisationId, ['member'], 'Colin Crew'),
    finance: deal.finance,
    stranger: await buildUser(ctx, 'Stefan Stranger'),
    competitor: (await buildProvider(ctx, { name: 'Other Plumbing', owner: 'Otto Other' })).owner,
    company: (await buildEnterprise(ctx, { name: 'Other Estates', owner: 'Ella Estate' })).owner,
  };
}

const holding = (seen: Record<string, boolean>) => Object.keys(seen).filter((name) => seen[name]);

describe('who may', () => {
  it('see the money of an order: its two sides and staff, not the crew, not others', async () => {
    const deal = await buildDeal(t, psp, { bank: null });
    const orderId = await orderAt(psp, deal, 'held');
    const people = await onlookers(deal);
    const seen: Record<string, boolean> = {};
    for (const [name, actor] of Object.entries(people))
      seen[name] = (await refusal(orderFor(psp.ctx(actor), orderId))) === undefined;
    expect(holding(seen)).toEqual(['customer', 'owner', 'dispatcher', 'finance']);
  });

  it('give money back: the provider’s owner before release, finance staff at any time', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'held');
    const people = await onlookers(deal);
    const allowed = async () => {
      const order = await psp.order(orderId);
      return Object.keys(people).filter((name) => policy.mayRefund(people[name] ?? { kind: 'anonymous' }, order));
    };
    expect(await allowed()).toEqual(['owner', 'finance']);
    const released = await orderAt(psp, deal, 'released');
    expect(policy.mayRefund(deal.owner, await psp.order(released))).toBe(false);
    expect(policy.mayRefund(deal.finance, await psp.order(released))).toBe(true);
  });

  it('say where payouts go: an owner alone', async () => {
    const deal = await buildDeal(t, psp, { bank: null });
    const people = await onlookers(deal);
    const may: string[] = [];
    for (const [name, actor] of Object.entries(people)) {
      const no = await refusal(Promise.resolve().then(() => policy.requireAccountManager(actor, deal.organisationId)));
      if (no === undefined) may.push(name);
    }
    expect(may).toEqual(['owner']);
  });
});

describe('a person who gives money back', () => {
  it('is told no as a stranger, as the customer, and in another currency', async () => {
    const deal = await buildDeal(t, psp, { bank: null });
    const orderId = await orderAt(psp, deal, 'held');
    const amount = { minor: '100', currency: 'GBP' };
    const stranger = await buildUser(psp.ctx(), 'Stefan Stranger');
    expect(await refusal(giveBack(psp.ctx(stranger), orderId, amount, 'because'))).toBe('access.not_found');
    expect(await refusal(giveBack(psp.ctx(deal.customer), orderId, amount, 'because'))).toBe('access.forbidden');
    expect(await refusal(giveBack(psp.ctx(deal.owner), orderId, { ...amount, currency: 'EUR' }, 'because'))).toBe(
      'payments.bad_amount',
    );
    expect(await refusal(giveBack(psp.ctx(deal.owner), orderId, amount, 'because'))).toBeUndefined();
  });

  it('cannot decide a problem that way', async () => {
    const deal = await buildDeal(t, psp, { bank: null });
    const orderId = await orderAt(psp, deal, 'delivered');
    await freeze(psp.ctx(), orderId, 'it leaks');
    const amount = { minor: '100', currency: 'GBP' };
    expect(await refusal(giveBack(psp.ctx(deal.owner), orderId, amount, 'because'))).toBe('access.forbidden');
  });

  it('give nothing back while a problem waits for its decision', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'delivered');
    await freeze(psp.ctx(), orderId, 'it leaks');
    const amount = { minor: '1000', currency: 'GBP' };
    expect(await refusal(giveBack(psp.ctx(deal.finance), orderId, amount, 'because'))).toBe('payments.not_allowed_now');
    expect((await orderFor(psp.ctx(deal.finance), orderId)).can.refund).toBe(false);
  });
});

describe('what an order lets its reader do', () => {
  it('follows who reads it and how far it is', async () => {
    const deal = await buildDeal(t, psp, { bank: null });
    const orderId = await orderAt(psp, deal, 'open');
    const can = async (actor: PersonActor) => (await orderFor(psp.ctx(actor), orderId)).can;
    expect(await can(deal.customer)).toEqual({ pay: true, refund: false, retryRefund: false, approveRelease: false });
    expect(await can(deal.owner)).toEqual({ pay: false, refund: false, retryRefund: false, approveRelease: false });
    await psp.pay(orderId);
    expect((await can(deal.customer)).pay).toBe(false);
  });
});
