import type { Ctx } from '../../platform/ctx.ts';
import { query, statement } from '../../platform/db/statement.ts';
import type { BookingState } from '@plumbline/domain/booking';
import type { AssignmentRow, BookingPatch, BookingRow, EventRow, PhotoRow, ProposalRow } from './tables.ts';

const written = `id, region_id, reference, kind, state, version, customer_id, customer_name, buyer_organisation_id,
  organisation_id, provider_name, service_id, category_id, title, package_id, package_title, hours, price_kind, currency,
  price_minor, ceiling_minor, vat_rate_bp, numbers_version, time_zone, start_at, end_at, duration_minutes,
  buffer_before_minutes, buffer_after_minutes, resource_id, claim_id, lead_id, crew_ids, zone_id, area, address, lat, lng, note,
  order_id, pay_mode, held_at, charge_at, pay_again_until, released_at, fee_minor, due_at, requested_at, confirmed_at,
  started_at, completed_at, accepted_at, ended_at, completion_note, problem_text, problem_at, problem_outcome,
  cancelled_by, dispatch_until, wave, idempotency_key, created_at, updated_at`;

/** JSON without loss: big integers go as digits, which `bigint` reads from text. */
export const json = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part));

export type NewEvent = Omit<EventRow, 'at'> & { region_id: string; booking_id: string; at: Date };

/** The booking and the first line of its story in one statement; nothing when the reference is taken. */
const insertText = statement<{ id: string }, [string, string]>(
  'booking.insert',
  `with opened as (
     insert into booking (${written})
     select ${written} from jsonb_populate_record(null::booking, $1::jsonb)
     on conflict (region_id, reference) do nothing returning id
   )
   insert into booking_event (id, region_id, booking_id, kind, at, by_side, person_id, person_name, note)
   select e.id, e.region_id, e.booking_id, e.kind, e.at, e.by_side, e.person_id, e.person_name, e.note
   from opened, jsonb_populate_record(null::booking_event, $2::jsonb) e returning booking_id as id`,
);

/** True when it was written, false when the reference is taken. */
export async function insert(ctx: Ctx, booking: BookingRow, event: NewEvent): Promise<boolean> {
  return (await insertText.first(ctx, json(booking), json(event))) !== undefined;
}

export const byId = statement<BookingRow, [string, string]>(
  'booking.byId',
  `select ${written} from booking where region_id = $1 and id = $2`,
);

export const lock = statement<BookingRow, [string, string]>(
  'booking.lock',
  `select ${written} from booking where region_id = $1 and id = $2 for no key update`,
);

export const byIdempotencyKey = statement<BookingRow, [string, string]>(
  'booking.byIdempotencyKey',
  `select ${written} from booking where region_id = $1 and idempotency_key = $2`,
);

/** Writes state, patch and the line of the story that tells it by one statement; `quiet` keeps the version. */
export async function save(
  ctx: Ctx,
  booking: BookingRow,
  {
    state,
    patch,
    event,
    quiet = false,
  }: { state: BookingState; patch: BookingPatch; event?: NewEvent; quiet?: boolean },
): Promise<BookingRow> {
  const columns = Object.keys(patch).toSorted();
  const values = columns.map((column) => patch[column as keyof BookingPatch] ?? null);
  const sets = columns.map((column, index) => `, ${column} = $${index + 6}`).join('');
  const [saved] = await query<BookingRow>(
    ctx,
    `with told as (
       insert into booking_event (id, region_id, booking_id, kind, at, by_side, person_id, person_name, note, reason,
         amount_minor, from_at, to_at)
       select id, region_id, booking_id, kind, at, by_side, person_id, person_name, note, reason, amount_minor, from_at, to_at
       from jsonb_populate_record(null::booking_event, $5::jsonb) where id is not null)
     update booking set state = $3, version = version + ${quiet ? 0 : 1}, updated_at = $4${sets}
     where region_id = $1 and id = $2 returning ${written}`,
    [booking.region_id, booking.id, state, ctx.clock.now(), json(event ?? {}), ...values],
  );
  if (!saved) throw new Error(`booking ${booking.id} is gone`);
  return saved;
}

export interface StoryRow {
  events: (Omit<EventRow, 'at' | 'from_at' | 'to_at' | 'amount_minor'> & {
    at: string;
    from_at: string | null;
    to_at: string | null;
    amount_minor: string | null;
  })[];
  assignments: AssignmentRow[];
  proposal:
    | (Omit<ProposalRow, 'start_at' | 'end_at' | 'created_at'> & {
        start_at: string;
        end_at: string;
        created_at: string;
      })
    | null;
  photos: (Omit<PhotoRow, 'at'> & { at: string })[];
}

