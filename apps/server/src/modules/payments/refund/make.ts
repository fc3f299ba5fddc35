import { escrowStates, type OrderMove, type OrderState } from '@plumbline/domain/order';
import { spreadOver } from '@plumbline/domain/fees';
import type { Ctx } from '../../../platform/ctx.ts';
import { clearDeadline } from '../../../platform/deadlines.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { refuse } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import * as ledger from '../../ledger/index.ts';
import { announce } from '../events.ts';
import {
  accepted,
  keptOf,
  leftInEscrow,
  refundFromAccepted,
  refundFromEscrow,
  sharesOf,
  sumOf,
} from '../order/lines.ts';
import { lock, move, who } from '../order/machine.ts';
import { linesOf, saveLines } from '../order/store.ts';
import { announceWindow, providerOf, releaseDeadline, windowFrom } from '../order/work.ts';
import { intend } from '../psp/intent.ts';
import type { LineRow, OrderPatch, OrderRow } from '../tables.ts';
import { givenBackAfter } from './after.ts';
import * as store from './store.ts';

export interface RefundWish {
  amountMinor: bigint;
  reason: string;
  /** What the provider keeps of a cancelled booking; with the amount it is all that is held. */
  feeMinor?: bigint | undefined;
}

/** What a refund does to its order, once the postings are made. */
interface Effect {
  name: OrderMove;
  lines: LineRow[];
  patch: OrderPatch;
  /** A hold window begins or goes on. */
  opensWindow: boolean;
}

/**
 * Gives money back to the customer, in part or in full: before acceptance out of what is held (rule 9), afterwards from
 * those who had shared in it (rules 10 and 11). With `feeMinor` the provider keeps that much as a sale (rule 6). A frozen
 * order is resolved by it: what is not given back goes to the provider. Refuses `payments.not_allowed_now`,
 * `payments.amount_too_high`, `payments.bad_amount`.
 */
export async function refund(ctx: Ctx, orderId: string, wish: RefundWish): Promise<{ refundId: string }> {
  return inTransaction(ctx, async (ctx) => ({ refundId: await give(ctx, await lock(ctx, orderId), wish) }));
}

/** All that is held of a locked order goes back. */
export async function refundEverything(ctx: Ctx, order: OrderRow, reason: string): Promise<void> {
  const lines = await linesOf.all(ctx, [order.id]);
  await give(ctx, order, { amountMinor: sumOf(lines, leftInEscrow), reason });
}

async function give(ctx: Ctx, order: OrderRow, wish: RefundWish): Promise<string> {
  const refundId = newId();
  const lines = await linesOf.all(ctx, [order.id]);
  const effect = await effectOf(ctx, order, lines, wish, refundId);
  await saveLines(ctx, effect.lines);
  await store.insertRefund.run(
    ctx,
    refundId,
    order.region_id,
    order.id,
    wish.amountMinor,
    order.currency,
    wish.reason,
    ctx.clock.now(),
    requester(ctx),
  );
  const moved = await move(ctx, order, effect.name, {
    patch: {
      refunded_minor: order.refunded_minor + wish.amountMinor,
      refunds_open_minor: order.refunds_open_minor + wish.amountMinor,
      ...effect.patch,
    },
    note: { refundId, amountMinor: wish.amountMinor.toString(), reason: wish.reason },
  });
  await intendRefund(ctx, moved, refundId, wish.amountMinor, `refund:${refundId}`);
  if (effect.opensWindow) await announceWindow(ctx, moved);
  else if (effect.name === 'refund_all') await clearDeadline(ctx, releaseDeadline, order.id);
  await announce(ctx, 'payments.refund_requested', moved, { refundId, amountMinor: wish.amountMinor.toString() });
  return refundId;
}

const requester = (ctx: Ctx): string => who(ctx.actor).id ?? ctx.actor.kind;

export async function intendRefund(
  ctx: Ctx,
  order: OrderRow,
  refundId: string,
  amount: bigint,
  dedupeKey: string,
): Promise<void> {
  await intend(ctx, {
    kind: 'refund',
    dedupeKey,
    subjectId: refundId,
    params: {
      refundId,
      orderId: order.id,
      intentId: order.payment_intent_id,
      amountMinor: amount.toString(),
      currency: order.currency,
    },
  });
}

