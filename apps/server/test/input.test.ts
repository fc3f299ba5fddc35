import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { refusals, type RefusalCode } from '@plumbline/contracts';
import type { Route } from '@plumbline/contracts/route';
import { newId } from '../src/platform/ids.ts';
import { sampleOf, spoiled, oddSegments, type Schema } from './support/samples.ts';
import { allRoutes, changedTables, contents, openSite, ourPage, signInCast, type Site } from './support/sweep.ts';

const routes = await allRoutes();

let site: Site;
/** Cookies of people, by name. */
let cast: Map<string, string>;

beforeAll(async () => {
  site = await openSite({ seeded: true });
  cast = await signInCast(site);
});
afterAll(() => site.close());

/** Who may call the route at all: the sweep acts as somebody who does not fail at the door. */
async function callerOf({ permission }: Route): Promise<Record<string, string>> {
  if (permission === 'public') return ourPage;
  for (const cookie of cast.values()) {
    const me = await site.app.inject({ url: '/v1/me', headers: { cookie } });
    const { permissions } = me.json<{ permissions: string[] }>();
    if (permissions.includes(permission)) return { ...ourPage, cookie };
  }
  throw new Error(`nobody of the cast has the permission ${permission}`);
}

function urlOf({ path, params, query }: Route, segments: Record<string, string> = {}): string {
  const samples = sampleOf((params ?? {}) as Schema) as Record<string, unknown> | null;
  const filled = path.replaceAll(/:([a-zA-Z]+)/g, (_, name: string) => segments[name] ?? String(samples?.[name]));
  const search = new URLSearchParams();
  const wanted = (query ? sampleOf(query as Schema) : {}) as Record<string, unknown>;
  for (const [name, value] of Object.entries(wanted)) search.append(name, String(value));
  return search.size > 0 ? `${filled}?${search}` : filled;
}

async function send(route: Route, changes: InjectOptions): Promise<LightMyRequestResponse> {
  const key = route.idempotent ? { 'idempotency-key': newId() } : {};
  const { headers, ...rest } = changes;
  return site.app.inject({ method: route.method, url: urlOf(route), ...rest, headers: { ...key, ...headers } });
}

/** The answer is a problem with a code of ours, and says which request it was. */
function expectProblem(reply: LightMyRequestResponse, what: string): void {
  expect(reply.statusCode, `${what}: ${reply.body.slice(0, 300)}`).toBeGreaterThanOrEqual(400);
  expectNoFailure(reply, what);
}

function expectNoFailure(reply: LightMyRequestResponse, what: string): void {
  expect(reply.statusCode, `${what}: ${reply.body.slice(0, 300)}`).toBeLessThan(500);
  if (reply.statusCode < 400) return;
  expect(String(reply.headers['content-type']), what).toContain('application/problem+json');
  const problem = reply.json<{ code: RefusalCode; status: number; requestId: string }>();
  expect(refusals[problem.code], `${what}: ${problem.code}`).toBe(problem.status);
  expect(problem.requestId).toBe(reply.headers['x-request-id']);
}

const withJson = routes.filter((route) => route.body && !route.multipart && !route.rawBody);
const withParams = routes.filter((route) => route.path.includes(':'));
const withQuery = routes.filter((route) => route.query);

/** Runs a part of the sweep and sees that it has written nothing, refused requests being the only ones. */
async function writingNothing(part: () => Promise<void>): Promise<void> {
  const before = await contents(site);
  await part();
  expect(changedTables(before, await contents(site))).toEqual([]);
}

