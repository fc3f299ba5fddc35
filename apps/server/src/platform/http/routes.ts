import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import type { Static } from 'typebox';
import type { FileReply, Route } from '@plumbline/contracts/route';
import { limits as numbers } from '../config.ts';
import type { Ctx } from '../ctx.ts';
import { refuse } from '../errors.ts';
import { acceptForm, acceptJson, acceptRaw, filesAtOnce } from './bodies.ts';
import { formValidatorCompiler } from './compilers.ts';
import { claimOf, runInside, runOutside, sendAnswer, serviceKey, type Answer } from './idempotency.ts';
import type { Limits } from './limits.ts';
import type { HttpReply, LooseInput, Module, RouteHandler } from './module.ts';
import type { ServerParts } from './server.ts';
import { clearSessionCookie, setSessionCookie } from './session.ts';

/** An absent part of the contract means that nothing may be sent there. */
const nothing = { type: 'object', properties: {}, additionalProperties: false };
const noBody = { ...nothing, type: ['object', 'null'] };

/** Puts the modules' routes on the server. Throws when one names no permission, or two share a name. */
export async function installRoutes(app: FastifyInstance, parts: ServerParts, limits: Limits): Promise<void> {
  const handlers = parts.modules.flatMap((module) => module.routes ?? []);
  handlers.forEach(refuseIncomplete);
  refuseTwins(handlers);
  const isKnownRegion = regionCheck(parts.modules);
  const add = (scope: FastifyInstance, handler: RouteHandler) =>
    addRoute(scope, parts, handler, { limits, isKnownRegion });

  await app.register(async (scope) => {
    acceptJson(scope);
    handlers.filter(({ route }) => !route.rawBody && !route.multipart).forEach((handler) => add(scope, handler));
    scope.all('/v1/*', (request, reply) => refuseUnrouted(request, reply, handlers));
  });
  await app.register(async (scope) => {
    acceptRaw(scope);
    handlers.filter(({ route }) => route.rawBody).forEach((handler) => add(scope, handler));
  });
  await app.register(async (scope) => {
    await acceptForm(scope);
    scope.setValidatorCompiler(formValidatorCompiler);
    handlers.filter(({ route }) => route.multipart).forEach((handler) => add(scope, handler));
  });
}

/** The types ask for it too; this also holds for a contract that came past them. */
function refuseIncomplete({ route }: RouteHandler): void {
  const permission: unknown = route.permission;
  if (typeof permission === 'string' && permission !== '') return;
  throw new Error(`the route ${route.name} names no permission; write 'public' where anybody may call it`);
}

function refuseTwins(handlers: readonly RouteHandler[]): void {
  const names = new Set<string>();
  for (const { route } of handlers) {
    if (names.has(route.name)) throw new Error(`two routes are named ${route.name}`);
    names.add(route.name);
  }
}

interface RouteParts {
  limits: Limits;
  isKnownRegion: (ctx: Ctx, regionId: string) => Promise<boolean>;
}

function addRoute(
  scope: FastifyInstance,
  { config }: ServerParts,
  handler: RouteHandler,
  routeParts: RouteParts,
): void {
  const { route } = handler;
  scope.route({
    method: route.method,
    url: route.path,
    schema: schemaOf(route),
    config: { contract: route },
    ...(route.multipart && { bodyLimit: filesAtOnce * numbers.uploadBytes + numbers.bodyBytes }),
    handler: async (request, reply) => {
      const ctx = await placed(request.ctx, request, routeParts);
      await routeParts.limits.ofClass(ctx, route, request, reply);
      const input: LooseInput = { params: request.params, query: request.query, body: request.body ?? undefined };
      const http = doorOf(request, reply, config);
      if (route.idempotent) return answerOnce(ctx, handler, input, http, request, reply);
      const result = await handler.handle(ctx, input, http);
      reply.code(route.status ?? 200);
      if (route.file) return sendFile(reply, result);
      return route.status === 204 ? reply.send() : result;
    },
  });
}

function schemaOf(route: Route): FastifySchema {
  const schema: FastifySchema = { querystring: route.query ?? nothing };
  if (route.params) schema.params = route.params;
  if (!route.rawBody && route.method !== 'GET') schema.body = route.body ?? noBody;
  if (route.status !== 204 && !route.file) schema.response = { [route.status ?? 200]: route.reply };
  return schema;
}

/** What people uploaded is shown, never run: no guessing of its type, no scripts, no other origin. */
function sendFile(reply: FastifyReply, result: unknown): FastifyReply {
  const { bytes, contentType, name } = result as Static<typeof FileReply>;
  return reply
    .type(contentType)
    .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(name)}`)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cache-control', 'private, no-store')
    .send(Buffer.from(bytes));
}

/** The ctx in the region that the path names; a signed-in person's own otherwise. */
async function placed(ctx: Ctx, request: FastifyRequest, { isKnownRegion }: RouteParts): Promise<Ctx> {
  const { regionId } = request.params as { regionId?: string };
  if (regionId === undefined || regionId === ctx.regionId) return ctx;
  if (!(await isKnownRegion(ctx, regionId))) refuse('region.unknown');
  return { ...ctx, regionId };
}

/** Regions come seldom and never go: a known one is remembered. */
function regionCheck(modules: readonly Module[]): RouteParts['isKnownRegion'] {
  const regions = modules.find((module) => module.regions)?.regions;
  const known = new Set<string>();
  return async (ctx, regionId) => {
    if (!known.has(regionId)) for (const id of (await regions?.(ctx)) ?? []) known.add(id);
    return known.has(regionId);
  };
}

async function answerOnce(
  ctx: Ctx,
  { route, handle, outside }: RouteHandler,
  input: LooseInput,
  http: HttpReply,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const claim = claimOf(ctx, request, route.name, input);
  const status = route.status ?? 200;
  const work = async (inner: Ctx): Promise<Answer> => {
    const result = await handle({ ...inner, idempotencyKey: serviceKey(claim) }, input, http);
    return { status, body: textOf(reply, result, status), replayed: false };
  };
  const run = outside ? runOutside : runInside;
  return sendAnswer(reply, await run(ctx, claim, work));
}

/** The answer's text by the contract of its status. */
function textOf(reply: FastifyReply, result: unknown, status: number): string {
  const write = reply.getSerializationFunction(String(status));
  if (!write) throw new Error(`an idempotent route answers ${status} without a schema`);
  return write(result as Parameters<typeof write>[0]);
}

function doorOf(request: FastifyRequest, reply: FastifyReply, config: ServerParts['config']): HttpReply {
  const userAgent = request.headers['user-agent'];
  return {
    address: request.ip,
    ...(userAgent !== undefined && { userAgent }),
    header: (name) => {
      const value = request.headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    setSession: (token, expiresAt) => setSessionCookie(reply, config, token, expiresAt),
    clearSession: () => clearSessionCookie(reply, config),
    rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    files: request.uploads ?? [],
  };
}

/** No route answers: 405 when another method would, else 404. */
function refuseUnrouted(request: FastifyRequest, reply: FastifyReply, handlers: readonly RouteHandler[]): never {
  const path = request.url.split('?', 1)[0] ?? '';
  const methods = handlers.filter(({ route }) => patternOf(route.path).test(path)).map(({ route }) => route.method);
  if (methods.length === 0) refuse('request.not_found');
  reply.header('allow', [...new Set(methods)].join(', '));
  refuse('request.method_not_allowed');
}

const patternOf = (path: string) => new RegExp(`^${path.replaceAll(/:[a-zA-Z]+/g, '[^/]+')}$`);
