import type Stripe from 'stripe';
import { actingFor, type Call } from '../app.ts';
import { idOf, newId } from '../ids.ts';
import { move } from '../money/balance.ts';
import { linked } from '../store/lookup.ts';
import { schedule, unschedule } from '../store/schedule.ts';
import { emit } from '../webhooks/emit.ts';

export interface PayoutInput {
  amount: number;
  currency: string;
  bankAccount: string;
  description: string | null;
  metadata: Record<string, string>;
  statementDescriptor: string | null;
}

const FAILURES: Record<string, string> = {
  account_closed: 'The bank account has been closed',
  could_not_process: 'The bank could not process this payout',
  insufficient_funds: 'Your Stripe account has insufficient funds to cover the payout',
  no_account: 'The bank account could not be located',
};

function save(call: Call, payout: Stripe.Payout, change: Partial<Stripe.Payout>): Stripe.Payout {
  const next = { ...payout, ...change };
  call.store.update('payout', next);
  return next;
}

/** Sends available money to the bank. It leaves the balance at once and arrives, or fails, later. */
export function createPayout(call: Call, input: PayoutInput): Stripe.Payout {
  const id = newId('po');
  const arrival = call.now + call.app.settings.delays.payout;
  const { amount, currency } = input;
  const out = move(call, {
    amount: -amount,
    currency,
    type: 'payout',
    reportingCategory: 'payout',
    source: id,
    description: input.description ?? 'STRIPE PAYOUT',
  });
  const payout: Stripe.Payout = {
    id,
    object: 'payout',
    amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: arrival,
    automatic: false,
    balance_transaction: out.id,
    created: call.now,
    currency,
    description: input.description,
    destination: input.bankAccount,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: input.metadata,
    method: 'standard',
    original_payout: null,
    payout_method: null,
    reconciliation_status: 'not_applicable',
    reversed_by: null,
    source_type: 'card',
    statement_descriptor: input.statementDescriptor,
    status: 'pending',
    trace_id: null,
    type: 'bank_account',
  };
  call.store.insert('payout', call.account, payout);
  emit(call, 'payout.created', payout);
  schedule(call, 'payout.send', id, call.now + Math.floor(call.app.settings.delays.payout / 2));
  schedule(call, 'payout.arrive', id, arrival);
  return payout;
}

function stored(call: Call, id: string): { call: Call; payout: Stripe.Payout } {
  const found = linked(call, 'payout', id);
  return { call: actingFor(call, found.account), payout: found.object };
}

/** The batch has gone to the bank: too late to cancel. */
export function sendPayout(anyCall: Call, id: string): void {
  const { call, payout } = stored(anyCall, id);
  if (payout.status !== 'pending') return;
  const sent = save(call, payout, { status: 'in_transit' });
  emit(call, 'payout.updated', sent, payout);
}

/** The bank has credited the money or sent it back. */
export function arrivePayout(anyCall: Call, id: string): void {
  const { call, payout } = stored(anyCall, id);
  if (payout.status !== 'pending' && payout.status !== 'in_transit') return;
  const reason = linked(call, 'bank_account', idOf(payout.destination)).hidden.bankFailure;
  if (reason === undefined) {
    const paid = save(call, payout, { status: 'paid', trace_id: { status: 'supported', value: newId('trace', 12) } });
    emit(call, 'payout.paid', paid);
    return;
  }
  const back = move(call, {
    amount: payout.amount,
    currency: payout.currency,
    type: 'payout_failure',
    reportingCategory: 'payout_reversal',
    source: payout.id,
  });
  const failed = save(call, payout, {
    failure_balance_transaction: back.id,
    failure_code: reason,
    failure_message: FAILURES[reason] ?? reason,
    status: 'failed',
  });
  emit(call, 'payout.failed', failed);
}

/** Stops a payout that has not gone to the bank. */
export function cancelPayout(call: Call, payout: Stripe.Payout): Stripe.Payout {
  unschedule(call, 'payout.send', payout.id);
  unschedule(call, 'payout.arrive', payout.id);
  move(call, {
    amount: payout.amount,
    currency: payout.currency,
    type: 'payout_cancel',
    reportingCategory: 'payout_reversal',
    source: payout.id,
  });
  const canceled = save(call, payout, { status: 'canceled' });
  emit(call, 'payout.canceled', canceled);
  return canceled;
}
