import { AsyncLocalStorage } from 'node:async_hooks';
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { Ctx } from '../ctx.ts';
import { pgCode } from '../errors.ts';
import { inside, type Hook, type TestTransaction, type Transaction } from './db.ts';

/**
 * Runs a command in one transaction. The outermost command opens it (READ COMMITTED); a command that is called
 * with the inner ctx joins it and commits nothing itself. A throw rolls all of it back. When PostgreSQL ends the
 * transaction to resolve a deadlock or a serialisation conflict, the outermost command runs again from its start, up
 * to three times more: what it changes outside the database must bear that (an after-commit hook does).
 */
export async function inTransaction<T>(ctx: Ctx, command: (ctx: Ctx) => Promise<T>): Promise<T> {
  if (ctx.db.transaction) return command(ctx);
  if (ctx.db.around) return insideTest(ctx, ctx.db.around, command);
  for (let retriesLeft = 3; ; retriesLeft -= 1) {
    try {
      return await once(ctx, command);
    } catch (error) {
      if (retriesLeft === 0 || !endedByConflict(error)) throw error;
      ctx.log.warn({ code: pgCode(error), retriesLeft }, 'transaction runs again after a conflict');
      // At random, so that two that met do not meet again.
      await sleep(randomInt(5, 40));
    }
  }
}

/** Deadlock detected, serialisation failure: PostgreSQL asks for another try. */
function endedByConflict(error: unknown): boolean {
  const code = pgCode(error);
  return code === '40P01' || code === '40001';
}

async function once<T>(ctx: Ctx, command: (ctx: Ctx) => Promise<T>): Promise<T> {
  const transaction: Transaction = { client: await ctx.db.pool.connect(), afterCommit: [] };
  const result = await committed({ ...ctx, db: inside(ctx.db, transaction) }, transaction.client, command);
  await runHooks(ctx, transaction.afterCommit);
  return result;
}

/**
 * Runs something once the outermost transaction has committed (at once when there is none): waking a worker,
 * telling a live stream. What fails here is logged and undoes nothing, so it must be something that can be missed.
 */
export function afterCommit(ctx: Ctx, hook: Hook): void {
  if (ctx.db.transaction) ctx.db.transaction.afterCommit.push(hook);
  else void runHooks(ctx, [hook]);
}

/**
 * Runs a part of an open transaction so that it alone is undone when it throws, for a caller that goes on after a
 * refusal. Its after-commit hooks are dropped with it. Outside a transaction it is a transaction of its own.
 */
export async function attempt<T>(ctx: Ctx, part: (ctx: Ctx) => Promise<T>): Promise<T> {
  const { transaction } = ctx.db;
  if (!transaction) return inTransaction(ctx, part);
  const hooksBefore = transaction.afterCommit.length;
  await transaction.client.query('savepoint attempt');
  try {
    const result = await part(ctx);
    await transaction.client.query('release savepoint attempt');
    return result;
  } catch (error) {
    transaction.afterCommit.length = hooksBefore;
    await transaction.client.query('rollback to savepoint attempt; release savepoint attempt');
    throw error;
  }
}

/** Gives the client back before the hooks run, so that a hook that needs one cannot wait for its own. */
async function committed<T>(ctx: Ctx, client: PoolClient, command: (ctx: Ctx) => Promise<T>): Promise<T> {
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await command(ctx);
    const { command: outcome } = await client.query('commit');
    // After a swallowed error PostgreSQL answers COMMIT with ROLLBACK, and without an error.
    if (outcome !== 'COMMIT') throw new Error('the transaction was aborted by an error that its command swallowed');
    return result;
  } catch (error) {
    broken = await rollBack(client);
    throw error;
  } finally {
    client.release(broken);
  }
}

async function rollBack(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    // The connection itself is gone: the pool must not give this client to anyone again.
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function runHooks(ctx: Ctx, hooks: Hook[]): Promise<void> {
  for (const hook of hooks) {
    try {
      await hook();
    } catch (error) {
      ctx.log.error({ err: error }, 'after-commit hook failed');
    }
  }
}

const runningTest = new AsyncLocalStorage<TestTransaction>();

/**
 * In a test the outermost command is a savepoint of the test's transaction: it fails alone, and its hooks run at
 * its end as after a commit.
 */
async function insideTest<T>(ctx: Ctx, test: TestTransaction, command: (ctx: Ctx) => Promise<T>): Promise<T> {
  if (runningTest.getStore() === test) {
    throw new Error('a command was called with the outer ctx from inside a transaction: pass the inner ctx on');
  }
  const turn = test.queue.then(() => runningTest.run(test, () => inSavepoint(ctx, test, command)));
  test.queue = turn.then(ignoreOutcome, ignoreOutcome);
  const { result, hooks } = await turn;
  await runHooks(ctx, hooks);
  return result;
}

/** The caller gets the outcome; the queue only waits for the end. */
const ignoreOutcome = () => undefined;

/** As a commit does, check the deferred constraints now; undoing the check restores how they were deferred. */
const endOfCommand = `
  savepoint checks; set constraints all immediate; rollback to savepoint checks; release savepoint checks;
  release savepoint command`;

async function inSavepoint<T>(
  ctx: Ctx,
  { client }: TestTransaction,
  command: (ctx: Ctx) => Promise<T>,
): Promise<{ result: T; hooks: Hook[] }> {
  const transaction: Transaction = { client, afterCommit: [] };
  await client.query('savepoint command');
  try {
    const result = await command({ ...ctx, db: inside(ctx.db, transaction) });
    await client.query(endOfCommand);
    return { result, hooks: transaction.afterCommit };
  } catch (error) {
    await client.query('rollback to savepoint command; release savepoint command');
    throw error;
  }
}
