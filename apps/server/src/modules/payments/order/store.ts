import { query, statement } from '../../../platform/db/statement.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import type { OrderMove, OrderState } from '@plumbline/domain/order';
import type { LineRow, OrderPatch, OrderRow } from '../tables.ts';

export const orderColumns = `id, region_id, reference, customer_id, buyer_organisation_id, organisation_id, subject_kind, subject_id,
  category_id, currency, jurisdiction, product, mode, zone, starts_at, is_ceiling, state, version, agreed_minor,
  authorised_minor, captured_minor, refunded_minor, refunds_open_minor, accepted_minor, fee_minor, numbers_version,
  commission_bp, commission_level, commission_vat_bp, hold_days, two_people, payment_intent_id, charge_id, capture_before,
  saved_card_id, card_brand, card_last4, capture_wanted_minor, cancel_reason, expiry_wanted, frozen_from, frozen_reason,
  window_left_ms, release_at, opened_at, authorised_at, held_at, delivered_at, accepted_at, accepted_by, released_at,
  closed_at, ended_at, checked_version, checked_at`;

const lineColumns = `id, order_id, position, title, vat_rate_bp, amount_minor, pending_id, captured_minor, refunded_minor,
  accepted_minor, provider_minor, commission_minor, vat_minor, back_provider, back_commission, back_vat`;

export interface NewOrderRow {
  id: string;
  region_id: string;
  reference: string;
  customer_id: string;
  buyer_organisation_id: string | null;
  organisation_id: string | null;
  subject_kind: string;
  subject_id: string;
  category_id: string;
  currency: string;
  jurisdiction: string;
  product: string;
  mode: string;
  zone: string;
  starts_at: Date;
  is_ceiling: boolean;
  agreed_minor: bigint;
  numbers_version: number;
  commission_bp: number;
  commission_level: string;
  commission_vat_bp: number;
  hold_days: number;
  two_people: boolean;
  opened_at: Date;
  actor_kind: string;
  actor_id: string | null;
}

export interface NewLineRow {
  id: string;
  title: string;
  vat_rate_bp: number;
  amount_minor: bigint;
}

/** Order, lines and first move in one statement; nothing when the reference is taken. */
const insertOrderText = statement<{ id: string }, [string, string]>(
  'payments.insertOrder',
  `with opened as (
     insert into money_order (id, region_id, reference, customer_id, buyer_organisation_id, organisation_id, subject_kind,
       subject_id, category_id, currency, jurisdiction, product, mode, zone, starts_at, is_ceiling, state, version,
       agreed_minor, numbers_version, commission_bp, commission_level, commission_vat_bp, hold_days, two_people, opened_at)
     select o.id, o.region_id, o.reference, o.customer_id, o.buyer_organisation_id, o.organisation_id, o.subject_kind,
       o.subject_id, o.category_id, o.currency, o.jurisdiction, o.product, o.mode, o.zone, o.starts_at, o.is_ceiling,
       'awaiting_payment', 1, o.agreed_minor, o.numbers_version, o.commission_bp, o.commission_level,
       o.commission_vat_bp, o.hold_days, o.two_people, o.opened_at
     from jsonb_populate_record(null::money_order, $1::jsonb) o
     on conflict (region_id, reference) do nothing
     returning id, region_id, opened_at
   ), lines as (
     insert into order_line (id, region_id, order_id, position, title, vat_rate_bp, amount_minor)
     select l.id, opened.region_id, opened.id, l.position, l.title, l.vat_rate_bp, l.amount_minor
     from opened, jsonb_populate_recordset(null::order_line, $2::jsonb) l
   )
   insert into order_event (order_id, seq, region_id, from_state, move, to_state, at, actor_kind, actor_id)
   select id, 1, region_id, 'draft', 'open', 'awaiting_payment', opened_at, $1::jsonb ->> 'actor_kind', $1::jsonb ->> 'actor_id'
   from opened
   returning order_id as id`,
);

/** JSON without loss: big integers go as digits, which `bigint` reads from text. */
const json = (value: unknown) =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part));

/** True when it was written, false when the reference is taken. */
export async function insertOrder(ctx: Ctx, order: NewOrderRow, lines: readonly NewLineRow[]): Promise<boolean> {
  const numbered = lines.map((line, position) => ({ ...line, position }));
  return (await insertOrderText.first(ctx, json(order), json(numbered))) !== undefined;
}

