import type { CurrencyCode } from '@plumbline/money';
import { isRefusalCode } from './refusals.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { pgCode, pgConstraint, refuse } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { AccountRef } from './chart.ts';
import { legColumns, type Posted, type Posting } from './posting.ts';
import * as store from './store.ts';

/**
 * Writes one journal, in the open transaction or in one of its own. Refuses `ledger.short` when an account would go
 * below its floor, `ledger.key_reused` when the key stands for something else, `ledger.pending_unknown`,
 * `ledger.pending_resolved` and `ledger.pending_exceeded` about pendings, `ledger.bad_posting` for what is no posting.
 * A refusal leaves the transaction to be rolled back.
 */
export async function post(ctx: Ctx, posting: Posting): Promise<Posted> {
  const row = await refusing(() => postRow(ctx, posting));
  return { journalId: row.journal_id, replayed: row.replayed };
}

function postRow(ctx: Ctx, posting: Posting): Promise<store.PostedRow> {
  const event = [
    ctx.regionId,
    actorOf(ctx),
    posting.journalId ?? newId(),
    posting.idemKey,
    posting.eventType,
    posting.orderId ?? null,
    posting.effectiveAt ?? ctx.clock.now(),
    posting.reason ?? null,
  ] as const;
  const [only, ...more] = posting.transfers;
  if (only && more.length === 0 && (only.kind === undefined || only.kind === 'posted')) {
    const { debit, credit, amountMinor, currency = posting.currency } = only;
    return store.postTransfer.one(
      ctx,
      ...event,
      currency,
      amountMinor,
      debit.code,
      debit.ownerId,
      credit.code,
      credit.ownerId,
    );
  }
  const legs = legColumns(posting);
  return store.postJournal.one(
    ctx,
    ...event,
    legs.kinds,
    legs.currencies,
    legs.amounts,
    legs.debitCodes,
    legs.debitOwners,
    legs.creditCodes,
    legs.creditOwners,
    legs.pendings,
    legs.expiries,
  );
}

export interface Reversal {
  journalId: string;
  idemKey: string;
  reason: string;
  effectiveAt?: Date;
}

/**
 * Rule 18: undoes a journal by its mirror image, never by an edit; a pending that is still open is voided. Refuses
 * `ledger.already_reversed` the second time, `ledger.journal_unknown`, and `ledger.short` when the money has moved on.
 */
export async function reverse(ctx: Ctx, reversal: Reversal): Promise<Posted> {
  const { journalId, idemKey, reason, effectiveAt = ctx.clock.now() } = reversal;
  const row = await refusing(() =>
    store.reverseJournal.one(ctx, ctx.regionId, actorOf(ctx), newId(), idemKey, journalId, effectiveAt, reason),
  );
  return { journalId: row.journal_id, replayed: row.replayed };
}

export interface Balance {
  account: AccountRef;
  currency: CurrencyCode;
  debitsPosted: bigint;
  creditsPosted: bigint;
  debitsPending: bigint;
  creditsPending: bigint;
  /** What has moved, in the account's normal direction. */
  balanceMinor: bigint;
  /** The balance less what pendings have reserved. */
  availableMinor: bigint;
}

/** Who acts, as the journal keeps it. */
export function actorOf({ actor }: Ctx): string {
  if (actor.kind === 'person') return `person:${actor.personId}`;
  return actor.kind === 'system' ? `system:${actor.name}` : 'anonymous';
}

/** Turns what the posting function raises into refusals. */
export async function refusing<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const code = pgCode(error);
    if (code === 'PL001' && error instanceof Error && isRefusalCode(error.message)) {
      refuse(error.message, detailOf(error));
    }
    if (code === '23514' && pgConstraint(error) === 'ledger_balance_floor') refuse('ledger.short');
    // Not-null, check, duplicate pending id, number out of range: the posting itself is malformed.
    if (code === '23502' || code === '23514' || code === '23505' || code === '22003') {
      refuse('ledger.bad_posting', { constraint: pgConstraint(error) });
    }
    throw error;
  }
}

function detailOf(error: Error): Record<string, unknown> {
  const detail: unknown = 'detail' in error && typeof error.detail === 'string' ? JSON.parse(error.detail) : {};
  return typeof detail === 'object' && detail !== null ? { ...detail } : {};
}
