import { query, statement } from '../../../platform/db/statement.ts';

export type ClaimState = 'held' | 'taken' | 'freed';

export interface ClaimRow {
  claim_id: string;
  resource_id: string;
  unit: number;
  from_at: Date;
  to_at: Date;
  state: ClaimState;
  hold_until: Date | null;
  subject_kind: string;
  subject_id: string;
  label: string;
}

/**
 * Who takes several calendars at once takes turns with others who do, by locks in the order of the ids: else two crews
 * that share people, or a crew that moves, would wait for each other's rows. One calendar alone needs no turn: it waits
 * for nothing after it has its row.
 */
const inTurn = (id: string, from: string) => `locked as materialized (
     select pg_advisory_xact_lock(hashtextextended(${id}::text, 11)) from ${from} where (select count(*) from ${from}) > 1)`;

export interface ClaimedRow {
  capacity: number;
  /** The resource and, of a crew, its members: all that had to be claimed. */
  family: string[];
  /** Crews of which one of them is a member: their free time changes too. */
  crews: string[];
  /** How many rows were written; fewer than the family when somebody's time was taken. */
  written: number;
}

/**
 * One row for the resource and each member of a crew. Of a row that meets claimed time nothing is written: the
 * exclusion constraint arbitrates, a transaction that claims the same time at the same moment is waited for.
 */
export const insert = statement<
  ClaimedRow,
  [string, string, string, number, Date, Date, ClaimState, Date | null, string, string, string, Date]
>(
  'calendar.claim',
  `with family as materialized (
     select id from (
       select $3::uuid as id union select person_id from crew_member where region_id = $1 and crew_id = $3) f order by id
   ), ${inTurn('id', 'family')}, written as (
     insert into calendar_claim (region_id, claim_id, id, resource_id, unit, during, state, hold_until,
       subject_kind, subject_id, label, created_at)
     select $1, $2, gen_random_uuid(), id, $4, tstzrange($5, $6, '[)'), $7, $8, $9, $10, $11, $12 from family
     where (select count(*) from locked) >= 0 on conflict do nothing returning resource_id
   )
   select coalesce((select capacity from calendar_resource where region_id = $1 and id = $3), 1) as capacity,
     (select array_agg(id) from family) as family,
     coalesce((select array_agg(distinct crew_id) from crew_member
               where region_id = $1 and person_id in (select id from family)), '{}') as crews,
     (select count(*)::int from written) as written`,
);

/** Undoes an insert of which a part met claimed time. */
export const remove = statement<never, [string, string]>(
  'calendar.removeClaim',
  'delete from calendar_claim where region_id = $1 and claim_id = $2',
);

const rowsInTurn = `mine as materialized (
     select resource_id from calendar_claim where region_id = $1 and claim_id = $2 order by resource_id
   ), ${inTurn('resource_id', 'mine')}`;

const rows = `claim_id, resource_id, unit, lower(during) as from_at, upper(during) as to_at, state, hold_until,
  subject_kind, subject_id, label`;

export const byId = statement<ClaimRow, [string, string]>(
  'calendar.claimById',
  `select ${rows} from calendar_claim where region_id = $1 and claim_id = $2 order by resource_id`,
);

export const setState = statement<{ resource_id: string }, [string, string, ClaimState[], ClaimState, Date | null]>(
  'calendar.setClaimState',
  `with ${rowsInTurn}
   update calendar_claim set state = $4, hold_until = $5
   where region_id = $1 and claim_id = $2 and state = any($3) and (select count(*) from locked) >= 0
   returning resource_id`,
);

export const setRange = statement<{ resource_id: string }, [string, string, Date, Date]>(
  'calendar.moveClaim',
  `with ${rowsInTurn}
   update calendar_claim set during = tstzrange($3, $4, '[)')
   where region_id = $1 and claim_id = $2 and state <> 'freed' and (select count(*) from locked) >= 0
   returning resource_id`,
);

/** Taken time of one calendar that touches [from, to). */
export const listed = statement<ClaimRow, [string, string, Date, Date]>(
  'calendar.claimsListed',
  `select ${rows} from calendar_claim
   where region_id = $1 and resource_id = $2 and during && tstzrange($3, $4, '[)') and state <> 'freed'
   order by lower(during), claim_id`,
);

/** Pairs of claims that overlap: for proofs, always zero. */
export const overlaps = (ctx: Parameters<typeof query>[0]) =>
  query<{ pairs: number }>(
    ctx,
    `select count(*)::int as pairs from calendar_claim a join calendar_claim b
       on a.region_id = b.region_id and a.resource_id = b.resource_id and a.unit = b.unit
      and a.id < b.id and a.during && b.during
     where a.state <> 'freed' and b.state <> 'freed'`,
  );
