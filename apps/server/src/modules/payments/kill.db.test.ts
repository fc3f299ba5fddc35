import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { advanceClock, createClock, type SharedClock } from '../../platform/clock.ts';
import type { Actor, Ctx } from '../../platform/ctx.ts';
import { createDb } from '../../platform/db/db.ts';
import { appPool, ownerPool } from '../../platform/db/pool.ts';
import { query } from '../../platform/db/statement.ts';
import { newId } from '../../platform/ids.ts';
import { freshDatabase } from '../../platform/testing.ts';
import { stopSender } from '../../platform/tasks.ts';
import { audited, books, buildDeal, orderAt, type Deal } from './fixtures.ts';
import { runPayouts } from './payout/run.ts';
import { stripe } from './psp/client.ts';
import { controlKey, startPsp, type RunningPsp } from './psp-fixtures.ts';

/** A real worker process on a database of its own, and SIGKILL in the middle of its work. */

const main = path.resolve(import.meta.dirname, '../../main.ts');
const hour = 3_600_000;

interface World {
  url: string;
  pool: pg.Pool;
  owner: pg.Pool;
  clock: SharedClock;
  psp: RunningPsp;
  deal: Deal;
}

let world: World;
const workers = new Set<ChildProcess>();

const ctx = (actor: Actor = { kind: 'system', name: 'test' }): Ctx => ({
  actor,
  regionId: 'gb',
  requestId: newId(),
  clock: world.clock,
  log: pino({ level: 'silent' }),
  db: createDb(world.pool),
});

async function advance(hours: number): Promise<void> {
  await advanceClock(ctx(), hours * hour, true);
  await sleep(300);
  await world.clock.refresh();
}

beforeEach(async () => {
  const url = await freshDatabase();
  const pool = appPool(url, { max: 10, name: 'plumbline test' });
  const clock = createClock(createDb(pool), { movable: true });
  world = { url, pool, owner: ownerPool(url), clock, psp: undefined as never, deal: undefined as never };
  world.psp = await startPsp(ctx, clock);
  world.deal = await buildDeal({ clock: { advance: () => undefined } }, world.psp);
  await advance(25);
});

afterEach(async () => {
  for (const worker of workers) await kill(worker);
  await world.psp.close();
  await stopSender(world.pool);
  await Promise.all([world.pool.end(), world.owner.end()]);
});

/** Starts a worker as `npm start` would, and waits until it works. */
async function startWorker(): Promise<ChildProcess> {
  const { secretKey, webhookSecret, connectWebhookSecret, apiUrl = '' } = world.psp.config;
  const worker = spawn(process.execPath, [main, 'worker'], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      NODE_ENV: 'test',
      LOG_LEVEL: 'fatal',
      DATABASE_URL: world.url,
      STRIPE_API_URL: apiUrl,
      STRIPE_SECRET_KEY: secretKey,
      STRIPE_WEBHOOK_SECRET: webhookSecret,
      STRIPE_CONNECT_WEBHOOK_SECRET: connectWebhookSecret,
      SANDBOX_CONTROL_KEY: controlKey,
    },
  });
  workers.add(worker);
  await once(worker, 'message');
  return worker;
}

async function kill(worker: ChildProcess): Promise<void> {
  workers.delete(worker);
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const gone = once(worker, 'exit');
  worker.kill('SIGKILL');
  await gone;
}

async function until(what: string, condition: () => Promise<boolean>, seconds = 60): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`);
    await sleep(50);
  }
}

/** How many of the worker's connections wait for a lock. */
async function blocked(): Promise<number> {
  const { rows } = await world.owner.query<{ waiting: number }>(
    `select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows[0]?.waiting ?? 0;
}

/** Locks a row and answers how to let it go. */
async function hold(sql: string, id: string): Promise<() => Promise<void>> {
  const client = await world.owner.connect();
  await client.query('begin');
  await client.query(sql, [id]);
  return async () => {
    await client.query('rollback');
    client.release();
  };
}

const earnings = (orderId: string) =>
  query<{ kind: string; net_minor: bigint }>(ctx(), 'select kind, net_minor from earning where order_id = $1', [
    orderId,
  ]);

/** The dead worker's lock on a call counts as over: here nobody waits half a minute for it. */
const ageLocks = () =>
  world.owner.query(`update psp_call set locked_until = clock_timestamp() where state in ('intended', 'unknown')`);

describe('a worker that is killed', () => {
  it(
    'in the middle of a release leaves nothing half done, and the next one releases once',
    { timeout: 120_000 },
    async () => {
      const orderId = await orderAt(world.psp, world.deal, 'release_pending');
      await advance(73);
      const letGo = await hold('select from money_order where id = $1 for update', orderId);
      const first = await startWorker();
      await until('the release waits for the order', async () => (await blocked()) > 0);
      await kill(first);
      await letGo();
      expect((await world.psp.order(orderId)).state).toBe('release_pending');
      expect(await earnings(orderId)).toEqual([]);

      await startWorker();
      await until('it is released', async () => (await world.psp.order(orderId)).state === 'released');
      expect(await earnings(orderId)).toEqual([{ kind: 'release', net_minor: 10_560n }]);
      expect(await audited(ctx(), [world.deal.organisationId])).toEqual([]);
    },
  );

  it.each([
    ['/v1/transfers', 'transfer'],
    ['/v1/payouts', 'payout'],
  ])(
    'in the middle of a payout (%s), after the PSP has done it: it is paid once, and the order ends',
    { timeout: 180_000 },
    async (callPath, kind) => {
      const orderId = await orderAt(world.psp, world.deal, 'release_pending');
      await advance(73);
      await world.psp.settle();
      expect((await world.psp.order(orderId)).state).toBe('released');
      await world.psp.control('POST', '/faults', {
        kind: 'slow',
        path: callPath,
        method: 'POST',
        ms: 20_000,
        times: 1,
      });
      await runPayouts(ctx());
      const first = await startWorker();
      await until(`the ${kind} is under way`, async () => {
        const [row] = await query<{ attempts: number }>(ctx(), 'select attempts from psp_call where kind = $1', [kind]);
        return (row?.attempts ?? 0) > 0;
      });
      // The call is at the PSP, its answer is not here yet.
      await sleep(500);
      await kill(first);
      await ageLocks();

      await startWorker();
      const done = async () => {
        const [row] = await query<{ state: string }>(ctx(), 'select state from psp_call where kind = $1', [kind]);
        return row?.state === 'done';
      };
      await until(`the ${kind} is known`, done, 90);
      await until('it is on its way', async () => (await payoutStates()).includes('in_transit'), 30);
      await advance(48);
      await until('the order is closed', async () => (await world.psp.order(orderId)).state === 'closed', 60);
      expect(await payoutStates()).toEqual(['paid']);
      expect((await stripe().transfers.list({ limit: 10 })).data).toHaveLength(1);
      expect(await books(ctx(), world.deal.organisationId)).toMatchObject({ available: 0n, window: 0n, inTransit: 0n });
      expect(await audited(ctx(), [world.deal.organisationId])).toEqual([]);
    },
  );
});

const payoutStates = async () =>
  (await query<{ state: string }>(ctx(), 'select state from payout order by id')).map(({ state }) => state);
