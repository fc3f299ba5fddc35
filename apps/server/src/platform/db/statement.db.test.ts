import { describe, expect, it } from 'vitest';
import { dbTest } from '../testing.ts';
import { countedApart } from './db.ts';
import { query, statement } from './statement.ts';
import { inTransaction } from './transaction.ts';

const t = dbTest();

const numbers = statement<{ n: number }, [number]>('test.numbers', 'select n from generate_series(1, $1::int) n');

describe('a statement', () => {
  it('gives all rows, the first, the one, or their number', async () => {
    expect(await numbers.all(t.ctx(), 3)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(await numbers.first(t.ctx(), 0)).toBeUndefined();
    expect(await numbers.one(t.ctx(), 1)).toEqual({ n: 1 });
    expect(await numbers.run(t.ctx(), 2)).toBe(2);
    await expect(numbers.one(t.ctx(), 2)).rejects.toThrow('test.numbers: 2 rows instead of one');
    await expect(numbers.one(t.ctx(), 0)).rejects.toThrow('0 rows');
  });

  it('is prepared once per connection', async () => {
    await numbers.all(t.ctx(), 1);
    await numbers.all(t.ctx(), 2);
    const prepared = await query(
      t.ctx(),
      `select (generic_plans + custom_plans)::int as runs from pg_prepared_statements where name = 'test.numbers'`,
    );
    expect(prepared).toHaveLength(1);
  });

  it('cannot share its name with another text', () => {
    expect(() => statement('test.numbers', 'select 2')).toThrow('two statements');
    expect(() => statement('x'.repeat(64), 'select 1')).toThrow('63 bytes');
  });

  it('is counted, also inside a transaction and not with BEGIN and COMMIT', async () => {
    const before = t.db.statements;
    await numbers.all(t.ctx(), 1);
    await inTransaction(t.ctx(), async (ctx) => {
      await numbers.all(ctx, 1);
      await query(ctx, 'select 1');
    });
    expect(t.db.statements - before).toBe(3);
  });

  it('is counted apart where a request asks for it', async () => {
    const db = countedApart(t.db);
    await numbers.all({ db }, 1);
    expect(db.statements).toBe(1);
    expect(t.db.statements).toBe(0);
  });
});

describe('values from PostgreSQL', () => {
  it('keep every digit and no time zone of this process', async () => {
    const [row] = await query(
      t.ctx(),
      `select 9007199254740993::bigint as big, array[1, null, 2]::bigint[] as bigs, '{}'::bigint[] as none,
         0.1::numeric as exact, date '2026-03-29' as day, timestamp '2026-03-29 01:30' as wall,
         timestamptz '2026-03-29 01:30Z' as moment, '{"a": 1}'::jsonb as json, current_user::text as role`,
    );
    expect(row).toEqual({
      big: 9007199254740993n,
      bigs: [1n, null, 2n],
      none: [],
      exact: '0.1',
      day: '2026-03-29',
      wall: '2026-03-29 01:30:00',
      moment: new Date('2026-03-29T01:30:00Z'),
      json: { a: 1 },
      role: 'plumbline_app',
    });
  });

  it('take bigint as a parameter', async () => {
    expect(await query(t.ctx(), 'select $1::bigint as big', [2n ** 62n])).toEqual([{ big: 2n ** 62n }]);
  });
});
