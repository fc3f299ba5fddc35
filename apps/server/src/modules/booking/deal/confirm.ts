import type { BookingAct } from '@plumbline/domain/booking';
import type { Ctx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { setDeadline } from '../../../platform/deadlines.ts';
import * as calendar from '../../calendar/index.ts';
import * as payments from '../../payments/index.ts';
import * as zones from '../../zones/index.ts';
import { handOver, staff } from '../assignment/service.ts';
import { lockFor, move, type Telling } from '../machine.ts';
import type { BookingPatch, BookingRow } from '../tables.ts';
import { letGo } from './end.ts';
import { watch } from './unattended.ts';

/** The provider says yes: the payment is taken, somebody is asked to do the work, the address is shown. */
export async function confirm(
  ctx: Ctx,
  bookingId: string,
  { version, assigneeId }: { version?: number | undefined; assigneeId?: string | undefined } = {},
): Promise<BookingRow> {
  return inTransaction(ctx, async (ctx) => {
    const { booking } = await lockFor(ctx, bookingId, 'confirm', version);
    const given = assigneeId ? await handOver(ctx, booking, assigneeId) : booking;
    return agreed(ctx, given, { act: 'confirm', telling: { kind: 'confirmed' } });
  });
}

export interface Agreement {
  act: Extract<BookingAct, 'confirm' | 'agree_time'>;
  telling: Telling;
  /** What of the booking changes with it, for example its time. */
  patch?: BookingPatch;
  /** An on-demand call: whose price is taken. */
  terms?: { amountMinor: bigint; organisationId: string; vatRateBp: number };
}

/** From a request to a deal, by whichever way the yes came; the caller has locked the booking and checked the act. */
export async function agreed(
  ctx: Ctx,
  booking: BookingRow,
  { act, telling, patch = {}, terms }: Agreement,
): Promise<BookingRow> {
  const now = ctx.clock.now();
  const dealt = { ...booking, ...patch };
  if (dealt.claim_id) await calendar.take(ctx, dealt.claim_id);
  const staffing = await staff(ctx, dealt, { agreed: terms !== undefined });
  const money = await takeMoney(ctx, dealt, terms);
  await watch(ctx, dealt);
  return move(ctx, booking, {
    act,
    event: 'booking.confirmed',
    telling,
    patch: { ...patch, ...staffing, ...money, confirmed_at: now, due_at: null },
  });
}

/** Captures the authorisation; a saved card is charged some days before the start, at once when that has come. */
async function takeMoney(ctx: Ctx, booking: BookingRow, terms: Agreement['terms']): Promise<BookingPatch> {
  if (!booking.order_id) throw new Error(`booking ${booking.id} has no order`);
  if (booking.pay_mode === 'save_card') return { charge_at: await planCharge(ctx, booking, booking.order_id) };
  await payments.capture(ctx, booking.order_id, { ...terms });
  return {};
}

const dayMs = 86_400_000;

/** Sets, or after a change of the time sets again, when a saved card is charged. */
export async function planCharge(ctx: Ctx, booking: BookingRow, orderId: string): Promise<Date> {
  if (!booking.start_at) throw new Error(`booking ${booking.id} has no time`);
  const { chargeSavedCardDaysBefore } = await zones.numbers(ctx);
  const at = new Date(booking.start_at.getTime() - chargeSavedCardDaysBefore * dayMs);
  if (at <= ctx.clock.now()) await payments.capture(ctx, orderId, {});
  else await setDeadline(ctx, { kind: 'booking.charge_saved_card', subjectId: booking.id, at });
  return at;
}

/** The provider says no: the card and the time are let go. */
export async function decline(
  ctx: Ctx,
  bookingId: string,
  { version, reason }: { version?: number | undefined; reason?: string | undefined } = {},
): Promise<BookingRow> {
  return inTransaction(ctx, async (ctx) => {
    const { booking } = await lockFor(ctx, bookingId, 'decline', version);
    await letGo(ctx, booking, 'declined');
    return move(ctx, booking, {
      act: 'decline',
      event: 'booking.declined',
      telling: { kind: 'declined', reason },
      patch: { ended_at: ctx.clock.now(), due_at: null },
      reason,
    });
  });
}
