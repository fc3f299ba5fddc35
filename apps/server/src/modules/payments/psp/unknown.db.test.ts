import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { query } from '../../../platform/db/statement.ts';
import { isRefusal } from '../../../platform/errors.ts';
import { dbTest } from '../../../platform/testing.ts';
import { startOnboarding } from '../account/service.ts';
import { startCheckout } from '../checkout/service.ts';
import { audited, buildDeal, openAnOrder, orderAt, type Deal } from '../fixtures.ts';
import { pspKeys, pspTest } from '../psp-fixtures.ts';
import { cancelAuthorisation, capture, requestExpiry } from '../order/wishes.ts';
import { runPayouts } from '../payout/run.ts';
import { refund } from '../refund/make.ts';
import { janitor } from '../tasks.ts';
import { intend, record } from './intent.ts';
import { perform } from './perform.ts';
import { callById } from './store.ts';

const t = dbTest();
const psp = pspTest(t);

const client = () =>
  new Stripe(pspKeys.secretKey, {
    host: psp.sandbox.host,
    port: psp.sandbox.port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
  });

const everything = async () => {
  for (let round = 0; round < 6; round += 1) await psp.settle({ delayed: true });
};

interface CallState {
  kind: string;
  state: string;
  attempts: number;
}
const calls = (kind: string) =>
  query<CallState>(psp.ctx(), 'select kind, state, attempts from psp_call where kind = $1 order by id', [kind]);

/** Each kind of call: where it goes, what brings it about, and how to count at the PSP what it made. */
interface Case {
  kind: string;
  path: string;
  act: (deal: Deal) => Promise<string>;
  made: () => Promise<number>;
  ends: string;
}

const farAhead = { daysAhead: 90 };

const cases: Case[] = [
  {
    kind: 'checkout',
    path: '/v1/checkout/sessions',
    act: async (deal) => {
      const orderId = await openAnOrder(psp, deal);
      await startCheckout(psp.ctx(deal.customer), orderId, { returnPath: '/x' });
      return orderId;
    },
    made: async () => (await client().checkout.sessions.list({ limit: 100 })).data.length,
    ends: 'awaiting_payment',
  },
  {
    kind: 'customer',
    path: '/v1/customers',
    act: async (deal) => {
      const orderId = await openAnOrder(psp, deal, farAhead);
      await psp.pay(orderId);
      return orderId;
    },
    made: async () => (await client().customers.list({ limit: 100 })).data.length,
    ends: 'card_saved',
  },
  {
    kind: 'expire_checkout',
    path: '/v1/checkout/sessions/*/expire',
    act: async (deal) => {
      const orderId = await openAnOrder(psp, deal);
      await startCheckout(psp.ctx(deal.customer), orderId, { returnPath: '/x' });
      await requestExpiry(psp.ctx(), orderId);
      return orderId;
    },
    made: async () => (await client().checkout.sessions.list({ limit: 100, status: 'expired' })).data.length,
    ends: 'cancelled',
  },
  {
    kind: 'capture',
    path: '/v1/payment_intents/*/capture',
    act: async (deal) => {
      const orderId = await orderAt(psp, deal, 'authorised');
      await capture(psp.ctx(), orderId);
      return orderId;
    },
    made: async () =>
      (await client().paymentIntents.list({ limit: 100 })).data.filter(({ status }) => status === 'succeeded').length,
    ends: 'held',
  },
  {
    kind: 'cancel',
    path: '/v1/payment_intents/*/cancel',
    act: async (deal) => {
      const orderId = await orderAt(psp, deal, 'authorised');
      await cancelAuthorisation(psp.ctx(), orderId, 'declined');
      return orderId;
    },
    made: async () =>
      (await client().paymentIntents.list({ limit: 100 })).data.filter(({ status }) => status === 'canceled').length,
    ends: 'cancelled',
  },
  {
    kind: 'charge',
    path: '/v1/payment_intents',
    act: async (deal) => {
      const orderId = await openAnOrder(psp, deal, farAhead);
      await psp.pay(orderId);
      await capture(psp.ctx(), orderId);
      return orderId;
    },
    made: async () => (await client().paymentIntents.list({ limit: 100 })).data.length,
    ends: 'held',
  },
  {
    kind: 'refund',
    path: '/v1/refunds',
    act: async (deal) => {
      const orderId = await orderAt(psp, deal, 'held');
      await refund(psp.ctx(), orderId, { amountMinor: 12_000n, reason: 'cancelled' });
      return orderId;
    },
    made: async () => (await client().refunds.list({ limit: 100 })).data.length,
    ends: 'refunded',
  },
  {
    kind: 'transfer',
    path: '/v1/transfers',
    act: async (deal) => {
      const orderId = await orderAt(psp, deal, 'released');
      await runPayouts(psp.ctx());
      return orderId;
    },
    made: async () => (await client().transfers.list({ limit: 100 })).data.length,
    ends: 'closed',
  },
  {
    kind: 'payout',
    path: '/v1/payouts',
    act: async (deal) => {
      const orderId = await orderAt(psp, deal, 'released');
      await runPayouts(psp.ctx());
      return orderId;
    },
    made: async () => {
      const [account] = (await client().accounts.list({ limit: 1 })).data;
      return (await client().payouts.list({ limit: 100 }, { stripeAccount: account?.id ?? '' })).data.length;
    },
    ends: 'closed',
  },
];

