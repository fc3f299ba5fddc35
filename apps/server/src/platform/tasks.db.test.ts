import { afterEach, describe, expect, it } from 'vitest';
import type { Pool } from 'pg';
import { createDb } from './db/db.ts';
import { appPool } from './db/pool.ts';
import { query } from './db/statement.ts';
import { inTransaction } from './db/transaction.ts';
import { newId } from './ids.ts';
import { enqueue, stopSender } from './tasks.ts';
import { dbTest } from './testing.ts';

const t = dbTest();

const pools: Pool[] = [];
afterEach(async () => {
  for (const pool of pools.splice(0)) {
    await stopSender(pool);
    await pool.end();
  }
});

describe('the first task of a process', () => {
  it('is queued from within a transaction that has the last connection', async () => {
    const pool = appPool(t.ownerUrl, { max: 1 });
    pools.push(pool);
    const ctx = { ...t.ctx(), db: createDb(pool) };
    const key = newId();
    const undone = inTransaction(ctx, async (ctx) => {
      await enqueue(ctx, 'probe.first', { key }, { key });
      const found = await query(ctx, `select 1 from pgboss.job where data->'data'->>'key' = $1`, [key]);
      expect(found).toHaveLength(1);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
  });
});
