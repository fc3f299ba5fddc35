import { holdsCalendar, mayMove } from '@plumbline/domain/booking';
import type { Ctx } from '../../../platform/ctx.ts';
import { setDeadline } from '../../../platform/deadlines.ts';
import { attempt } from '../../../platform/db/transaction.ts';
import { isRefusal } from '../../../platform/errors.ts';
import type { Event } from '../../../platform/outbox.ts';
import * as calendar from '../../calendar/index.ts';
import * as payments from '../../payments/index.ts';
import * as zones from '../../zones/index.ts';
import { requireRoomFor } from '../capacity/service.ts';
import { agreed } from '../deal/confirm.ts';
import { cancelByPlatform, expire, letGo } from '../deal/end.ts';
import { begin as beginDispatch } from '../dispatch/service.ts';
import { change, lock, move, type Telling } from '../machine.ts';
import { answerBy } from '../sale/service.ts';
import type { BookingRow } from '../tables.ts';

/**
 * What the money side tells, and the deadlines that ask it. The platform runs each listener once per event; news may
 * still come late or after the booking went another way, so that each looks at the state first.
 */

/** The booking of an order's event, locked; undefined when the event is about something else. */
async function bookingOf(ctx: Ctx, event: Event): Promise<BookingRow | undefined> {
  const { subjectKind, subjectId } = event.data;
  return subjectKind === 'booking' && typeof subjectId === 'string' ? lock(ctx, subjectId) : undefined;
}

/** Deadline: the time to pay is over. The PSP's page is closed first; the outcome comes as an event. */
export async function paymentOver(ctx: Ctx, bookingId: string): Promise<void> {
  const booking = await lock(ctx, bookingId);
  if (booking.state === 'awaiting_payment' && booking.order_id) await payments.requestExpiry(ctx, booking.order_id);
}

/**
 * The card is authorised, or saved for a far start: the request goes to the provider. When we had given up waiting in
 * between, the time is claimed again; if somebody else has it, the card is let go at once.
 */
export async function paid(ctx: Ctx, event: Event): Promise<void> {
  const booking = await bookingOf(ctx, event);
  if (!booking) return;
  const mode = event.data['mode'] === 'save_card' ? 'save_card' : 'pay_now';
  if (booking.state === 'awaiting_payment' || neverRequested(booking)) return request(ctx, booking, mode);
  // Somebody cancelled while the customer was paying.
  const over = booking.state === 'cancelled' || booking.state === 'declined';
  if (over && !booking.requested_at && booking.order_id)
    await payments.cancelAuthorisation(ctx, booking.order_id, 'over');
}

/** Expired for want of a payment that came after all; one that expired unanswered has been let go already. */
const neverRequested = (booking: BookingRow): boolean => booking.state === 'expired' && booking.requested_at === null;

async function request(ctx: Ctx, booking: BookingRow, mode: 'pay_now' | 'save_card'): Promise<void> {
  if (!(await timeIsOurs(ctx, booking))) return tooLate(ctx, booking);
  const now = ctx.clock.now();
  const dueAt = answerBy(now, booking.start_at, await zones.numbers(ctx));
  const requested = await move(ctx, booking, {
    act: 'pay',
    event: 'booking.requested',
    telling: { kind: mode === 'save_card' ? 'card_saved' : 'paid', side: 'customer' },
    patch: { pay_mode: mode, requested_at: now, due_at: dueAt, ended_at: null },
    data: { mode },
  });
  if (booking.kind === 'on_demand') return beginDispatch(ctx, requested);
  // A quote is the provider's word already.
  if (booking.kind === 'quote')
    await agreed(ctx, requested, { act: 'confirm', telling: { kind: 'confirmed', side: 'provider' } });
  else await setDeadline(ctx, { kind: 'booking.request', subjectId: booking.id, at: dueAt });
}

/** Claims the time again if it had been given back; false when it is somebody else's or past. */
async function timeIsOurs(ctx: Ctx, booking: BookingRow): Promise<boolean> {
  const { start_at: start, claim_id: claimId } = booking;
  if (!claimId) return true;
  if (start && start <= ctx.clock.now()) return false;
  try {
    await attempt(ctx, async (ctx) => {
      // While it counted as expired somebody else may have had the day's last job.
      if (booking.state === 'expired' && start) await requireRoomFor(ctx, booking, start);
      await calendar.reclaim(ctx, claimId);
    });
    return true;
  } catch (error) {
    if (isRefusal(error, 'calendar.slot_taken') || isRefusal(error, 'booking.day_full')) return false;
    throw error;
  }
}

async function tooLate(ctx: Ctx, booking: BookingRow): Promise<void> {
  await letGo(ctx, booking, 'slot_taken');
  const telling = { kind: 'paid_too_late', side: 'platform' } as const;
  const event = 'booking.expired';
  const data = { why: 'paid_too_late' };
  const patch = { ended_at: ctx.clock.now(), due_at: null };
  if (booking.state === 'expired') await change(ctx, booking, { act: 'paid_too_late', event, telling, data });
  else await move(ctx, booking, { act: 'expire', event, telling, patch, data });
}

/** Nobody paid in time: the slot is free again. */
export async function unpaid(ctx: Ctx, event: Event): Promise<void> {
  const booking = await bookingOf(ctx, event);
  if (booking?.state === 'awaiting_payment') await expire(ctx, booking, 'payment_expired');
}

