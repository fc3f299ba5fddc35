import { mayMove, type OrderState } from '@plumbline/domain/order';
import type { Ctx } from '../../../platform/ctx.ts';
import { clearDeadline, setDeadline } from '../../../platform/deadlines.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { refuse } from '../../../platform/errors.ts';
import * as ledger from '../../ledger/index.ts';
import { announce } from '../events.ts';
import { accepted, leftInEscrow, sharesOf, sumOf } from './lines.ts';
import { lock, move } from './machine.ts';
import * as store from './store.ts';
import type { LineRow, OrderPatch, OrderRow } from '../tables.ts';

export const releaseDeadline = 'payments.release';

const day = 86_400_000;

/** The work has begun. */
export async function startService(ctx: Ctx, orderId: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await move(ctx, await lock(ctx, orderId), 'start');
  });
}

/** The provider says that the work is done. */
export async function markDelivered(ctx: Ctx, orderId: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await move(ctx, await lock(ctx, orderId), 'deliver', { patch: { delivered_at: ctx.clock.now() } });
  });
}

export type AcceptedBy = 'customer' | 'silence' | 'admin';

/**
 * The work is accepted: what is held divides into the provider's share, commission and VAT (rule 6), and the hold
 * window begins. Only an admin may accept what is neither delivered nor frozen, and silence accepts nothing frozen; a
 * frozen order that had been accepted goes on where it stopped. Nothing happens when it is accepted already. Refuses `payments.not_allowed_now`.
 */
export async function acceptWork(ctx: Ctx, orderId: string, { by }: { by: AcceptedBy }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const order = await lock(ctx, orderId);
    if (isAccepted(order)) return;
    const mayNow = mayMove(order.state, 'accept') && (by === 'admin' || isTheirs(order, by));
    if (!mayNow) refuse('payments.not_allowed_now', { state: order.state, move: 'accept' });
    if (order.frozen_from === 'release_pending') return resume(ctx, order);
    const lines = await store.linesOf.all(ctx, [order.id]);
    const after = await acceptRest(ctx, order, lines);
    const gross = sumOf(after, (line) => line.accepted_minor);
    const window = windowFrom(ctx, order);
    const moved = await move(ctx, order, 'accept', {
      patch: { ...window, ...thawed, accepted_minor: gross, accepted_by: by },
    });
    await announceWindow(ctx, moved);
  });
}

const isTheirs = ({ state }: OrderRow, by: AcceptedBy): boolean =>
  state === 'delivered' || (state === 'disputed_internal' && by === 'customer');

const accepting: ReadonlySet<OrderState> = new Set(['release_pending', 'released', 'closed']);
const isAccepted = ({ state }: OrderRow): boolean => accepting.has(state);

/** Rule 6 for all that the lines still have in escrow. */
async function acceptRest(ctx: Ctx, order: OrderRow, lines: LineRow[]): Promise<LineRow[]> {
  const after = lines.map((line) => accepted(line, leftInEscrow(line), sharesOf(order, line, leftInEscrow(line))));
  await ledger.rules.released(ctx, {
    orderId: order.id,
    currency: order.currency,
    idemKey: `accept:${order.id}`,
    providerId: providerOf(order),
    product: order.product,
    jurisdiction: order.jurisdiction,
    lines: after.map((line) => ({
      lineId: line.id,
      providerMinor: line.provider_minor,
      commissionMinor: line.commission_minor,
      vatMinor: line.vat_minor,
    })),
  });
  await store.saveLines(ctx, after);
  return after;
}

export function providerOf(order: OrderRow): string {
  if (!order.organisation_id) throw new Error(`order ${order.id} has no provider yet`);
  return order.organisation_id;
}

/** Begins the hold window: now until the end of the order's own number of days. */
export function windowFrom(ctx: Ctx, order: Pick<OrderRow, 'hold_days'>): OrderPatch & { release_at: Date } {
  const now = ctx.clock.now();
  return { accepted_at: now, release_at: new Date(now.getTime() + order.hold_days * day) };
}

const thawed = { frozen_from: null, frozen_reason: null, window_left_ms: null } satisfies OrderPatch;

/** Sets the timer of an order that waits for its release, and tells about it. */
export async function announceWindow(ctx: Ctx, order: OrderRow): Promise<void> {
  if (!order.release_at) throw new Error(`order ${order.id} has no end of its hold window`);
  await setDeadline(ctx, { kind: releaseDeadline, subjectId: order.id, at: order.release_at });
  await announce(ctx, 'payments.release_pending', order, { releaseAt: order.release_at.toISOString() });
}

/** A problem: clock and release stand still until an admin decides. Refuses `payments.not_allowed_now`. */
export async function freeze(ctx: Ctx, orderId: string, reason: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const order = await lock(ctx, orderId);
    if (order.state === 'disputed_internal') return;
    const left = order.release_at && order.release_at.getTime() - ctx.clock.now().getTime();
    const moved = await move(ctx, order, 'freeze', {
      patch: {
        frozen_from: order.state,
        frozen_reason: reason,
        window_left_ms: left === null ? null : BigInt(Math.max(left, 0)),
        release_at: null,
      },
      note: { reason },
    });
    await clearDeadline(ctx, releaseDeadline, order.id);
    await announce(ctx, 'payments.frozen', moved);
  });
}

/** Back to where it was frozen; a hold window goes on with what was left of it. */
export async function unfreeze(ctx: Ctx, orderId: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const order = await lock(ctx, orderId);
    if (order.state !== 'disputed_internal')
      refuse('payments.not_allowed_now', { state: order.state, move: 'unfreeze' });
    await resume(ctx, order);
  });
}

async function resume(ctx: Ctx, order: OrderRow): Promise<void> {
  if (!order.frozen_from) throw new Error(`order ${order.id} does not know where it was frozen`);
  const left = order.window_left_ms;
  const releaseAt = left === null ? null : new Date(ctx.clock.now().getTime() + Number(left));
  const moved = await move(ctx, order, 'unfreeze', {
    to: order.frozen_from,
    patch: { ...thawed, release_at: releaseAt },
  });
  if (releaseAt) await setDeadline(ctx, { kind: releaseDeadline, subjectId: order.id, at: releaseAt });
  await announce(ctx, 'payments.unfrozen', moved);
}
