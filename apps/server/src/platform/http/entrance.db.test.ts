import { Type } from 'typebox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closed, RegionId } from '@plumbline/contracts/common';
import { route } from '@plumbline/contracts/route';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { dbTest } from '../testing.ts';
import { defineModule, on } from './module.ts';
import { buildActor, here, serverOf } from './probe.fixtures.ts';

const t = dbTest();

const base = { permission: 'public', summary: 'Probe', reply: closed({ said: Type.String() }) } as const;
const market = route({
  ...base,
  name: 'probe.market',
  method: 'GET',
  path: '/v1/markets/:regionId/probe',
  params: closed({ regionId: RegionId }),
});
const open = route({ ...base, name: 'probe.open', method: 'GET', path: '/v1/probe' });
const enter = route({
  ...base,
  name: 'probe.enter',
  method: 'POST',
  path: '/v1/sessions-probe',
  limit: 'sign_in',
  body: closed({ email: Type.String({ format: 'email' }) }),
});
const pay = route({ ...base, name: 'probe.spend', method: 'POST', path: '/v1/spendings', limit: 'money' });
const hook = route({ ...base, name: 'probe.hook', method: 'POST', path: '/v1/hooks', rawBody: true });
const upload = route({
  ...base,
  name: 'probe.upload',
  method: 'POST',
  path: '/v1/uploads',
  multipart: true,
  body: closed({ note: Type.String({ maxLength: 5 }), count: Type.Optional(Type.Integer()) }),
});

const actor = buildActor();
const probe = defineModule({
  name: 'probe',
  authenticate: async (_ctx, token) => (token === 'good' ? actor : undefined),
  regions: async () => ['gb', 'ie'],
  routes: [
    on(market, async (ctx) => ({ said: ctx.regionId })),
    on(open, async (ctx) => ({ said: `${ctx.actor.kind} in ${ctx.regionId}` })),
    on(enter, async (_ctx, _input, http) => {
      http.setSession('good', new Date(Date.now() + 3_600_000));
      return { said: http.userAgent ?? '' };
    }),
    on(pay, async () => ({ said: 'paid' })),
    on(hook, async (_ctx, _input, http) => ({ said: `${http.rawBody.toString('hex')} ${http.header('x-signature')}` })),
    on(upload, async (_ctx, { body }, http) => {
      const files = http.files.map(({ field, name, bytes }) => `${field} ${name} ${bytes.length}`);
      return { said: `${body.note} ${typeof body.count} ${files.join(', ')}` };
    }),
  ],
});

const apps: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

async function server(changes: Partial<Config> = {}) {
  const app = await serverOf(t.ctx(), [probe], changes);
  apps.push(app);
  return app;
}

describe('the region of a request', () => {
  it('is that of the path, else of the person, else the first market', async () => {
    const app = await server();
    expect((await app.inject('/v1/markets/ie/probe')).json()).toEqual({ said: 'ie' });
    expect((await app.inject('/v1/probe')).json()).toEqual({ said: 'anonymous in gb' });
    expect((await app.inject({ url: '/v1/probe', headers: here })).json()).toEqual({ said: 'person in gb' });
  });

  it('is refused when there is no such market', async () => {
    const reply = await (await server()).inject('/v1/markets/xx/probe');
    expect([reply.statusCode, reply.json().code]).toEqual([404, 'region.unknown']);
  });
});

