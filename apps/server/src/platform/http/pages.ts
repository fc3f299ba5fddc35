import { randomBytes } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import type { ReadableStream as NodeWebStream } from 'node:stream/web';
import { constants, createGzip } from 'node:zlib';
import { createClient } from '@plumbline/api-client';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestHandler, RouterContextProvider, ServerBuild } from 'react-router';
import { pagePolicy } from './headers.ts';
import { createJar, insideTransport, type Jar } from './inside.ts';
import { languageOf } from './language.ts';
import type { InsideCalls, ServerParts } from './server.ts';

export interface PageParts extends ServerParts {
  inside: InsideCalls;
  build: () => Promise<ServerBuild>;
  /** The pages under a basename: the language that an address names, or nothing. */
  handleUnder: (basename: string) => RequestHandler;
}

/** What the web build hands over beside its handler: the keys of the context are the very objects of that build. */
interface EntryExports {
  RouterContextProvider: new () => RouterContextProvider;
  apiContext: Parameters<RouterContextProvider['set']>[0];
  pageContext: Parameters<RouterContextProvider['set']>[0];
}

/** Answers a page (or its data) by React Router; its loaders speak to the API within this process. */
export async function answerPage(
  parts: PageParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const nonce = randomBytes(16).toString('base64url');
  const jar = createJar(request.headers.cookie);
  const { locale, basename } = languageOf(request, parts.config.demo);
  const context = await contextOf(parts, request, { jar, nonce, locale });
  const response = await parts.handleUnder(basename)(webRequest(request, parts.config.publicUrl), context);
  copyHeaders(response, reply);
  reply.header('content-language', locale);
  // A shared copy of a page must not reach somebody who reads another language.
  if (basename === '') reply.header('vary', 'accept-language, cookie');
  for (const cookie of jar.setCookies) reply.header('set-cookie', cookie);
  const { web, paymentOrigins } = parts.config;
  // Vite's own scripts are inline and speak over a socket, so development goes without a policy.
  if (web === 'dev') reply.removeHeader('content-security-policy');
  else reply.header('content-security-policy', pagePolicy({ nonce, formTargets: paymentOrigins }));
  if (request.ctx.actor.kind === 'person' || jar.setCookies.length > 0) {
    reply.header('cache-control', 'private, no-store');
  }
  reply.code(response.status);
  return reply.send(bodyOf(response, request, reply));
}

/** Quick rather than small: a page is compressed for one reader. */
const gzipLevel = 3;

/** Text goes out compressed where the browser takes it; the files of the build were compressed when it was made. */
function bodyOf(response: Response, request: FastifyRequest, reply: FastifyReply): Readable | string {
  if (!response.body) return '';
  const body = Readable.fromWeb(response.body as NodeWebStream);
  const isText = /^text\/|javascript|json|svg/.test(response.headers.get('content-type') ?? '');
  if (!isText || !/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return body;
  const vary = [reply.getHeader('vary'), 'accept-encoding'].filter(Boolean).join(', ');
  reply.header('content-encoding', 'gzip').header('vary', vary).removeHeader('content-length');
  const gzip = createGzip({ level: gzipLevel, flush: constants.Z_SYNC_FLUSH });
  // Ends both when one breaks; Fastify hears of it from the stream that it sends.
  pipeline(body, gzip, () => undefined);
  return gzip;
}

async function contextOf(
  { config, clock, inside, build }: PageParts,
  request: FastifyRequest,
  { jar, nonce, locale }: { jar: Jar; nonce: string; locale: string },
): Promise<RouterContextProvider> {
  const { RouterContextProvider, apiContext, pageContext } = (await build()).entry.module as unknown as EntryExports;
  const context = new RouterContextProvider();
  const { regionId } = request.ctx;
  context.set(apiContext, createClient(insideTransport(request, jar, inside)));
  context.set(pageContext, {
    requestId: request.id,
    nonce,
    demo: config.demo,
    regionId,
    locale,
    origin: config.publicUrl,
    now: clock.now().toISOString(),
    liveCursor: request.server.liveCursor(),
  });
  return context;
}

function webRequest(request: FastifyRequest, publicUrl: string): Request {
  const { method } = request;
  const left = new AbortController();
  request.raw.once('close', () => !request.raw.complete && left.abort());
  const body = method === 'GET' || method === 'HEAD' ? undefined : (request.body as Readable | undefined);
  return new Request(new URL(request.url, publicUrl), {
    method,
    headers: webHeaders(request),
    signal: left.signal,
    ...(body && { body: Readable.toWeb(body) as ReadableStream, duplex: 'half' }),
  });
}

function webHeaders(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (name.startsWith(':')) continue;
    for (const each of Array.isArray(value) ? value : [value ?? '']) headers.append(name, each);
  }
  return headers;
}

function copyHeaders(response: Response, reply: FastifyReply): void {
  response.headers.forEach((value, name) => {
    if (name !== 'set-cookie') reply.header(name, value);
  });
  // A plain loop would fold several cookies into one.
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie);
}
