import { gunzipSync } from 'node:zlib';
import { createContext, createRequestHandler, RouterContextProvider, type ServerBuild } from 'react-router';
import { Type } from 'typebox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Api } from '@plumbline/api-client';
import { matchLocale } from '@plumbline/i18n/languages';
import { closed } from '@plumbline/contracts/common';
import { route } from '@plumbline/contracts/route';
import type { FastifyInstance } from 'fastify';
import { testConfig } from '../config.ts';
import { dbTest } from '../testing.ts';
import { acceptStream } from './bodies.ts';
import { defineModule, on } from './module.ts';
import { answerPage } from './pages.ts';
import { buildActor } from './probe.fixtures.ts';
import { buildServer } from './server.ts';

const t = dbTest();

// The contract's own route of the identity module, answered by a stand-in: the client knows only routes of the contract.
const me = route({
  name: 'identity.me',
  method: 'GET',
  path: '/v1/me',
  permission: 'session:own',
  summary: 'Me',
  reply: closed({ name: Type.String() }),
});
const signIn = route({
  name: 'identity.signIn',
  method: 'POST',
  path: '/v1/sessions',
  permission: 'public',
  summary: 'Sign in',
  body: closed({ email: Type.String(), password: Type.String() }),
  reply: closed({ name: Type.String() }),
  status: 201,
});

const actor = buildActor();
const identity = defineModule({
  name: 'identity',
  authenticate: async (_ctx, token) => (token === 'good' ? actor : undefined),
  routes: [
    on(me, async (ctx) => ({ name: `${ctx.requestId} ${ctx.actor.kind}` })),
    on(signIn, async (_ctx, { body }, http) => {
      http.setSession('good', new Date(Date.now() + 3_600_000));
      return { name: body.email };
    }),
  ],
});

const apiContext = createContext<Api>();
interface Page {
  requestId: string;
  nonce: string;
  locale: string;
}
const pageContext = createContext<Page>();

type Handler = (api: Api, request: Request, page: Page) => Promise<Response>;

/** A build as the bundler would hand it over, with one handler instead of pages. */
function buildOf(handler: Handler): ServerBuild {
  const answer = ({ request, context }: { request: Request; context: RouterContextProvider }) =>
    handler(context.get(apiContext), request, context.get(pageContext));
  const root = { id: 'root', path: '*', module: { loader: answer, action: answer } };
  return {
    routes: { root },
    entry: { module: { RouterContextProvider, apiContext, pageContext, default: () => new Response('page') } },
    assets: { routes: {}, entry: { imports: [], module: '' }, url: '', version: '1' },
    future: {},
    ssr: true,
    isSpaMode: false,
    prerender: [],
    publicPath: '/',
    assetsBuildDirectory: '',
    routeDiscovery: { mode: 'initial', manifestPath: '/__manifest' },
  } as unknown as ServerBuild;
}

let app: FastifyInstance;
let handler: Handler;
beforeEach(async () => {
  const { db, clock, log } = t.ctx();
  const build = buildOf((api, request, page) => handler(api, request, page));
  app = await buildServer({
    config: testConfig({ limitFactor: 1, paymentOrigins: ['https://pay.example'] }),
    db,
    clock,
    log,
    modules: [identity],
    mount: async (server, parts, inside) => {
      await server.register(async (scope) => {
        acceptStream(scope);
        const handleUnder = (basename: string) => createRequestHandler({ ...build, basename }, 'production');
        const page = { ...parts, inside, build: async () => build, handleUnder };
        scope.all('/*', (request, reply) => answerPage(page, request, reply));
      });
    },
  });
});
afterEach(() => app.close());

const json = (value: unknown) => new Response(JSON.stringify(value), { headers: { 'x-page': 'yes' } });

