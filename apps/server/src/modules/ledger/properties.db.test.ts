import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CurrencyCode } from '@plumbline/money';
import type { Ctx } from '../../platform/ctx.ts';
import { attempt } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { dbTest } from '../../platform/testing.ts';
import { postBatch } from './batch.ts';
import { account, chart, type AccountRef } from './chart.ts';
import { broken, outcomeOf } from './fixtures.ts';
import { keyOf, oracle } from './oracle.fixtures.ts';
import type { Posting, Transfer } from './posting.ts';
import { balances, entriesOf } from './read.ts';
import { post, reverse } from './service.ts';

/** How often each outcome was met, so that a run that proves nothing is noticed. */
const met = new Map<string, number>();

const isFull = process.env['PLUMBLINE_FULL'] === '1';
const numRuns = isFull ? 200 : 12;
const currencies = ['GBP', 'JPY', 'KWD'] as const satisfies CurrencyCode[];

const world: AccountRef[] = [
  ...['line-1', 'line-2', 'line-3'].map(account.escrow),
  ...['plumber', 'painter'].flatMap((id) => [account.providerPending(id), account.providerAvailable(id)]),
  ...[account.refundPayable('refund-1'), account.providerReceivable('plumber'), account.disputeReceivable('dispute-1')],
  ...[
    account.pspClearing('stripe'),
    account.payoutInTransit('stripe'),
    account.commission('service'),
    account.vatPayable('GB'),
  ],
];

/** An act on the ledger; numbers choose among what there is when it is played. */
type Act =
  | { do: 'post'; legs: LegChoice[]; currency: CurrencyCode }
  | { do: 'again'; which: number; changed: boolean }
  | { do: 'reverse'; which: number }
  | { do: 'batch'; postings: { legs: LegChoice[]; currency: CurrencyCode }[] };
type LegChoice = {
  kind: 'posted' | 'pending' | 'post' | 'void';
  from: number;
  to: number;
  amount: bigint;
  pending: number;
};

const leg: fc.Arbitrary<LegChoice> = fc.record({
  kind: fc.constantFrom('posted', 'posted', 'posted', 'pending', 'post', 'void'),
  from: fc.nat(world.length - 1),
  to: fc.nat(world.length - 2),
  amount: fc.bigInt(1n, 40n),
  pending: fc.nat(50),
});
const event = fc.record({
  legs: fc.array(leg, { minLength: 1, maxLength: 4 }),
  currency: fc.constantFrom(...currencies),
});
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: event.map((one) => ({ do: 'post' as const, ...one })) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('again' as const), which: fc.nat(50), changed: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reverse' as const), which: fc.nat(50) }) },
  {
    weight: 2,
    arbitrary: fc.array(event, { minLength: 1, maxLength: 8 }).map((postings) => ({ do: 'batch' as const, postings })),
  },
);

describe('the ledger against a ledger in memory', () => {
  const t = dbTest();

  it('leads to the same outcomes, counters, entries and floors, and proves itself', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: isFull ? 60 : 25 }), async (acts) => {
        const market = { ...t.ctx(), regionId: `r-${newId()}` };
        const play = player(market);
        for (const one of acts) await play.act(one);
        await play.compare();
      }),
      { numRuns, endOnFailure: !isFull },
    );
    if (!isFull) return;
    // Few runs may happen not to meet each of them; the full number does.
    const all = ['ok', 'replayed', 'ledger.short', 'ledger.key_reused', 'ledger.pending_resolved'];
    for (const outcome of [...all, 'ledger.pending_exceeded', 'ledger.already_reversed', 'ledger.bad_posting'])
      expect(met.get(outcome) ?? 0, outcome).toBeGreaterThan(0);
  }, 600_000);
});

const count = (outcome: string) => met.set(outcome, (met.get(outcome) ?? 0) + 1);

