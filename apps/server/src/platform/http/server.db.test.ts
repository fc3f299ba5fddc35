import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import type { Permission } from '@plumbline/domain/access';
import { closed, Id } from '@plumbline/contracts/common';
import { route, type Route } from '@plumbline/contracts/route';
import { refuse } from '../errors.ts';
import { newId } from '../ids.ts';
import { dbTest } from '../testing.ts';
import { defineModule, on, type Module } from './module.ts';
import { buildActor, here, serverOf } from './probe.fixtures.ts';

const t = dbTest();

const reading = route({
  name: 'probe.read',
  method: 'GET',
  path: '/v1/probes/:probeId',
  permission: 'public',
  summary: 'Read',
  params: closed({ probeId: Id }),
  query: closed({ size: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 })) }),
  reply: closed({ id: Id, size: Type.Integer() }),
});

const writing = route({
  name: 'probe.write',
  method: 'POST',
  path: '/v1/probes',
  permission: 'booking:buy',
  summary: 'Write',
  body: closed({ name: Type.String({ minLength: 2, maxLength: 20 }), count: Type.Optional(Type.Integer()) }),
  reply: closed({ name: Type.String() }),
  status: 201,
});

const customer = buildActor();

const served = defineModule({
  name: 'probe',
  authenticate: async (_ctx, token) => (token === 'good' ? customer : undefined),
  routes: [
    on(reading, async (_ctx, { params, query }) => {
      const row = { id: params.probeId, size: query.size ?? 1, passwordHash: 'secret' };
      return row;
    }),
    on(writing, async (_ctx, { body }) => {
      if (body.name === 'taken') refuse('access.forbidden', { why: 'taken', amount: 12n });
      if (body.name === 'broken') throw new Error('password=hunter2');
      return { name: body.name };
    }),
  ],
});

const server = (modules: Module[] = [served]) => serverOf(t.ctx(), modules);

async function write(body: unknown, headers: Record<string, string> = here) {
  const app = await server();
  const payload = typeof body === 'string' ? body : JSON.stringify(body);
  return app.inject({
    method: 'POST',
    url: '/v1/probes',
    payload,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

describe('an answer', () => {
  it('carries only what the contract declares', async () => {
    const app = await server();
    const id = newId();
    const reply = await app.inject(`/v1/probes/${id}?size=3`);
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toEqual({ id, size: 3 });
    expect(reply.body).not.toContain('secret');
  });

  it('has a request id and the security headers', async () => {
    const app = await server();
    const { headers } = await app.inject(`/v1/probes/${newId()}`);
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('a problem answer', () => {
  it('names the fields that violate the contract', async () => {
    const reply = await write({ name: 'x', count: '3', extra: true });
    expect(reply.statusCode).toBe(422);
    expect(reply.headers['content-type']).toContain('application/problem+json');
    const problem = reply.json();
    expect(problem).toMatchObject({ code: 'request.invalid', status: 422, requestId: reply.headers['x-request-id'] });
    const paths = problem.errors.map((error: { path: string }) => error.path).toSorted();
    expect(paths).toEqual(['body/count', 'body/extra', 'body/name']);
  });

  it.each([
    ['{"name":', 400, 'request.unparsable'],
    ['{"name":"a\\u0000b"}', 422, 'request.invalid'],
    ['{"name":"a\\ud800b"}', 422, 'request.invalid'],
    ['{"__proto__":{"name":"abc"}}', 400, 'request.unparsable'],
    ['', 422, 'request.invalid'],
    ['null', 422, 'request.invalid'],
    ['[]', 422, 'request.invalid'],
    [JSON.stringify({ name: 'x'.repeat(1_100_000) }), 413, 'request.too_large'],
  ])('of the body %.30s is %i', async (body, status, code) => {
    const reply = await write(body);
    expect([reply.statusCode, reply.json().code]).toEqual([status, code]);
  });

  it('refuses another type of content, an unknown query and an unknown path', async () => {
    const app = await server();
    const codes = [
      await write('name=abc', { ...here, 'content-type': 'application/x-www-form-urlencoded' }),
      await app.inject(`/v1/probes/${newId()}?sise=3`),
      await app.inject(`/v1/probes/${newId()}?size=9`),
      await app.inject('/v1/probes/not-an-id'),
      await app.inject('/v1/nothing'),
      await app.inject({ method: 'PUT', url: `/v1/probes`, headers: here }),
      await app.inject('/v1/probes/%E0%A4%A'),
      await app.inject('/v1/probes/%00'),
    ].map((reply) => `${reply.statusCode} ${reply.json().code}`);
    expect(codes).toEqual([
      '415 request.unsupported_media_type',
      '422 request.invalid',
      '422 request.invalid',
      '422 request.invalid',
      '404 request.not_found',
      '405 request.method_not_allowed',
      '400 request.unparsable',
      '422 request.invalid',
    ]);
  });

  it('carries the data of a refusal', async () => {
    const reply = await write({ name: 'taken' });
    expect(reply.statusCode).toBe(403);
    expect(reply.json()).toMatchObject({ code: 'access.forbidden', why: 'taken', amount: '12' });
  });

  it('says nothing of what went wrong inside', async () => {
    const reply = await write({ name: 'broken' });
    expect(reply.statusCode).toBe(500);
    expect(reply.json()).toMatchObject({ code: 'request.unexpected', requestId: reply.headers['x-request-id'] });
    expect(reply.body).not.toContain('hunter2');
  });
});

describe('who may', () => {
  it('asks for a session, then for the permission', async () => {
    expect((await write({ name: 'abc' })).statusCode).toBe(201);
    const nobody = await write({ name: 'abc' }, { 'sec-fetch-site': 'same-origin' });
    expect([nobody.statusCode, nobody.json().code]).toEqual([401, 'access.sign_in_required']);
    const stranger = await write({ name: 'abc' }, { ...here, cookie: 'sid=bad' });
    expect(stranger.statusCode).toBe(401);
    const admin = defineModule({
      ...served,
      authenticate: async () => ({
        ...customer,
        grants: [{ role: 'admin', scope: { kind: 'platform' }, sets: ['support'] }],
      }),
    });
    const app = await server([admin]);
    const reply = await app.inject({ method: 'POST', url: '/v1/probes', payload: { name: 'abc' }, headers: here });
    expect([reply.statusCode, reply.json().code]).toEqual([403, 'access.forbidden']);
  });

  it('refuses the boot when a route names no permission', async () => {
    const open = { ...writing, permission: undefined as unknown as Permission } as Route;
    const module = defineModule({ name: 'open', routes: [on(open, async () => ({}))] });
    await expect(server([module])).rejects.toThrow(/probe\.write names no permission/);
  });

  it('refuses a write from a foreign page', async () => {
    for (const headers of [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const reply = await write({ name: 'abc' }, { cookie: 'sid=good', ...headers });
      expect([reply.statusCode, reply.json().code]).toEqual([403, 'request.cross_site']);
    }
    const ours = await write({ name: 'abc' }, { cookie: 'sid=good', origin: 'http://127.0.0.1:4000' });
    expect(ours.statusCode).toBe(201);
  });
});
