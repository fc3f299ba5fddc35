import type Stripe from 'stripe';
import { actingFor, type Call } from '../app.ts';
import { idOf, newId } from '../ids.ts';
import { availableOn, move } from '../money/balance.ts';
import { linked } from '../store/lookup.ts';
import { emit } from '../webhooks/emit.ts';
import { createDestinationPayment } from './charges.ts';

export interface TransferInput {
  amount: number;
  currency: string;
  destination: string;
  description: string | null;
  metadata: Record<string, string>;
  sourceTransaction: Stripe.Charge | null;
  transferGroup: string | null;
}

/** How much of a charge earlier transfers have taken. */
export function transferredFrom(call: Call, chargeId: string): number {
  const earlier = call.store.list('transfer', call.account, [{ field: 'source_transaction', is: chargeId }]).items;
  return earlier.reduce((sum, transfer) => sum + transfer.amount - transfer.amount_reversed, 0);
}

/** Moves money to a connected account. With a source charge the money arrives as soon as the charge's own money is available. */
export function createTransfer(call: Call, input: TransferInput): Stripe.Transfer {
  const { amount, currency, destination, sourceTransaction } = input;
  const id = newId('tr');
  const ready = sourceTransaction
    ? Math.max(call.now, availableOn(call, idOf(sourceTransaction.balance_transaction)))
    : call.now;
  const out = move(call, {
    amount: -amount,
    currency,
    type: 'transfer',
    reportingCategory: 'transfer',
    source: id,
    description: input.description,
    availableOn: ready,
  });
  const receiving = actingFor(call, destination);
  const payment = createDestinationPayment(receiving, { id, amount, currency, description: input.description });
  const into = move(receiving, {
    amount,
    currency,
    type: 'payment',
    reportingCategory: 'charge',
    source: payment.id,
    availableOn: ready,
  });
  call.store.update('charge', { ...payment, balance_transaction: into.id });
  const transfer: Stripe.Transfer = {
    id,
    object: 'transfer',
    amount,
    amount_reversed: 0,
    balance_transaction: out.id,
    created: call.now,
    currency,
    description: input.description,
    destination,
    destination_payment: payment.id,
    livemode: false,
    metadata: input.metadata,
    reversals: { object: 'list', data: [], has_more: false, url: `/v1/transfers/${id}/reversals` },
    reversed: false,
    source_transaction: sourceTransaction?.id ?? null,
    source_type: 'card',
    transfer_group: input.transferGroup,
  };
  call.store.insert('transfer', call.account, transfer);
  emit(call, 'transfer.created', transfer);
  return transfer;
}

/** Takes (a part of) a transfer back from the connected account. */
export function reverseTransfer(
  call: Call,
  transfer: Stripe.Transfer,
  input: { amount: number; description: string | null; metadata: Record<string, string> },
): Stripe.TransferReversal {
  const id = newId('trr');
  const { amount } = input;
  const payment = linked(call, 'charge', idOf(transfer.destination_payment)).object;
  // Money that has not become available yet goes back out of the pending money.
  const ready = Math.max(call.now, availableOn(call, idOf(payment.balance_transaction)));
  const common = { currency: transfer.currency, source: id, availableOn: ready };
  const into = move(call, {
    ...common,
    amount,
    type: 'transfer_refund',
    reportingCategory: 'transfer_reversal',
    description: input.description,
  });
  const giving = actingFor(call, idOf(transfer.destination) ?? '');
  move(giving, { ...common, amount: -amount, type: 'payment_refund', reportingCategory: 'refund', source: payment.id });
  const amountRefunded = payment.amount_refunded + amount;
  call.store.update('charge', {
    ...payment,
    amount_refunded: amountRefunded,
    refunded: amountRefunded >= payment.amount,
  });
  const reversal: Stripe.TransferReversal = {
    id,
    object: 'transfer_reversal',
    amount,
    balance_transaction: into.id,
    created: call.now,
    currency: transfer.currency,
    destination_payment_refund: null,
    metadata: input.metadata,
    source_refund: null,
    transfer: transfer.id,
  };
  call.store.insert('transfer_reversal', call.account, reversal);
  const amountReversed = transfer.amount_reversed + amount;
  const next = { ...transfer, amount_reversed: amountReversed, reversed: amountReversed >= transfer.amount };
  call.store.update('transfer', next);
  emit(call, 'transfer.reversed', next);
  return reversal;
}
