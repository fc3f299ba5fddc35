import pg from 'pg';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { Actor, Clock, Ctx } from './ctx.ts';
import { createDb, createTestDb, type Db } from './db/db.ts';
import { appPool, ownerPool } from './db/pool.ts';
import { newId } from './ids.ts';
import { testServer, type TestServer } from './testing/server.ts';
import { workerDatabase } from './testing/worker.ts';

export { emptyDatabase, freshDatabase } from './testing/worker.ts';

/** Business time of a test: stands still until it is moved. */
export interface TestClock extends Clock {
  set(to: Date): void;
  advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number }): void;
}

export interface DbTest {
  /** A ctx inside the transaction of this test, which is rolled back at its end. */
  ctx(actor?: Actor): Ctx;
  /** A ctx on the pool: commands really commit. For races; empty the tables by `truncateAfter`. */
  commitCtx(actor?: Actor): Ctx;
  clock: TestClock;
  /** The Db behind `ctx()`; `statements` counts what the test has sent. */
  readonly db: Db;
  /** URL of this worker's database as the owner, for processes that a test starts. */
  readonly ownerUrl: string;
  /** The pool of the application's role, for tests that need many connections. */
  readonly pool: pg.Pool;
  /** Empties these tables (and those that refer to them) now; drops what the test's own transaction holds. */
  truncate(...tables: string[]): Promise<void>;
  /** The same at the end of the test, also when it fails: call it before the first commit. */
  truncateAfter(...tables: string[]): void;
  /** The whole API; inside the test's transaction, or committing on the pool. Closed at the end of the test. */
  app(options?: { commit?: boolean }): Promise<TestServer>;
}

const systemActor: Actor = { kind: 'system', name: 'test' };

/** A Monday in British Summer Time: in Bristol it is 10:00. */
const testStart = new Date('2026-06-01T09:00:00Z');

/** Region of the demo market. */
const testRegion = 'gb';

interface Session {
  app: pg.Pool;
  owner: pg.Pool;
  url: string;
  poolDb: Db;
  client?: pg.PoolClient;
  testDb?: Db;
  toTruncate: Set<string>;
  servers: TestServer[];
}

/** Real PostgreSQL for the tests of this file or `describe`: one transaction around each, rolled back at its end. */
export function dbTest(options: { regionId?: string } = {}): DbTest {
  let session: Session | undefined;
  const clock = testClock();
  const current = () => session ?? fail();
  const testDb = () => current().testDb ?? fail();
  const make = (db: Db, actor: Actor = systemActor) => newCtx(db, clock, actor, options.regionId ?? testRegion);

  beforeAll(async () => {
    session = await openSession();
  });
  beforeEach(async () => {
    clock.set(testStart);
    await begin(current());
  });
  afterEach(() => endTest(current()));
  afterAll(async () => {
    if (session) await Promise.all([session.app.end(), session.owner.end()]);
  });

  return {
    clock,
    ctx: (actor) => make(testDb(), actor),
    commitCtx: (actor) => make(current().poolDb, actor),
    get db() {
      return testDb();
    },
    get ownerUrl() {
      return current().url;
    },
    get pool() {
      return current().app;
    },
    truncate: async (...tables) => {
      await rollBack(current());
      await truncate(current().owner, tables);
      await begin(current());
    },
    truncateAfter: (...tables) => tables.forEach((table) => current().toTruncate.add(table)),
    app: async ({ commit = false } = {}) => {
      const server = await testServer(make(commit ? current().poolDb : testDb()));
      current().servers.push(server);
      return server;
    },
  };
}

function fail(): never {
  throw new Error('dbTest() gives its ctx inside a test only');
}

function testClock(): TestClock {
  let now = testStart;
  return {
    now: () => new Date(now),
    set: (to) => {
      now = to;
    },
    advance: ({ days = 0, hours = 0, minutes = 0, seconds = 0 }) => {
      now = new Date(now.getTime() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
    },
  };
}

function newCtx(db: Db, clock: Clock, actor: Actor, fallbackRegion: string): Ctx {
  const regionId = actor.kind === 'person' ? actor.regionId : fallbackRegion;
  const log = pino({ level: process.env['LOG_LEVEL'] ?? 'silent' });
  return { actor, regionId, requestId: newId(), clock, log, db };
}

async function openSession(): Promise<Session> {
  const url = await workerDatabase();
  const app = appPool(url, { max: 40, name: 'plumbline test' });
  return { url, app, owner: ownerPool(url), poolDb: createDb(app), toTruncate: new Set(), servers: [] };
}

async function begin(session: Session): Promise<void> {
  session.client = await session.app.connect();
  await session.client.query('begin');
  session.testDb = createTestDb(session.app, session.client);
}

async function rollBack(session: Session): Promise<void> {
  const { client } = session;
  delete session.client;
  delete session.testDb;
  if (!client) return;
  try {
    await client.query('rollback');
  } finally {
    client.release();
  }
}

async function endTest(session: Session): Promise<void> {
  for (const server of session.servers.splice(0)) await server.close();
  await rollBack(session);
  // Whatever has been committed has left its trace in the audit trail too.
  if (session.toTruncate.size > 0) await truncate(session.owner, [...session.toTruncate, 'audit_entry']);
  session.toTruncate.clear();
}

/** As a replica, so that triggers which forbid emptying a table (the ledger's) let the test pass. */
async function truncate(owner: pg.Pool, tables: string[]): Promise<void> {
  if (tables.length === 0) return;
  const names = tables.map((table) => table.split('.').map(pg.escapeIdentifier).join('.')).join(', ');
  const client = await owner.connect();
  try {
    await client.query(
      `set session_replication_role = replica; truncate ${names} cascade; reset session_replication_role`,
    );
  } finally {
    client.release();
  }
}