describe.each(['error_after_success', 'cut_after_success'] as const)('a call whose answer is lost (%s)', (fault) => {
  it.each(cases)('$kind: is done once and known in the end', async ({ kind, path, act, made, ends }) => {
    const deal = await buildDeal(t, psp);
    await psp.control('POST', '/faults', { kind: fault, path, method: 'POST', times: 1 });
    const orderId = await act(deal);
    await everything();
    if (ends === 'closed') await psp.pass({ days: 2 });
    expect(await made()).toBe(1);
    expect(await calls(kind)).toMatchObject([{ state: 'done' }]);
    expect((await psp.order(orderId)).state).toBe(ends);
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });
});

describe('a call that the PSP never did', () => {
  it('is made again, under a new key where the old one is worn out', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'authorised');
    await psp.control('POST', '/faults', {
      kind: 'error_before',
      path: '/v1/payment_intents/*/capture',
      status: 500,
      times: 3,
    });
    await capture(psp.ctx(), orderId);
    await everything();
    expect((await psp.order(orderId)).state).toBe('held');
    expect((await calls('capture'))[0]?.attempts).toBeGreaterThan(3);
  });

  it('waits while the PSP turns callers away', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'authorised');
    await psp.control('POST', '/faults', {
      kind: 'error_before',
      path: '/v1/payment_intents/*/capture',
      status: 429,
      times: 2,
    });
    await capture(psp.ctx(), orderId);
    await everything();
    expect((await psp.order(orderId)).state).toBe('held');
  });
});

describe('an account whose answer is lost', () => {
  it('is found again, not made twice', async () => {
    const deal = await buildDeal(t, psp, { bank: null });
    await psp.control('POST', '/faults', {
      kind: 'error_after_success',
      path: '/v1/accounts',
      method: 'POST',
      times: 1,
    });
    expect(await startOnboarding(psp.ctx(deal.owner), deal.organisationId, '/studio/money')).toContain('http');
    expect((await client().accounts.list({ limit: 10 })).data).toHaveLength(1);
    expect(await calls('account')).toMatchObject([{ state: 'done', attempts: 1 }]);
  });
});

describe('an intent that nobody called', () => {
  it('is asked about before it is made, when its caller may have died after calling', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'authorised');
    const { payment_intent_id: intentId } = await psp.order(orderId);
    // The caller captured, and died before it could write anything down.
    await client().paymentIntents.capture(intentId ?? '');
    await psp.control('POST', '/faults', { kind: 'drop' });
    const callId = await record(psp.ctx(), {
      kind: 'capture',
      dedupeKey: `capture:${intentId}`,
      subjectId: orderId,
      params: { intentId, amountMinor: '12000', currency: 'GBP' },
    });
    await query(psp.ctx(), `update psp_call set intended_at = clock_timestamp() - interval '2 minutes' where id = $1`, [
      callId,
    ]);
    await janitor(psp.ctx());
    await psp.settle();
    expect(await callById.one(psp.ctx(), callId)).toMatchObject({ state: 'done', attempts: 1 });
    expect((await psp.order(orderId)).state).toBe('held');
  });

  it('is one intent, however often it is wished for', async () => {
    const wish = {
      kind: 'cancel' as const,
      dedupeKey: 'cancel:pi_1',
      subjectId: '00000000-0000-7000-8000-000000000001',
      params: { intentId: 'pi_1' },
    };
    expect(await intend(psp.ctx(), wish)).toBe(await intend(psp.ctx(), wish));
  });
});

describe('a definite no', () => {
  it('of a transfer frees the money for the next payout', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'released');
    await psp.control('POST', '/faults', { kind: 'error_before', path: '/v1/transfers', status: 400, times: 1 });
    await runPayouts(psp.ctx());
    await psp.settle();
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
    await runPayouts(psp.ctx());
    await psp.settle();
    await psp.pass({ days: 2 });
    expect((await psp.order(orderId)).state).toBe('closed');
  });

  it('reaches the person who waits as a refusal', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await openAnOrder(psp, deal);
    await psp.control('POST', '/faults', {
      kind: 'error_before',
      path: '/v1/checkout/sessions',
      status: 500,
      times: 5,
    });
    const answer: unknown = await startCheckout(psp.ctx(deal.customer), orderId, { returnPath: '/x' }).catch(
      (error: unknown) => error,
    );
    expect(isRefusal(answer, 'payments.psp_unavailable')).toBe(true);
  });

  it('is not asked again', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'authorised');
    await psp.control('POST', '/faults', {
      kind: 'error_before',
      path: '/v1/payment_intents/*/capture',
      status: 400,
      times: 1,
    });
    await capture(psp.ctx(), orderId);
    await psp.settle();
    const [call] = await calls('capture');
    expect(call).toMatchObject({ state: 'failed', attempts: 1 });
    expect((await psp.events(orderId)).slice(-2)).toEqual([
      'payments.capture_failed',
      'payments.authorisation_cancelled',
    ]);
    expect((await psp.order(orderId)).state).toBe('cancelled');
    const { id } = await query<{ id: string }>(psp.ctx(), `select id from psp_call where kind = 'capture'`).then(
      ([row]) => row ?? { id: '' },
    );
    expect((await perform(psp.ctx(), id)).attempts).toBe(1);
  });
});
