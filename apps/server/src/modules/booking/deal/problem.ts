import type { BookingAct } from '@plumbline/domain/booking';
import type { Ctx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { clearDeadline } from '../../../platform/deadlines.ts';
import { refuse } from '../../../platform/errors.ts';
import * as payments from '../../payments/index.ts';
import { lockFor, move } from '../machine.ts';
import type { BookingRow } from '../tables.ts';

/**
 * "Something is wrong": from the start of the work until the money is released. The clock of silence and the release
 * stand still until an admin decides. Refuses `booking.not_now` after the release.
 */
export async function report(
  ctx: Ctx,
  bookingId: string,
  { version, text }: { version?: number | undefined; text: string },
): Promise<BookingRow> {
  return inTransaction(ctx, async (ctx) => {
    const { booking } = await lockFor(ctx, bookingId, 'report_problem', version);
    if (booking.released_at || !booking.order_id) return refuse('booking.not_now', { state: booking.state });
    await payments.freeze(ctx, booking.order_id, 'problem');
    await clearDeadline(ctx, 'booking.silence', booking.id);
    return move(ctx, booking, {
      act: 'report_problem',
      event: 'booking.problem_reported',
      telling: { kind: 'problem_reported', note: text },
      patch: { problem_text: text, problem_at: ctx.clock.now(), problem_outcome: null, due_at: null },
      data: { before: booking.state },
    });
  });
}

export interface Resolution {
  version?: number | undefined;
  outcome: 'release' | 'full' | 'partial';
  /** For `partial`: what the customer gets back, more than nothing and less than all. */
  refundMinor?: bigint | undefined;
  reason: string;
}

const acts = { release: 'resolve_release', full: 'resolve_full', partial: 'resolve_partial' } as const satisfies Record<
  Resolution['outcome'],
  BookingAct
>;

/** An admin ends a problem: the provider is paid, the customer gets all back, or each a part. */
export async function resolve(
  ctx: Ctx,
  bookingId: string,
  { version, outcome, refundMinor, reason }: Resolution,
): Promise<BookingRow> {
  return inTransaction(ctx, async (ctx) => {
    const { booking } = await lockFor(ctx, bookingId, acts[outcome], version);
    const orderId = booking.order_id;
    if (!orderId) throw new Error(`booking ${booking.id} has no order`);
    const backMinor = refundOf(await payments.refundableMinor(ctx, orderId), outcome, refundMinor);
    await settle(ctx, orderId, outcome, backMinor, reason);
    const now = ctx.clock.now();
    const full = outcome === 'full';
    return move(ctx, booking, {
      act: acts[outcome],
      event: 'booking.problem_resolved',
      telling: { kind: 'problem_resolved', reason, amountMinor: backMinor > 0n ? backMinor : undefined },
      patch: { problem_outcome: outcome, ...(full ? { ended_at: now } : { accepted_at: booking.accepted_at ?? now }) },
      reason,
      data: { outcome, refundMinor: backMinor.toString() },
    });
  });
}

/** `left`: what has not gone back to the customer before. */
function refundOf(left: bigint, outcome: Resolution['outcome'], refundMinor: bigint | undefined): bigint {
  if (outcome === 'release') return 0n;
  if (outcome === 'full') return left;
  const isPart = refundMinor !== undefined && refundMinor > 0n && refundMinor < left;
  return isPart ? refundMinor : refuse('booking.refund_invalid', { belowMinor: left.toString() });
}

/** The order knows what a refund from a problem leaves to the provider. */
async function settle(
  ctx: Ctx,
  orderId: string,
  outcome: Resolution['outcome'],
  backMinor: bigint,
  reason: string,
): Promise<void> {
  if (outcome === 'release') await payments.acceptWork(ctx, orderId, { by: 'admin' });
  else await payments.refund(ctx, orderId, { amountMinor: backMinor, reason });
}
