import rateLimitPlugin, { normalizeIP } from '@fastify/rate-limit';
import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RateClass, Route } from '@plumbline/contracts/route';
import { limits as numbers, type Config } from '../config.ts';
import type { Ctx } from '../ctx.ts';
import { statement } from '../db/statement.ts';
import { Refusal } from '../errors.ts';

const minuteMs = 60_000;

/** Counts a request and throws when its budget is spent. Rate limits run on real time. */
export interface Limits {
  /** Any request: 60 a minute for a network address, 300 for a person who is signed in. */
  general(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** What the route's own class adds; after validation, because signing in counts by account too. */
  ofClass(ctx: Ctx, route: Route, request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

/** The general budget is counted in this process; those of the classes in the database, across all processes. */
export async function installLimits(app: FastifyInstance, { limitFactor }: Config): Promise<Limits> {
  await app.register(rateLimitPlugin, { global: false, cache: 20_000 });
  const count = app.createRateLimit({
    timeWindow: minuteMs,
    keyGenerator: (request) => (isWebhook(request) ? `webhook:${networkOf(request)}` : callerKey(request)),
    max: (request) => limitFactor * budgetOf(request),
  });
  return {
    async general(request, reply) {
      const result = await count(request);
      if (!result.isAllowed && result.isExceeded) tooMany(reply, result.ttlInSeconds);
    },
    async ofClass(ctx, route, request, reply) {
      for (const budget of budgetsOf(route.limit ?? 'default', request)) {
        const waitMs = await take(ctx, budget, limitFactor);
        if (waitMs !== undefined) tooMany(reply, Math.ceil(waitMs / 1000));
      }
    },
  };
}

function tooMany(reply: FastifyReply, seconds: number): never {
  reply.header('retry-after', String(Math.max(1, seconds)));
  throw new Refusal('request.rate_limited', { retryAfterSeconds: Math.max(1, seconds) });
}

interface Budget {
  key: string;
  max: number;
  windowMs: number;
}

function budgetsOf(limit: RateClass, request: FastifyRequest): Budget[] {
  if (limit === 'sign_in') return signInBudgets(request);
  const caller = callerKey(request);
  if (limit === 'money') return [{ key: `money:${caller}`, max: numbers.moneyPerMinute, windowMs: minuteMs }];
  if (limit === 'message') return [{ key: `message:${caller}`, max: numbers.messagePerMinute, windowMs: minuteMs }];
  return [];
}

function signInBudgets(request: FastifyRequest): Budget[] {
  const network = {
    key: `sign_in:${networkOf(request)}`,
    max: numbers.signInPerNetworkPerHour,
    windowMs: 60 * minuteMs,
  };
  const account = accountOf(request.body);
  if (account === undefined) return [network];
  const max = numbers.signInPerAccountPer15Minutes;
  return [network, { key: `sign_in:account:${account}`, max, windowMs: 15 * minuteMs }];
}

/** A hash, because the address of somebody who failed to sign in is nothing that we want to keep. */
function accountOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('email' in body) || typeof body.email !== 'string') return;
  return createHash('sha256').update(body.email.trim().toLowerCase()).digest('base64url');
}

/** Signed messages of a payment service come in bursts, from one address for everybody: a budget of their own. */
const webhooksPerMinute = 3_000;

const isWebhook = (request: FastifyRequest): boolean => request.routeOptions.config.contract?.rawBody === true;

function budgetOf(request: FastifyRequest): number {
  if (isWebhook(request)) return webhooksPerMinute;
  return isSignedIn(request) ? numbers.signedInPerMinute : numbers.anonymousPerMinute;
}

const isSignedIn = (request: FastifyRequest) => request.ctx.actor.kind === 'person';

function callerKey(request: FastifyRequest): string {
  const { actor } = request.ctx;
  return actor.kind === 'person' ? `person:${actor.personId}` : networkOf(request);
}

/** An IPv6 customer owns at least a /64, so that is what counts as one network. */
const networkOf = (request: FastifyRequest) => `network:${normalizeIP(request.ip)}`;

const hit = statement<{ hits: number }, [string, Date]>(
  'platform.rateHit',
  `insert into rate_window (key, window_start, hits) values ($1, $2, 1)
   on conflict (key) do update set
     hits = case when rate_window.window_start = excluded.window_start then rate_window.hits + 1 else 1 end,
     window_start = excluded.window_start
   returning hits`,
);

/** Counts one; the milliseconds until the window ends when its budget is spent. */
async function take(ctx: Ctx, { key, max, windowMs }: Budget, factor: number): Promise<number | undefined> {
  const now = Date.now();
  const start = now - (now % windowMs);
  const { hits } = await hit.one(ctx, key, new Date(start));
  return hits > max * factor ? start + windowMs - now : undefined;
}
