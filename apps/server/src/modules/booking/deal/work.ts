import { startEarlyMinutes, type BookingParty } from '@plumbline/domain/booking';
import type { Ctx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { setDeadline } from '../../../platform/deadlines.ts';
import { refuse } from '../../../platform/errors.ts';
import * as payments from '../../payments/index.ts';
import * as zones from '../../zones/index.ts';
import * as assignments from '../assignment/store.ts';
import { lock, lockFor, move } from '../machine.ts';
import * as photos from '../photo/store.ts';
import type { BookingRow } from '../tables.ts';

/** From the start of the work to its acceptance. */

const minuteMs = 60_000;

interface InTheirName {
  version?: number | undefined;
  /** Needed when the provider's staff act for the lead. */
  reason?: string | undefined;
}

/**
 * The work begins. Refuses `booking.too_early` more than two hours before the agreed time, `booking.not_paid_yet`
 * while the payment is not held, `booking.reason_missing` when somebody acts in the lead's name without saying why.
 */
export async function start(ctx: Ctx, bookingId: string, { version, reason }: InTheirName = {}): Promise<BookingRow> {
  return inTransaction(ctx, async (ctx) => {
    const { booking, party } = await lockFor(ctx, bookingId, 'start', version);
    requireReason(party, booking, reason);
    const now = ctx.clock.now();
    const { start_at: agreed } = booking;
    if (!agreed || now.getTime() < agreed.getTime() - startEarlyMinutes * minuteMs) refuse('booking.too_early');
    if (!booking.held_at || !booking.order_id) return refuse('booking.not_paid_yet');
    await assignments.acceptLead.run(ctx, booking.region_id, booking.id, now);
    await payments.startService(ctx, booking.order_id);
    return move(ctx, booking, {
      act: 'start',
      event: 'booking.started',
      telling: { kind: 'started', reason },
      patch: { started_at: now },
      reason,
    });
  });
}

function requireReason(party: BookingParty, booking: BookingRow, reason: string | undefined): void {
  if (party === 'provider' && booking.lead_id !== null && !reason) refuse('booking.reason_missing');
}

export interface Completion extends InTheirName {
  note?: string | undefined;
  photoIds?: string[] | undefined;
}

/**
 * The work is done, shown by a note or photos. The customer has `silenceHours` to look; then their silence accepts.
 * Refuses `booking.proof_missing` without either, `booking.photo_unknown` for a photo that is not of this booking.
 */
export async function complete(
  ctx: Ctx,
  bookingId: string,
  { version, note, photoIds = [], reason }: Completion,
): Promise<BookingRow> {
  return inTransaction(ctx, async (ctx) => {
    const { booking, party } = await lockFor(ctx, bookingId, 'complete', version);
    requireReason(party, booking, reason);
    await requireProof(ctx, booking, note, photoIds);
    if (!booking.order_id) throw new Error(`booking ${booking.id} has no order`);
    await payments.markDelivered(ctx, booking.order_id);
    const now = ctx.clock.now();
    const { silenceHours } = await zones.numbers(ctx);
    const dueAt = new Date(now.getTime() + silenceHours * 60 * minuteMs);
    await setDeadline(ctx, { kind: 'booking.silence', subjectId: booking.id, at: dueAt });
    return move(ctx, booking, {
      act: 'complete',
      event: 'booking.completed',
      telling: { kind: 'completed', note, reason },
      patch: { completed_at: now, completion_note: note?.trim() || null, due_at: dueAt },
      reason,
    });
  });
}

async function requireProof(
  ctx: Ctx,
  booking: BookingRow,
  note: string | undefined,
  photoIds: string[],
): Promise<void> {
  const known = await photos.ofBooking.all(ctx, booking.region_id, booking.id);
  const own = new Set(known.filter((photo) => photo.by_side === 'provider').map((photo) => photo.file_id));
  if (photoIds.some((id) => !own.has(id))) refuse('booking.photo_unknown');
  if (!note?.trim() && own.size === 0) refuse('booking.proof_missing');
}

/** The customer is content, also after a problem: the payment goes on its way to the provider. */
export async function accept(
  ctx: Ctx,
  bookingId: string,
  { version }: { version?: number | undefined } = {},
): Promise<BookingRow> {
  return inTransaction(ctx, async (ctx) => {
    const { booking } = await lockFor(ctx, bookingId, 'accept', version);
    return accepted(ctx, booking, 'customer');
  });
}

/** Deadline: the customer has said nothing. A problem that was reported has stopped this clock. */
export async function silence(ctx: Ctx, bookingId: string): Promise<void> {
  const booking = await lock(ctx, bookingId);
  if (booking.state === 'completed') await accepted(ctx, booking, 'silence');
}

async function accepted(ctx: Ctx, booking: BookingRow, by: 'customer' | 'silence'): Promise<BookingRow> {
  if (!booking.order_id) throw new Error(`booking ${booking.id} has no order`);
  await payments.acceptWork(ctx, booking.order_id, { by });
  return move(ctx, booking, {
    act: 'accept',
    event: 'booking.accepted',
    telling: { kind: by === 'silence' ? 'accepted_by_silence' : 'accepted' },
    patch: {
      accepted_at: booking.accepted_at ?? ctx.clock.now(),
      due_at: null,
      ...(booking.state === 'problem' && { problem_outcome: 'release' }),
    },
    data: { by },
  });
}
