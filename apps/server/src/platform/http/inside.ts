import type { Transport } from '@plumbline/api-client';
import type { FastifyRequest, InjectOptions, LightMyRequestResponse } from 'fastify';
import type { InsideCalls } from './server.ts';

/** The cookies of one page request: what the browser sent, changed by what the API has set meanwhile. */
export interface Jar {
  header(): string | undefined;
  /** To go out with the page. */
  readonly setCookies: readonly string[];
  take(setCookies: readonly string[]): void;
}

export function createJar(sent: string | undefined): Jar {
  const setCookies: string[] = [];
  const changed = new Map<string, string>();
  return {
    setCookies,
    header() {
      if (changed.size === 0) return sent;
      const kept = (sent ?? '').split('; ').filter((pair) => pair !== '' && !changed.has(nameOf(pair)));
      return [...kept, ...[...changed.values()].filter((pair) => !pair.endsWith('='))].join('; ') || undefined;
    },
    take(more) {
      for (const cookie of more) {
        setCookies.push(cookie);
        const pair = cookie.split(';', 1)[0] ?? '';
        changed.set(nameOf(pair), pair);
      }
    },
  };
}

const nameOf = (pair: string) => pair.split('=', 1)[0] ?? '';

/** What the page's request says about its caller; the API's own checks then hold for the pages as for anybody. */
const passedOn = ['sec-fetch-site', 'origin', 'user-agent', 'accept-language'] as const;

/** The API for one page request: same routes, same checks, the caller's session, no socket. */
export function insideTransport(request: FastifyRequest, jar: Jar, inside: InsideCalls): Transport {
  return async ({ method, url, headers, body }) => {
    const form = body instanceof FormData ? await encode(body) : undefined;
    const reply: LightMyRequestResponse = await request.server.inject({
      method: method as NonNullable<InjectOptions['method']>,
      url,
      remoteAddress: request.ip,
      headers: { ...callerHeaders(request, jar, inside), ...headers, ...form?.headers },
      ...(body !== undefined && { payload: form?.payload ?? (body as string) }),
    });
    jar.take([reply.headers['set-cookie'] ?? []].flat());
    return answerOf(reply);
  };
}

function callerHeaders(request: FastifyRequest, jar: Jar, inside: InsideCalls): Record<string, string> {
  const headers: Record<string, string> = { [inside.header]: inside.token, 'x-request-id': request.id };
  for (const name of passedOn) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  const cookie = jar.header();
  if (cookie !== undefined) headers['cookie'] = cookie;
  return headers;
}

async function encode(form: FormData): Promise<{ headers: Record<string, string>; payload: Buffer }> {
  const encoded = new Response(form);
  const payload = Buffer.from(await encoded.arrayBuffer());
  return { headers: { 'content-type': encoded.headers.get('content-type') ?? 'multipart/form-data' }, payload };
}

function answerOf(reply: LightMyRequestResponse): Awaited<ReturnType<Transport>> {
  const isJson = /json/.test(String(reply.headers['content-type'] ?? ''));
  return { status: reply.statusCode, json: isJson && reply.body !== '' ? JSON.parse(reply.body) : undefined };
}
