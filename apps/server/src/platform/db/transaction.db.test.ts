import { describe, expect, it } from 'vitest';
import { isRefusal, pgCode, refuse } from '../errors.ts';
import { dbTest } from '../testing.ts';
import { query, statement } from './statement.ts';
import { afterCommit, attempt, inTransaction } from './transaction.ts';

const t = dbTest();

const makeTable = statement('test.make_table', 'create temporary table note (text text primary key) on commit drop');
const add = statement<{ text: string }, [string]>('test.add', 'insert into note (text) values ($1) returning text');
const list = statement<{ text: string }>('test.list', 'select text from note order by text');

const texts = async (ctx = t.ctx()) => (await list.all(ctx)).map(({ text }) => text);

describe('a command in a transaction', () => {
  it('joins the transaction of its caller', async () => {
    await makeTable.run(t.ctx());
    await expect(
      inTransaction(t.ctx(), async (outer) => {
        await add.run(outer, 'outer');
        await inTransaction(outer, (inner) => add.run(inner, 'inner'));
        expect(await texts(outer)).toEqual(['inner', 'outer']);
        return refuse('access.forbidden');
      }),
    ).rejects.toSatisfy((error) => isRefusal(error, 'access.forbidden'));
    expect(await texts()).toEqual([]);
  });

  it('fails alone inside a test: what came before stays usable', async () => {
    await makeTable.run(t.ctx());
    await add.run(t.ctx(), 'before');
    const twice = inTransaction(t.ctx(), (ctx) => add.run(ctx, 'before'));
    await expect(twice).rejects.toSatisfy((error) => pgCode(error) === '23505');
    expect(await texts()).toEqual(['before']);
  });

  it('undoes only the attempt when a caller goes on after an error', async () => {
    await makeTable.run(t.ctx());
    await inTransaction(t.ctx(), async (ctx) => {
      await add.run(ctx, 'kept');
      await expect(attempt(ctx, (inner) => add.run(inner, 'kept'))).rejects.toThrow('duplicate key');
      await add.run(ctx, 'later');
    });
    expect(await texts()).toEqual(['kept', 'later']);
  });

  it('runs after-commit hooks at the end, and none after a roll-back', async () => {
    const ran: string[] = [];
    await inTransaction(t.ctx(), async (ctx) => {
      afterCommit(ctx, () => void ran.push('hook'));
      await inTransaction(ctx, async (inner) => afterCommit(inner, () => void ran.push('inner hook')));
      ran.push('work');
    });
    expect(ran).toEqual(['work', 'hook', 'inner hook']);
    const failing = inTransaction(t.ctx(), async (ctx) => {
      afterCommit(ctx, () => void ran.push('never'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(ran).not.toContain('never');
  });

  it('refuses the outer ctx inside a transaction of a test instead of waiting for itself', async () => {
    const wrong = inTransaction(t.ctx(), () => inTransaction(t.ctx(), async () => undefined));
    await expect(wrong).rejects.toThrow('pass the inner ctx on');
  });

  it('lets two commands of one test at once run one after the other', async () => {
    await makeTable.run(t.ctx());
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'a', 'c'].map((text) => inTransaction(t.ctx(), (ctx) => add.run(ctx, text))),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await texts()).toEqual(['a', 'b', 'c']);
  });

  it('checks deferred constraints at the end of each command, as a commit does', async () => {
    await query(t.ctx(), 'create temporary table parent (id int primary key) on commit drop');
    await query(
      t.ctx(),
      'create temporary table child (id int references parent deferrable initially deferred) on commit drop',
    );
    const orphan = inTransaction(t.ctx(), (ctx) => query(ctx, 'insert into child values (1)'));
    await expect(orphan).rejects.toSatisfy((error) => pgCode(error) === '23503');
    await inTransaction(t.ctx(), async (ctx) => {
      await query(ctx, 'insert into child values (2)');
      await query(ctx, 'insert into parent values (2)');
    });
  });
});

describe('a command that commits', () => {
  it('commits, and gives its client back before the hooks run', async () => {
    const ctx = t.commitCtx();
    const idle: number[] = [];
    await inTransaction(ctx, async (inner) => afterCommit(inner, () => void idle.push(t.pool.idleCount)));
    expect(idle).toEqual([1]);
  });

  it('tells when its error was swallowed and PostgreSQL rolled back', async () => {
    const swallowing = inTransaction(t.commitCtx(), async (ctx) => {
      await query(ctx, 'select 1 / 0').catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow('swallowed');
  });

  it('throws a dead connection away', async () => {
    const dying = inTransaction(t.commitCtx(), (ctx) => query(ctx, 'select pg_terminate_backend(pg_backend_pid())'));
    await expect(dying).rejects.toThrow('terminat');
    expect(await query(t.commitCtx(), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('runs again when PostgreSQL ended it to resolve a deadlock', async () => {
    const ctx = t.commitCtx();
    const lockBoth = (first: number, second: number, onFirst: () => Promise<void>) => {
      let runs = 0;
      return inTransaction(ctx, async (inner) => {
        runs += 1;
        await query(inner, 'select pg_advisory_xact_lock($1)', [first]);
        if (runs === 1) await onFirst();
        await query(inner, 'select pg_advisory_xact_lock($1)', [second]);
        return runs;
      });
    };
    const bothHoldOne = meeting(2);
    const runs = await Promise.all([lockBoth(1, 2, bothHoldOne), lockBoth(2, 1, bothHoldOne)]);
    expect(runs.toSorted()).toEqual([1, 2]);
  });

  it('gives up after three more tries, and at once for any other error', async () => {
    let runs = 0;
    const failing = (code: string) =>
      inTransaction(t.commitCtx(), async (ctx) => {
        runs += 1;
        await query(ctx, `do $$ begin raise exception 'no' using errcode = '${code}'; end $$`);
      });
    await expect(failing('40001')).rejects.toThrow('no');
    expect(runs).toBe(4);
    await expect(failing('23505')).rejects.toThrow('no');
    expect(runs).toBe(5);
  });
});

/** A place where so many have to come before any goes on. */
function meeting(size: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let come = 0;
  return () => {
    come += 1;
    if (come === size) resolve();
    return promise;
  };
}
