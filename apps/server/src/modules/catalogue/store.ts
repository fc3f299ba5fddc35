import type { ListingState } from '@plumbline/domain/listing';
import { statement } from '../../platform/db/statement.ts';
import type { CoverageRow, ProfileRow, ServiceRow, VersionRow } from './tables.ts';

const serviceColumns = `id, region_id, organisation_id, slug, state, category_id, currency, edit_version, draft, published,
  published_version, submitted_at, findings, review_note, updated_at`;

export const serviceById = statement<ServiceRow, [string]>(
  'catalogue.serviceById',
  `select ${serviceColumns} from service where id = $1`,
);

export const lockService = statement<ServiceRow, [string]>(
  'catalogue.lockService',
  `select ${serviceColumns} from service where id = $1 for no key update`,
);

export const servicesByIds = statement<ServiceRow, [string[]]>(
  'catalogue.servicesByIds',
  `select ${serviceColumns} from service where id = any($1::uuid[])`,
);

export interface ForBookingRow extends ServiceRow {
  display_name: string | null;
  vat_registered: boolean | null;
  team: string[];
  zone_ids: string[];
  capacities: { zoneId: string; capacity: number; own: boolean }[];
}

/** Services with what a booking needs to know around them: company, team, and the zones that count for each. */
export const forBooking = statement<ForBookingRow, [string[]]>(
  'catalogue.forBooking',
  `select ${serviceColumns.replaceAll(/\b(\w+)\b/g, 's.$1')}, p.display_name, p.vat_registered,
     coalesce((select array_agg(t.person_id::text order by t.person_id) from service_team t where t.service_id = s.id), '{}') as team,
     coalesce((select array_agg(c.zone_id::text order by c.zone_id) from coverage c
       where c.organisation_id = s.organisation_id and c.service_id is not distinct from (
         select o.service_id from coverage o where o.organisation_id = s.organisation_id and o.service_id = s.id limit 1)), '{}') as zone_ids,
     coalesce((select jsonb_agg(jsonb_build_object('zoneId', c.zone_id, 'capacity', c.capacity, 'own', c.service_id is not null)) from coverage c
       where c.organisation_id = s.organisation_id and c.capacity is not null and c.service_id is not distinct from (
         select o.service_id from coverage o where o.organisation_id = s.organisation_id and o.service_id = s.id limit 1)), '[]') as capacities
   from service s left join provider_profile p on p.organisation_id = s.organisation_id
   where s.id = any($1::uuid[])`,
);

/** A company's services after an id, newest first; a state, or all that are not archived. */
export const servicesOf = statement<ServiceRow, [string, string, ListingState | null, string | null, number]>(
  'catalogue.servicesOf',
  `select ${serviceColumns} from service
   where region_id = $1 and organisation_id = $2 and ($3::text is null and state <> 'archived' or state = $3)
     and ($4::uuid is null or id < $4)
   order by id desc limit $5`,
);

export const serviceIdsOf = statement<{ id: string }, [string[]]>(
  'catalogue.serviceIdsOf',
  'select id from service where organisation_id = any($1::uuid[]) order by id',
);

export const serviceIdsWithPerson = statement<{ service_id: string }, [string]>(
  'catalogue.serviceIdsWithPerson',
  'select service_id from service_team where person_id = $1 order by service_id',
);

/** Ids in order, for building a read model again from the start. */
export const allServiceIds = statement<{ id: string }, [string, string | null, number]>(
  'catalogue.allServiceIds',
  'select id from service where region_id = $1 and ($2::uuid is null or id > $2) order by id limit $3',
);

export const insertService = statement<never, [string, string, string, string, string, string, string, Date]>(
  'catalogue.insertService',
  `insert into service (id, region_id, organisation_id, slug, state, category_id, currency, draft, created_at, updated_at)
   values ($1, $2, $3, $4, 'draft', $5, $6, $7, $8, $8)`,
);

export const saveDraft = statement<never, [string, string, string, string, Date]>(
  'catalogue.saveDraft',
  `update service set slug = $2, category_id = $3, draft = $4, updated_at = $5, edit_version = edit_version + 1,
     submitted_at = null, findings = '{}'
   where id = $1`,
);

