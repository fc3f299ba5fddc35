import { money, toWire } from '@plumbline/money';
import type {
  Metadata,
  PspAccount,
  PspCustomer,
  PspIntent,
  PspPayout,
  PspRefund,
  PspSession,
  PspTransfer,
  Sum,
} from './objects.ts';
import { stripe } from './client.ts';
import { asking } from './failure.ts';
import { accountOf, intentOf, payoutOf, refundOf, sessionOf } from './read.ts';

/** Every call that changes something at the PSP. `key` is the idempotency key: the id of our intent. */

const wire = ({ minor, currency }: Sum) => toWire(money(minor, currency));
const code = ({ currency }: Sum) => currency.toLowerCase();

/** With the charge and its fee, so that one answer tells all. */
const chargeAndFee = ['latest_charge.balance_transaction'];

export interface CheckoutParams {
  orderId: string;
  lines: { title: string; amount: Sum }[];
  successUrl: string;
  cancelUrl: string;
  metadata: Metadata;
}

/** A hosted page on which the whole price is authorised and nothing is taken yet. */
export function openPayment(
  key: string,
  { orderId, lines, successUrl, cancelUrl, metadata }: CheckoutParams,
): Promise<PspSession> {
  return asking(async () =>
    sessionOf(
      await stripe().checkout.sessions.create(
        {
          mode: 'payment',
          line_items: lines.map(({ title, amount }) => ({
            quantity: 1,
            price_data: { currency: code(amount), unit_amount: wire(amount), product_data: { name: title } },
          })),
          payment_intent_data: { capture_method: 'manual', metadata, transfer_group: orderId },
          client_reference_id: orderId,
          metadata,
          success_url: successUrl,
          cancel_url: cancelUrl,
        },
        { idempotencyKey: key },
      ),
    ),
  );
}

/** A hosted page on which a card is saved for a later charge. */
export function openSetup(
  key: string,
  {
    orderId,
    currency,
    customerId,
    successUrl,
    cancelUrl,
    metadata,
  }: Omit<CheckoutParams, 'lines'> & { currency: string; customerId: string },
): Promise<PspSession> {
  return asking(async () =>
    sessionOf(
      await stripe().checkout.sessions.create(
        {
          mode: 'setup',
          currency: currency.toLowerCase(),
          customer: customerId,
          setup_intent_data: { metadata },
          client_reference_id: orderId,
          metadata,
          success_url: successUrl,
          cancel_url: cancelUrl,
        },
        { idempotencyKey: key },
      ),
    ),
  );
}

/** Nobody can pay on the page any more. Refused when it is complete already: the caller then looks at it. */
export const expireCheckout = (key: string, sessionId: string): Promise<PspSession> =>
  asking(async () => sessionOf(await stripe().checkout.sessions.expire(sessionId, {}, { idempotencyKey: key })));

/** Someone whose card can be saved. No personal data: the PSP asks for what it needs on its own page. */
export const createCustomer = (key: string, metadata: Metadata): Promise<PspCustomer> =>
  asking(() => stripe().customers.create({ metadata }, { idempotencyKey: key }));

/** Charges a saved card without its holder being there. */
export function chargeCard(
  key: string,
  {
    amount,
    customerId,
    paymentMethodId,
    orderId,
    metadata,
  }: { amount: Sum; customerId: string; paymentMethodId: string; orderId: string; metadata: Metadata },
): Promise<PspIntent> {
  return asking(async () =>
    intentOf(
      await stripe().paymentIntents.create(
        {
          amount: wire(amount),
          currency: code(amount),
          customer: customerId,
          payment_method: paymentMethodId,
          off_session: true,
          confirm: true,
          transfer_group: orderId,
          metadata,
          expand: chargeAndFee,
        },
        { idempotencyKey: key },
      ),
    ),
  );
}

/** Takes so much of an authorisation; the rest goes back at once. */
export const captureIntent = (key: string, intentId: string, amount: Sum): Promise<PspIntent> =>
  asking(async () =>
    intentOf(
      await stripe().paymentIntents.capture(
        intentId,
        { amount_to_capture: wire(amount), expand: chargeAndFee },
        { idempotencyKey: key },
      ),
    ),
  );

export const cancelIntent = (key: string, intentId: string): Promise<PspIntent> =>
  asking(async () =>
    intentOf(
      await stripe().paymentIntents.cancel(
        intentId,
        { cancellation_reason: 'requested_by_customer' },
        { idempotencyKey: key },
      ),
    ),
  );

export const createRefund = (key: string, intentId: string, amount: Sum, metadata: Metadata): Promise<PspRefund> =>
  asking(async () =>
    refundOf(
      await stripe().refunds.create(
        { payment_intent: intentId, amount: wire(amount), metadata },
        { idempotencyKey: key },
      ),
    ),
  );

/** An account to which payouts can be sent; the provider fills it in on the PSP’s own pages. */
export const createAccount = (key: string, country: string, metadata: Metadata): Promise<PspAccount> =>
  asking(async () =>
    accountOf(
      await stripe().accounts.create(
        {
          type: 'express',
          country,
          capabilities: { transfers: { requested: true } },
          settings: { payouts: { schedule: { interval: 'manual' } } },
          metadata,
        },
        { idempotencyKey: key },
      ),
    ),
  );

/** The address of the PSP’s pages for this account; works once and for minutes. Changes nothing, so it needs no key. */
export const onboardingUrl = (accountId: string, refreshUrl: string, returnUrl: string): Promise<string> =>
  asking(async () => {
    const link = await stripe().accountLinks.create({
      account: accountId,
      refresh_url: refreshUrl,
      return_url: returnUrl,
      type: 'account_onboarding',
    });
    return link.url;
  });

export const createTransfer = (
  key: string,
  accountId: string,
  amount: Sum,
  group: string,
  metadata: Metadata,
): Promise<PspTransfer> =>
  asking(() =>
    stripe().transfers.create(
      { amount: wire(amount), currency: code(amount), destination: accountId, transfer_group: group, metadata },
      { idempotencyKey: key },
    ),
  );

/** Takes the whole of a transfer back from the connected account. */
export const reverseTransfer = (key: string, transferId: string, metadata: Metadata): Promise<PspTransfer> =>
  asking(async () => {
    const reversal = await stripe().transfers.createReversal(transferId, { metadata }, { idempotencyKey: key });
    return { id: reversal.id, metadata: reversal.metadata ?? {} };
  });

/** Sends money of the connected account to its bank. */
export const createPayout = (key: string, accountId: string, amount: Sum, metadata: Metadata): Promise<PspPayout> =>
  asking(async () =>
    payoutOf(
      await stripe().payouts.create(
        { amount: wire(amount), currency: code(amount), metadata },
        { idempotencyKey: key, stripeAccount: accountId },
      ),
    ),
  );
