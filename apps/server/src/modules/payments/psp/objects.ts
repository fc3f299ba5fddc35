import type { CurrencyCode } from '@plumbline/money';

/** What we read of the PSP's objects, in our words: amounts in minor units, moments as dates. */

export type Metadata = Record<string, string>;

export interface PspIntent {
  id: string;
  status: 'requires_payment_method' | 'requires_capture' | 'succeeded' | 'canceled' | 'other';
  currency: string;
  amountMinor: bigint;
  /** What may be captured. */
  capturableMinor: bigint;
  /** What was captured. */
  receivedMinor: bigint;
  metadata: Metadata;
  chargeId?: string;
  captureBefore?: Date;
  /** The PSP's fee, once the charge has a balance transaction. */
  feeMinor?: bigint;
  card?: Card;
  /** The authorisation ended without anyone’s wish. */
  lapsed: boolean;
  failure?: string;
}

export interface Card {
  brand: string;
  last4: string;
}

export interface PspSession {
  id: string;
  status: 'open' | 'complete' | 'expired';
  url?: string;
  metadata: Metadata;
  intentId?: string;
  setup?: { paymentMethodId: string; customerId: string; card: Card };
}

export interface PspRefund {
  id: string;
  status: 'pending' | 'succeeded' | 'failed';
  amountMinor: bigint;
  metadata: Metadata;
  failure?: string;
}

export interface PspTransfer {
  id: string;
  metadata: Metadata;
}

export interface PspPayout {
  id: string;
  status: 'on_its_way' | 'paid' | 'failed';
  arrivesAt: Date;
  metadata: Metadata;
  failure?: string;
}

export interface PspAccount {
  id: string;
  detailsSubmitted: boolean;
  payoutsEnabled: boolean;
  transfersActive: boolean;
  requirements: string[];
  bank?: { id: string; name?: string; last4: string };
  metadata: Metadata;
}

export interface PspCustomer {
  id: string;
  metadata: Metadata;
}

/** Fits the PSP's words for money. */
export interface Sum {
  minor: bigint;
  currency: CurrencyCode;
}