describe.each(withJson.map((route) => [route.name, route] as const))('the body of %s', (_name, route) => {
  it('is refused when it is no JSON, too large, or of another type', async () => {
    const headers = { ...(await callerOf(route)), 'content-type': 'application/json' };
    await writingNothing(async () => {
      const broken = await send(route, { headers, payload: '{"a":' });
      expect([broken.statusCode, broken.json().code]).toEqual([400, 'request.unparsable']);
      const large = await send(route, { headers, payload: JSON.stringify({ a: 'x'.repeat(1_100_000) }) });
      expect([large.statusCode, large.json().code]).toEqual([413, 'request.too_large']);
      const xml = await send(route, { headers: { ...headers, 'content-type': 'application/xml' }, payload: '<a/>' });
      expect([xml.statusCode, xml.json().code]).toEqual([415, 'request.unsupported_media_type']);
      const deep = await send(route, { headers, payload: '['.repeat(50_000) + ']'.repeat(50_000) });
      expectProblem(deep, 'nested 50,000 deep');
    });
  });

  it('is refused by its contract when a property is odd, missing or unknown', async () => {
    const headers = { ...(await callerOf(route)), 'content-type': 'application/json' };
    const unknown = { ...(sampleOf(route.body as Schema, true) as object), nobodyKnowsThis: 1 };
    await writingNothing(async () => {
      const reply = await send(route, { headers, payload: JSON.stringify(unknown) });
      expect([reply.statusCode, reply.json().code]).toEqual([422, 'request.invalid']);
    });
    for (const body of spoiled(route.body as Schema)) {
      const reply = await send(route, { headers, payload: JSON.stringify(body) });
      expectNoFailure(reply, JSON.stringify(body).slice(0, 200));
    }
  });
});

describe.each(withParams.map((route) => [route.name, route] as const))('the path of %s', (_name, route) => {
  it('is refused when a part of it is no id, and not found when nobody has the id', async () => {
    const headers = await callerOf(route);
    const names = [...route.path.matchAll(/:([a-zA-Z]+)/g)].map((match) => match[1] ?? '');
    const body = route.body ? { payload: sampleOf(route.body as Schema) as object } : {};
    for (const name of names) {
      for (const segment of oddSegments) {
        const reply = await send(route, { headers, url: urlOf(route, { [name]: segment }), ...body });
        expectNoFailure(reply, `${name} = ${segment}`);
      }
    }
    const nobody = await send(route, { headers, ...body });
    expectNoFailure(nobody, 'an id that nobody has');
  });
});

describe.each(withQuery.map((route) => [route.name, route] as const))('the query of %s', (_name, route) => {
  it('is refused when it is odd', async () => {
    const headers = await callerOf(route);
    const path = urlOf(route).split('?', 1)[0] ?? '';
    const properties = Object.keys((route.query as Schema).properties ?? {});
    const values = [
      '',
      '-1',
      'x'.repeat(5000),
      '1e400',
      '💥',
      "' or 1=1 --",
      '2026-99-99',
      '[]',
      '99999999999999999999',
      'e30',
    ];
    await writingNothing(async () => {
      for (const name of properties) {
        for (const value of values) {
          const search = new URLSearchParams({ [name]: value });
          expectNoFailure(await send(route, { headers, url: `${path}?${search}` }), `${name} = ${value}`);
          const twice = `${path}?${search}&${search}`;
          expectNoFailure(await send(route, { headers, url: twice }), `${name} = ${value}, twice`);
        }
      }
      const unknown = await send(route, { headers, url: `${path}?nobodyKnowsThis=1` });
      expect([unknown.statusCode, unknown.json().code]).toEqual([422, 'request.invalid']);
    });
  });
});

describe('routes with raw bodies and forms', () => {
  it.each(routes.filter((route) => route.rawBody || route.multipart).map((route) => [route.name, route] as const))(
    '%s refuses what is none',
    async (_name, route) => {
      const headers = await callerOf(route);
      await writingNothing(async () => {
        const form = { 'content-type': 'multipart/form-data; boundary=x' };
        for (const payload of ['', '{}', 'a=b', '\0\0\0', '--x\r\n', '--x--']) {
          expectProblem(await send(route, { headers, payload }), `${JSON.stringify(payload)} of no type`);
          expectProblem(await send(route, { headers: { ...headers, ...form }, payload }), JSON.stringify(payload));
        }
      });
    },
  );
});

describe('the sweep', () => {
  it('covers every route of every module', () => {
    expect(routes.length).toBeGreaterThan(40);
  });
});