const storyOf = (region: string, booking: string) => `
     coalesce((select jsonb_agg(jsonb_build_object('id', id, 'kind', kind, 'at', at, 'by_side', by_side,
         'person_id', person_id, 'person_name', person_name, 'note', note, 'reason', reason,
         'amount_minor', amount_minor::text, 'from_at', from_at, 'to_at', to_at) order by id)
       from booking_event where region_id = ${region} and booking_id = ${booking}), '[]') as events,
     coalesce((select jsonb_agg(to_jsonb(a) order by a.id) from booking_assignment a
       where a.region_id = ${region} and a.booking_id = ${booking}), '[]') as assignments,
     (select to_jsonb(p) from time_proposal p
       where p.region_id = ${region} and p.booking_id = ${booking} and p.state = 'open') as proposal,
     coalesce((select jsonb_agg(jsonb_build_object('file_id', file_id, 'by_side', by_side, 'at', at) order by at, file_id)
       from booking_photo where region_id = ${region} and booking_id = ${booking}), '[]') as photos`;

/** Everything that a booking's page tells besides the booking itself, by one statement. */
export const story = statement<StoryRow, [string, string]>('booking.story', `select ${storyOf('$1', '$2')}`);

/** The booking together with its story. */
export const page = statement<BookingRow & StoryRow, [string, string]>(
  'booking.page',
  `select ${written}, ${storyOf('$1', '$2')} from booking where region_id = $1 and id = $2`,
);

/** The booking went on: nobody can agree to another time any more. */
export const lapseProposals = statement<never, [string, string, Date]>(
  'booking.lapseAllProposals',
  `update time_proposal set state = 'lapsed', answered_at = $3 where region_id = $1 and booking_id = $2 and state = 'open'`,
);

export const addPenalty = statement<never, [string, string, string, 'cancelled' | 'absent', Date]>(
  'booking.addPenalty',
  `insert into provider_penalty (region_id, booking_id, organisation_id, points, reason, at)
   values ($1, $2, $3, 1, $4, $5) on conflict do nothing`,
);

export const countsByState = statement<{ state: BookingState; count: number }, [string]>(
  'booking.countsByState',
  'select state, count(*)::int as count from booking where region_id = $1 group by state',
);

export interface ListFilter {
  view: 'mine' | 'work' | 'all';
  personId: string;
  /** Organisations in which the person buys (mine) or whose work they run (work). */
  organisationIds: string[];
  states: readonly BookingState[] | undefined;
  from: Date | undefined;
  to: Date | undefined;
  order: 'asc' | 'desc';
  after: [Date, string] | undefined;
  limit: number;
}

const visible = {
  mine: '(customer_id = $2 or buyer_organisation_id = any($3::uuid[]))',
  // What is not paid yet concerns the customer alone, unless the provider named the price.
  work: `(organisation_id = any($3::uuid[]) or crew_ids @> array[$2::uuid]) and (requested_at is not null or kind = 'quote')`,
  all: '($2::uuid is not null and $3::uuid[] is not null)',
};

export interface ListRow extends BookingRow {
  sort_at: Date;
  proposed_by: 'customer' | 'provider' | null;
  assignment_open: boolean;
}

/** One page by time of the work; keyset on (sort_at, id). */
export function list(ctx: Ctx, filter: ListFilter): Promise<ListRow[]> {
  const { order, after } = filter;
  const beyond = order === 'asc' ? '>' : '<';
  return query<ListRow>(
    ctx,
    `select ${written}, sort_at,
       (select by_side from time_proposal p where p.region_id = b.region_id and p.booking_id = b.id and p.state = 'open') as proposed_by,
       exists (select 1 from booking_assignment a where a.region_id = b.region_id and a.booking_id = b.id
               and a.part = 'lead' and a.state = 'offered') as assignment_open
     from booking b where region_id = $1 and ${visible[filter.view]}
       and ($4::text[] is null or state = any($4)) and ($5::timestamptz is null or sort_at >= $5)
       and ($6::timestamptz is null or sort_at < $6)
       ${after ? `and (sort_at, id) ${beyond} ($8::timestamptz, $9::uuid)` : ''}
     order by sort_at ${order}, id ${order} limit $7`,
    [
      ctx.regionId,
      filter.personId,
      filter.organisationIds,
      filter.states ?? null,
      filter.from ?? null,
      filter.to ?? null,
      filter.limit,
      ...(after ?? []),
    ],
  );
}
