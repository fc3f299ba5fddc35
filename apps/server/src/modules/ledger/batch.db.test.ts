import { describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { dbTest } from '../../platform/testing.ts';
import { postBatch, type BatchOutcome } from './batch.ts';
import { account } from './chart.ts';
import { broken, funded } from './fixtures.ts';
import type { Posting, Transfer } from './posting.ts';
import { balance } from './read.ts';

const t = dbTest();
const line = account.escrow('line');
const provider = account.providerPending('provider');
const pay = (amountMinor: bigint, idemKey = newId()): Posting =>
  of([{ debit: line, credit: provider, amountMinor }], idemKey);
const of = (transfers: Transfer[], idemKey = newId()): Posting => ({
  eventType: 'test',
  idemKey,
  currency: 'GBP',
  transfers,
});
const words = (outcomes: BatchOutcome[]) =>
  outcomes.map((one) => (one.ok ? (one.replayed ? 'replayed' : 'ok') : one.refusal));

describe('a batch', () => {
  it('posts in order and answers for each; what is bad does not fail its neighbours', async () => {
    await funded(t.ctx(), line, 100n);
    const postings = [
      pay(60n),
      pay(50n),
      pay(30n),
      of([]),
      of([{ kind: 'void', pendingId: newId() }]),
      pay(-1n),
      pay(10n),
      pay(1n),
    ];
    const outcomes = await postBatch(t.ctx(), postings);
    expect(words(outcomes)).toEqual([
      ...[
        'ok',
        'ledger.short',
        'ok',
        'ledger.bad_posting',
        'ledger.pending_unknown',
        'ledger.bad_posting',
        'ok',
        'ledger.short',
      ],
    ]);
    expect(outcomes[1]).toMatchObject({ data: { code: 'L200', ownerId: 'line', availableMinor: '40' } });
    expect((await balance(t.ctx(), line, 'GBP')).balanceMinor).toBe(0n);
    expect(await broken(t.ctx())).toEqual([]);
  });

  it('lets a later posting spend what an earlier one brings, and not what a refused one would have', async () => {
    const bring = of([{ debit: account.pspClearing('stripe'), credit: line, amountMinor: 10n }]);
    expect(words(await postBatch(t.ctx(), [pay(1n), bring, pay(10n), pay(1n)]))).toEqual([
      ...['ledger.short', 'ok', 'ok', 'ledger.short'],
    ]);
  });

  it('refuses a journal as a whole when one of its legs cannot be', async () => {
    await funded(t.ctx(), line, 100n);
    const both = of([...pay(40n).transfers, ...pay(70n).transfers]);
    expect(words(await postBatch(t.ctx(), [both, pay(100n)]))).toEqual(['ledger.short', 'ok']);
  });

  it('answers what was posted before, also within the batch, and refuses a reused key', async () => {
    await funded(t.ctx(), line, 100n);
    const [first] = await postBatch(t.ctx(), [pay(10n, 'a')]);
    const again = await postBatch(t.ctx(), [pay(10n, 'a'), pay(11n, 'a'), pay(5n, 'b'), pay(5n, 'b'), pay(6n, 'b')]);
    expect(words(again)).toEqual(['replayed', 'ledger.key_reused', 'ok', 'replayed', 'ledger.key_reused']);
    expect(again[0]).toMatchObject({ journalId: first?.ok ? first.journalId : '' });
    expect((await balance(t.ctx(), line, 'GBP')).balanceMinor).toBe(85n);
  });

  it('opens and ends pendings in one batch, each once', async () => {
    await funded(t.ctx(), line, 100n);
    const [a, b] = [newId(), newId()];
    const reserve = (id: string): Posting =>
      of([{ kind: 'pending', id, debit: line, credit: provider, amountMinor: 50n }]);
    const outcomes = await postBatch(t.ctx(), [
      ...[reserve(a), reserve(b), reserve(newId()), of([{ kind: 'post', pendingId: a, amountMinor: 20n }])],
      ...[
        of([{ kind: 'void', pendingId: a }]),
        of([{ kind: 'post', pendingId: b, amountMinor: 51n }]),
        of([{ kind: 'void', pendingId: b }]),
      ],
      pay(80n),
    ]);
    expect(words(outcomes)).toEqual([
      ...['ok', 'ok', 'ledger.short', 'ok', 'ledger.pending_resolved', 'ledger.pending_exceeded', 'ok', 'ok'],
    ]);
    expect(await balance(t.ctx(), line, 'GBP')).toMatchObject({ balanceMinor: 0n, debitsPending: 0n });
    expect(await broken(t.ctx())).toEqual([]);
  });

  it('does a hundred in one statement', async () => {
    await funded(t.ctx(), line, 100n);
    const before = t.db.statements;
    const outcomes = await postBatch(
      t.ctx(),
      Array.from({ length: 101 }, () => pay(1n)),
    );
    expect(t.db.statements - before).toBe(1);
    expect(words(outcomes).filter((word) => word === 'ok')).toHaveLength(100);
    expect(words(outcomes).at(-1)).toBe('ledger.short');
  });

  it('of nothing is nothing', async () => {
    expect(await postBatch(t.ctx(), [])).toEqual([]);
  });
});
