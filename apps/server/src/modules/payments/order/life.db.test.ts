import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../../platform/errors.ts';
import { dbTest } from '../../../platform/testing.ts';
import { audited, books, buildDeal, openAnOrder, orderAt } from '../fixtures.ts';
import { pspTest } from '../psp-fixtures.ts';
import { runPayouts } from '../payout/run.ts';
import { quoteSplit } from './open.ts';
import { orderFor } from './read.ts';
import { eventsOf } from './store.ts';
import { cancelAuthorisation, capture, requestExpiry } from './wishes.ts';
import { acceptWork, freeze, markDelivered, startService, unfreeze } from './work.ts';
import { startCheckout } from '../checkout/service.ts';
import { refund } from '../refund/make.ts';

const t = dbTest();
const psp = pspTest(t);

const refusal = async (act: Promise<unknown>) => {
  const error: unknown = await act.then(
    () => undefined,
    (error: unknown) => error,
  );
  return isRefusal(error) ? error.code : error;
};

const movesOf = async (orderId: string) => (await eventsOf.all(psp.ctx(), orderId)).map(({ move }) => move);

describe('the whole life of an order', () => {
  it('runs from checkout to the bank, and every penny is where it belongs', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await openAnOrder(psp, deal);
    expect(await psp.pay(orderId)).toMatchObject({ kind: 'returned' });
    expect((await psp.order(orderId)).state).toBe('authorised');

    await capture(psp.ctx(), orderId);
    await psp.settle();
    expect(await psp.order(orderId)).toMatchObject({ state: 'held', captured_minor: 12_000n, card_last4: '4242' });
    expect((await orderFor(psp.ctx(deal.customer), orderId)).amounts.held.minor).toBe('12000');

    await startService(psp.ctx(), orderId);
    await markDelivered(psp.ctx(), orderId);
    await acceptWork(psp.ctx(), orderId, { by: 'customer' });
    expect(await books(psp.ctx(), deal.organisationId)).toMatchObject({ window: 10_560n, available: 0n });

    await psp.pass({ days: 2, hours: 23 });
    expect((await psp.order(orderId)).state).toBe('release_pending');
    await psp.pass({ hours: 1 });
    expect((await psp.order(orderId)).state).toBe('released');
    expect(await books(psp.ctx(), deal.organisationId)).toMatchObject({ window: 0n, available: 10_560n });

    expect(await runPayouts(psp.ctx())).toMatchObject({ payouts: 1, amountMinor: 10_560n });
    await psp.settle();
    await psp.pass({ days: 2 });
    expect((await psp.order(orderId)).state).toBe('closed');
    await audited(psp.ctx(), []);
    // 120.00 taken, 2.00 kept by the PSP, 105.60 paid out: 12.00 commission and 2.40 VAT on it, less the PSP's fee, remain.
    expect(await books(psp.ctx(), deal.organisationId)).toEqual({
      psp: 1_240n,
      window: 0n,
      available: 0n,
      receivable: 0n,
      commission: 1_200n,
      vat: 240n,
      fees: 200n,
      inTransit: 0n,
    });
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
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
    expect(await psp.events(orderId)).toEqual([
      'payments.order_authorised',
      'payments.order_held',
      'payments.release_pending',
      'payments.released',
      'payments.payout_paid',
    ]);
  });

  it('says at each stage what happens next', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await openAnOrder(psp, deal);
    const seen = async () => {
      const { rail, next } = await orderFor(psp.ctx(deal.customer), orderId);
      return [rail.map(({ status }) => status).join(' '), next?.who, next?.act];
    };
    expect(await seen()).toEqual(['current waiting waiting waiting waiting', 'customer', 'pay']);
    await psp.pay(orderId);
    expect(await seen()).toEqual(['done current waiting waiting waiting', 'provider', 'confirm']);
    await capture(psp.ctx(), orderId);
    await psp.settle();
    expect(await seen()).toEqual(['done done current waiting waiting', 'provider', 'work']);
    await startService(psp.ctx(), orderId);
    await markDelivered(psp.ctx(), orderId);
    expect(await seen()).toEqual(['done done done current waiting', 'customer', 'accept']);
    await acceptWork(psp.ctx(), orderId, { by: 'silence' });
    expect(await seen()).toEqual(['done done done done current', 'platform', 'release']);
    await psp.pass({ days: 3 });
    expect(await seen()).toEqual(['done done done done current', 'platform', 'pay_out']);
  });

  it('says how much is held and accepted after a part went back, and how much was when all of it did', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'held');
    const amounts = async () =>
      (await orderFor(psp.ctx(deal.customer), orderId)).rail.map(({ amount }) => amount.minor).slice(0, 4);
    expect(await amounts()).toEqual(['12000', '12000', '12000', '12000']);
    await refund(psp.ctx(), orderId, { amountMinor: 3_333n, reason: 'Less work than thought.' });
    expect(await amounts()).toEqual(['12000', '8667', '8667', '8667']);
    await startService(psp.ctx(), orderId);
    await markDelivered(psp.ctx(), orderId);
    await acceptWork(psp.ctx(), orderId, { by: 'customer' });
    expect(await amounts()).toEqual(['12000', '8667', '8667', '8667']);
    await refund(psp.ctx(), orderId, { amountMinor: 8_667n, reason: 'Not right after all.' });
    expect(await amounts()).toEqual(['12000', '12000', '12000', '12000']);
  });

  it('does each act once, however often it is asked for', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'authorised');
    await capture(psp.ctx(), orderId);
    await capture(psp.ctx(), orderId);
    await psp.settle();
    await capture(psp.ctx(), orderId);
    await startService(psp.ctx(), orderId);
    await markDelivered(psp.ctx(), orderId);
    await acceptWork(psp.ctx(), orderId, { by: 'customer' });
    await acceptWork(psp.ctx(), orderId, { by: 'silence' });
    await psp.settle();
    expect(await movesOf(orderId)).toEqual([
      'open',
      'open_checkout',
      'authorise',
      'capture',
      'start',
      'deliver',
      'accept',
    ]);
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });

  it('opens an order with few statements', async () => {
    const deal = await buildDeal(t, psp);
    const before = t.db.statements;
    await openAnOrder(psp, deal);
    expect(t.db.statements - before).toBeLessThanOrEqual(3);
  });

  it('opens the payment page with few statements', async () => {
    const deal = await buildDeal(t, psp, { bank: null });
    const orderId = await openAnOrder(psp, deal);
    const before = t.db.statements;
    await startCheckout(psp.ctx(deal.customer), orderId, { returnPath: '/bookings/one' });
    expect(t.db.statements - before).toBeLessThanOrEqual(8);
  });

  it('holds large orders for seven days and the largest until two people have agreed', async () => {
    const deal = await buildDeal(t, psp);
    const large = await orderAt(psp, deal, 'release_pending', { amountMinor: 250_001n });
    const small = await orderAt(psp, deal, 'release_pending', { amountMinor: 250_000n });
    await psp.pass({ days: 3 });
    expect([(await psp.order(small)).state, (await psp.order(large)).state]).toEqual(['released', 'release_pending']);
    await psp.pass({ days: 4 });
    expect((await psp.order(large)).state).toBe('released');
  });
});

