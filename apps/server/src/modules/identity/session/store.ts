import type { PersonRow, GrantRow } from '../store.ts';
import type { OrganisationKind, OrganisationSet } from '@plumbline/domain/access';
import { statement } from '../../../platform/db/statement.ts';

export interface SessionRow {
  id: string;
  device: string;
  created_at: Date;
  last_seen_at: Date;
}

/** A live session with all that a request needs to know about its person, in one statement. */
export interface LiveSessionRow extends Pick<PersonRow, 'region_id' | 'name' | 'locale'> {
  person_id: string;
  secret_hash: Buffer;
  last_seen_at: Date;
  idle_until: Date;
  expires_at: Date;
  grants: GrantRow[];
  memberships: { organisation_id: string; kind: OrganisationKind; sets: OrganisationSet[] }[];
}

export const insertSession = statement<never, [string, string, string, Buffer, string, Date, Date, Date]>(
  'identity.insertSession',
  `insert into session
     (id, region_id, person_id, secret_hash, device, created_at, last_seen_at, idle_until, expires_at)
   values ($1, $2, $3, $4, $5, $6, $6, $7, $8)`,
);

export const liveSession = statement<LiveSessionRow, [string, Date]>(
  'identity.liveSession',
  `select s.person_id, s.secret_hash, s.last_seen_at, s.idle_until, s.expires_at, p.region_id, p.name, p.locale,
     coalesce((select jsonb_agg(jsonb_build_object(
         'role', g.role, 'scope_kind', g.scope_kind, 'scope_id', g.scope_id, 'sets', g.sets))
       from role_grant g
       where g.person_id = p.id and g.revoked_at is null and (g.expires_at is null or g.expires_at > $2)),
       '[]') as grants,
     coalesce((select jsonb_agg(jsonb_build_object(
         'organisation_id', m.organisation_id, 'kind', o.kind, 'sets', m.sets))
       from membership m join organisation o on o.region_id = m.region_id and o.id = m.organisation_id
       where m.person_id = p.id), '[]') as memberships
   from session s join person p on p.id = s.person_id
   where s.id = $1 and s.revoked_at is null and s.idle_until > $2 and s.expires_at > $2 and p.state = 'active'`,
);

export const touchSession = statement<never, [string, Date, Date]>(
  'identity.touchSession',
  'update session set last_seen_at = $2, idle_until = $3 where id = $1 and last_seen_at < $2',
);

export const revokeSession = statement<never, [string, string, Date]>(
  'identity.revokeSession',
  'update session set revoked_at = $3 where id = $1 and person_id = $2 and revoked_at is null',
);

export const sessionsOf = statement<SessionRow, [string, Date]>(
  'identity.sessionsOf',
  `select id, device, created_at, last_seen_at from session
   where person_id = $1 and revoked_at is null and idle_until > $2 and expires_at > $2
   order by last_seen_at desc limit 50`,
);
