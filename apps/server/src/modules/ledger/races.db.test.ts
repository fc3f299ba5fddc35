import { describe, expect, it } from 'vitest';
import { appPool } from '../../platform/db/pool.ts';
import { createDb } from '../../platform/db/db.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { dbTest } from '../../platform/testing.ts';
import { postBatch } from './batch.ts';
import { account, type AccountRef } from './chart.ts';
import { broken, funded, ledgerTables, outcomeOf, untilDone } from './fixtures.ts';
import type { Posting } from './posting.ts';
import { balance, entriesOf } from './read.ts';
import { post } from './service.ts';
import { fold, seal } from './tasks.ts';
import { verify } from './proof.ts';

const t = dbTest();
const isFull = process.env['PLUMBLINE_FULL'] === '1';
const sessions = 32;
const rounds = isFull ? 40 : 6;

const pay = (debit: AccountRef, credit: AccountRef, amountMinor: bigint, idemKey = newId()): Posting => ({
  ...{ eventType: 'test', idemKey, currency: 'GBP' },
  transfers: [{ debit, credit, amountMinor }],
});

/** So many clients with a connection each, as separate processes would be. */
async function crowd<T>(act: (ctx: Ctx, client: number) => Promise<T>): Promise<T[]> {
  const pool = appPool(t.ownerUrl, { max: sessions });
  const ctx = { ...t.commitCtx(), db: createDb(pool) };
  try {
    return await Promise.all(Array.from({ length: sessions }, (_, client) => act(ctx, client)));
  } finally {
    await pool.end();
  }
}

