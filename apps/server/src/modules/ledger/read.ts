import type { CurrencyCode } from '@plumbline/money';
import { currencyOf } from '@plumbline/money';
import type { Ctx } from '../../platform/ctx.ts';
import { chart, type AccountCode, type AccountRef, type OwnerType } from './chart.ts';
import type { Balance } from './service.ts';
import * as store from './store.ts';

/** The balance of one account; zero for one that nothing was posted to. */
export async function balance(ctx: Ctx, ref: AccountRef, currency: CurrencyCode): Promise<Balance> {
  const [only] = await balances(ctx, [ref], currency);
  if (!only) throw new Error('no balance for an account');
  return only;
}

/** Balances in the order of the accounts asked for, exact at this moment, in one statement. */
export async function balances(ctx: Ctx, refs: readonly AccountRef[], currency: CurrencyCode): Promise<Balance[]> {
  const rows = await store.readBalances.all(ctx, ctx.regionId, currency, codesOf(refs), ownersOf(refs));
  const byPlace = new Map(rows.map((row) => [row.n, row]));
  return refs.map((ref, index) => balanceOf(ref, currency, byPlace.get(index + 1)));
}

/**
 * Balances that stay as they are until the transaction ends: for a decision by what is there, such as how much of a
 * debt can be taken. Opens what is not open; locks in ascending order.
 */
export async function lockBalances(ctx: Ctx, refs: readonly AccountRef[], currency: CurrencyCode): Promise<Balance[]> {
  await store.lockAccounts.run(ctx, ctx.regionId, currency, codesOf(refs), ownersOf(refs));
  return balances(ctx, refs, currency);
}

const codesOf = (refs: readonly AccountRef[]) => refs.map((ref) => ref.code);
const ownersOf = (refs: readonly AccountRef[]) => refs.map((ref) => ref.ownerId);

const nothing = { debits_posted: 0n, credits_posted: 0n, debits_pending: 0n, credits_pending: 0n };

function balanceOf(account: AccountRef, currency: CurrencyCode, row: Omit<store.BalanceRow, 'n'> = nothing): Balance {
  const isCredit = chart[account.code].normal === 'credit';
  const net = row.credits_posted - row.debits_posted;
  const balanceMinor = isCredit ? net : -net;
  return {
    account,
    currency,
    debitsPosted: row.debits_posted,
    creditsPosted: row.credits_posted,
    debitsPending: row.debits_pending,
    creditsPending: row.credits_pending,
    balanceMinor,
    availableMinor: balanceMinor - (isCredit ? row.debits_pending : row.credits_pending),
  };
}

export interface Account {
  account: AccountRef;
  currency: CurrencyCode;
  openedAt: Date;
}

/** All accounts of one owner. */
export async function accountsOf(
  ctx: Ctx,
  { ownerType, ownerId }: { ownerType: OwnerType; ownerId: string },
): Promise<Account[]> {
  const rows = await store.accountsOfOwner.all(ctx, ctx.regionId, ownerType, ownerId);
  return rows.map((row) => ({
    account: refOf([row.code, row.owner_type, row.owner_id]),
    currency: currencyOf(row.currency),
    openedAt: row.opened_at,
  }));
}

export interface JournalLine {
  kind: 'posted' | 'pending' | 'post' | 'void';
  debit: AccountRef;
  credit: AccountRef;
  currency: CurrencyCode;
  amountMinor: bigint;
}

export interface Journal {
  id: string;
  eventType: string;
  orderId?: string;
  effectiveAt: Date;
  createdAt: Date;
  actor: string;
  reason?: string;
  /** The journal that undid this one. */
  reversedBy?: string;
  transfers: JournalLine[];
}

/** The journals of an order, or those with these ids, oldest first, each with its legs. */
export async function journalsOf(ctx: Ctx, of: { orderId: string } | { ids: readonly string[] }): Promise<Journal[]> {
  const rows =
    'orderId' in of
      ? await store.journalsOfOrder.all(ctx, ctx.regionId, of.orderId)
      : await store.journalsByIds.all(ctx, ctx.regionId, of.ids);
  return rows.map(journalOf);
}

/** The journal that was posted under this key. */
export async function journalOfKey(ctx: Ctx, idemKey: string): Promise<Journal | undefined> {
  const row = await store.journalByKey.first(ctx, ctx.regionId, idemKey);
  return row && journalOf(row);
}

const journalOf = (row: store.JournalRow): Journal => ({
  id: row.id,
  eventType: row.event_type,
  ...(row.order_id && { orderId: row.order_id }),
  effectiveAt: row.effective_at,
  createdAt: row.created_at,
  actor: row.actor,
  ...(row.reason && { reason: row.reason }),
  ...(row.reversed_by && { reversedBy: row.reversed_by }),
  transfers: row.transfers.map((transfer) => ({
    kind: transfer.kind,
    debit: refOf(transfer.debit),
    credit: refOf(transfer.credit),
    currency: currencyOf(transfer.currency),
    amountMinor: BigInt(transfer.amount),
  })),
});

function refOf([code, , ownerId]: [code: string, ownerType: string, ownerId: string]): AccountRef {
  if (!isCode(code)) throw new Error(`account code ${code} is not in the chart`);
  return { code, ownerType: chart[code].ownerType, ownerId };
}

const isCode = (code: string): code is AccountCode => Object.hasOwn(chart, code);

export interface Entry {
  version: bigint;
  /** In the account's normal direction: positive where it grows. */
  amountMinor: bigint;
  balanceAfterMinor: bigint;
  journalId: string;
  eventType: string;
  effectiveAt: Date;
}

/** The statement of an account, newest first. A recording account shows what has been folded. */
export async function entriesOf(
  ctx: Ctx,
  ref: AccountRef,
  currency: CurrencyCode,
  { before = 2n ** 62n, limit = 50 }: { before?: bigint; limit?: number } = {},
): Promise<Entry[]> {
  const rows = await store.entriesOfAccount.all(ctx, ctx.regionId, ref.code, ref.ownerId, currency, before, limit);
  return rows.map((row) => ({
    version: row.version,
    amountMinor: row.amount_minor,
    balanceAfterMinor: row.balance_after_minor,
    journalId: row.journal_id,
    eventType: row.event_type,
    effectiveAt: row.effective_at,
  }));
}
