import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../app.ts';
import { answerControl } from '../control/control.ts';
import type { Json } from '../control/read.ts';
import { runDue } from '../due.ts';
import { answerChallenge, showChallenge } from '../pages/challenge.ts';
import { notFound, type Page } from '../pages/layout.ts';
import { showOnboarding, submitOnboarding } from '../pages/onboarding.ts';
import { showPay, submitPay } from '../pages/pay.ts';
import { answerApi } from './api.ts';

const MAX_BODY = 1024 * 1024;

interface Request {
  method: string;
  path: string;
  search: URLSearchParams;
  raw: IncomingMessage;
  body: string;
}

interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
  cut?: boolean;
  delayMs?: number;
}

async function readBody(message: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function jsonReply(status: number, body: object): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
    body: JSON.stringify(body, null, 2),
  };
}

function headerOf(message: IncomingMessage, name: string): string | undefined {
  const value = message.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function viaApi(app: App, request: Request): Reply {
  return answerApi(app, {
    method: request.method,
    path: request.path,
    query: request.search.toString(),
    header: (name) => headerOf(request.raw, name),
    body: request.body,
  });
}

function controlInput(request: Request): Json | undefined {
  if (request.method === 'GET') return Object.fromEntries(request.search);
  if (request.body === '') return {};
  try {
    const value: unknown = JSON.parse(request.body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    // Not JSON: the caller answers 400.
    return undefined;
  }
}

function viaControl(app: App, request: Request): Reply {
  const input = controlInput(request);
  if (input === undefined)
    return jsonReply(400, { error: { type: 'invalid_request_error', message: 'The body must be a JSON object.' } });
  const reply = answerControl(app, {
    method: request.method,
    path: request.path,
    authorization: headerOf(request.raw, 'authorization'),
    input,
  });
  return jsonReply(reply.status, reply.body);
}

function show(app: App, kind: string, id: string, request: Request): Page {
  if (kind === 'c/pay') return showPay(app, id, request.search);
  if (kind === '3ds') return showChallenge(app, id);
  return showOnboarding(app, id, request.search);
}

function submit(app: App, kind: string, id: string, request: Request): Page {
  const form = new URLSearchParams(request.body);
  return app.store.db.transaction(() => {
    if (kind === 'c/pay') return submitPay(app, id, form);
    if (kind === '3ds') return answerChallenge(app, id, form);
    return submitOnboarding(app, id, request.search, form, request.raw.socket.remoteAddress ?? '127.0.0.1');
  });
}

function viaPages(app: App, request: Request): Reply {
  const found = /^\/(c\/pay|3ds|onboarding)\/([A-Za-z0-9_]+)$/.exec(request.path);
  const kind = found?.[1];
  const id = found?.[2];
  if (kind === undefined || id === undefined) return notFound();
  runDue(app);
  if (request.method === 'GET') return show(app, kind, id, request);
  if (request.method !== 'POST') return { status: 405, headers: { Allow: 'GET, POST' }, body: '' };
  const answer = submit(app, kind, id, request);
  app.poke();
  return answer;
}

function answer(app: App, request: Request): Reply {
  if (request.path.startsWith('/v1/') || request.path.startsWith('/v2/')) return viaApi(app, request);
  if (request.path.startsWith('/_sandbox/')) return viaControl(app, request);
  return viaPages(app, request);
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply.cut) {
    response.destroy();
    return;
  }
  response.writeHead(reply.status, { ...reply.headers, 'Content-Length': Buffer.byteLength(reply.body) });
  response.end(reply.body);
}

async function handle(app: App, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(message);
  if (body === undefined) {
    response.setHeader('Connection', 'close');
    send(response, jsonReply(413, { error: { type: 'invalid_request_error', message: 'The request is too large.' } }));
    return;
  }
  const target = new URL(message.url ?? '/', 'http://sandbox.invalid');
  const method = message.method === 'HEAD' ? 'GET' : (message.method ?? 'GET');
  await app.settings.clock.refresh?.();
  const reply = answer(app, { method, path: target.pathname, search: target.searchParams, raw: message, body });
  if (reply.delayMs !== undefined) await sleep(reply.delayMs);
  send(response, reply);
}

/** The HTTP server, not yet listening. An error that nobody foresaw is logged and answered with 500. */
export function createHttpServer(app: App): Server {
  return createServer((message, response) => {
    handle(app, message, response).catch((error: unknown) => {
      app.settings.log({
        msg: 'sandbox failed',
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
      if (response.headersSent) response.destroy();
      else
        send(
          response,
          jsonReply(500, { error: { type: 'api_error', message: 'The sandbox has failed; see its log.' } }),
        );
    });
  });
}
