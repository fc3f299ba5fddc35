import { isUnattended, unattendedFrom } from '@plumbline/domain/booking';
import type { Ctx } from '../../../platform/ctx.ts';
import { setDeadline } from '../../../platform/deadlines.ts';
import * as payments from '../../payments/index.ts';
import { lock, move } from '../machine.ts';
import type { BookingRow } from '../tables.ts';
import { cancelByPlatform } from './end.ts';

/**
 * Nobody has told us whether the work was done: held money must not wait for ever, nor go anywhere by itself. Two days
 * after the end it becomes a problem that the platform raises and its staff decide.
 */

/** Sets the clock of a booking that is agreed, or agreed for another time. */
export async function watch(ctx: Ctx, { id, end_at: end }: Pick<BookingRow, 'id' | 'end_at'>): Promise<void> {
  if (!end) throw new Error(`booking ${id} has no time`);
  await setDeadline(ctx, { kind: 'booking.unattended', subjectId: id, at: unattendedFrom(end) });
}

/** Deadline: what never was paid could not begin and ends free of charge; what is held is for somebody to decide. */
export async function unattended(ctx: Ctx, bookingId: string): Promise<void> {
  const booking = await lock(ctx, bookingId);
  if (!booking.end_at || !isUnattended(booking.state, booking.end_at, ctx.clock.now())) return;
  if (!booking.held_at || !booking.order_id) return void (await cancelByPlatform(ctx, booking, 'never_paid'));
  await payments.freeze(ctx, booking.order_id, 'unattended');
  await move(ctx, booking, {
    act: 'report_problem',
    event: 'booking.problem_reported',
    telling: { kind: 'unattended', side: 'platform' },
    patch: { problem_text: null, problem_at: ctx.clock.now(), problem_outcome: null, due_at: null },
    data: { before: booking.state, reason: 'unattended' },
  });
}