export const setState = statement<never, [string, ListingState, Date | null, string[], string | null, Date]>(
  'catalogue.setState',
  `update service set state = $2, submitted_at = $3, findings = $4, review_note = $5, updated_at = $6 where id = $1`,
);

export const publish = statement<never, [string, ListingState, string, number, Date]>(
  'catalogue.publish',
  `update service set state = $2, draft = $3, published = $3, published_version = $4, submitted_at = null,
     findings = '{}', review_note = null, updated_at = $5
   where id = $1`,
);

export const keepVersion = statement<never, [string, string, number, string, Date]>(
  'catalogue.keepVersion',
  'insert into service_version (region_id, service_id, version, content, published_at) values ($1, $2, $3, $4, $5)',
);

export const versionsOf = statement<VersionRow, [string]>(
  'catalogue.versionsOf',
  'select version, content, published_at from service_version where service_id = $1 order by version desc',
);

export const versionOf = statement<VersionRow, [string, number]>(
  'catalogue.versionOf',
  'select version, content, published_at from service_version where service_id = $1 and version = $2',
);

/** Listings that wait for a reviewer after a cursor, oldest first. */
export const toReview = statement<ServiceRow, [string, Date | null, string | null, number]>(
  'catalogue.toReview',
  `select ${serviceColumns} from service
   where region_id = $1 and submitted_at is not null and ($2::timestamptz is null or (submitted_at, id) > ($2, $3::uuid))
   order by submitted_at, id limit $4`,
);

export const teamsOf = statement<{ service_id: string; person_id: string }, [string[]]>(
  'catalogue.teamsOf',
  'select service_id, person_id from service_team where service_id = any($1::uuid[]) order by service_id, person_id',
);

export const clearTeam = statement<never, [string]>(
  'catalogue.clearTeam',
  'delete from service_team where service_id = $1',
);

export const addTeam = statement<never, [string, string, string[]]>(
  'catalogue.addTeam',
  'insert into service_team (region_id, service_id, person_id) select $1, $2, unnest($3::uuid[])',
);

const profileColumns = `region_id, organisation_id, display_name, tagline, about, base_lat, base_lng, languages,
  vat_registered, vat_number, founded_year, updated_at`;

export const profilesOf = statement<ProfileRow, [string[]]>(
  'catalogue.profilesOf',
  `select ${profileColumns} from provider_profile where organisation_id = any($1::uuid[])`,
);

export const putProfile = statement<
  never,
  [string, string, string, string, string, number, number, string[], boolean, string | null, number | null, Date]
>(
  'catalogue.putProfile',
  `insert into provider_profile (${profileColumns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
   on conflict (organisation_id) do update set display_name = excluded.display_name, tagline = excluded.tagline,
     about = excluded.about, base_lat = excluded.base_lat, base_lng = excluded.base_lng, languages = excluded.languages,
     vat_registered = excluded.vat_registered, vat_number = excluded.vat_number, founded_year = excluded.founded_year,
     updated_at = excluded.updated_at`,
);

/** Coverage of companies, and of these services where they have their own. */
export const coverageOf = statement<CoverageRow, [string[], string[]]>(
  'catalogue.coverageOf',
  `select organisation_id, service_id, zone_id, tier, capacity from coverage
   where organisation_id = any($1::uuid[]) and (service_id is null or service_id = any($2::uuid[]))
   order by tier, zone_id`,
);

export const clearCoverage = statement<never, [string, string | null]>(
  'catalogue.clearCoverage',
  'delete from coverage where organisation_id = $1 and service_id is not distinct from $2::uuid',
);

/** One value per zone. */
export const addCoverage = statement<
  never,
  [string, string, string | null, string[], string[], string[], (number | null)[]]
>(
  'catalogue.addCoverage',
  `insert into coverage (id, region_id, organisation_id, service_id, zone_id, tier, capacity)
   select id, $1, $2, $3, zone_id, tier, capacity
   from unnest($4::uuid[], $5::uuid[], $6::text[], $7::int[]) as c (id, zone_id, tier, capacity)`,
);