function player(ctx: Ctx) {
  const model = oracle();
  const done: { key: string; journalId: string; posting?: Posting }[] = [];
  const pendings: string[] = [];

  const postingOf = ({ legs, currency }: { legs: LegChoice[]; currency: CurrencyCode }): Posting => ({
    eventType: 'test',
    idemKey: newId(),
    journalId: newId(),
    currency,
    transfers: legs.map((choice): Transfer => transferOf(choice, pendings)),
  });
  const isolated = (run: (ctx: Ctx) => Promise<{ replayed: boolean; journalId: string }>) => attempt(ctx, run);
  const remember = (posting: Posting) => {
    done.push({ key: posting.idemKey, journalId: posting.journalId ?? '', posting });
    for (const transfer of posting.transfers) if (transfer.kind === 'pending') pendings.push(transfer.id);
  };

  async function one(posting: Posting): Promise<void> {
    const expected = model.post(posting);
    count(expected);
    expect(await outcomeOf(isolated((inner) => post(inner, posting)))).toBe(expected);
    if (expected === 'ok') remember(posting);
  }

  async function again({ which, changed }: { which: number; changed: boolean }): Promise<void> {
    const known = done[which % (done.length || 1)]?.posting;
    if (!known) return;
    await one({ ...known, journalId: newId(), eventType: changed ? 'other' : known.eventType });
  }

  async function undo(which: number): Promise<void> {
    const known = done[which % (done.length || 1)];
    if (!known) return;
    const key = `reverse ${known.key} ${which % 2}`;
    const expected = model.reverse(known.key, key);
    count(expected);
    const found = isolated((inner) => reverse(inner, { journalId: known.journalId, idemKey: key, reason: 'test' }));
    expect(await outcomeOf(found)).toBe(expected);
    if (expected === 'ok') done.push({ key, journalId: (await found).journalId });
  }

  async function batch(postings: Posting[]): Promise<void> {
    const expected = postings.map((posting) => model.post(posting));
    expected.forEach(count);
    const outcomes = await postBatch(ctx, postings);
    expect(outcomes.map((found) => (found.ok ? 'ok' : found.refusal))).toEqual(expected);
    postings.filter((_, index) => expected[index] === 'ok').forEach(remember);
  }

  async function compare(): Promise<void> {
    for (const currency of currencies) {
      const found = await balances(ctx, world, currency);
      for (const [index, ref] of world.entries()) {
        const { debitsPosted, creditsPosted, debitsPending, creditsPending, ...rest } = found[index]!;
        const want = model.accounts().get(keyOf(ref, currency));
        const nothing = { debitsPosted: 0n, creditsPosted: 0n, debitsPending: 0n, creditsPending: 0n };
        expect({ debitsPosted, creditsPosted, debitsPending, creditsPending }).toEqual(want ?? nothing);
        if (chart[ref.code].mode === 'recording') continue;
        expect(rest.availableMinor).toBeGreaterThanOrEqual(0n);
        await replay(ref, currency, rest.balanceMinor);
      }
    }
    expect(await broken(ctx)).toEqual([]);
  }

  /** Entries played from the first give each balance on the way, and the last one is today's. */
  async function replay(ref: AccountRef, currency: CurrencyCode, balanceMinor: bigint): Promise<void> {
    let running = 0n;
    for (const [index, entry] of (await entriesOf(ctx, ref, currency, { limit: 10_000 })).toReversed().entries()) {
      running += entry.amountMinor;
      expect(entry).toMatchObject({ version: BigInt(index + 1), balanceAfterMinor: running });
      expect(running).toBeGreaterThanOrEqual(0n);
    }
    expect(running).toBe(balanceMinor);
  }

  return {
    compare,
    act: (next: Act) => {
      if (next.do === 'post') return one(postingOf(next));
      if (next.do === 'again') return again(next);
      return next.do === 'reverse' ? undo(next.which) : batch(next.postings.map(postingOf));
    },
  };
}

function transferOf({ kind, from, to, amount, pending }: LegChoice, pendings: string[]): Transfer {
  const pendingId = pendings[pending % (pendings.length || 1)];
  if (kind === 'void' && pendingId) return { kind, pendingId };
  if (kind === 'post' && pendingId) return { kind, pendingId, ...(amount < 30n && { amountMinor: amount }) };
  const debit = world[from]!;
  const credit = world[to < from ? to : to + 1]!;
  const move = { debit, credit, amountMinor: amount };
  return kind === 'pending' ? { kind, id: newId(), ...move } : move;
}
