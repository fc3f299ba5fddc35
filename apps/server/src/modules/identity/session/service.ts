import { createHash, timingSafeEqual } from 'node:crypto';
import type { Grant } from '@plumbline/domain/access';
import type { Ctx, PersonActor } from '../../../platform/ctx.ts';
import { newId, newSecret } from '../../../platform/ids.ts';
import { sessionChanged } from '../../../platform/http/session.ts';
import { realNow } from '../../../platform/real-time.ts';
import type { GrantRow, PersonRow } from '../store.ts';
import * as store from './store.ts';

const day = 24 * 3_600_000;
const idleMs = 14 * day;
const absoluteMs = 30 * day;
/** A session is marked as seen at most this often, so that reads stay reads. */
const touchEveryMs = 10 * 60_000;

export interface OpenedSession {
  /** `<id>.<secret>`: goes into the cookie and nowhere else. */
  token: string;
  sessionId: string;
  expiresAt: Date;
}

/** Opens a session for a person who has just proved who they are. */
export async function open(
  ctx: Ctx,
  person: Pick<PersonRow, 'id' | 'region_id'>,
  device: string,
): Promise<OpenedSession> {
  const sessionId = newId();
  const secret = newSecret(32);
  const now = realNow();
  const expiresAt = new Date(now.getTime() + absoluteMs);
  const idleUntil = new Date(now.getTime() + idleMs);
  await store.insertSession.run(
    ctx,
    sessionId,
    person.region_id,
    person.id,
    digest(secret),
    device.slice(0, 200),
    now,
    idleUntil,
    expiresAt,
  );
  return { token: `${sessionId}.${secret}`, sessionId, expiresAt };
}

/** The person behind a session token, or nothing when it is unknown, ended, too old or its person is suspended. */
export async function authenticate(ctx: Ctx, token: string): Promise<PersonActor | undefined> {
  const [sessionId, secret] = split(token);
  if (!sessionId || !secret) return undefined;
  const now = realNow();
  const row = await store.liveSession.first(ctx, sessionId, now);
  if (!row || !timingSafeEqual(row.secret_hash, digest(secret))) return undefined;
  if (now.getTime() - row.last_seen_at.getTime() > touchEveryMs) {
    await store.touchSession.run(ctx, sessionId, now, new Date(now.getTime() + idleMs));
  }
  return {
    kind: 'person',
    personId: row.person_id,
    name: row.name,
    regionId: row.region_id,
    sessionId,
    locale: row.locale,
    grants: row.grants.map(toGrant),
    memberships: row.memberships.map((m) => ({ organisationId: m.organisation_id, kind: m.kind, sets: m.sets })),
  };
}

/** Ends one of the person's sessions; true when it was live. */
export async function end(ctx: Ctx, personId: string, sessionId: string): Promise<boolean> {
  const ended = (await store.revokeSession.run(ctx, sessionId, personId, realNow())) > 0;
  if (ended) await sessionChanged(ctx.db, sessionId);
  return ended;
}

export const listOf = (ctx: Ctx, personId: string) => store.sessionsOf.all(ctx, personId, realNow());

export function toGrant(row: GrantRow): Grant {
  const scope =
    row.scope_kind === 'region' || row.scope_kind === 'organisation'
      ? { kind: row.scope_kind, id: row.scope_id ?? '' }
      : { kind: row.scope_kind };
  return { role: row.role, scope, sets: row.sets };
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function split(token: string): [string?, string?] {
  const dot = token.indexOf('.');
  const sessionId = token.slice(0, dot);
  return dot > 0 && uuid.test(sessionId) ? [sessionId, token.slice(dot + 1)] : [];
}

const digest = (secret: string) => createHash('sha256').update(secret).digest();