function effectOf(ctx: Ctx, order: OrderRow, lines: LineRow[], wish: RefundWish, refundId: string): Promise<Effect> {
  const at = order.state === 'disputed_internal' ? order.frozen_from : order.state;
  if (at && escrowStates.includes(at)) return fromEscrow(ctx, order, lines, wish, refundId);
  const isAfter: OrderState[] = ['release_pending', 'released', 'closed'];
  if (at && isAfter.includes(at) && wish.feeMinor === undefined) return fromAccepted(ctx, order, lines, wish, refundId);
  return refuse('payments.not_allowed_now', { state: order.state, move: 'refund' });
}

function requireAmount(amount: bigint, available: bigint): void {
  if (amount <= 0n) refuse('payments.bad_amount');
  if (amount > available) refuse('payments.amount_too_high', { availableMinor: available.toString() });
}

async function fromEscrow(
  ctx: Ctx,
  order: OrderRow,
  lines: LineRow[],
  wish: RefundWish,
  refundId: string,
): Promise<Effect> {
  const available = sumOf(lines, leftInEscrow);
  requireAmount(wish.amountMinor, available);
  const isFrozen = order.state === 'disputed_internal';
  const kept = wish.feeMinor ?? (isFrozen ? available - wish.amountMinor : 0n);
  if (wish.feeMinor !== undefined && wish.feeMinor + wish.amountMinor !== available) {
    refuse('payments.bad_amount', { availableMinor: available.toString() });
  }
  if (kept > 0n) return keepPart(ctx, order, lines, kept, refundId);
  const parts = refundFromEscrow(lines, wish.amountMinor);
  await ledger.rules.refundBeforeRelease(ctx, {
    ...postingOf(order, refundId, wish.reason),
    lines: parts.map(({ line, amount }) => ({ lineId: line.id, amountMinor: amount })),
  });
  const isAll = wish.amountMinor === available;
  return {
    name: isAll ? 'refund_all' : 'refund_part',
    lines: parts.map(({ line }) => line),
    patch: {},
    opensWindow: false,
  };
}

const postingOf = (order: OrderRow, refundId: string, reason: string) => ({
  orderId: order.id,
  currency: order.currency,
  idemKey: `refund:${refundId}`,
  refundId,
  reason,
});

/** Rules 6 and 9: the provider keeps a part as a sale, the rest goes back. */
async function keepPart(ctx: Ctx, order: OrderRow, lines: LineRow[], kept: bigint, refundId: string): Promise<Effect> {
  const parts = spreadOver(kept, lines.map(leftInEscrow));
  const after = lines.map((line, index) => {
    const gross = parts[index] ?? 0n;
    const back = leftInEscrow(line) - gross;
    return {
      back,
      line: { ...accepted(line, gross, sharesOf(order, line, gross)), refunded_minor: line.refunded_minor + back },
    };
  });
  await ledger.rules.cancellationFee(ctx, {
    ...postingOf(order, refundId, 'a part is kept'),
    providerId: providerOf(order),
    product: order.product,
    jurisdiction: order.jurisdiction,
    lines: after.map(({ line, back }) => ({
      lineId: line.id,
      providerMinor: line.provider_minor,
      commissionMinor: line.commission_minor,
      vatMinor: line.vat_minor,
      refundMinor: back,
    })),
  });
  const isFrozen = order.state === 'disputed_internal';
  return {
    name: isFrozen ? 'split' : 'keep_fee',
    lines: after.map(({ line }) => line),
    patch: {
      ...windowFrom(ctx, order),
      accepted_minor: kept,
      accepted_by: 'policy',
      ...(isFrozen ? thawed : { fee_minor: kept }),
    },
    opensWindow: true,
  };
}

const thawed = { frozen_from: null, frozen_reason: null, window_left_ms: null } satisfies OrderPatch;

/** Rules 10 and 11: those who shared in it give back, in the proportion in which they shared. */
async function fromAccepted(
  ctx: Ctx,
  order: OrderRow,
  lines: LineRow[],
  wish: RefundWish,
  refundId: string,
): Promise<Effect> {
  const available = sumOf(lines, keptOf);
  requireAmount(wish.amountMinor, available);
  const parts = refundFromAccepted(lines, wish.amountMinor);
  await givenBackAfter(
    ctx,
    order,
    parts.map(({ back }) => back),
    { refundId, reason: wish.reason },
  );
  const effect = { lines: parts.map(({ line }) => line), opensWindow: false };
  if (wish.amountMinor === available) return { ...effect, name: 'refund_all', patch: { ...thawed, release_at: null } };
  if (order.state !== 'disputed_internal') return { ...effect, name: 'refund_part', patch: {} };
  const left = Number(order.window_left_ms ?? 0n);
  const patch = { ...thawed, release_at: new Date(ctx.clock.now().getTime() + left) };
  return { ...effect, name: 'split', patch, opensWindow: true };
}