describe('an on-demand order', () => {
  it('authorises the ceiling, takes the crew’s own price and learns who does it', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await openAnOrder(psp, deal, { ceiling: true, amountMinor: 20_000n });
    await psp.pay(orderId);
    expect(
      await refusal(capture(psp.ctx(), orderId, { amountMinor: 20_001n, organisationId: deal.organisationId })),
    ).toBe('payments.amount_too_high');
    await capture(psp.ctx(), orderId, { amountMinor: 9_000n, organisationId: deal.organisationId, vatRateBp: 0 });
    await psp.settle();
    expect(await psp.order(orderId)).toMatchObject({
      state: 'held',
      captured_minor: 9_000n,
      organisation_id: deal.organisationId,
    });
    await startService(psp.ctx(), orderId);
    await markDelivered(psp.ctx(), orderId);
    await acceptWork(psp.ctx(), orderId, { by: 'customer' });
    // Not registered: 12 % of 90.00 = 10.80, VAT on it 2.16.
    expect(await books(psp.ctx(), deal.organisationId)).toMatchObject({ window: 7_704n });
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });
});

describe('a booking far ahead', () => {
  const farAhead = { daysAhead: 90 };

  it('saves the card, and charges it later without its holder', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await openAnOrder(psp, deal, farAhead);
    await psp.pay(orderId);
    expect(await psp.order(orderId)).toMatchObject({ state: 'card_saved', mode: 'save_card', card_last4: '4242' });
    expect(await books(psp.ctx(), deal.organisationId)).toMatchObject({ psp: 0n });
    await psp.pass({ days: 88 });
    await capture(psp.ctx(), orderId);
    await psp.settle();
    expect(await psp.order(orderId)).toMatchObject({ state: 'held', captured_minor: 12_000n });
    expect(await psp.events(orderId)).toEqual(['payments.card_saved', 'payments.order_held']);
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });

  it('lets the customer pay again when the card says no, and takes the money at once', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await openAnOrder(psp, deal, farAhead);
    // Can be saved, is declined when charged.
    await psp.pay(orderId, { card: '4000 0000 0000 0341' });
    await psp.pass({ days: 88 });
    await capture(psp.ctx(), orderId);
    await psp.settle();
    expect((await psp.order(orderId)).state).toBe('payment_failed');
    expect(await psp.events(orderId)).toContain('payments.capture_failed');
    await psp.pay(orderId);
    expect(await psp.order(orderId)).toMatchObject({ state: 'held', captured_minor: 12_000n });
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });

  it('is cancelled free when nobody pays again, also while a page is open', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await openAnOrder(psp, deal, farAhead);
    await psp.pay(orderId, { card: '4000 0000 0000 0341' });
    await capture(psp.ctx(), orderId);
    await psp.settle();
    await startCheckout(psp.ctx(deal.customer), orderId, { returnPath: '/bookings/one' });
    await cancelAuthorisation(psp.ctx(), orderId, 'not_paid_again');
    await psp.settle();
    expect((await psp.order(orderId)).state).toBe('cancelled');
    expect((await psp.events(orderId)).at(-1)).toBe('payments.authorisation_cancelled');
  });

  it('can be cancelled before anything is charged', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await openAnOrder(psp, deal, farAhead);
    await psp.pay(orderId);
    await cancelAuthorisation(psp.ctx(), orderId, 'customer');
    await psp.settle();
    expect((await psp.order(orderId)).state).toBe('cancelled');
  });
});

