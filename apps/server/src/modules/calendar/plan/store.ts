import type { Hours, WeeklyHours } from '@plumbline/domain/slots';
import { statement } from '../../../platform/db/statement.ts';

export interface PlanRow {
  resource_id: string;
  zone: string | null;
  weekly: WeeklyHours[] | null;
  updated_at: Date | null;
  exceptions: { date: string; hours: Hours[]; note: string | null }[];
  capacity: number;
  members: string[];
}

/** Plans of these resources with the exceptions of a span of dates; one row for each id, known or not. */
export const plansOf = statement<PlanRow, [string, string[], string, string]>(
  'calendar.plansOf',
  `select wanted.id as resource_id, w.zone, w.weekly, w.updated_at,
     coalesce(e.exceptions, '[]') as exceptions, coalesce(r.capacity, 1) as capacity, coalesce(m.members, '{}') as members
   from unnest($2::uuid[]) as wanted (id)
   left join weekly_plan w on w.region_id = $1 and w.resource_id = wanted.id
   left join calendar_resource r on r.region_id = $1 and r.id = wanted.id
   left join lateral (
     select jsonb_agg(jsonb_build_object('date', on_date, 'hours', hours, 'note', note) order by on_date) as exceptions
     from plan_exception
     where region_id = $1 and resource_id = wanted.id and on_date between $3::date and $4::date) e on true
   left join lateral (
     select array_agg(person_id) as members from crew_member where region_id = $1 and crew_id = wanted.id) m on true`,
);

export const putPlan = statement<never, [string, string, string, string, Date]>(
  'calendar.putPlan',
  `insert into weekly_plan (region_id, resource_id, zone, weekly, updated_at) values ($1, $2, $3, $4, $5)
   on conflict (region_id, resource_id) do update
     set zone = excluded.zone, weekly = excluded.weekly, updated_at = excluded.updated_at`,
);

export const putException = statement<never, [string, string, string, string, string | null]>(
  'calendar.putException',
  `insert into plan_exception (region_id, resource_id, on_date, hours, note) values ($1, $2, $3, $4, $5)
   on conflict (region_id, resource_id, on_date) do update set hours = excluded.hours, note = excluded.note`,
);

export const removeException = statement<never, [string, string, string]>(
  'calendar.removeException',
  'delete from plan_exception where region_id = $1 and resource_id = $2 and on_date = $3',
);

export interface ResourceRow {
  id: string;
  organisation_id: string;
  kind: 'crew' | 'tool';
  name: string;
  capacity: number;
  lead_person_id: string | null;
  zone: string | null;
  members: string[];
}

const resource = `r.id, r.organisation_id, r.kind, r.name, r.capacity, r.lead_person_id, w.zone,
     coalesce((select array_agg(person_id order by person_id) from crew_member c
               where c.region_id = r.region_id and c.crew_id = r.id), '{}') as members
   from calendar_resource r left join weekly_plan w on w.region_id = r.region_id and w.resource_id = r.id`;

export const resourcesOf = statement<ResourceRow, [string, string]>(
  'calendar.resourcesOf',
  `select ${resource} where r.region_id = $1 and r.organisation_id = $2 order by r.created_at, r.id`,
);

export const resourcesByIds = statement<ResourceRow, [string, string[]]>(
  'calendar.resourcesByIds',
  `select ${resource} where r.region_id = $1 and r.id = any($2::uuid[])`,
);

export const insertResource = statement<never, [string, string, string, string, string, number, string | null, Date]>(
  'calendar.insertResource',
  `insert into calendar_resource (region_id, id, organisation_id, kind, name, capacity, lead_person_id, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);

export const insertMembers = statement<never, [string, string, string[]]>(
  'calendar.insertCrewMembers',
  `insert into crew_member (region_id, crew_id, person_id) select $1, $2, unnest($3::uuid[])`,
);

export const crewsOf = statement<{ crew_id: string }, [string, string]>(
  'calendar.crewsOf',
  'select crew_id from crew_member where region_id = $1 and person_id = $2',
);