export const orderById = statement<OrderRow, [string]>(
  'payments.orderById',
  `select ${orderColumns} from money_order where id = $1`,
);

export const ordersByIds = statement<OrderRow, [string[]]>(
  'payments.ordersByIds',
  `select ${orderColumns} from money_order where id = any($1::uuid[])`,
);

export const lockOrder = statement<OrderRow, [string]>(
  'payments.lockOrder',
  `select ${orderColumns} from money_order where id = $1 for no key update`,
);

/** In the order of their ids, so that two who lock several cannot wait for each other. */
export const lockOrders = statement<OrderRow, [string[]]>(
  'payments.lockOrders',
  `select ${orderColumns} from money_order where id = any($1::uuid[]) order by id for no key update`,
);

export const linesOf = statement<LineRow, [string[]]>(
  'payments.linesOf',
  `select ${lineColumns} from order_line where order_id = any($1::uuid[]) order by order_id, position`,
);

export const orderOfIntent = statement<{ id: string }, [string]>(
  'payments.orderOfIntent',
  'select id from money_order where payment_intent_id = $1',
);

/** The money of lines after a posting. */
const saveLinesText = statement<never, [string]>(
  'payments.saveLines',
  `update order_line l set vat_rate_bp = n.vat_rate_bp, pending_id = n.pending_id, captured_minor = n.captured_minor,
     refunded_minor = n.refunded_minor, accepted_minor = n.accepted_minor, provider_minor = n.provider_minor,
     commission_minor = n.commission_minor, vat_minor = n.vat_minor, back_provider = n.back_provider,
     back_commission = n.back_commission, back_vat = n.back_vat
   from jsonb_populate_recordset(null::order_line, $1::jsonb) n where l.id = n.id`,
);

export const saveLines = (ctx: Ctx, lines: readonly LineRow[]): Promise<number> => saveLinesText.run(ctx, json(lines));

export interface Move {
  move: OrderMove;
  to: OrderState;
  at: Date;
  actorKind: string;
  actorId: string | null;
  note: string;
}

/** Names of columns come from the type of the patch, never from a value. */
const assignments = (patch: OrderPatch, first: number): string[] =>
  Object.keys(patch).map((column, index) => `${column} = $${first + index}`);

/**
 * Records a move and changes the order by one statement. Empty when the order is no longer at this version. A move that
 * is not in the table breaks the foreign key `order_event_allowed`.
 */
export function moveOrder(ctx: Ctx, order: OrderRow, move: Move, patch: OrderPatch): Promise<OrderRow[]> {
  const sets = ['state = $3', 'version = version + 1', ...assignments(patch, 10)].join(', ');
  return query<OrderRow>(
    ctx,
    `with moved as (
       update money_order set ${sets} where id = $1 and version = $2 returning ${orderColumns}
     ), logged as (
       insert into order_event (order_id, seq, region_id, from_state, move, to_state, at, actor_kind, actor_id, note)
       select id, version, region_id, $9, $4, $3, $5, $6, $7, $8::jsonb from moved
     )
     select * from moved`,
    [
      order.id,
      order.version,
      move.to,
      move.move,
      move.at,
      move.actorKind,
      move.actorId,
      move.note,
      order.state,
      ...Object.values(patch),
    ],
  );
}

/** Changes that are no move: wishes that wait for the PSP. The order must be locked. */
export async function amendOrder(ctx: Ctx, orderId: string, patch: OrderPatch): Promise<void> {
  await query(ctx, `update money_order set ${assignments(patch, 2).join(', ')} where id = $1`, [
    orderId,
    ...Object.values(patch),
  ]);
}

export const commissionRules = statement<{ level: string; rate_bp: number }, [string, string[]]>(
  'payments.commissionRules',
  `select level, rate_bp from commission_rule where region_id = $1 and level || ':' || subject = any($2::text[])`,
);

export interface EventRow {
  order_id: string;
  seq: number;
  from_state: OrderState;
  move: OrderMove;
  to_state: OrderState;
  at: Date;
}

export const eventsOf = statement<EventRow, [string]>(
  'payments.eventsOf',
  'select order_id, seq, from_state, move, to_state, at from order_event where order_id = $1 order by seq',
);
