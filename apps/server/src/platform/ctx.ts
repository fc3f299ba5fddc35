import type { Grant, Membership } from '@plumbline/domain/access';
import type { Logger } from 'pino';
import type { Db } from './db/db.ts';
import { refuse } from './errors.ts';

export type RegionId = string;

/** Business time: real time plus the offset of a demo market. Rules ask it, never `Date.now()`. */
export interface Clock {
  now(): Date;
}

export interface PersonActor {
  kind: 'person';
  personId: string;
  name: string;
  regionId: RegionId;
  sessionId: string;
  locale: string;
  grants: Grant[];
  memberships: Membership[];
}

export type Actor = { kind: 'anonymous' } | { kind: 'system'; name: string } | PersonActor;

/** What every function of a module gets first: who asks, where, when, and the open transaction if there is one. */
export interface Ctx {
  actor: Actor;
  regionId: RegionId;
  requestId: string;
  clock: Clock;
  log: Logger;
  db: Db;
  idempotencyKey?: string;
}

/** The same ctx as the system acts in it, for tasks, listeners and deadlines of one region. */
export function systemCtx(base: Ctx, name: string, regionId: RegionId): Ctx {
  const { idempotencyKey: _, ...rest } = base;
  return { ...rest, actor: { kind: 'system', name }, regionId };
}

/** The person who acts. Refuses `access.sign_in_required` when nobody is signed in. */
export function personOf(ctx: Ctx): PersonActor {
  return ctx.actor.kind === 'person' ? ctx.actor : refuse('access.sign_in_required');
}