describe('an order that ends before it is held', () => {
  it('expires at once when no page was opened', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await openAnOrder(psp, deal);
    await requestExpiry(psp.ctx(), orderId);
    expect((await psp.order(orderId)).state).toBe('cancelled');
    expect(await psp.events(orderId)).toEqual(['payments.checkout_expired']);
    expect(await refusal(startCheckout(psp.ctx(deal.customer), orderId, { returnPath: '/x' }))).toBe(
      'payments.checkout_closed',
    );
  });

  it('expires at the PSP first, so that nobody can pay afterwards', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await openAnOrder(psp, deal);
    const { url } = await startCheckout(psp.ctx(deal.customer), orderId, { returnPath: '/bookings/one' });
    await requestExpiry(psp.ctx(), orderId);
    expect((await psp.order(orderId)).state).toBe('awaiting_payment');
    await psp.settle();
    expect((await psp.order(orderId)).state).toBe('cancelled');
    expect((await fetch(url)).ok).toBe(false);
    expect((await psp.events(orderId)).at(-1)).toBe('payments.checkout_expired');
  });

  it('is paid after all when the customer was faster than the expiry', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await openAnOrder(psp, deal);
    await psp.control('POST', '/hold');
    await psp.pay(orderId);
    expect((await psp.order(orderId)).state).toBe('awaiting_payment');
    await requestExpiry(psp.ctx(), orderId);
    await psp.settle();
    // The message of the payment is still held back: closing the page brought it.
    expect((await psp.order(orderId)).state).toBe('authorised');
    await psp.control('POST', '/release', {});
    await psp.settle();
    expect(await movesOf(orderId)).toEqual(['open', 'open_checkout', 'authorise']);
  });

  it('lets the card go when the booking is declined', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'authorised');
    await cancelAuthorisation(psp.ctx(), orderId, 'declined');
    await psp.settle();
    expect((await psp.order(orderId)).state).toBe('cancelled');
    expect((await psp.events(orderId)).at(-1)).toBe('payments.authorisation_cancelled');
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });

  it('gives everything back when the cancellation meets a capture that is on its way', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'authorised');
    await capture(psp.ctx(), orderId);
    await cancelAuthorisation(psp.ctx(), orderId, 'customer');
    await psp.settle();
    const order = await psp.order(orderId);
    expect(['cancelled', 'refunded']).toContain(order.state);
    expect(order.captured_minor).toBe(order.refunded_minor);
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });

  it('ends when the authorisation lapses at the PSP', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'authorised');
    await psp.pass({ days: 8 });
    expect((await psp.order(orderId)).state).toBe('auth_expired');
    expect((await psp.events(orderId)).at(-1)).toBe('payments.capture_failed');
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });

  it('stays payable after a declined card', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await openAnOrder(psp, deal);
    expect(await psp.pay(orderId, { card: '4000 0000 0000 0002' })).toMatchObject({ kind: 'refused' });
    expect((await psp.order(orderId)).state).toBe('awaiting_payment');
    await psp.pay(orderId);
    expect((await psp.order(orderId)).state).toBe('authorised');
  });
});

