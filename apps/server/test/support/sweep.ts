import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import pg from 'pg';
import { pino } from 'pino';
import { castMembers, demoPassword } from '@plumbline/testkit/cast';
import type { Route } from '@plumbline/contracts/route';
import { loadModules } from '../../src/modules.ts';
import { createClock } from '../../src/platform/clock.ts';
import { testConfig } from '../../src/platform/config.ts';
import type { Ctx, PersonActor } from '../../src/platform/ctx.ts';
import { createDb } from '../../src/platform/db/db.ts';
import { appPool } from '../../src/platform/db/pool.ts';
import { buildServer } from '../../src/platform/http/server.ts';
import type { Module } from '../../src/platform/http/module.ts';
import { newId } from '../../src/platform/ids.ts';
import { stopSender } from '../../src/platform/tasks.ts';
import { freshDatabase } from '../../src/platform/testing.ts';
import { seedWhenEmpty } from '../../src/seed.ts';

/** The whole API on a database of its own. */
export interface Site {
  app: FastifyInstance;
  /** Reads as the owner of the tables. */
  owner: pg.Client;
  modules: Module[];
  close(): Promise<void>;
}

/** All routes of all modules, by name. */
export async function allRoutes(): Promise<Route[]> {
  const modules = await loadModules();
  const routes: Route[] = modules.flatMap((module) => module.routes ?? []).map(({ route }) => route);
  return routes.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

interface SiteOptions {
  /** Fills the demo market first. */
  seeded?: boolean;
  /** Who a token belongs to, instead of what the identity module says. */
  people?: ReadonlyMap<string, PersonActor>;
}

export async function openSite({ seeded = false, people }: SiteOptions = {}): Promise<Site> {
  const url = await freshDatabase();
  const pool = appPool(url, { max: 10, name: 'sweep' });
  const db = createDb(pool);
  const clock = createClock(db, { movable: true });
  const log = pino({ level: 'silent' });
  const loaded = await loadModules();
  const modules = people ? loaded.map((module) => withPeople(module, people)) : loaded;
  const base: Ctx = { actor: { kind: 'system', name: 'sweep' }, regionId: 'gb', requestId: newId(), clock, log, db };
  if (seeded) await seedWhenEmpty(base, loaded);
  const app = await buildServer({ config: testConfig(), db, clock, log, modules });
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  return {
    app,
    owner,
    modules,
    close: async () => {
      await app.close();
      await stopSender(pool);
      await pool.end();
      await owner.end();
    },
  };
}

function withPeople(module: Module, people: ReadonlyMap<string, PersonActor>): Module {
  return module.authenticate ? { ...module, authenticate: async (_ctx, token) => people.get(token) } : module;
}

/** Cookies of the cast, each signed in as a browser would be. */
export async function signInCast({ app }: Site): Promise<Map<string, string>> {
  const cookies = new Map<string, string>();
  for (const { name, email } of castMembers) {
    const reply = await app.inject({
      method: 'POST',
      url: '/v1/sessions',
      headers: ourPage,
      payload: { email, password: demoPassword },
    });
    cookies.set(name, cookieOf(reply));
  }
  return cookies;
}

export function cookieOf(reply: LightMyRequestResponse): string {
  const set = [reply.headers['set-cookie'] ?? []].flat()[0];
  if (!set) throw new Error(`no cookie was set: ${reply.statusCode} ${reply.body}`);
  return set.split(';', 1)[0] ?? '';
}

/** What a browser on one of our pages says. */
export const ourPage = { 'sec-fetch-site': 'same-origin' };

/** What may change although a request was refused: counters of attempts, and the stored refusal of a money write. */
const mayChange = new Set(['rate_window', 'idempotency', 'sign_in_failure']);

/** A digest of all rows of all tables: two equal ones mean that nothing was written in between. */
export async function contents({ owner }: Site): Promise<Map<string, string>> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind = 'r' or (n.nspname = 'pgboss' and c.relname = 'job_common')
     order by 1`,
  );
  const names = tables.map(({ name }) => name).filter((name) => !mayChange.has(name.split('.')[1] ?? ''));
  const sums = names.map(
    (name) => `select '${name}' as name, md5(string_agg(md5(t::text), '' order by md5(t::text))) as sum from ${name} t`,
  );
  const { rows } = await owner.query<{ name: string; sum: string | null }>(sums.join(' union all '));
  return new Map(rows.map(({ name, sum }) => [name, sum ?? 'empty']));
}

/** Names of the tables that differ. */
export function changedTables(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...after].filter(([name, sum]) => before.get(name) !== sum).map(([name]) => name);
}
