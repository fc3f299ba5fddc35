import type { Static } from 'typebox';
import { permissionsOf, type Role } from '@plumbline/domain/access';
import type { identityRoutes, Me } from '@plumbline/contracts/identity';
import type { PersonActor } from '../../platform/ctx.ts';
import type { SessionRow } from './session/store.ts';
import type * as store from './store.ts';

export function presentMe(who: {
  actor: PersonActor;
  person: store.PersonRow;
  memberships: store.MembershipRow[];
}): Me {
  const { actor, person, memberships } = who;
  return {
    personId: person.id,
    name: person.name,
    email: person.email,
    regionId: person.region_id,
    locale: person.locale,
    timeZone: person.time_zone,
    roles: [...new Set<Role>(actor.grants.map((grant) => grant.role))],
    adminSets: [...new Set(actor.grants.flatMap((grant) => grant.sets))],
    memberships: memberships.map(presentMembership),
    permissions: [...permissionsOf(actor.grants, actor.memberships)].toSorted(),
  };
}

const presentMembership = (row: store.MembershipRow): Me['memberships'][number] => ({
  organisationId: row.organisation_id,
  organisationName: row.name,
  organisationSlug: row.slug,
  kind: row.kind,
  sets: row.sets,
});

type Member = Static<(typeof identityRoutes)['members']['reply']>['items'][number];
type MemberRow = Awaited<ReturnType<typeof store.membersOf.all>>[number];

/** A colleague’s address is for those who manage the team. */
export const presentMember = (row: MemberRow, showEmail: boolean): Member => ({
  personId: row.person_id,
  name: row.name,
  email: showEmail ? row.email : null,
  sets: row.sets,
  since: row.created_at.toISOString(),
});

export const presentSession = (row: SessionRow, currentId: string) => ({
  sessionId: row.id,
  current: row.id === currentId,
  createdAt: row.created_at.toISOString(),
  lastSeenAt: row.last_seen_at.toISOString(),
  device: row.device,
});
