import { currencies, exponentOf, wireExponent } from '@plumbline/money';
import { describe, expect, it } from 'vitest';
import type { Ctx } from '../../platform/ctx.ts';
import { query } from '../../platform/db/statement.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { dbTest } from '../../platform/testing.ts';
import { account, chart } from './chart.ts';
import { broken, funded } from './fixtures.ts';
import type { Posting, Transfer } from './posting.ts';
import { accountsOf, balance, entriesOf, journalsOf, lockBalances } from './read.ts';
import * as service from './service.ts';

const t = dbTest();

/** As a command of its own: what is refused is rolled back and the test goes on. */
const post = (ctx: Ctx, one: Posting) => inTransaction(ctx, (inner) => service.post(inner, one));
const reverse = (ctx: Ctx, one: service.Reversal) => inTransaction(ctx, (inner) => service.reverse(inner, one));

const posting = (transfers: Transfer[], more: Partial<Posting> = {}): Posting => ({
  eventType: 'test',
  idemKey: newId(),
  currency: 'GBP',
  transfers,
  ...more,
});
const line = account.escrow('line');
const provider = account.providerPending('provider');
const pay = (amountMinor: bigint) => ({ debit: line, credit: provider, amountMinor });

describe('the data of the ledger', () => {
  it('has the chart that the code has', async () => {
    const rows = await query<Record<string, string>>(
      t.ctx(),
      'select code, name, owner_type, normal, mode from ledger_code',
    );
    const inDatabase = rows.map(({ code, name, owner_type, normal, mode }) => [
      code,
      { name, ownerType: owner_type, normal, mode },
    ]);
    expect(Object.fromEntries(inDatabase)).toEqual(chart);
  });

  it('has the currencies of the money package, with their decimals and those of the wire', async () => {
    const rows = await query<{ code: string; exponent: number; wire: number | null; step: bigint }>(
      t.ctx(),
      `select code::text as code, exponent::int as exponent, (psp_exponent->>'stripe')::int as wire, rounding_unit as step from currency`,
    );
    const found = rows.map(({ code, exponent, wire, step }) => [code, exponent, wire ?? exponent, step]);
    const wanted = currencies.map((code) => {
      return [code, exponentOf(code), wireExponent(code), exponentOf(code) === 3 ? 10n : 1n];
    });
    expect(found.toSorted()).toEqual(wanted.toSorted());
  });
});

