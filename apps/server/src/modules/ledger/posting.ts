import type { CurrencyCode } from '@plumbline/money';
import type { AccountRef } from './chart.ts';

interface Move {
  debit: AccountRef;
  credit: AccountRef;
  /** Positive minor units. */
  amountMinor: bigint;
  /** Where it is not the posting's: legs of an exchange. */
  currency?: CurrencyCode;
}

/** Money moves now. */
export interface PostedTransfer extends Move {
  kind?: 'posted';
}

/** Money is reserved under an id of yours; it moves, or not, when the pending ends. */
export interface PendingTransfer extends Move {
  kind: 'pending';
  id: string;
  /** When the reservation lapses at its source; the ledger frees nothing by itself. */
  expiresAt?: Date;
}

/** A pending ends: all of it moves, or a part, and then the rest is free again. */
export interface PostTransfer {
  kind: 'post';
  pendingId: string;
  amountMinor?: bigint;
}

/** A pending ends and nothing moves. */
export interface VoidTransfer {
  kind: 'void';
  pendingId: string;
}

export type Transfer = PostedTransfer | PendingTransfer | PostTransfer | VoidTransfer;

/** One event of the business with all its legs: it happens wholly or not at all. */
export interface Posting {
  /** Made unless told. */
  journalId?: string;
  eventType: string;
  orderId?: string;
  /** The same key with the same content is the same event: it gets the first answer and posts nothing. */
  idemKey: string;
  currency: CurrencyCode;
  /** Business time of the event; now unless told. */
  effectiveAt?: Date;
  reason?: string;
  /** Played in this order; each one has to keep every floor. */
  transfers: readonly Transfer[];
}

export interface Posted {
  journalId: string;
  /** True when the key had been posted before. */
  replayed: boolean;
}

/** The legs as the posting function takes them: arrays of equal length. */
export interface LegColumns {
  kinds: string[];
  currencies: (string | null)[];
  amounts: (bigint | null)[];
  debitCodes: (string | null)[];
  debitOwners: (string | null)[];
  creditCodes: (string | null)[];
  creditOwners: (string | null)[];
  pendings: (string | null)[];
  expiries: (Date | null)[];
}

export function legColumns({ transfers, currency }: Pick<Posting, 'transfers' | 'currency'>): LegColumns {
  const legs = transfers.map((transfer) => legOf(transfer, currency));
  return {
    kinds: legs.map((leg) => leg.kind),
    currencies: legs.map((leg) => leg.currency),
    amounts: legs.map((leg) => leg.amount),
    debitCodes: legs.map((leg) => leg.debit?.code ?? null),
    debitOwners: legs.map((leg) => leg.debit?.ownerId ?? null),
    creditCodes: legs.map((leg) => leg.credit?.code ?? null),
    creditOwners: legs.map((leg) => leg.credit?.ownerId ?? null),
    pendings: legs.map((leg) => leg.pending),
    expiries: legs.map((leg) => leg.expires),
  };
}

interface Leg {
  kind: string;
  currency: string | null;
  amount: bigint | null;
  debit?: AccountRef;
  credit?: AccountRef;
  pending: string | null;
  expires: Date | null;
}

function legOf(transfer: Transfer, currency: CurrencyCode): Leg {
  if (transfer.kind === 'post' || transfer.kind === 'void') {
    const amount = transfer.kind === 'post' ? (transfer.amountMinor ?? null) : null;
    return { kind: transfer.kind, currency: null, amount, pending: transfer.pendingId, expires: null };
  }
  const isPending = transfer.kind === 'pending';
  return {
    kind: transfer.kind ?? 'posted',
    currency: transfer.currency ?? currency,
    amount: transfer.amountMinor,
    debit: transfer.debit,
    credit: transfer.credit,
    pending: isPending ? transfer.id : null,
    expires: isPending ? (transfer.expiresAt ?? null) : null,
  };
}
