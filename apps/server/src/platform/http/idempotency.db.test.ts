import { Type } from 'typebox';
import { afterEach, describe, expect, it } from 'vitest';
import { closed } from '@plumbline/contracts/common';
import { route } from '@plumbline/contracts/route';
import type { FastifyInstance } from 'fastify';
import type { Ctx } from '../ctx.ts';
import { query } from '../db/statement.ts';
import { refuse } from '../errors.ts';
import { newId } from '../ids.ts';
import { emit } from '../outbox.ts';
import { dbTest } from '../testing.ts';
import { sweep } from '../housekeeping.ts';
import { defineModule, on, type RouteOptions } from './module.ts';
import { buildActor, here, serverOf } from './probe.fixtures.ts';

const t = dbTest();

const paying = route({
  name: 'probe.pay',
  method: 'POST',
  path: '/v1/payments-probe',
  permission: 'booking:buy',
  summary: 'Pay',
  body: closed({ amount: Type.String(), note: Type.Optional(Type.String()) }),
  reply: closed({ count: Type.Integer(), amount: Type.String(), key: Type.String() }),
  status: 201,
  idempotent: true,
});

const people = new Map([
  ['good', buildActor()],
  ['other', buildActor()],
]);

/** Each run leaves one event, so that a run too many shows in the database. */
async function work(ctx: Ctx, amount: string) {
  await emit(ctx, { type: 'probe.paid', key: amount, data: {} });
  if (amount === 'no') refuse('access.forbidden', { why: 'no money' });
  if (amount === 'slow') await new Promise((resolve) => setTimeout(resolve, 300));
  const rows = await query(ctx, `select 1 from outbox where type = 'probe.paid'`);
  return { count: rows.length, amount, key: ctx.idempotencyKey ?? 'none', hidden: 'x' };
}

function module(options: RouteOptions = {}) {
  return defineModule({
    name: 'probe',
    authenticate: async (_ctx, token) => people.get(token),
    routes: [on(paying, (ctx, { body }) => work(ctx, body.amount), options)],
  });
}

const apps: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

async function server(ctx: Ctx, options: RouteOptions = {}) {
  const app = await serverOf(ctx, [module(options)]);
  apps.push(app);
  return (payload: Record<string, string>, key: string | undefined, headers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: paying.path,
      payload,
      headers: { ...here, ...(key !== undefined && { 'idempotency-key': key }), ...headers },
    });
}

const paid = async (ctx: Ctx) => (await query(ctx, `select 1 from outbox where type = 'probe.paid'`)).length;

describe.each([
  ['in one transaction', {}],
  ['with an outside call', { outside: true }],
] as const)('an idempotent route %s', (_name, options) => {
  it('does its work once and repeats its answer', async () => {
    const pay = await server(t.ctx(), options);
    const key = newId();
    const first = await pay({ amount: '12', note: 'a' }, key);
    const again = await pay({ note: 'a', amount: '12' }, key);
    expect(first.statusCode).toBe(201);
    expect(first.json()).toMatchObject({ count: 1, amount: '12' });
    expect(first.body).not.toContain('hidden');
    expect([again.statusCode, again.body]).toEqual([201, first.body]);
    expect([first.headers['idempotent-replayed'], again.headers['idempotent-replayed']]).toEqual([undefined, 'true']);
    expect(await paid(t.ctx())).toBe(1);
  });

  it('refuses the key for another request', async () => {
    const pay = await server(t.ctx(), options);
    const key = newId();
    await pay({ amount: '12' }, key);
    const other = await pay({ amount: '13' }, key);
    expect([other.statusCode, other.json().code]).toEqual([422, 'request.idempotency_key_reused']);
    expect(await paid(t.ctx())).toBe(1);
  });

  it('keeps the keys of two people apart, for services too', async () => {
    const pay = await server(t.ctx(), options);
    const key = newId();
    const mine = await pay({ amount: '12' }, key);
    const theirs = await pay({ amount: '12' }, key, { cookie: 'sid=other' });
    expect(theirs.json().count).toBe(2);
    expect(theirs.json().key).not.toBe(mine.json().key);
  });

  it('refuses a write without a key', async () => {
    const pay = await server(t.ctx(), options);
    for (const key of [undefined, 'short', 'x'.repeat(300)]) {
      const reply = await pay({ amount: '12' }, key);
      expect([reply.statusCode, reply.json().code]).toEqual([400, 'request.idempotency_key_missing']);
    }
    expect(await paid(t.ctx())).toBe(0);
  });

  it('is refused while the first is at work, and answered after it', async () => {
    t.truncateAfter('outbox', 'idempotency');
    const pay = await server(t.commitCtx(), options);
    const key = newId();
    const first = pay({ amount: 'slow' }, key);
    await new Promise((resolve) => setTimeout(resolve, 120));
    const meanwhile = await pay({ amount: 'slow' }, key);
    expect([meanwhile.statusCode, meanwhile.json().code]).toEqual([409, 'request.idempotency_in_flight']);
    const { body } = await first;
    expect((await pay({ amount: 'slow' }, key)).body).toBe(body);
    expect(await paid(t.commitCtx())).toBe(1);
  });
});

describe('a refusal', () => {
  it('leaves nothing behind where all is one transaction', async () => {
    const pay = await server(t.ctx());
    const reply = await pay({ amount: 'no' }, newId());
    expect(reply.statusCode).toBe(403);
    expect(await paid(t.ctx())).toBe(0);
    expect(await query(t.ctx(), 'select 1 from idempotency')).toEqual([]);
  });

  it('is the answer that is repeated where an outside service was called', async () => {
    const pay = await server(t.ctx(), { outside: true });
    const key = newId();
    const first = await pay({ amount: 'no' }, key);
    const again = await pay({ amount: 'no' }, key);
    expect([again.statusCode, again.body]).toEqual([403, first.body]);
    expect(again.headers['content-type']).toContain('application/problem+json');
    expect(await paid(t.ctx())).toBe(1);
  });
});

describe('a claim whose process died', () => {
  it('is taken over by a retry after its lock has lapsed', async () => {
    const ctx = t.ctx();
    const pay = await server(ctx, { outside: true });
    const key = newId();
    await pay({ amount: '12' }, key);
    const dead = `update idempotency set state = 'started', response_status = null, response_body = null`;
    await query(ctx, `${dead}, locked_until = now() + interval '50 seconds'`);
    expect((await pay({ amount: '12' }, key)).statusCode).toBe(409);
    await query(ctx, `${dead}, locked_until = now() - interval '1 second'`);
    expect((await pay({ amount: '12' }, key)).statusCode).toBe(201);
    expect(await paid(ctx)).toBe(2);
  });
});

describe('a key', () => {
  it('is kept for 30 days', async () => {
    const ctx = t.ctx();
    const pay = await server(ctx);
    await pay({ amount: '1' }, newId());
    await pay({ amount: '2' }, newId());
    await query(ctx, `update idempotency set created_at = now() - interval '29 days'`);
    await sweep(ctx);
    expect(await query(ctx, 'select 1 from idempotency')).toHaveLength(2);
    await query(ctx, `update idempotency set created_at = now() - interval '31 days'`);
    await sweep(ctx);
    expect(await query(ctx, 'select 1 from idempotency')).toEqual([]);
  });
});
