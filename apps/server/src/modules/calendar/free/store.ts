import type { Hours, WeeklyHours } from '@plumbline/domain/slots';
import { statement } from '../../../platform/db/statement.ts';

export interface CalendarRow {
  resource_id: string;
  zone: string;
  weekly: WeeklyHours[];
  exceptions: { date: string; hours: Hours[] }[];
  capacity: number;
  /** Taken time in milliseconds since the epoch; `unit` is null for that of a crew's member. */
  taken: { unit: number | null; from: number; to: number }[];
}

/** Hours and taken time of these resources around a window, of a crew with that of its members; who has no hours is left out. */
export const calendarsOf = statement<CalendarRow, [string, string[], string, string, Date, Date]>(
  'calendar.calendarsOf',
  `select wanted.id as resource_id, w.zone, w.weekly, coalesce(e.exceptions, '[]') as exceptions,
     coalesce(r.capacity, 1) as capacity, coalesce(t.taken, '[]') as taken
   from unnest($2::uuid[]) as wanted (id)
   join weekly_plan w on w.region_id = $1 and w.resource_id = wanted.id
   left join calendar_resource r on r.region_id = $1 and r.id = wanted.id
   left join lateral (
     select jsonb_agg(jsonb_build_object('date', on_date, 'hours', hours)) as exceptions
     from plan_exception
     where region_id = $1 and resource_id = wanted.id and on_date between $3::date and $4::date) e on true
   left join lateral (
     select jsonb_agg(jsonb_build_object('unit', case when c.resource_id = wanted.id then c.unit end,
       'from', round(extract(epoch from lower(c.during)) * 1000), 'to', round(extract(epoch from upper(c.during)) * 1000))) as taken
     from (select wanted.id union all
           select person_id from crew_member where region_id = $1 and crew_id = wanted.id) who
     join calendar_claim c on c.region_id = $1 and c.resource_id = who.id
       and c.during && tstzrange($5, $6, '[)') and c.state <> 'freed') t on true`,
);