describe('a page', () => {
  it('asks the API as its caller, under its own request id', async () => {
    handler = async (api, _request, page) => json({ me: await api.identity.me(), id: page.requestId });
    const reply = await app.inject({ url: '/bookings', headers: { cookie: 'sid=good; other=1' } });
    expect(reply.statusCode).toBe(200);
    const { me: answer, id } = reply.json<{ me: { name: string }; id: string }>();
    expect(answer.name).toBe(`${id} person`);
    expect(reply.headers['x-request-id']).toBe(id);
    expect(reply.headers['cache-control']).toBe('private, no-store');
    expect(reply.headers['x-page']).toBe('yes');
  });

  it('gets the refusal of the API as a problem', async () => {
    handler = async (api) => api.identity.me().then(json, (error: { code: string }) => json({ code: error.code }));
    expect((await app.inject('/bookings')).json()).toEqual({ code: 'access.sign_in_required' });
  });

  it('has a policy with a nonce of its own that lets forms lead to the payment page', async () => {
    handler = async (_api, _request, { nonce }) => json({ nonce });
    const [one, two] = [await app.inject('/'), await app.inject('/')];
    expect(one.json().nonce).not.toBe(two.json().nonce);
    const policy = String(one.headers['content-security-policy']);
    expect(policy).toContain(`script-src 'self' 'nonce-${one.json().nonce}';`);
    expect(policy).toContain(`form-action 'self' https://pay.example`);
  });

  it('is compressed for a browser that takes it', async () => {
    const words = 'plumb line '.repeat(500);
    handler = async () => new Response(words, { headers: { 'content-type': 'text/html' } });
    const reply = await app.inject({ url: '/', headers: { 'accept-encoding': 'gzip, br' } });
    expect(reply.headers['content-encoding']).toBe('gzip');
    expect(reply.rawPayload.length).toBeLessThan(500);
    expect(gunzipSync(reply.rawPayload).toString()).toBe(words);
    expect((await app.inject('/')).body).toBe(words);
  });

  it('is counted once, however often it asks the API', async () => {
    handler = async (api) => {
      for (let n = 0; n < 10; n += 1) await api.identity.me().catch(() => undefined);
      return json({});
    };
    const statuses = [];
    for (let n = 0; n < 20; n += 1) statuses.push((await app.inject('/')).statusCode);
    expect(statuses.every((status) => status === 200)).toBe(true);
  });
});

describe('a form of a page', () => {
  const post = (headers: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: '/sign-in',
      payload: 'email=amira%40plumbline.example',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });

  it('reaches its action unread, and the session that the API sets goes on in the same request and into the browser', async () => {
    handler = async (api, request) => {
      const email = String((await request.formData()).get('email'));
      const { name } = await api.identity.signIn({ body: { email, password: 'x' } });
      return json({ name, me: (await api.identity.me()).name });
    };
    const reply = await post({ 'sec-fetch-site': 'same-origin' });
    expect(reply.json()).toMatchObject({ name: 'amira@plumbline.example', me: expect.stringContaining('person') });
    expect(reply.headers['set-cookie']).toMatch(/^sid=good; .*HttpOnly/);
    expect(reply.headers['cache-control']).toBe('private, no-store');
  });

  it('is refused when a foreign page sent it', async () => {
    handler = async () => json({ reached: true });
    const reply = await post({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' });
    expect([reply.statusCode, reply.json().code]).toEqual([403, 'request.cross_site']);
  });

  it('cannot write by a link that a foreign page follows', async () => {
    handler = async (api) =>
      api.identity
        .signIn({ body: { email: 'a', password: 'b' } })
        .then(json, (error: { code: string }) => json({ code: error.code }));
    const reply = await app.inject({ url: '/sign-in', headers: { 'sec-fetch-site': 'cross-site' } });
    expect(reply.json()).toEqual({ code: 'request.cross_site' });
  });
});

describe('the language of a page', () => {
  const ask = async (url: string, headers: Record<string, string> = {}) => {
    handler = async (_api, _request, { locale }) => new Response(locale);
    const reply = await app.inject({ url, headers });
    return { locale: reply.body, headers: reply.headers };
  };

  it('is the one that the address names, whatever the reader prefers', async () => {
    const { locale, headers } = await ask('/de/explore?q=tap', { cookie: 'lang=fr', 'accept-language': 'ar' });
    expect(locale).toBe('de');
    expect(headers['content-language']).toBe('de');
    expect(headers['vary'] ?? '').not.toContain('cookie');
  });

  it('is the reader’s where the address names none: chosen here, else the browser’s', async () => {
    expect((await ask('/explore', { cookie: 'sid=good; lang=fr', 'accept-language': 'ar' })).locale).toBe('fr');
    const { locale, headers } = await ask('/explore', { 'accept-language': 'pl, de-AT;q=0.8, en;q=0.5' });
    expect(locale).toBe('de');
    expect(headers['vary']).toContain('accept-language');
  });

  it('is the account’s before the browser’s, and English when nobody says anything', async () => {
    expect((await ask('/explore', { cookie: 'sid=good', 'accept-language': 'ar' })).locale).toBe(
      matchLocale(actor.locale),
    );
    expect((await ask('/explore')).locale).toBe('en-GB');
  });

  it('is never one that we do not speak', async () => {
    expect((await ask('/explore', { cookie: 'lang=tlh' })).locale).toBe('en-GB');
    expect((await ask('/explore', { cookie: 'lang=<x>', 'accept-language': ';q=,,*' })).locale).toBe('en-GB');
  });
});