describe('posting a journal', () => {
  it('moves money, writes entries with the balance after each, and says who did it', async () => {
    await funded(t.ctx(), line, 12_000n);
    const orderId = newId();
    const { journalId } = await post(t.ctx(), posting([pay(10_000n), pay(500n)], { orderId, reason: 'because' }));
    expect(await balance(t.ctx(), line, 'GBP')).toMatchObject({ balanceMinor: 1_500n, availableMinor: 1_500n });
    const entries = await entriesOf(t.ctx(), provider, 'GBP');
    expect(
      entries.map(({ version, amountMinor, balanceAfterMinor }) => [version, amountMinor, balanceAfterMinor]),
    ).toEqual([
      [2n, 500n, 10_500n],
      [1n, 10_000n, 10_000n],
    ]);
    const [journal] = await journalsOf(t.ctx(), { orderId });
    expect(journal).toMatchObject({
      id: journalId,
      actor: 'system:test',
      reason: 'because',
      effectiveAt: t.clock.now(),
    });
    expect(journal?.transfers[1]).toEqual({
      kind: 'posted',
      debit: line,
      credit: provider,
      currency: 'GBP',
      amountMinor: 500n,
    });
    expect(await journalsOf(t.ctx(), { ids: [journalId] })).toEqual([journal]);
  });

  it('opens accounts by their first posting, one for each currency', async () => {
    await funded(t.ctx(), line, 5n);
    await funded(t.ctx(), line, 7n, 'JPY');
    const found = await accountsOf(t.ctx(), { ownerType: 'order_line', ownerId: 'line' });
    expect(found.map(({ account: ref, currency }) => [ref, currency])).toEqual([
      [line, 'GBP'],
      [line, 'JPY'],
    ]);
    expect((await balance(t.ctx(), line, 'JPY')).balanceMinor).toBe(7n);
    expect((await balance(t.ctx(), account.escrow('nobody'), 'GBP')).balanceMinor).toBe(0n);
  });

  it('is exact for a recording account that has not been folded', async () => {
    await funded(t.ctx(), line, 12_000n);
    expect(await balance(t.ctx(), account.pspClearing('stripe'), 'GBP')).toMatchObject({
      debitsPosted: 12_000n,
      balanceMinor: 12_000n,
    });
  });

  it('refuses to go below the floor, and says which account and what it has', async () => {
    await funded(t.ctx(), line, 100n);
    await expect(post(t.ctx(), posting([pay(60n), pay(41n)]))).rejects.toMatchObject({
      code: 'ledger.short',
      data: { code: 'L200', ownerId: 'line', currency: 'GBP', availableMinor: '40' },
    });
    expect((await balance(t.ctx(), line, 'GBP')).balanceMinor).toBe(100n);
    expect(await entriesOf(t.ctx(), provider, 'GBP')).toEqual([]);
  });

  it('plays legs in their order: what comes in first can go out again', async () => {
    const through: Transfer[] = [
      { debit: account.pspClearing('stripe'), credit: line, amountMinor: 5n },
      { debit: line, credit: provider, amountMinor: 5n },
    ];
    await expect(post(t.ctx(), posting(through.toReversed()))).rejects.toMatchObject({ code: 'ledger.short' });
    await post(t.ctx(), posting(through));
  });

  it('refuses what is no posting', async () => {
    await funded(t.ctx(), line, 100n);
    const same: Transfer = { debit: line, credit: line, amountMinor: 1n };
    const unknown = { ...account.escrow('x'), code: 'Z999' as 'L200' };
    const nobody = account.escrow('');
    const bad = [
      [pay(0n)],
      [pay(-5n)],
      [same],
      [{ debit: unknown, credit: line, amountMinor: 1n }],
      [{ debit: nobody, credit: line, amountMinor: 1n }],
      [pay(2n ** 63n)],
      [{ ...pay(1n), currency: 'XXX' as 'GBP' }],
      [{ ...pay(1n), kind: 'gift' as 'posted' }],
    ] satisfies Transfer[][];
    for (const transfers of bad) {
      await expect(post(t.ctx(), posting(transfers))).rejects.toMatchObject({ code: 'ledger.bad_posting' });
    }
    await expect(post(t.ctx(), posting([]))).rejects.toMatchObject({ code: 'ledger.bad_posting' });
  });

  it('keeps two regions apart', async () => {
    await funded(t.ctx(), line, 100n);
    const ireland = { ...t.ctx(), regionId: 'ie' };
    await expect(post(ireland, posting([pay(1n)]))).rejects.toMatchObject({ code: 'ledger.short' });
    expect((await balance(ireland, line, 'GBP')).balanceMinor).toBe(0n);
  });

  it('posts two currencies in one journal when an exchange needs it', async () => {
    const out = account.providerAvailable('provider');
    await funded(t.ctx(), out, 100n);
    const exchange: Transfer[] = [
      { debit: out, credit: account.fxPosition('GBP'), amountMinor: 100n },
      {
        debit: account.fxPosition('JPY'),
        credit: account.payoutInTransit('stripe'),
        amountMinor: 19_000n,
        currency: 'JPY',
      },
    ];
    await post(t.ctx(), posting(exchange));
    expect((await balance(t.ctx(), account.payoutInTransit('stripe'), 'JPY')).creditsPosted).toBe(19_000n);
    expect(await broken(t.ctx())).toEqual([]);
  });

  it('locks balances for a decision', async () => {
    await funded(t.ctx(), line, 100n);
    const [held, unopened] = await lockBalances(t.ctx(), [line, account.refundPayable('r')], 'GBP');
    expect([held?.availableMinor, unopened?.availableMinor]).toEqual([100n, 0n]);
  });
});

describe('the same key', () => {
  it('with the same content gets the first answer and posts nothing', async () => {
    await funded(t.ctx(), line, 100n);
    const once = posting([pay(10n), { kind: 'pending', id: newId(), debit: line, credit: provider, amountMinor: 5n }]);
    const first = await post(t.ctx(), once);
    t.clock.advance({ hours: 1 });
    const again = await post(t.ctx(), { ...once, journalId: newId(), reason: 'other words' });
    expect(again).toEqual({ journalId: first.journalId, replayed: true });
    expect(await balance(t.ctx(), line, 'GBP')).toMatchObject({ balanceMinor: 90n, availableMinor: 85n });
  });

  it.each<[string, Partial<Posting>]>([
    ['another amount', { transfers: [pay(11n)] }],
    ['another account', { transfers: [{ debit: line, credit: account.refundPayable('r'), amountMinor: 10n }] }],
    ['another leg', { transfers: [pay(10n), pay(1n)] }],
    ['another event', { eventType: 'other' }],
    ['another order', { orderId: newId() }],
    ['another currency', { currency: 'JPY' }],
  ])('with %s is refused', async (_, change) => {
    await funded(t.ctx(), line, 100n);
    const once = posting([pay(10n)]);
    await post(t.ctx(), once);
    await expect(post(t.ctx(), { ...once, ...change })).rejects.toMatchObject({ code: 'ledger.key_reused' });
  });

  it('may be another event in another region', async () => {
    const once = posting([{ debit: account.pspClearing('stripe'), credit: line, amountMinor: 1n }]);
    await post(t.ctx(), once);
    expect(await post({ ...t.ctx(), regionId: 'ie' }, once)).toMatchObject({ replayed: false });
  });
});

