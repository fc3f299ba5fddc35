import { routes } from '@plumbline/contracts';
import type { Problem } from '@plumbline/contracts/common';
import type { BodyOf, ParamsOf, QueryOf, ReplyOf, Route } from '@plumbline/contracts/route';

export interface TransportRequest {
  method: string;
  /** Path with query, beginning with `/v1/`. */
  url: string;
  headers: Record<string, string>;
  /** JSON text, or a form with files, or nothing. */
  body?: string | FormData;
}

export interface TransportReply {
  status: number;
  json: unknown;
}

/** How a request travels: in-process on the server, by fetch in the browser and on the phone. */
export type Transport = (request: TransportRequest) => Promise<TransportReply>;

type Part<Name extends string, Value> = undefined extends Value
  ? { [K in Name]?: undefined }
  : Record<string, never> extends Value
    ? { [K in Name]?: Value }
    : { [K in Name]: Value };

/** What a call takes: exactly the parts that the route declares. */
export type CallInput<R extends Route> = Part<'params', ParamsOf<R>> &
  Part<'query', QueryOf<R>> &
  (R extends { multipart: true } ? { form: FormData } : Part<'body', BodyOf<R>>) & {
    /** Makes a repeated money write the same write. */
    idempotencyKey?: string;
  };

type Call<R extends Route> =
  Record<string, never> extends CallInput<R>
    ? (input?: CallInput<R>) => Promise<ReplyOf<R>>
    : (input: CallInput<R>) => Promise<ReplyOf<R>>;

export type Api = {
  [M in keyof typeof routes]: {
    [N in keyof (typeof routes)[M]]: (typeof routes)[M][N] extends Route ? Call<(typeof routes)[M][N]> : never;
  };
};

/** A refusal by the API: carries the problem details as they came. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}`);
    this.name = 'ApiProblem';
    this.status = problem.status;
    this.code = problem.code;
    this.problem = problem;
  }
}

interface LooseInput {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
  form?: FormData;
  idempotencyKey?: string;
}

/** The typed client over a transport. Throws `ApiProblem` for every answer that is not a success. */
export function createClient(transport: Transport): Api {
  const client: Record<string, Record<string, unknown>> = {};
  for (const [moduleName, moduleRoutes] of Object.entries<Record<string, Route>>(routes)) {
    const calls: Record<string, unknown> = {};
    for (const [name, route] of Object.entries(moduleRoutes)) {
      calls[name] = (input: LooseInput = {}) => call(transport, route, input);
    }
    client[moduleName] = calls;
  }
  return client as Api;
}

async function call(transport: Transport, route: Route, input: LooseInput): Promise<unknown> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (input.idempotencyKey) headers['idempotency-key'] = input.idempotencyKey;
  if (input.body !== undefined) headers['content-type'] = 'application/json';
  const body = input.form ?? (input.body === undefined ? undefined : JSON.stringify(input.body));
  const request: TransportRequest = { method: route.method, url: urlOf(route, input), headers };
  if (body !== undefined) request.body = body;
  const reply = await transport(request);
  if (reply.status >= 200 && reply.status < 300) return reply.json;
  throw new ApiProblem(asProblem(reply));
}

function urlOf(route: Route, { params = {}, query = {} }: LooseInput): string {
  const path = route.path.replace(/:([a-zA-Z]+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    for (const item of Array.isArray(value) ? value : [value]) search.append(key, String(item));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

function asProblem(reply: TransportReply): Problem {
  const json = reply.json;
  if (json && typeof json === 'object' && 'code' in json && 'status' in json) return json as Problem;
  return { type: 'about:blank', title: 'Unexpected answer', status: reply.status, code: 'request.unexpected' };
}
