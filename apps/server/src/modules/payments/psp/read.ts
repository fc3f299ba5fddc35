import { fromWire, isCurrency, type CurrencyCode } from '@plumbline/money';
import type Stripe from 'stripe';
import type { Card, PspAccount, PspIntent, PspPayout, PspRefund, PspSession } from './objects.ts';

/** The PSP's objects in our words. Only here are its shapes known. */

export function intentOf(intent: Stripe.PaymentIntent): PspIntent {
  const currency = currencyCode(intent.currency);
  const minor = (amount: number) => fromWire(amount, currency).minor;
  const charge = expanded(intent.latest_charge);
  const details = charge?.payment_method_details?.card;
  const fee = expanded(charge?.balance_transaction)?.fee;
  return {
    id: intent.id,
    status: intentStatus(intent.status),
    currency,
    amountMinor: minor(intent.amount),
    capturableMinor: minor(intent.amount_capturable),
    receivedMinor: minor(intent.amount_received),
    metadata: intent.metadata,
    ...(intent.latest_charge && { chargeId: idOf(intent.latest_charge) }),
    ...(details?.capture_before && { captureBefore: new Date(details.capture_before * 1000) }),
    ...(fee !== undefined && { feeMinor: minor(fee) }),
    ...(details && { card: cardOf(details) }),
    lapsed: intent.cancellation_reason === 'automatic' || intent.cancellation_reason === 'expired',
    ...(intent.last_payment_error && { failure: failureOf(intent.last_payment_error) }),
  };
}

function intentStatus(status: Stripe.PaymentIntent.Status): PspIntent['status'] {
  const known = ['requires_payment_method', 'requires_capture', 'succeeded', 'canceled'] as const;
  return known.find((word) => word === status) ?? 'other';
}

const failureOf = (error: Stripe.PaymentIntent.LastPaymentError): string =>
  [error.code ?? error.type, error.decline_code].filter(Boolean).join('/');

export function sessionOf(session: Stripe.Checkout.Session): PspSession {
  const setup = expanded(session.setup_intent);
  const method = expanded(setup?.payment_method);
  const customer = idOrNothing(session.customer);
  return {
    id: session.id,
    status: sessionStatus(session.status),
    ...(session.url && { url: session.url }),
    metadata: session.metadata ?? {},
    ...(session.payment_intent && { intentId: idOf(session.payment_intent) }),
    ...(setup?.status === 'succeeded' &&
      method &&
      customer && {
        setup: { paymentMethodId: method.id, customerId: customer, card: cardOf(method.card) },
      }),
  };
}

const sessionStatus = (status: string | null): PspSession['status'] =>
  status === 'complete' || status === 'expired' ? status : 'open';

const cardOf = (card: { brand?: string | null; last4?: string | null } | null | undefined): Card => ({
  brand: card?.brand ?? 'card',
  last4: card?.last4 ?? '',
});

export function refundOf(refund: Stripe.Refund): PspRefund {
  const failed = refund.status === 'failed' || refund.status === 'canceled';
  return {
    id: refund.id,
    status: failed ? 'failed' : refund.status === 'succeeded' ? 'succeeded' : 'pending',
    amountMinor: fromWire(refund.amount, currencyCode(refund.currency)).minor,
    metadata: refund.metadata ?? {},
    ...(refund.failure_reason && { failure: refund.failure_reason }),
  };
}

export function payoutOf(payout: Stripe.Payout): PspPayout {
  const failed = payout.status === 'failed' || payout.status === 'canceled';
  return {
    id: payout.id,
    status: failed ? 'failed' : payout.status === 'paid' ? 'paid' : 'on_its_way',
    arrivesAt: new Date(payout.arrival_date * 1000),
    metadata: payout.metadata ?? {},
    ...(failed && { failure: payout.failure_code ?? payout.failure_message ?? payout.status }),
  };
}

export function accountOf(account: Stripe.Account): PspAccount {
  const banks = account.external_accounts?.data.filter((external) => external.object === 'bank_account') ?? [];
  const bank = banks.find((external) => external.default_for_currency) ?? banks[0];
  const requirements = account.requirements;
  return {
    id: account.id,
    detailsSubmitted: account.details_submitted,
    payoutsEnabled: account.payouts_enabled,
    transfersActive: account.capabilities?.transfers === 'active',
    requirements: [...(requirements?.past_due ?? []), ...(requirements?.currently_due ?? [])].filter(unique),
    ...(bank && {
      bank: { id: bank.id, ...(bank.bank_name && { name: bank.bank_name }), last4: bank.last4 },
    }),
    metadata: account.metadata ?? {},
  };
}

const unique = (word: string, index: number, words: string[]) => words.indexOf(word) === index;

export const idOf = (reference: string | { id: string }): string =>
  typeof reference === 'string' ? reference : reference.id;

const idOrNothing = (reference: string | { id: string } | null | undefined): string | undefined =>
  reference ? idOf(reference) : undefined;

/** The object behind a reference that was asked to be expanded. */
function expanded<T extends { id: string }>(reference: string | T | null | undefined): T | undefined {
  return typeof reference === 'object' && reference !== null ? reference : undefined;
}

function currencyCode(word: string): CurrencyCode {
  const code = word.toUpperCase();
  if (!isCurrency(code)) throw new Error(`the PSP speaks of a currency that we do not know: ${word}`);
  return code;
}