describe('a pending', () => {
  const reserve = (amountMinor: bigint): Transfer & { id: string } => {
    return { kind: 'pending', id: newId(), debit: line, credit: provider, amountMinor };
  };

  it('reserves: nobody else can spend it', async () => {
    await funded(t.ctx(), line, 100n);
    await post(t.ctx(), posting([reserve(70n)]));
    expect(await balance(t.ctx(), line, 'GBP')).toMatchObject({ balanceMinor: 100n, availableMinor: 30n });
    await expect(post(t.ctx(), posting([pay(31n)]))).rejects.toMatchObject({ code: 'ledger.short' });
    await expect(post(t.ctx(), posting([reserve(31n)]))).rejects.toMatchObject({ code: 'ledger.short' });
    expect((await balance(t.ctx(), provider, 'GBP')).availableMinor).toBe(0n);
  });

  it('is posted in part, and the rest is free again', async () => {
    await funded(t.ctx(), line, 100n);
    const pending = reserve(70n);
    await post(t.ctx(), posting([pending]));
    await post(t.ctx(), posting([{ kind: 'post', pendingId: pending.id, amountMinor: 50n }]));
    expect(await balance(t.ctx(), line, 'GBP')).toMatchObject({
      balanceMinor: 50n,
      availableMinor: 50n,
      debitsPending: 0n,
    });
    expect((await balance(t.ctx(), provider, 'GBP')).availableMinor).toBe(50n);
  });

  it('ends once, and for no more than it reserved', async () => {
    await funded(t.ctx(), line, 100n);
    const pending = reserve(70n);
    await post(t.ctx(), posting([pending]));
    const end = (kind: 'post' | 'void', more = {}) =>
      post(t.ctx(), posting([{ kind, pendingId: pending.id, ...more }]));
    await expect(end('post', { amountMinor: 71n })).rejects.toMatchObject({ code: 'ledger.pending_exceeded' });
    await end('void');
    await expect(end('post')).rejects.toMatchObject({
      code: 'ledger.pending_resolved',
      data: { pendingId: pending.id },
    });
    await expect(end('void')).rejects.toMatchObject({ code: 'ledger.pending_resolved' });
    const unknown = posting([{ kind: 'void', pendingId: newId() }]);
    await expect(post(t.ctx(), unknown)).rejects.toMatchObject({ code: 'ledger.pending_unknown' });
    expect(await broken(t.ctx())).toEqual([]);
  });

  it('has an id of its own', async () => {
    await funded(t.ctx(), line, 100n);
    const pending = reserve(1n);
    await post(t.ctx(), posting([pending]));
    await expect(post(t.ctx(), posting([pending]))).rejects.toMatchObject({ code: 'ledger.bad_posting' });
  });
});

describe('a reversal', () => {
  const undo = (journalId: string, idemKey = newId()) => reverse(t.ctx(), { journalId, idemKey, reason: 'a mistake' });

  it('is the mirror image, once', async () => {
    await funded(t.ctx(), line, 100n);
    const { journalId } = await post(t.ctx(), posting([pay(30n), pay(20n)]));
    const first = await undo(journalId, 'undo');
    expect(await undo(journalId, 'undo')).toEqual({ ...first, replayed: true });
    await expect(undo(journalId)).rejects.toMatchObject({ code: 'ledger.already_reversed' });
    expect((await balance(t.ctx(), line, 'GBP')).balanceMinor).toBe(100n);
    const [journal] = await journalsOf(t.ctx(), { ids: [journalId] });
    expect(journal?.reversedBy).toBe(first.journalId);
    expect(await broken(t.ctx())).toEqual([]);
  });

  it('voids a pending that is open, and takes back what a post moved', async () => {
    await funded(t.ctx(), line, 100n);
    const open = { kind: 'pending', id: newId(), debit: line, credit: provider, amountMinor: 40n } as const;
    const { journalId } = await post(t.ctx(), posting([open]));
    await undo(journalId);
    expect((await balance(t.ctx(), line, 'GBP')).availableMinor).toBe(100n);
    const second = { ...open, id: newId() };
    await post(t.ctx(), posting([second]));
    const posted = await post(t.ctx(), posting([{ kind: 'post', pendingId: second.id, amountMinor: 25n }]));
    await undo(posted.journalId);
    expect(await balance(t.ctx(), line, 'GBP')).toMatchObject({ balanceMinor: 100n, availableMinor: 100n });
    expect(await broken(t.ctx())).toEqual([]);
  });

  it('is refused when the money has moved on, and for what is not there', async () => {
    await funded(t.ctx(), line, 100n);
    const { journalId } = await post(t.ctx(), posting([pay(100n)]));
    await post(
      t.ctx(),
      posting([{ debit: provider, credit: account.providerAvailable('provider'), amountMinor: 60n }]),
    );
    await expect(undo(journalId)).rejects.toMatchObject({ code: 'ledger.short' });
    await expect(undo(newId())).rejects.toMatchObject({ code: 'ledger.journal_unknown' });
  });
});
