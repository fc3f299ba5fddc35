import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPassword } from '@plumbline/testkit/cast';
import type { Route } from '@plumbline/contracts/route';
import { newId } from '../src/platform/ids.ts';
import { sampleOf, type Schema } from './support/samples.ts';
import { allRoutes, changedTables, contents, cookieOf, openSite, ourPage, type Site } from './support/sweep.ts';

// Somebody who has just signed up asks for things of others, by ids that exist. However well formed the request is,
// the answer is a refusal, and nothing is written.

/** Routes that answer about other people's things on purpose, each with the reason. */
const openOnPurpose: Record<string, string> = {};

const routes = (await allRoutes()).filter(
  ({ permission, path, rawBody }) => permission !== 'public' && /:[a-zA-Z]+Id/.test(path) && !rawBody,
);

let site: Site;
let strangers: Map<string, string>;
let ids: Map<string, string[]>;

beforeAll(async () => {
  site = await openSite({ seeded: true });
  // Before the strangers come, so that nothing of theirs is among them.
  ids = await existingIds();
  strangers = new Map([
    ['user', await signUp('user')],
    ['serviceman', await signUp('serviceman')],
    ['provider', await signUp('provider')],
    ['enterprise', await signUp('enterprise')],
  ]);
});
afterAll(() => site.close());

async function signUp(role: string): Promise<string> {
  const reply = await site.app.inject({
    method: 'POST',
    url: '/v1/sign-ups',
    headers: ourPage,
    payload: {
      role,
      regionId: 'gb',
      name: `Stranger ${role}`,
      email: `stranger-${role}@plumbline.example`,
      password: demoPassword,
      ...(role === 'provider' || role === 'enterprise' ? { organisationName: `Strange ${role}` } : {}),
    },
  });
  return cookieOf(reply);
}

const mostPerTable = 3;

/** Some ids of each table. */
async function existingIds(): Promise<Map<string, string[]>> {
  const { rows: tables } = await site.owner.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'id'
       and format_type(a.atttypid, null) = 'uuid' order by 1`,
  );
  const found = new Map<string, string[]>();
  for (const { name } of tables) {
    const { rows } = await site.owner.query<{ id: string }>(`select id from ${name} order by id limit ${mostPerTable}`);
    found.set(
      name,
      rows.map(({ id }) => id),
    );
  }
  return found;
}

/** `bookingId` → ids of the tables that have `booking` in their name; of all tables where none has. */
function idsFor(parameter: string): string[] {
  const word = parameter.replace(/Id$/, '').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const named = [...ids].filter(([table]) => table.includes(word)).flatMap(([, some]) => some);
  return named.length > 0 ? named : [...ids.values()].flat();
}

function addresses({ path }: Route): string[] {
  const names = [...path.matchAll(/:([a-zA-Z]+)/g)].map((match) => match[1] ?? '');
  const most = Math.max(...names.map((name) => idsFor(name).length));
  return Array.from({ length: most }, (_, n) =>
    path.replaceAll(/:([a-zA-Z]+)/g, (_match, name: string) => {
      if (name === 'regionId') return 'gb';
      const some = idsFor(name);
      return some[n % some.length] ?? newId();
    }),
  );
}

describe.each(routes.map((route) => [route.name, route] as const))('%s', (name, route) => {
  it('tells and does nothing about the things of others', async () => {
    const before = await contents(site);
    const payload = route.body ? { payload: sampleOf(route.body as Schema) as object } : {};
    const key = route.idempotent ? { 'idempotency-key': newId() } : {};
    const told: string[] = [];
    for (const [who, cookie] of strangers) {
      for (const url of addresses(route)) {
        const headers = { ...ourPage, cookie, ...key };
        const reply = await site.app.inject({ method: route.method, url, headers, ...payload });
        if (reply.statusCode >= 500) throw new Error(`${who} ${url}: ${reply.body}`);
        if (reply.statusCode < 400) told.push(`${who} ${url}: ${reply.body.slice(0, 200)}`);
      }
    }
    if (name in openOnPurpose) return;
    expect(told).toEqual([]);
    expect(changedTables(before, await contents(site))).toEqual([]);
  });
});

describe('the sweep', () => {
  it('has things of others to ask for', () => {
    expect(idsFor('organisationId').length).toBeGreaterThan(1);
  });
});