describe('thirty-two sessions at once', () => {
  it('never deadlock: opposite directions, new accounts, one call and batches, good and bad rows', async () => {
    t.truncateAfter(...ledgerTables);
    const [a, b, c] = [account.providerAvailable('a'), account.providerAvailable('b'), account.providerPending('c')];
    for (const ref of [a, b, c]) await funded(t.commitCtx(), ref, 1_000n);
    const refused = await crowd(async (ctx, client) => {
      let short = 0;
      for (let round = 0; round < rounds; round += 1) {
        const [from, to] = (client + round) % 2 === 0 ? [a, b] : [b, a];
        const fresh = account.escrow(`line-${round}-${client % 4}`);
        const legs = [...pay(from, c, 1n).transfers, ...pay(c, to, 1n).transfers, ...pay(from, fresh, 1n).transfers];
        if (client % 4 === 3) {
          const batch = [
            pay(to, from, 3n),
            pay(from, to, 10_000n),
            pay(fresh, to, 1n),
            { ...pay(a, b, 1n), transfers: legs },
          ];
          short += (await postBatch(ctx, batch)).filter((one) => !one.ok).length;
        } else if (client % 4 === 2) {
          await inTransaction(ctx, (inner) => post(inner, { ...pay(a, b, 1n), transfers: legs }));
        } else {
          await post(ctx, pay(from, to, 1n));
        }
      }
      return short;
    });
    // A deadlock would have thrown 40P01 out of one of them.
    expect(refused.reduce((sum, short) => sum + short, 0)).toBeGreaterThanOrEqual((sessions / 4) * rounds);
    expect(await broken(t.commitCtx())).toEqual([]);
  }, 120_000);

  it('never deadlock when a transaction posts several legs and then one, beside those who post one', async () => {
    t.truncateAfter(...ledgerTables);
    const [a, b] = [account.providerAvailable('a'), account.providerAvailable('b')];
    for (const ref of [a, b]) await funded(t.commitCtx(), ref, 10_000n);
    const two = [...pay(a, b, 1n).transfers, ...pay(b, a, 1n).transfers];
    await crowd(async (ctx, client) => {
      for (let round = 0; round < rounds; round += 1) {
        if (client % 2 === 0) await post(ctx, pay(a, b, 1n));
        else
          await inTransaction(ctx, async (inner) => {
            await post(inner, { ...pay(a, b, 1n), transfers: two });
            await post(inner, pay(a, b, 1n));
          });
      }
    });
    expect((await balance(t.commitCtx(), a, 'GBP')).balanceMinor).toBe(10_000n - BigInt(sessions * rounds));
    expect(await broken(t.commitCtx())).toEqual([]);
  }, 120_000);

  it('spend what is there once, and not more', async () => {
    t.truncateAfter(...ledgerTables);
    const line = account.escrow('line');
    await funded(t.commitCtx(), line, 10n);
    const outcomes = await crowd((ctx, client) =>
      outcomeOf(post(ctx, pay(line, account.providerPending(`${client}`), 1n))),
    );
    expect(outcomes.filter((one) => one === 'ok')).toHaveLength(10);
    expect(outcomes.filter((one) => one === 'ledger.short')).toHaveLength(sessions - 10);
    expect((await entriesOf(t.commitCtx(), line, 'GBP')).map(({ version }) => version)).toEqual(
      Array.from({ length: 11 }, (_, index) => BigInt(11 - index)),
    );
  }, 60_000);

  it('post the same key once, and all get the same answer', async () => {
    t.truncateAfter(...ledgerTables);
    const line = account.escrow('line');
    await funded(t.commitCtx(), line, 100n);
    const once = pay(line, account.providerPending('p'), 7n, 'the-key');
    const answers = await crowd((ctx, client) =>
      client % 2 === 0
        ? post(ctx, once)
        : postBatch(ctx, [once]).then(([one]) => (one?.ok ? one : Promise.reject(one))),
    );
    expect(new Set(answers.map(({ journalId }) => journalId)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect((await balance(t.commitCtx(), line, 'GBP')).balanceMinor).toBe(93n);
  }, 60_000);

  it('end a pending once', async () => {
    t.truncateAfter(...ledgerTables);
    const line = account.escrow('line');
    await funded(t.commitCtx(), line, 100n);
    const id = newId();
    await post(t.commitCtx(), {
      ...pay(line, line, 1n),
      transfers: [{ kind: 'pending', id, debit: line, credit: account.providerPending('p'), amountMinor: 60n }],
    });
    const outcomes = await crowd((ctx, client) => {
      const end =
        client % 2 === 0 ? ({ kind: 'post', pendingId: id } as const) : ({ kind: 'void', pendingId: id } as const);
      const posting = { ...pay(line, line, 1n), transfers: [end] };
      return client % 4 < 2
        ? outcomeOf(post(ctx, posting))
        : postBatch(ctx, [posting]).then(([one]) => (one?.ok ? 'ok' : (one?.refusal ?? '')));
    });
    expect(outcomes.filter((one) => one === 'ok')).toHaveLength(1);
    expect(outcomes.filter((one) => one === 'ledger.pending_resolved')).toHaveLength(sessions - 1);
    expect(await broken(t.commitCtx())).toEqual([]);
  }, 60_000);
});

describe('folding and sealing', () => {
  it('miss nothing that commits late, and keep the balance exact at every moment', async () => {
    t.truncateAfter(...ledgerTables);
    const market = t.commitCtx();
    const psp = account.pspClearing('stripe');
    let open = true;
    let [folded, sealed] = [0, 0];
    const folding = (async () => {
      while (open) {
        const [first, one, second] = await Promise.all([fold(market), seal(market), fold(market)]);
        folded += first + second;
        sealed += one;
      }
    })();
    await crowd(async (ctx, client) => {
      for (let round = 0; round < rounds; round += 1) {
        await inTransaction(ctx, async (inner) => {
          await post(inner, pay(psp, account.escrow(`line-${client}`), 5n));
          // Some transactions stay open while others, with later ids, commit.
          await new Promise((resolve) => setTimeout(resolve, (client * 7 + round * 13) % 25));
        });
      }
    });
    open = false;
    await folding;
    const total = BigInt(sessions * rounds);
    expect((await balance(market, psp, 'GBP')).balanceMinor).toBe(total * 5n);
    await untilDone(fold, market, Number(total) - folded);
    await untilDone(seal, market, Number(total) - sealed);
    const entries = await entriesOf(market, psp, 'GBP', { limit: 100_000 });
    expect(entries).toHaveLength(Number(total));
    expect(entries[0]).toMatchObject({ version: total, balanceAfterMinor: total * 5n });
    expect(await broken(market)).toEqual([]);
    expect(await verify(market)).toEqual({ intact: true, sealed: total, unsealed: 0n });
  }, 120_000);

  it('does not fold what is not committed, and folds nothing twice', async () => {
    t.truncateAfter(...ledgerTables);
    const market = t.commitCtx();
    await funded(market, account.escrow('line'), 5n);
    await inTransaction(market, async (open) => {
      await post(open, pay(account.pspClearing('stripe'), account.escrow('late'), 1n));
      await funded(market, account.escrow('after'), 7n);
      expect(await untilDone(fold, market, 1)).toBe(1);
      expect((await balance(market, account.pspClearing('stripe'), 'GBP')).balanceMinor).toBe(12n);
    });
    expect(await untilDone(fold, market, 2)).toBe(2);
    expect(await fold(market)).toBe(0);
    expect((await balance(market, account.pspClearing('stripe'), 'GBP')).balanceMinor).toBe(13n);
    expect(await broken(market)).toEqual([]);
  }, 250_000);
});
