import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import type { Ctx, PersonActor } from '../ctx.ts';
import type { Db } from '../db/db.ts';
import { notify } from '../wake.ts';

type Authenticate = (ctx: Ctx, token: string) => Promise<PersonActor | undefined>;

/** How long an answer of the identity module is believed; NOTIFY ends it sooner on every process. */
const believedMs = 5000;
const mostCached = 20_000;

interface Cached {
  actor: PersonActor;
  until: number;
}

/** Who a request's session cookie belongs to. */
export interface Sessions {
  of(ctx: Ctx, request: FastifyRequest): PersonActor | undefined | Promise<PersonActor | undefined>;
  /** Forgets a session, or all of a person. */
  forget(id: string): void;
  forgetAll(): void;
}

export function createSessions(authenticate: Authenticate | undefined, cookieName: string): Sessions {
  const cache = new Map<string, Cached>();
  const look = async (ctx: Ctx, token: string) => {
    const actor = await authenticate?.(ctx, token);
    if (!actor) return undefined;
    if (cache.size >= mostCached) cache.clear();
    // A test's transaction is rolled back: what it knew must not outlive it.
    if (!ctx.db.around) cache.set(keyOf(token), { actor, until: performance.now() + believedMs });
    return actor;
  };
  return {
    of(ctx, request) {
      const token = tokenOf(request, cookieName);
      if (token === undefined) return undefined;
      const known = cache.get(keyOf(token));
      return known && known.until > performance.now() ? known.actor : look(ctx, token);
    },
    forget(id) {
      for (const [key, { actor }] of cache) {
        if (actor.sessionId === id || actor.personId === id) cache.delete(key);
      }
    },
    forgetAll: () => cache.clear(),
  };
}

/** The cookie only travels over TLS in production; the `__Host-` prefix binds it to this very host. */
export function sessionCookieName({ publicUrl }: Config): string {
  return isSecure(publicUrl) ? '__Host-sid' : 'sid';
}

/** Puts a session into the browser. */
export function setSessionCookie(reply: FastifyReply, settings: Config, token: string, expiresAt: Date): void {
  const seconds = Math.max(0, Math.floor((expiresAt.getTime() - Date.now()) / 1000));
  reply.setCookie(sessionCookieName(settings), token, { ...attributes(settings), maxAge: seconds });
}

export function clearSessionCookie(reply: FastifyReply, settings: Config): void {
  reply.clearCookie(sessionCookieName(settings), attributes(settings));
}

/**
 * Tells every API process that a session (or, by a person's id, all of theirs) ended or changed: grants, suspension,
 * sign-out. Call it after the commit.
 */
export async function sessionChanged(db: Db, id: string): Promise<void> {
  if (!db.around) await notify(db, 'session', id);
}

function attributes({ publicUrl }: Config) {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure(publicUrl) } as const;
}

const isSecure = (publicUrl: string) => publicUrl.startsWith('https:');

/** Longer than any token of ours: not worth a look-up. */
const longestToken = 256;

function tokenOf(request: FastifyRequest, cookieName: string): string | undefined {
  if (request.headers.cookie === undefined) return undefined;
  const token = request.cookies[cookieName];
  return token && token.length <= longestToken ? token : undefined;
}

/** Tokens themselves are not kept in memory longer than the request. */
const keyOf = (token: string) => createHash('sha256').update(token).digest('base64');