describe('the session cookie', () => {
  const entering = { method: 'POST', url: enter.path, payload: { email: 'a@b.example' }, headers: here } as const;

  it('is out of reach for scripts and other sites', async () => {
    const { headers } = await (await server()).inject(entering);
    expect(headers['set-cookie']).toMatch(/^sid=good; Max-Age=3(599|600); Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('is bound to this host and to TLS where we are served by TLS', async () => {
    const app = await server({ publicUrl: 'https://plumbline.example' });
    const { headers } = await app.inject(entering);
    expect(headers['set-cookie']).toMatch(/^__Host-sid=good; .*Secure/);
    expect(headers['strict-transport-security']).toContain('max-age');
    const old = await app.inject({ url: '/v1/probe', headers: { cookie: 'sid=good' } });
    expect(old.json().said).toContain('anonymous');
  });
});

describe('rate limits', () => {
  const one = { limitFactor: 1 };

  /** Windows begin on the full minute: a test that straddles it would count in two. */
  beforeEach(async () => {
    const left = 60_000 - (Date.now() % 60_000);
    if (left < 3000) await new Promise((resolve) => setTimeout(resolve, left + 50));
  });

  it('lets an address ask 60 times a minute and a signed-in person 300 times', async () => {
    const app = await server(one);
    const ask = async (headers: Record<string, string>) => (await app.inject({ url: '/v1/probe', headers })).statusCode;
    const anonymous = [];
    for (let n = 0; n < 61; n += 1) anonymous.push(await ask({}));
    expect(anonymous.filter((status) => status === 200)).toHaveLength(60);
    const signedIn = [];
    for (let n = 0; n < 301; n += 1) signedIn.push(await ask(here));
    expect(signedIn.filter((status) => status === 200)).toHaveLength(300);
    const reply = await app.inject('/v1/probe');
    expect(reply.json()).toMatchObject({ code: 'request.rate_limited', status: 429 });
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
    expect((await app.inject({ url: '/v1/probe', remoteAddress: '10.1.1.1' })).statusCode).toBe(200);
  });

  it('takes nothing from people for a burst of webhooks from their address', async () => {
    const app = await server(one);
    const deliver = () => app.inject({ method: 'POST', url: '/v1/hooks', payload: Buffer.from('x') });
    const delivered = [];
    for (let n = 0; n < 80; n += 1) delivered.push((await deliver()).statusCode);
    expect(delivered.filter((status) => status === 200)).toHaveLength(80);
    expect((await app.inject('/v1/probe')).statusCode).toBe(200);
  });

  it('lets nobody try an account more than 5 times, whatever address they come from', async () => {
    const app = await server(one);
    const statuses = [];
    for (let n = 0; n < 6; n += 1) {
      const email = n % 2 ? 'Amira@Plumbline.example' : 'amira@plumbline.example';
      const reply = await app.inject({
        method: 'POST',
        url: enter.path,
        payload: { email },
        headers: here,
        remoteAddress: `10.0.0.${n}`,
      });
      statuses.push(reply.statusCode);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it('lets an address try 20 accounts an hour', async () => {
    const app = await server(one);
    const statuses = [];
    for (let n = 0; n < 21; n += 1) {
      const payload = { email: `a${n}@plumbline.example` };
      statuses.push((await app.inject({ method: 'POST', url: enter.path, payload, headers: here })).statusCode);
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
  });

  it('lets a person make 20 money writes a minute', async () => {
    const app = await server(one);
    const statuses = [];
    for (let n = 0; n < 21; n += 1) {
      statuses.push((await app.inject({ method: 'POST', url: pay.path, headers: here })).statusCode);
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
  });
});

describe('a raw route', () => {
  it('gets the very bytes, of any type, and asks for no page of ours', async () => {
    const payload = Buffer.from([0, 255, 13, 10, 34]);
    const headers = { 'content-type': 'application/json', 'x-signature': 'abc' };
    const reply = await (await server()).inject({ method: 'POST', url: hook.path, payload, headers });
    expect(reply.json()).toEqual({ said: '00ff0d0a22 abc' });
  });

  it('refuses more than a mebibyte', async () => {
    const app = await server();
    const reply = await app.inject({ method: 'POST', url: hook.path, payload: Buffer.alloc(1_048_577, 1) });
    expect([reply.statusCode, reply.json().code]).toEqual([413, 'request.too_large']);
  });
});

describe('a form with files', () => {
  async function send(fields: Record<string, string>, files: Record<string, Uint8Array> = {}, headers = {}) {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    for (const [name, bytes] of Object.entries(files))
      form.set(name, new Blob([new Uint8Array(bytes)]), `../x/${name}.png`);
    const encoded = new Response(form);
    return (await server()).inject({
      method: 'POST',
      url: upload.path,
      payload: Buffer.from(await encoded.arrayBuffer()),
      headers: { ...here, 'content-type': encoded.headers.get('content-type') ?? '', ...headers },
    });
  }

  it('brings its fields, typed by the contract, and its files', async () => {
    const reply = await send({ note: 'hello', count: '3' }, { photo: Buffer.from('abc') });
    expect(reply.json()).toEqual({ said: 'hello number photo photo.png 3' });
  });

  it.each([
    ['a violated contract', { note: 'too long' }, {}, {}, 422, 'request.invalid'],
    ['an unknown field', { note: 'a', more: 'b' }, {}, {}, 422, 'request.invalid'],
    ['the character NUL', { note: 'a\0' }, {}, {}, 422, 'request.invalid'],
    ['a file of more than 10 MiB', { note: 'a' }, { photo: Buffer.alloc(10_485_761) }, {}, 413, 'request.too_large'],
    ['JSON instead', { note: 'a' }, {}, { 'content-type': 'application/json' }, 415, 'request.unsupported_media_type'],
    [
      'a broken form',
      { note: 'a' },
      {},
      { 'content-type': 'multipart/form-data; boundary=x' },
      400,
      'request.unparsable',
    ],
  ])('refuses %s', async (_what, fields, files, headers, status, code) => {
    const reply = await send(fields as Record<string, string>, files, headers);
    expect([reply.statusCode, reply.json().code]).toEqual([status, code]);
  });
});

describe('the printed contract', () => {
  it('is OpenAPI 3.1 with names, refusals and who may', async () => {
    const app = await server();
    const reply = await app.inject('/openapi.json');
    const document = reply.json();
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toContain('/v1/markets/{regionId}/probe');
    const operation = document.paths['/v1/sessions-probe'].post;
    expect(operation.operationId).toBe('probe.enter');
    expect(operation.requestBody.content['application/json'].schema.required).toEqual(['email']);
    expect(operation.responses['429'].description).toBe('`request.rate_limited`');
    const problem = { $ref: '#/components/schemas/Problem' };
    expect(operation.responses['429'].content['application/problem+json'].schema).toEqual(problem);
    expect(document.components.schemas.Problem.required).toContain('code');
    expect(operation.responses['200'].content['application/json'].schema.properties.said).toEqual({ type: 'string' });
    expect(document.paths['/v1/uploads'].post.requestBody.content['multipart/form-data']).toBeDefined();
  });

  it('can be read as a page that asks nobody else for anything', async () => {
    const reply = await (await server()).inject('/docs-api');
    expect(reply.statusCode).toBe(200);
    expect(reply.body).toContain('<code>/v1/markets/{regionId}/probe</code>');
    expect(reply.body).toContain('id="request.rate_limited"');
    expect(reply.body).not.toMatch(/<script|https?:\/\//);
  });
});

describe('health', () => {
  it('says that the process lives and that it is ready', async () => {
    const app = await server();
    expect((await app.inject('/livez')).json()).toEqual({ status: 'ok' });
    expect((await app.inject('/readyz')).json()).toEqual({ status: 'ok' });
  });
});
