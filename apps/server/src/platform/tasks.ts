import type { Db as QueueDb, PgBoss } from 'pg-boss';
import pg, { type Pool } from 'pg';
import type { Logger } from 'pino';
import type { Ctx } from './ctx.ts';
import { query } from './db/statement.ts';
import { afterCommit } from './db/transaction.ts';
import { newId } from './ids.ts';
import type { JsonObject } from './json.ts';
import { queueOf } from './queues.ts';
import { wake } from './wake.ts';

/** What lies in the queue. */
export interface TaskEnvelope {
  task: string;
  regionId: string;
  /** The request from which it came, for the logs. */
  requestId: string;
  data: JsonObject;
}

export interface EnqueueOptions {
  /** While a task of this name and key is queued, a second one is not added. */
  key?: string;
  /** Real time, not business time: for retries of the outside world. A business timer is a deadline. */
  startAfterSeconds?: number;
  /** Tries after the first; 8 unless told. */
  retries?: number;
}

/**
 * Queues a task in the transaction of `ctx`: a roll back leaves no task, and no worker sees it before the commit.
 * It runs at least once, so its effect has to be idempotent.
 */
export async function enqueue(ctx: Ctx, task: string, data: JsonObject, options: EnqueueOptions = {}): Promise<void> {
  const boss = await senderOf(ctx.db.pool, ctx.log);
  const envelope: TaskEnvelope = { task, regionId: ctx.regionId, requestId: ctx.requestId, data };
  const queue = queueOf(task);
  await boss.send(queue, envelope, {
    // One queued task per key is the policy of the whole queue: those without a key get one of their own.
    singletonKey: options.key === undefined ? newId() : `${task}:${options.key}`,
    ...(options.startAfterSeconds !== undefined && { startAfter: options.startAfterSeconds }),
    ...(options.retries !== undefined && { retryLimit: options.retries }),
    db: databaseOf(ctx),
  });
  afterCommit(ctx, () => wake(ctx.db, 'tasks'));
}

/** The same for many tasks of one queue by one statement. */
export async function enqueueAll(ctx: Ctx, envelopes: readonly (TaskEnvelope & { key: string })[]): Promise<void> {
  const boss = await senderOf(ctx.db.pool, ctx.log);
  for (const [queue, group] of byQueue(envelopes)) {
    const jobs = group.map(({ key, ...data }) => ({ data, singletonKey: `${data.task}:${key}` }));
    await boss.insert(queue, jobs, { db: databaseOf(ctx) });
  }
  afterCommit(ctx, () => wake(ctx.db, 'tasks'));
}

function byQueue<T extends { task: string }>(envelopes: readonly T[]): Map<string, T[]> {
  return Map.groupBy(envelopes, ({ task }) => queueOf(task));
}

/** How the queue's statements run in our transaction; they are prepared like all hot statements. */
function databaseOf(ctx: Ctx): QueueDb {
  return {
    executeSql: async (text: string, values?: unknown[]) => ({ rows: await query(ctx, text, values ?? []) }),
  };
}

const senders = new WeakMap<Pool, Promise<Sender>>();

interface Sender {
  boss: PgBoss;
  /** Where it reads its queues. */
  own: Pool;
}

/** One sender per pool. It only sends, in the transactions of others: no supervision, no polling. */
function senderOf(pool: Pool, log: Logger): Promise<PgBoss> {
  const known = senders.get(pool);
  if (known) return bossOf(known);
  const started = startSender(pool, log);
  senders.set(pool, started);
  // A failed start is forgotten, so that the next task tries again; its caller gets the error.
  started.catch(() => senders.delete(pool));
  return bossOf(started);
}

const bossOf = async (sender: Promise<Sender>): Promise<PgBoss> => (await sender).boss;

/**
 * The first task of a process starts the sender from within its transaction. Its own statements therefore never wait
 * for the shared pool: when that is full of transactions which all wait for the sender, none of them would ever end.
 */
async function startSender(pool: Pool, log: Logger): Promise<Sender> {
  // Loaded when first needed: it takes as long as the rest of the API together, and answering comes first.
  const { PgBoss } = await import('pg-boss');
  const { connectionString, options } = pool.options;
  const own = new pg.Pool({ connectionString, options, max: 1, application_name: 'plumbline sender' });
  own.on('error', (error) => log.warn({ err: error }, 'the sender of tasks lost its idle connection'));
  const boss = new PgBoss({
    db: { executeSql: (text: string, values?: unknown[]) => own.query(text, values) },
    migrate: false,
    supervise: false,
    schedule: false,
    registerInstance: false,
    queueCacheIntervalSeconds: 3600,
  });
  boss.on('error', (error) => log.error({ err: error }, 'task queue'));
  return { boss: await boss.start(), own };
}

/** Makes ready to send, so that the first task of a process does not wait for it. */
export async function warmSender(pool: Pool, log: Logger): Promise<void> {
  await senderOf(pool, log);
}

/** Ends the timers of a pool's sender and its connection, before the pool is ended. */
export async function stopSender(pool: Pool): Promise<void> {
  const sender = await senders.get(pool);
  senders.delete(pool);
  await sender?.boss.stop({ graceful: false, close: false });
  await sender?.own.end();
}
