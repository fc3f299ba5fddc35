import { destinations, type OrderMove, type OrderState } from '@plumbline/domain/order';
import type { Actor, Ctx } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/errors.ts';
import type { JsonObject } from '../../../platform/json.ts';
import type { OrderPatch, OrderRow } from '../tables.ts';
import * as store from './store.ts';

export interface MoveOptions {
  /** Where to, when the move may lead to more than one state. */
  to?: OrderState;
  patch?: OrderPatch;
  note?: JsonObject;
}

/**
 * Makes a move of an order that the caller has locked and answers the order as it is now. Refuses
 * `payments.not_allowed_now` when the table of moves does not have it.
 */
export async function move(ctx: Ctx, order: OrderRow, name: OrderMove, options: MoveOptions = {}): Promise<OrderRow> {
  const { patch = {}, note = {} } = options;
  const to = destination(order, name, options.to);
  const { kind, id } = who(ctx.actor);
  const step = { move: name, to, at: ctx.clock.now(), actorKind: kind, actorId: id, note: JSON.stringify(note) };
  const [moved] = await store.moveOrder(ctx, order, step, patch);
  if (!moved) throw new Error(`order ${order.id} was changed without its lock: version ${order.version} is gone`);
  return moved;
}

function destination(order: OrderRow, name: OrderMove, wanted: OrderState | undefined): OrderState {
  const allowed = destinations(order.state, name);
  const to = wanted === undefined ? allowed[0] : allowed.find((state) => state === wanted);
  return to ?? refuse('payments.not_allowed_now', { state: order.state, move: name });
}

export function who(actor: Actor): { kind: string; id: string | null } {
  if (actor.kind === 'person') return { kind: 'person', id: actor.personId };
  return { kind: actor.kind, id: actor.kind === 'system' ? actor.name : null };
}

/** Locks an order of the ctx's market. Refuses `access.not_found`. */
export async function lock(ctx: Ctx, orderId: string): Promise<OrderRow> {
  const order = await store.lockOrder.first(ctx, orderId);
  return order?.region_id === ctx.regionId ? order : refuse('access.not_found');
}
