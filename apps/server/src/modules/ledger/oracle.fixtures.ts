import { currencyOf } from '@plumbline/money';
import { chart, type AccountRef } from './chart.ts';
import type { Posting, Transfer } from './posting.ts';

/** The counters of one account, as the ledger has to have them. */
export interface Counters {
  debitsPosted: bigint;
  creditsPosted: bigint;
  debitsPending: bigint;
  creditsPending: bigint;
}

interface Leg {
  debit: AccountRef;
  credit: AccountRef;
  currency: string;
  posted: bigint;
  reserved: bigint;
  /** Of the pending that it opens. */
  opens?: string;
}

interface Pending extends Leg {
  state: 'open' | 'ended';
}

type World = { accounts: Map<string, Counters>; pendings: Map<string, Pending> };

/** A ledger in memory that is too simple to be wrong: it says what every posting has to lead to. */
export function oracle() {
  let world: World = { accounts: new Map(), pendings: new Map() };
  const keys = new Map<string, { content: string; legs: Leg[]; kinds: string[]; reversed: boolean }>();

  function post(posting: Posting): string {
    const content = text([posting.eventType, posting.orderId, posting.transfers.map(withoutNewId)]);
    const known = keys.get(posting.idemKey);
    if (known) return known.content === content ? 'replayed' : 'ledger.key_reused';
    return write(posting.idemKey, content, posting.transfers, posting.currency);
  }

  function reverse(of: string, idemKey: string): string {
    const journal = keys.get(of);
    if (!journal) return 'ledger.journal_unknown';
    if (journal.kinds.includes('void')) return 'ledger.bad_posting';
    const content = text(['reverse', of]);
    const known = keys.get(idemKey);
    if (known) return known.content === content ? 'replayed' : 'ledger.key_reused';
    if (journal.reversed) return 'ledger.already_reversed';
    const outcome = write(idemKey, content, journal.legs.map(mirrored).toReversed(), 'GBP');
    if (outcome === 'ok') journal.reversed = true;
    return outcome;
  }

  function write(idemKey: string, content: string, transfers: readonly Transfer[], currency: string): string {
    const draft: World = { accounts: structuredClone(world.accounts), pendings: structuredClone(world.pendings) };
    const legs: Leg[] = [];
    for (const transfer of transfers) {
      const leg = resolve(draft, transfer, currency);
      if (typeof leg === 'string') return leg;
      legs.push(leg);
    }
    for (const leg of legs) if (!play(draft, leg)) return 'ledger.short';
    world = draft;
    keys.set(idemKey, { content, legs, kinds: transfers.map(({ kind }) => kind ?? 'posted'), reversed: false });
    return 'ok';
  }

  return {
    post,
    reverse,
    accounts: () => world.accounts,
    openPendings: () => [...world.pendings].filter(([, { state }]) => state === 'open').map(([id]) => id),
    keys: () => [...keys.keys()],
  };
}

const mirrored = ({ opens, debit, credit, currency, posted }: Leg): Transfer =>
  opens === undefined
    ? { debit: credit, credit: debit, amountMinor: posted, currency: currencyOf(currency) }
    : { kind: 'void', pendingId: opens };

function resolve(world: World, transfer: Transfer, ofPosting: string): Leg | string {
  if (transfer.kind === 'post' || transfer.kind === 'void') return end(world, transfer);
  const { debit, credit, amountMinor, currency = ofPosting } = transfer;
  const isPending = transfer.kind === 'pending';
  if (!isPending) return { debit, credit, currency, posted: amountMinor, reserved: 0n };
  const leg = { debit, credit, currency, posted: 0n, reserved: amountMinor, opens: transfer.id };
  world.pendings.set(transfer.id, { ...leg, state: 'open' });
  return leg;
}

function end(world: World, transfer: Extract<Transfer, { pendingId: string }>): Leg | string {
  const pending = world.pendings.get(transfer.pendingId);
  if (!pending) return 'ledger.pending_unknown';
  if (pending.state === 'ended') return 'ledger.pending_resolved';
  const amount = transfer.kind === 'void' ? 0n : (transfer.amountMinor ?? pending.reserved);
  if (amount > pending.reserved) return 'ledger.pending_exceeded';
  pending.state = 'ended';
  const { debit, credit, currency, reserved } = pending;
  return { debit, credit, currency, posted: amount, reserved: -reserved };
}

/** False when an authorising account would have less than nothing to give. */
function play(world: World, { debit, credit, currency, posted, reserved }: Leg): boolean {
  const from = countersOf(world, debit, currency);
  const to = countersOf(world, credit, currency);
  from.debitsPosted += posted;
  from.debitsPending += reserved;
  to.creditsPosted += posted;
  to.creditsPending += reserved;
  return available(debit, from) >= 0n && available(credit, to) >= 0n;
}

export const keyOf = (ref: AccountRef, currency: string): string => `${ref.code}:${ref.ownerId} ${currency}`;

function countersOf(world: World, ref: AccountRef, currency: string): Counters {
  const key = keyOf(ref, currency);
  const known = world.accounts.get(key);
  if (known) return known;
  const fresh = { debitsPosted: 0n, creditsPosted: 0n, debitsPending: 0n, creditsPending: 0n };
  world.accounts.set(key, fresh);
  return fresh;
}

function available({ code }: AccountRef, counters: Counters): bigint {
  if (chart[code].mode === 'recording') return 0n;
  return chart[code].normal === 'credit'
    ? counters.creditsPosted - counters.debitsPosted - counters.debitsPending
    : counters.debitsPosted - counters.creditsPosted - counters.creditsPending;
}

const withoutNewId = (transfer: Transfer) => (transfer.kind === 'pending' ? { ...transfer, id: '' } : transfer);

const text = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part));
