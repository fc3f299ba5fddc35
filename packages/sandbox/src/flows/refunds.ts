import type Stripe from 'stripe';
import type { Call } from '../app.ts';
import { idOf, newId, token } from '../ids.ts';
import { availableOn, move } from '../money/balance.ts';
import { cardSpec } from '../money/cards.ts';
import { linked } from '../store/lookup.ts';
import { schedule } from '../store/schedule.ts';
import { emit } from '../webhooks/emit.ts';

export interface RefundInput {
  charge: Stripe.Charge;
  amount: number;
  reason: Stripe.Refund.Reason | null;
  metadata: Record<string, string>;
}

type Row = { object: Stripe.Refund; charge: Stripe.Charge };

function behaviour(call: Call, chargeId: string): 'fails' | 'pending' | undefined {
  const card = linked(call, 'charge', chargeId).hidden.card;
  return card && cardSpec(card).refund;
}

/** Gives money back to the card. It leaves the balance at once; the bank's reference, or its refusal, comes later. */
export function createRefund(call: Call, input: RefundInput): Stripe.Refund {
  const { charge, amount } = input;
  const id = newId('re');
  const transaction = move(call, {
    amount: -amount,
    currency: charge.currency,
    type: 'refund',
    reportingCategory: 'refund',
    source: id,
    description: charge.description === null ? null : `REFUND FOR CHARGE (${charge.description})`,
    // Money that is still pending is given back out of the pending money.
    availableOn: Math.max(call.now, availableOn(call, idOf(charge.balance_transaction))),
  });
  const refund: Stripe.Refund = {
    id,
    object: 'refund',
    amount,
    balance_transaction: transaction.id,
    charge: charge.id,
    created: call.now,
    currency: charge.currency,
    customer: null,
    customer_account: null,
    destination_details: {
      card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
      type: 'card',
    },
    metadata: input.metadata,
    payment_intent: idOf(charge.payment_intent),
    payment_method: charge.payment_method,
    reason: input.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: behaviour(call, charge.id) === 'pending' ? 'pending' : 'succeeded',
    transfer_reversal: null,
  };
  call.store.insert('refund', call.account, refund);
  addToCharge(call, charge, amount);
  emit(call, 'refund.created', refund);
  schedule(call, 'refund.settle', id, call.now + call.app.settings.delays.refund);
  return refund;
}

function addToCharge(call: Call, charge: Stripe.Charge, amount: number): void {
  const amountRefunded = charge.amount_refunded + amount;
  const next = { ...charge, amount_refunded: amountRefunded, refunded: amountRefunded >= charge.amount };
  call.store.update('charge', next);
  emit(call, 'charge.refunded', next, charge);
}

function fail(call: Call, { object, charge }: Row): void {
  const transaction = move(call, {
    amount: object.amount,
    currency: object.currency,
    type: 'refund_failure',
    reportingCategory: 'refund_failure',
    source: object.id,
  });
  const failed: Stripe.Refund = {
    ...object,
    failure_balance_transaction: transaction.id,
    failure_reason: 'expired_or_canceled_card',
    status: 'failed',
  };
  call.store.update('refund', failed);
  call.store.update('charge', { ...charge, amount_refunded: charge.amount_refunded - object.amount, refunded: false });
  emit(call, 'refund.updated', failed, object);
  emit(call, 'refund.failed', failed);
}

/** What the bank says to a refund, when it says it. */
export function settleRefund(call: Call, id: string): void {
  const object = linked(call, 'refund', id).object;
  const charge = linked(call, 'charge', idOf(object.charge)).object;
  if (behaviour(call, charge.id) === 'fails') return fail(call, { object, charge });
  const settled: Stripe.Refund = {
    ...object,
    destination_details: {
      card: {
        reference: token(23).toUpperCase(),
        reference_status: 'available',
        reference_type: 'acquirer_reference_number',
        type: 'refund',
      },
      type: 'card',
    },
    status: 'succeeded',
  };
  call.store.update('refund', settled);
  emit(call, 'refund.updated', settled, object);
}
