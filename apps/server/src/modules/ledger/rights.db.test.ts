import { describe, expect, it } from 'vitest';
import pg from 'pg';
import { query } from '../../platform/db/statement.ts';
import { dbTest } from '../../platform/testing.ts';
import { account } from './chart.ts';
import { funded, ledgerTables } from './fixtures.ts';
import { balance } from './read.ts';

const t = dbTest();
const all = [...ledgerTables, 'currency', 'ledger_code', 'ledger_era'];
const appendOnly = all.filter(
  (table) => !['ledger_balance', 'ledger_snapshot', 'ledger_progress', 'ledger_era'].includes(table),
);

describe('the role of the application', () => {
  const verbs: [string, (table: string, column: string) => string][] = [
    ['insert', (table) => `insert into ${table} default values`],
    ['update', (table, column) => `update ${table} set ${column} = ${column}`],
    ['delete', (table) => `delete from ${table}`],
    ['truncate', (table) => `truncate ${table}`],
    ['lock', (table) => `select from ${table} for update`],
    ['drop', (table) => `drop table ${table}`],
    ['disable triggers', (table) => `alter table ${table} disable trigger all`],
  ];

  it.each(all)('cannot write to %s in any way', async (table) => {
    await funded(t.ctx(), account.escrow('line'), 1n);
    const [first] = await query<{ name: string }>(
      t.ctx(),
      'select attname::text as name from pg_attribute where attrelid = $1::regclass and attnum = 2',
      [table],
    );
    for (const [verb, sql] of verbs) {
      const client = await t.pool.connect();
      try {
        await expect(client.query(sql(table, first?.name ?? '')), `${verb} ${table}`).rejects.toMatchObject({
          code: '42501',
        });
      } finally {
        client.release();
      }
    }
    expect((await query(t.ctx(), `select 1 from ${table} limit 1`)).length).toBeGreaterThanOrEqual(0);
  });

  it('can call only the doors, and cannot become the owner of the ledger', async () => {
    const rows = await query<{ name: string }>(
      t.ctx(),
      `select proname::text as name from pg_proc where proname like 'ledger\\_%' and has_function_privilege(oid, 'execute')`,
    );
    const reading = ['ledger_bytes', 'ledger_counters', 'ledger_proof', 'ledger_verify'];
    const writing = [
      'ledger_fold',
      'ledger_lock',
      'ledger_post',
      'ledger_post_batch',
      'ledger_post_one',
      'ledger_reverse',
      'ledger_seal_journals',
    ];
    expect(rows.map(({ name }) => name).toSorted()).toEqual([...reading, ...writing].toSorted());
    const [membership] = await query<{ member: boolean; fixed: boolean }>(
      t.ctx(),
      `select pg_has_role('plumbline_app', 'ledger_owner', 'member') as member,
         (select bool_and(proconfig::text like '%search_path=public, pg_temp%') from pg_proc
          where proname like 'ledger\\_%' and prosecdef) as fixed`,
    );
    expect(membership).toEqual({ member: false, fixed: true });
  });
});

describe('what is append-only', () => {
  it.each(appendOnly)('stays as it is even for the owner of %s', async (table) => {
    const owner = new pg.Client(t.ownerUrl);
    await owner.connect();
    try {
      const { rows } = await owner.query<{ name: string }>(
        `select attname::text as name from pg_attribute where attrelid = $1::regclass and attnum = 2`,
        [table],
      );
      const column = rows[0]?.name ?? '';
      for (const sql of [
        `update ${table} set ${column} = ${column}`,
        `delete from ${table}`,
        `truncate ${table} cascade`,
      ]) {
        await expect(owner.query(sql), sql).rejects.toThrow(/append-only/);
      }
    } finally {
      await owner.end();
    }
  });

  it('keeps the floor even against the owner', async () => {
    const line = account.escrow('line');
    t.truncateAfter(...ledgerTables);
    await funded(t.commitCtx(), line, 10n);
    const owner = new pg.Client(t.ownerUrl);
    await owner.connect();
    try {
      await expect(owner.query('update ledger_balance set out_posted = 11')).rejects.toThrow(/ledger_balance_floor/);
      await expect(owner.query('update ledger_balance set out_pending = 11')).rejects.toThrow(/ledger_balance_floor/);
    } finally {
      await owner.end();
    }
    expect((await balance(t.commitCtx(), line, 'GBP')).availableMinor).toBe(10n);
  });
});
