import type { AdminSet, OrganisationKind, OrganisationSet, Role } from '@plumbline/domain/access';
import { statement } from '../../platform/db/statement.ts';

export interface PersonRow {
  id: string;
  region_id: string;
  name: string;
  email: string;
  locale: string;
  time_zone: string;
  state: 'active' | 'suspended';
}

export interface OrganisationRow {
  id: string;
  region_id: string;
  kind: OrganisationKind;
  name: string;
  slug: string;
}

export interface MembershipRow extends Omit<OrganisationRow, 'id' | 'region_id'> {
  organisation_id: string;
  sets: OrganisationSet[];
}

export interface GrantRow {
  role: Role;
  scope_kind: 'platform' | 'region' | 'organisation' | 'self';
  scope_id: string | null;
  sets: AdminSet[];
}

const personColumns = 'id, region_id, name, email, locale, time_zone, state';

export const insertPerson = statement<never, [string, string, string, string, string | null, string, string, Date]>(
  'identity.insertPerson',
  `insert into person (id, region_id, name, email, password_hash, locale, time_zone, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);

export const insertLogin = statement<never, [string, string, string]>(
  'identity.insertLogin',
  'insert into person_login (email_key, region_id, person_id) values ($1, $2, $3)',
);

export const personForSignIn = statement<PersonRow & { password_hash: string | null }, [string]>(
  'identity.personForSignIn',
  `select p.id, p.region_id, p.name, p.email, p.locale, p.time_zone, p.state, p.password_hash
   from person_login l join person p on p.region_id = l.region_id and p.id = l.person_id
   where l.email_key = $1`,
);

export const peopleByIds = statement<PersonRow, [string[]]>(
  'identity.peopleByIds',
  `select ${personColumns} from person where id = any($1::uuid[])`,
);

export const insertOrganisation = statement<never, [string, string, string, string, string, Date]>(
  'identity.insertOrganisation',
  `insert into organisation (id, region_id, kind, name, slug, created_at) values ($1, $2, $3, $4, $5, $6)`,
);

export const slugsLike = statement<{ slug: string }, [string, string]>(
  'identity.slugsLike',
  `select slug from organisation where region_id = $1 and (slug = $2 or slug like $2 || '-%')`,
);

export const organisationsByIds = statement<OrganisationRow, [string[]]>(
  'identity.organisationsByIds',
  'select id, region_id, kind, name, slug from organisation where id = any($1::uuid[])',
);

export const organisationBySlug = statement<OrganisationRow, [string, string]>(
  'identity.organisationBySlug',
  'select id, region_id, kind, name, slug from organisation where region_id = $1 and slug = $2',
);

export const providerOrganisations = statement<{ id: string }, [string]>(
  'identity.providerOrganisations',
  `select id from organisation where region_id = $1 and kind = 'provider' order by created_at, id`,
);

export const insertMembership = statement<never, [string, string, string, string[], Date]>(
  'identity.insertMembership',
  `insert into membership (region_id, organisation_id, person_id, sets, created_at) values ($1, $2, $3, $4, $5)`,
);

export const membershipsOf = statement<MembershipRow, [string]>(
  'identity.membershipsOf',
  `select m.organisation_id, m.sets, o.kind, o.name, o.slug
   from membership m join organisation o on o.region_id = m.region_id and o.id = m.organisation_id
   where m.person_id = $1 order by o.name`,
);

export const membersOf = statement<
  { person_id: string; name: string; email: string; sets: OrganisationSet[]; created_at: Date },
  [string]
>(
  'identity.membersOf',
  `select m.person_id, p.name, p.email, m.sets, m.created_at
   from membership m join person p on p.region_id = m.region_id and p.id = m.person_id
   where m.organisation_id = $1 order by m.created_at, m.person_id`,
);

export const insertGrant = statement<
  never,
  [string, string, string, string, string, string | null, string[], string | null, string, Date, Date | null]
>(
  'identity.insertGrant',
  `insert into role_grant
     (id, region_id, person_id, role, scope_kind, scope_id, sets, granted_by, reason, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
);

export const recordFailure = statement<never, [string, Date]>(
  'identity.recordFailure',
  'insert into sign_in_failure (email_key, at) values ($1, $2)',
);

export const failuresSince = statement<{ failures: number; oldest: Date | null }, [string, Date]>(
  'identity.failuresSince',
  'select count(*)::int as failures, min(at) as oldest from sign_in_failure where email_key = $1 and at > $2',
);

export const forgetFailures = statement<never, [string]>(
  'identity.forgetFailures',
  'delete from sign_in_failure where email_key = $1',
);
