import type Stripe from 'stripe';
import type { Call } from '../app.ts';
import { newId } from '../ids.ts';

/**
 * Writes down that `amount` of an authorisation was let go. As at Stripe this is a refund on the charge that moves no money
 * (balance_transaction null) and counts in amount_refunded.
 */
export function recordRelease(call: Call, charge: Stripe.Charge, amount: number): Stripe.Charge {
  const refund: Stripe.Refund = {
    id: newId('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: call.now,
    currency: charge.currency,
    customer: null,
    customer_account: null,
    destination_details: { card: { type: 'reversal' }, type: 'card' },
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
  call.store.insert('refund', call.account, refund, { release: true });
  const amountRefunded = charge.amount_refunded + amount;
  const released = { ...charge, amount_refunded: amountRefunded, refunded: amountRefunded >= charge.amount };
  call.store.update('charge', released);
  return released;
}
