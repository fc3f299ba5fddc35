import type Stripe from 'stripe';
import type { Call } from '../app.ts';
import { idOf, newId } from '../ids.ts';
import { cardSpec, type CardKey, type Decline } from '../money/cards.ts';
import { move } from '../money/balance.ts';
import { schedule } from '../store/schedule.ts';
import { emit } from '../webhooks/emit.ts';
import { billingDetails } from './payment-methods.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** How long a card holds an authorised amount: 7 days with the payer present, for Visa 4 days 18 hours without. */
const HOLD_ON_SESSION = 7 * DAY;
const HOLD_OFF_SESSION = 4 * DAY + 18 * HOUR;

export interface Attempt {
  intent: Stripe.PaymentIntent;
  method: Stripe.PaymentMethod;
  card: CardKey;
  offSession: boolean;
  /** The payer passed a challenge for this attempt. */
  challenged: boolean;
}

type CardDetails = Stripe.Charge.PaymentMethodDetails.Card;

function cardDetails(call: Call, attempt: Attempt): CardDetails {
  const { intent, method, offSession, challenged } = attempt;
  const card = method.card;
  if (!card) throw new Error(`${method.id} is not a card`);
  const manual = intent.capture_method === 'manual';
  return {
    amount_authorized: intent.amount,
    authorization_code: '123456',
    brand: card.brand,
    ...(manual ? { capture_before: call.now + (offSession ? HOLD_OFF_SESSION : HOLD_ON_SESSION) } : {}),
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: offSession ? null : 'pass' },
    country: card.country,
    electronic_commerce_indicator: challenged ? '05' : null,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    extended_authorization: { status: 'disabled' },
    fingerprint: card.fingerprint ?? null,
    funding: card.funding,
    incremental_authorization: { status: 'unavailable' },
    installments: null,
    last4: card.last4,
    mandate: null,
    multicapture: { status: 'unavailable' },
    network: card.brand,
    network_token: { used: false },
    network_transaction_id: null,
    overcapture: { maximum_amount_capturable: intent.amount, status: 'unavailable' },
    regulated_status: 'unregulated',
    three_d_secure: challenged ? challengePassed() : null,
    transaction_link_id: null,
    wallet: null,
  };
}

function challengePassed(): CardDetails['three_d_secure'] {
  return {
    authentication_flow: 'challenge',
    electronic_commerce_indicator: '05',
    exemption_indicator: null,
    result: 'authenticated',
    result_reason: null,
    transaction_id: newId('3ds', 16),
    version: '2.2.0',
  };
}

function outcomeOf(decline: Decline | undefined): Stripe.Charge.Outcome {
  return {
    advice_code: decline ? 'try_again_later' : null,
    network_advice_code: null,
    network_decline_code: decline ? '01' : null,
    network_status: decline ? 'declined_by_network' : 'approved_by_network',
    reason: decline ? (decline.declineCode ?? decline.code) : null,
    risk_level: 'normal',
    risk_score: 10,
    seller_message: decline ? 'The bank did not return any further details with this decline.' : 'Payment complete.',
    type: decline ? 'issuer_declined' : 'authorized',
  };
}

/** Records one attempt on a card: a charge that is authorised, or one that failed. */
export function createCharge(call: Call, attempt: Attempt, decline?: Decline): Stripe.Charge {
  const { intent, method } = attempt;
  const charge: Stripe.Charge = {
    id: newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: call.app.settings.merchantName.toUpperCase().slice(0, 22),
    captured: false,
    created: call.now,
    currency: intent.currency,
    customer: idOf(intent.customer),
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(decline),
    paid: !decline,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { card: cardDetails(call, attempt), type: 'card' },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: decline ? 'failed' : 'succeeded',
    transfer_data: null,
    transfer_group: intent.transfer_group,
  };
  call.store.insert('charge', call.account, charge, { card: attempt.card });
  return charge;
}

/** The PSP's share: basis points rounded half up, plus a fixed part. */
export function feeFor(call: Call, amount: number): number {
  const { basisPoints, fixedMinor } = call.app.settings.fee;
  return Math.floor((amount * basisPoints + 5000) / 10_000) + fixedMinor;
}

/** Takes the money of an authorised charge: a balance transaction, and for disputing cards a dispute to come. */
export function settleCharge(call: Call, charge: Stripe.Charge, card: CardKey, amount: number): Stripe.Charge {
  const { delays } = call.app.settings;
  const spec = cardSpec(card);
  const transaction = move(call, {
    amount,
    currency: charge.currency,
    type: 'charge',
    reportingCategory: 'charge',
    source: charge.id,
    description: charge.description,
    fee: { amount: feeFor(call, amount), description: 'Stripe processing fees' },
    availableOn: call.now + (spec.immediate ? 0 : delays.settlement),
  });
  const settled = {
    ...charge,
    amount_captured: amount,
    balance_transaction: transaction.id,
    captured: true,
  };
  call.store.update('charge', settled);
  if (spec.dispute) schedule(call, 'dispute.open', charge.id, call.now + delays.dispute);
  return settled;
}

/** A charge on a connected account: what a transfer looks like from the receiving side. */
export function createDestinationPayment(
  call: Call,
  transfer: { id: string; amount: number; currency: string; description: string | null },
): Stripe.Charge {
  const payment: Stripe.Charge = {
    id: newId('py'),
    object: 'charge',
    amount: transfer.amount,
    amount_captured: transfer.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: billingDetails(null, null),
    calculated_statement_descriptor: null,
    captured: true,
    created: call.now,
    currency: transfer.currency,
    customer: null,
    description: transfer.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: {},
    on_behalf_of: null,
    outcome: null,
    paid: true,
    payment_intent: null,
    payment_method: null,
    payment_method_details: { stripe_account: {}, type: 'stripe_account' },
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: transfer.id,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'succeeded',
    transfer_data: null,
    transfer_group: null,
  };
  call.store.insert('charge', call.account, payment);
  emit(call, 'payment.created', payment);
  return payment;
}
