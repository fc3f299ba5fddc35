import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { dbTest } from '../../platform/testing.ts';
import { account } from './chart.ts';
import { broken, funded, ledgerTables, untilDone } from './fixtures.ts';
import { proof, verify } from './proof.ts';
import { post } from './service.ts';
import { fold, inEveryRegion, prove, seal } from './tasks.ts';

const t = dbTest();

/** Somebody with all rights, who has switched the triggers off. */
async function tampered(...statements: string[]): Promise<void> {
  const owner = new pg.Client(t.ownerUrl);
  await owner.connect();
  try {
    await owner.query(`set session_replication_role = replica; ${statements.join('; ')}`);
  } finally {
    await owner.end();
  }
}

async function threeJournals(): Promise<void> {
  t.truncateAfter(...ledgerTables);
  const market = t.commitCtx();
  await funded(market, account.escrow('line'), 100n);
  const out = { debit: account.escrow('line'), credit: account.commission('service') };
  const pending = { kind: 'pending' as const, id: newId(), ...out, amountMinor: 5n };
  await post(market, {
    eventType: 'test',
    idemKey: 'two',
    currency: 'GBP',
    transfers: [{ ...out, amountMinor: 10n }, pending],
  });
  await funded(market, account.escrow('other'), 7n);
  await untilDone(fold, market, 3);
  await untilDone(seal, market, 3);
}

describe('the proof', () => {
  it('has a row for each thing that must hold', async () => {
    await funded(t.ctx(), account.escrow('line'), 5n);
    const rows = await proof(t.ctx());
    expect(rows.map(({ check, currency, holds }) => [check, currency, holds])).toEqual([
      ...[
        ['debits_equal_credits', 'GBP', true],
        ['pendings_equal', 'GBP', true],
        ['balance_is_sum_of_transfers', null, true],
      ],
      ...[
        ['balance_is_last_entry', null, true],
        ['snapshot_is_last_entry', null, true],
      ],
      ...[
        ['pending_counters_are_open_pendings', null, true],
        ['floors', null, true],
      ],
    ]);
    expect(rows[0]).toMatchObject({ expected: 5n, found: 5n, detail: '5 of 5' });
  });

  it.each([
    ['a balance', 'update ledger_balance set in_posted = in_posted + 1', 'balance_is_sum_of_transfers'],
    ['a reservation', 'update ledger_balance set in_pending = in_pending + 1', 'pending_counters_are_open_pendings'],
    [
      'an entry',
      'update ledger_transfer set credit_after_minor = credit_after_minor + 1 where credit_version = 1',
      'balance_is_last_entry',
    ],
    ['a missing entry', 'update ledger_transfer set debit_version = null', 'balance_is_last_entry'],
    ['a folded entry', 'update ledger_folded_entry set amount_minor = amount_minor + 1', 'snapshot_is_last_entry'],
    ['a missing folded entry', 'delete from ledger_folded_entry where account_version = 1', 'snapshot_is_last_entry'],
    ['a snapshot', 'update ledger_snapshot set debits_posted = debits_posted + 1', 'snapshot_is_last_entry'],
    [
      'an amount',
      'update ledger_transfer set amount_minor = amount_minor + 1 where seq = 1',
      'balance_is_sum_of_transfers',
    ],
    ['a missing transfer', 'delete from ledger_transfer where seq = 1', 'balance_is_sum_of_transfers'],
  ])('finds %s that somebody with all rights has changed', async (_, sql, check) => {
    await threeJournals();
    expect(await broken(t.commitCtx())).toEqual([]);
    await tampered(sql);
    expect((await broken(t.commitCtx())).join()).toContain(check);
    await expect(prove(t.commitCtx())).rejects.toThrow(check);
  });
});

describe('the chain', () => {
  it('is intact, grows, and seals each journal once', async () => {
    await threeJournals();
    expect(await verify(t.commitCtx())).toEqual({ intact: true, sealed: 3n, unsealed: 0n });
    await funded(t.commitCtx(), account.escrow('third'), 1n);
    expect(await untilDone(seal, t.commitCtx(), 1)).toBe(1);
    expect(await seal(t.commitCtx())).toBe(0);
    expect(await verify(t.commitCtx())).toEqual({ intact: true, sealed: 4n, unsealed: 0n });
    await prove(t.commitCtx());
  });

  it.each([
    ['an amount', 'update ledger_transfer set amount_minor = 11 where amount_minor = 10', 2n],
    ['a reason', `update ledger_journal set reason = 'x' where idem_key = 'two'`, 2n],
    ['a journal that is gone', `delete from ledger_journal where idem_key = 'two'`, 2n],
    ['a link', `update ledger_seal set hash = sha256('x') where seq = 1`, 1n],
    ['a link that is gone', 'delete from ledger_seal where seq = 2', 3n],
  ])('breaks at %s', async (_, sql, at) => {
    await threeJournals();
    await tampered(sql);
    expect(await verify(t.commitCtx())).toMatchObject({ intact: false, brokenAt: at });
  });

  it('finds a journal that was put in afterwards', async () => {
    await threeJournals();
    await tampered(`insert into ledger_journal (id, region_id, commit_token, event_type, idem_key, effective_at, actor)
      values (gen_random_uuid(), 'gb', 1, 'forged', 'forged', now(), 'nobody')`);
    expect(await verify(t.commitCtx())).toMatchObject({ intact: false, unsealed: 1n });
  });
});

describe('the tasks', () => {
  it('do their work in every region that has postings', async () => {
    t.truncateAfter(...ledgerTables);
    for (const regionId of ['gb', 'ie', 'ae']) await funded({ ...t.commitCtx(), regionId }, account.escrow('line'), 1n);
    const folded: [string, number][] = [];
    await inEveryRegion(async (ctx) => folded.push([ctx.regionId, await untilDone(fold, ctx, 1)]))(t.commitCtx());
    expect(folded).toEqual([
      ['ae', 1],
      ['gb', 1],
      ['ie', 1],
    ]);
  });

  it('stop in a database that was moved, until a new era is declared', async () => {
    t.truncateAfter(...ledgerTables);
    await funded(t.commitCtx(), account.escrow('line'), 1n);
    const before = `(select system_identifier from pg_control_system())`;
    await tampered('update ledger_era set system_identifier = 1');
    await expect(fold(t.commitCtx())).rejects.toThrow(/moved or restored/);
    await tampered('select ledger_new_era()');
    await funded(t.commitCtx(), account.escrow('line'), 1n);
    expect(await untilDone(fold, t.commitCtx(), 2)).toBe(2);
    await tampered(
      `update ledger_era set era = 0, system_identifier = ${before}`,
      'alter table ledger_journal alter commit_token set default 0 + pg_current_xact_id()::text::bigint',
    );
    expect(await broken(t.commitCtx())).toEqual([]);
  });
});
