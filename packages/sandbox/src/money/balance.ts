import type Stripe from 'stripe';
import type { Call } from '../app.ts';
import { newId } from '../ids.ts';

export interface Movement {
  /** Signed minor units before the fee. */
  amount: number;
  currency: string;
  type: Stripe.BalanceTransaction.Type;
  reportingCategory: string;
  /** The object that moved the money. */
  source: string;
  description?: string | null;
  fee?: { amount: number; description: string };
  /** Unix seconds; default: at once. */
  availableOn?: number;
}

function feeDetails(movement: Movement): Stripe.BalanceTransaction.FeeDetail[] {
  if (!movement.fee) return [];
  const { amount, description } = movement.fee;
  return [{ amount, application: null, currency: movement.currency, description, type: 'stripe_fee' }];
}

/** Moves money into (positive) or out of (negative) the caller's balance and returns the balance transaction. */
export function move(call: Call, movement: Movement): Stripe.BalanceTransaction {
  const fee = movement.fee?.amount ?? 0;
  const availableOn = movement.availableOn ?? call.now;
  const transaction: Stripe.BalanceTransaction = {
    id: newId('txn'),
    object: 'balance_transaction',
    amount: movement.amount,
    available_on: availableOn,
    balance_type: 'payments',
    created: call.now,
    currency: movement.currency,
    description: movement.description ?? null,
    exchange_rate: null,
    fee,
    fee_details: feeDetails(movement),
    net: movement.amount - fee,
    reporting_category: movement.reportingCategory,
    source: movement.source,
    status: availableOn <= call.now ? 'available' : 'pending',
    type: movement.type,
  };
  call.store.insert('balance_transaction', call.account, transaction);
  call.store.db.run(
    'INSERT INTO balance_line (id, account, currency, net, available_on) VALUES (?, ?, ?, ?, ?)',
    transaction.id,
    call.account,
    transaction.currency,
    transaction.net,
    availableOn,
  );
  return transaction;
}

export interface CurrencyBalance {
  currency: string;
  available: number;
  pending: number;
}

/** The caller's balance per currency at the call's time. */
export function balances(call: Call): CurrencyBalance[] {
  return call.store.db.all<CurrencyBalance>(
    `SELECT currency,
            sum(CASE WHEN available_on <= ? THEN net ELSE 0 END) AS available,
            sum(CASE WHEN available_on > ? THEN net ELSE 0 END) AS pending
       FROM balance_line WHERE account = ? GROUP BY currency ORDER BY currency`,
    call.now,
    call.now,
    call.account,
  );
}

export function balanceIn(call: Call, currency: string): CurrencyBalance {
  return balances(call).find((one) => one.currency === currency) ?? { currency, available: 0, pending: 0 };
}

/** When the money of a balance transaction is, or was, available. */
export function availableOn(call: Call, transactionId: string | null): number {
  const found = transactionId === null ? undefined : call.store.find('balance_transaction', transactionId);
  return found?.object.available_on ?? call.now;
}