describe('a problem', () => {
  it('stops the hold window and lets it go on with what was left', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'release_pending');
    await psp.pass({ days: 1 });
    await freeze(psp.ctx(), orderId, 'it leaks again');
    await psp.pass({ days: 10 });
    expect((await psp.order(orderId)).state).toBe('disputed_internal');
    await unfreeze(psp.ctx(), orderId);
    await psp.pass({ days: 1, hours: 23 });
    expect((await psp.order(orderId)).state).toBe('release_pending');
    await psp.pass({ hours: 1 });
    expect((await psp.order(orderId)).state).toBe('released');
  });

  it('is ended by an admin’s acceptance, and not by silence', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'in_service');
    await freeze(psp.ctx(), orderId, 'nobody works here');
    expect(await refusal(acceptWork(psp.ctx(), orderId, { by: 'silence' }))).toBe('payments.not_allowed_now');
    await acceptWork(psp.ctx(), orderId, { by: 'admin' });
    expect(await psp.order(orderId)).toMatchObject({ state: 'release_pending', frozen_from: null });
    expect(await audited(psp.ctx(), [deal.organisationId])).toEqual([]);
  });
});

describe('moves that are not in the table', () => {
  it('are refused by the code', async () => {
    const deal = await buildDeal(t, psp);
    const orderId = await orderAt(psp, deal, 'held');
    expect(await refusal(markDelivered(psp.ctx(), orderId))).toBe('payments.not_allowed_now');
    expect(await refusal(acceptWork(psp.ctx(), orderId, { by: 'customer' }))).toBe('payments.not_allowed_now');
    expect(await refusal(unfreeze(psp.ctx(), orderId))).toBe('payments.not_allowed_now');
  });
});

describe('a quote of the split', () => {
  it('is what a sale would then be', async () => {
    expect(await quoteSplit(psp.ctx(), { grossMinor: 12_000n, vatRateBp: 2000, categoryId: 'plumbing' })).toEqual({
      commissionBp: 1200,
      commission: 1_200n,
      vatOnCommission: 240n,
      providerNet: 10_560n,
    });
  });
});
