import { describe, expect, it } from 'vitest';
import { audit } from './audit.ts';
import { query } from './db/statement.ts';
import { attempt, inTransaction } from './db/transaction.ts';
import { pgCode } from './errors.ts';
import { dbTest } from './testing.ts';

const t = dbTest();

const entries = () => query(t.ctx(), 'select act, subject, actor_kind, actor_id, reason, detail from audit_entry');

describe('the audit trail', () => {
  it('says who did what to what, and why', async () => {
    await audit(t.ctx(), { act: 'probe.do', subject: 'probe:1', reason: 'asked to', detail: { from: 1, to: 2 } });
    expect(await entries()).toEqual([
      {
        act: 'probe.do',
        subject: 'probe:1',
        actor_kind: 'system',
        actor_id: 'test',
        reason: 'asked to',
        detail: { from: 1, to: 2 },
      },
    ]);
  });

  it('has no entry of what did not happen', async () => {
    const failing = inTransaction(t.ctx(), async (ctx) => {
      await audit(ctx, { act: 'probe.do', subject: 'probe:1' });
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    expect(await entries()).toEqual([]);
  });

  it.each(['update audit_entry set reason = null', 'delete from audit_entry', 'truncate audit_entry'])(
    'cannot be changed by the application: %s',
    async (sql) => {
      await audit(t.ctx(), { act: 'probe.do', subject: 'probe:1' });
      const changing = inTransaction(t.ctx(), (ctx) => attempt(ctx, (inner) => query(inner, sql)));
      await expect(changing).rejects.toSatisfy((error) => pgCode(error) === '42501');
      expect(await entries()).toHaveLength(1);
    },
  );
});
