import type Stripe from 'stripe';
import type { CardKey } from '../money/cards.ts';

/** An event as it is stored. The SDK's own type is a union over every type that Stripe knows. */
export interface EventObject {
  id: string;
  object: 'event';
  account?: string;
  api_version: string;
  created: number;
  data: { object: object; previous_attributes?: object };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
}

/** Every kind of object kept, by the value of its `object` field, in the SDK's own types. */
export interface Kinds {
  account: Stripe.Account;
  bank_account: Stripe.BankAccount;
  balance_transaction: Stripe.BalanceTransaction;
  charge: Stripe.Charge;
  'checkout.session': Stripe.Checkout.Session;
  customer: Stripe.Customer;
  dispute: Stripe.Dispute;
  event: EventObject;
  item: Stripe.LineItem;
  payment_intent: Stripe.PaymentIntent;
  payment_method: Stripe.PaymentMethod;
  payout: Stripe.Payout;
  refund: Stripe.Refund;
  setup_intent: Stripe.SetupIntent;
  transfer: Stripe.Transfer;
  transfer_reversal: Stripe.TransferReversal;
}

export type Kind = keyof Kinds;

/** What the sandbox remembers beside an object and never shows in the API. */
export interface Hidden {
  /** Which test card stands behind a payment method or a charge. Card numbers are never kept. */
  card?: CardKey;
  /** The card holder has been authenticated while the card was saved. */
  authenticated?: boolean;
  /** The checkout session that a payment or setup intent belongs to, or that a line item stands in. */
  session?: string;
  /** Where to send the payer after a challenge that no session owns. */
  returnUrl?: string;
  /** The payment runs without the payer. */
  offSession?: boolean;
  /** What a session passes on to its payment intent. */
  intent?: SessionIntent;
  /** Why payouts to this bank account fail. */
  bankFailure?: string;
  /** Key, return and refresh addresses of the latest onboarding link. */
  onboarding?: { key: string; returnUrl: string; refreshUrl: string; expiresAt: number; used?: boolean };
  /** The fee taken for answering a dispute, given back on a win. */
  counterFee?: number;
  /** A refund that only records a released authorisation: it moves no money. */
  release?: boolean;
}

export interface SessionIntent {
  captureMethod: 'automatic' | 'automatic_async' | 'manual';
  description: string | null;
  metadata: Record<string, string>;
  transferGroup: string | null;
  setupFutureUsage: 'off_session' | 'on_session' | null;
  receiptEmail: string | null;
  statementDescriptorSuffix: string | null;
}

export interface Stored<K extends Kind> {
  object: Kinds[K];
  hidden: Hidden;
  account: string;
}
