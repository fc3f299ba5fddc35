import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { permissionsOf, type Permission } from '@plumbline/domain/access';
import type { Route } from '@plumbline/contracts/route';
import { isShared } from '../clock.ts';
import type { Ctx, PersonActor } from '../ctx.ts';
import { refuse } from '../errors.ts';
import { allowedOrigins, refuseCrossSite } from './csrf.ts';
import { answerHeaders, applyHeaders } from './headers.ts';
import type { Limits } from './limits.ts';
import type { InsideCalls, ServerParts } from './server.ts';
import type { Sessions } from './session.ts';

declare module 'fastify' {
  interface FastifyRequest {
    ctx: Ctx;
  }
  interface FastifyContextConfig {
    /** The contract of an API route. */
    contract?: Route;
    /** Files of the web build and health: no session, no limit. */
    plain?: true;
  }
}

interface Entrance {
  sessions: Sessions;
  limits: Limits;
  inside: InsideCalls;
}

/** Everything that happens to a request before its body is read: who, from where, how often, may they at all. */
export function installEntrance(app: FastifyInstance, parts: ServerParts, entrance: Entrance): void {
  const headers = answerHeaders(parts.config);
  const origins = allowedOrigins(parts.config);
  const { clock } = parts;
  // The value of a decorator may not be an object that requests share, hence the getter of nothing.
  app.decorateRequest('ctx', null as unknown as Ctx);
  app.addHook('onRequest', async (request, reply) => {
    applyHeaders(reply, headers);
    reply.header('x-request-id', request.id);
    request.ctx = anonymousCtx(parts, request);
    const { contract, plain } = request.routeOptions.config;
    // Files of the web build: nobody's budget, no session needed.
    if (plain) return;
    if (isShared(clock)) await clock.refresh();
    if (request.url.includes('%00')) refuse('request.invalid', { errors: nulError });
    if (!contract?.rawBody) refuseCrossSite(request, origins);
    await identify(request, entrance.sessions);
    if (!isInside(request, entrance.inside)) await entrance.limits.general(request, reply);
    if (contract) admit(request.ctx, contract.permission);
  });
  app.addHook('onResponse', (request, reply, done) => {
    writeLine(request, reply);
    done();
  });
}

const nulError = [{ path: 'url', message: 'must not contain the character NUL' }];

function anonymousCtx({ clock, db, config }: ServerParts, request: FastifyRequest): Ctx {
  return {
    actor: { kind: 'anonymous' },
    regionId: config.defaultRegion,
    requestId: request.id,
    clock,
    log: request.log as Ctx['log'],
    db,
  };
}

async function identify(request: FastifyRequest, sessions: Sessions): Promise<void> {
  const known = sessions.of(request.ctx, request);
  const actor = known instanceof Promise ? await known : known;
  if (actor) request.ctx = { ...request.ctx, actor, regionId: actor.regionId };
}

function isInside(request: FastifyRequest, { header, token }: InsideCalls): boolean {
  return request.headers[header] === token;
}

const allowed = new WeakMap<PersonActor, ReadonlySet<Permission>>();

/** Refuses whoever may not call the route at all: 401 when nobody is signed in, else 403. */
function admit({ actor }: Ctx, permission: Permission | 'public'): void {
  if (permission === 'public') return;
  if (actor.kind !== 'person') refuse('access.sign_in_required');
  const permissions = allowed.get(actor) ?? permissionsOf(actor.grants, actor.memberships);
  allowed.set(actor, permissions);
  if (!permissions.has(permission)) refuse('access.forbidden', { permission });
}

function writeLine(request: FastifyRequest, reply: FastifyReply): void {
  if (request.routeOptions.config.plain) return;
  const { actor } = request.ctx ?? { actor: { kind: 'anonymous' } };
  request.log.info({
    method: request.method,
    route: request.routeOptions.url ?? 'none',
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
    ...(actor.kind === 'person' && { person: actor.personId }),
  });
}