/** The money is held. */
export async function held(ctx: Ctx, event: Event): Promise<void> {
  const booking = await bookingOf(ctx, event);
  if (!booking || booking.held_at) return;
  await change(ctx, booking, {
    act: 'money_held',
    event: 'booking.money_moved',
    telling: { kind: 'money_held', amountMinor: amountOf(event), side: 'platform' },
    patch: { held_at: event.at, pay_again_until: null, ...(booking.state === 'confirmed' ? { due_at: null } : {}) },
    data: { what: 'held' },
  });
}

/**
 * The payment could not be taken. A saved card gives the customer a day to pay again; an authorisation that the bank
 * let go ends the booking, free of charge.
 */
export async function notTaken(ctx: Ctx, event: Event): Promise<void> {
  const booking = await bookingOf(ctx, event);
  if (booking?.state === 'requested') return void (await expire(ctx, booking, 'payment_expired'));
  if (booking?.state !== 'confirmed') return;
  if (booking.pay_mode !== 'save_card') return void (await cancelByPlatform(ctx, booking, 'capture_failed'));
  if (booking.pay_again_until) return;
  const { payAgainHours } = await zones.numbers(ctx);
  const until = new Date(ctx.clock.now().getTime() + payAgainHours * 3_600_000);
  await setDeadline(ctx, { kind: 'booking.pay_again', subjectId: booking.id, at: until });
  await change(ctx, booking, {
    act: 'charge_failed',
    event: 'booking.charge_failed',
    telling: { kind: 'charge_failed', side: 'platform' },
    patch: { pay_again_until: until, due_at: until },
    data: { until: until.toISOString() },
  });
}

/** Deadline: the day to pay again is over. */
export async function payAgainOver(ctx: Ctx, bookingId: string): Promise<void> {
  const booking = await lock(ctx, bookingId);
  if (booking.state === 'confirmed' && booking.pay_again_until && !booking.held_at) {
    await cancelByPlatform(ctx, booking, 'not_paid_again');
  }
}

/** Deadline: a saved card is charged, shortly before the work. */
export async function chargeSavedCard(ctx: Ctx, bookingId: string): Promise<void> {
  const booking = await lock(ctx, bookingId);
  if (booking.state === 'confirmed' && !booking.held_at && booking.order_id) {
    await payments.capture(ctx, booking.order_id, {});
  }
}

/** The hold window is over: from now on a problem is another story. */
export async function released(ctx: Ctx, event: Event): Promise<void> {
  const booking = await bookingOf(ctx, event);
  if (!booking || booking.released_at) return;
  const worked = booking.state === 'accepted';
  await change(ctx, booking, {
    act: 'released',
    event: 'booking.money_moved',
    telling: { kind: 'released', amountMinor: amountOf(event), side: 'platform' },
    patch: worked ? { released_at: event.at, due_at: null } : { released_at: event.at },
    data: { what: 'released' },
  });
}

/**
 * Money is on its way back. When all of it is, there is nothing left to work for: the booking ends now, not when the
 * bank has taken it, which it may refuse for days.
 */
export async function givenBack(ctx: Ctx, event: Event): Promise<void> {
  const booking = await bookingOf(ctx, event);
  if (!booking?.order_id || (await payments.refundableMinor(ctx, booking.order_id)) > 0n) return;
  const telling = { kind: 'refund_sent', amountMinor: amountOf(event), side: 'platform' } as const;
  if (mayMove(booking.state, 'close', 'system')) await closeGivenBack(ctx, booking, telling);
  else await cancelByPlatform(ctx, booking, 'all_refunded');
}

/** Money has gone back. */
export async function refunded(ctx: Ctx, event: Event): Promise<void> {
  const booking = await bookingOf(ctx, event);
  if (!booking) return;
  const telling = { kind: 'refunded', amountMinor: amountOf(event), side: 'platform' } as const;
  await change(ctx, booking, { act: 'refunded', event: 'booking.money_moved', telling, data: { what: 'refunded' } });
}

async function closeGivenBack(ctx: Ctx, booking: BookingRow, telling: Telling): Promise<void> {
  if (booking.claim_id && holdsCalendar(booking.state)) await calendar.free(ctx, booking.claim_id);
  const patch = { ended_at: ctx.clock.now(), due_at: null };
  const data = { what: 'refunded' };
  await move(ctx, booking, { act: 'close', event: 'booking.closed', telling, patch, data });
}

/** The provider has their money: an accepted booking is closed. */
export async function paidOut(ctx: Ctx, event: Event): Promise<void> {
  const booking = await bookingOf(ctx, event);
  if (!booking) return;
  const telling = { kind: 'paid_out', side: 'platform' } as const;
  if (booking.state === 'accepted') {
    await move(ctx, booking, { act: 'close', event: 'booking.closed', telling, patch: { ended_at: event.at } });
  } else {
    await change(ctx, booking, { act: 'paid_out', event: 'booking.money_moved', telling, data: { what: 'paid_out' } });
  }
}

function amountOf(event: Event): bigint | undefined {
  const amount = event.data['amountMinor'];
  return typeof amount === 'string' && /^\d+$/.test(amount) ? BigInt(amount) : undefined;
}
