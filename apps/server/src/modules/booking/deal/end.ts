import { absenceFee, cancellationFee, mayReportAbsence, type CancellationFee } from '@plumbline/domain/cancellation';
import { mayMove } from '@plumbline/domain/booking';
import type { Ctx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { refuse } from '../../../platform/errors.ts';
import * as calendar from '../../calendar/index.ts';
import * as payments from '../../payments/index.ts';
import * as zones from '../../zones/index.ts';
import { closeOffers } from '../dispatch/offers.ts';
import { lock, lockFor, move, sideOfParty } from '../machine.ts';
import * as policy from '../policy.ts';
import * as store from '../store.ts';
import type { BookingRow } from '../tables.ts';

/** Ends of bookings that came to nothing, and what they cost. */

/** Gives back the calendar and lets the customer's money go, all of it; what has happened already is not repeated. */
export async function letGo(ctx: Ctx, booking: BookingRow, reason: string): Promise<void> {
  if (booking.kind === 'on_demand') await closeOffers(ctx, booking, 'withdrawn');
  if (booking.claim_id) await calendar.free(ctx, booking.claim_id);
  if (booking.order_id) await payments.cancelAuthorisation(ctx, booking.order_id, reason);
}

/** What cancelling costs the reader now, and until when that holds. */
export async function quote(ctx: Ctx, bookingId: string): Promise<{ booking: BookingRow; fee: CancellationFee }> {
  const booking = (await store.byId.first(ctx, ctx.regionId, bookingId)) ?? refuse('access.not_found');
  const party = policy.requireMove(ctx.actor, booking, 'cancel');
  return { booking, fee: await feeOf(ctx, booking, sideOfParty(party)) };
}

async function feeOf(
  ctx: Ctx,
  booking: BookingRow,
  by: 'customer' | 'provider' | 'platform',
): Promise<CancellationFee> {
  const facts = {
    by,
    state: booking.state,
    start: booking.start_at ?? booking.created_at,
    confirmedAt: booking.confirmed_at ?? undefined,
    held: booking.held_at !== null,
    now: ctx.clock.now(),
    grossMinor: await grossOf(ctx, booking),
  };
  return cancellationFee(facts, await zones.numbers(ctx));
}

/** What a fee is a share of: the price, less what the provider has given back already. */
async function grossOf(ctx: Ctx, booking: BookingRow): Promise<bigint> {
  if (booking.held_at && booking.order_id) return payments.refundableMinor(ctx, booking.order_id);
  return booking.price_minor ?? booking.ceiling_minor ?? 0n;
}

export interface Cancellation {
  version?: number | undefined;
  reason?: string | undefined;
  /** The fee that the person was shown, minor units. */
  feeMinor: bigint;
}

/**
 * Cancels by the policy of the market. Refuses `booking.fee_changed` (data: feeMinor) when it costs more by now than
 * the person was shown: nobody pays more than they agreed to.
 */
export async function cancel(
  ctx: Ctx,
  bookingId: string,
  { version, reason, feeMinor }: Cancellation,
): Promise<BookingRow> {
  return inTransaction(ctx, async (ctx) => {
    const { booking, party } = await lockFor(ctx, bookingId, 'cancel', version);
    const by = sideOfParty(party);
    const fee = await feeOf(ctx, booking, by);
    if (fee.feeMinor > feeMinor) refuse('booking.fee_changed', { feeMinor: fee.feeMinor.toString() });
    return endWithFee(ctx, booking, fee, { by, reason });
  });
}

/** The platform ends a booking, free for the customer: the payment cannot be had, or was all given back. */
export async function cancelByPlatform(ctx: Ctx, booking: BookingRow, why: string): Promise<BookingRow> {
  if (!mayMove(booking.state, 'cancel', 'system')) return booking;
  return endWithFee(ctx, booking, await feeOf(ctx, booking, 'platform'), { by: 'platform', why });
}

interface Ending {
  by: 'customer' | 'provider' | 'platform';
  /** In somebody's own words; the story tells it. */
  reason?: string | undefined;
  /** In ours, for the audit trail. */
  why?: string | undefined;
}

async function endWithFee(
  ctx: Ctx,
  booking: BookingRow,
  fee: CancellationFee,
  { by, reason, why }: Ending,
): Promise<BookingRow> {
  await settle(ctx, booking, fee);
  if (fee.penaltyPoints > 0) await givePenalty(ctx, booking, 'cancelled');
  return move(ctx, booking, {
    act: 'cancel',
    event: 'booking.cancelled',
    telling: { kind: 'cancelled', reason, side: by, amountMinor: fee.feeMinor > 0n ? fee.feeMinor : undefined },
    patch: { ended_at: ctx.clock.now(), due_at: null, cancelled_by: by, fee_minor: fee.feeMinor },
    reason,
    data: {
      by,
      rule: fee.rule,
      feeMinor: fee.feeMinor.toString(),
      penaltyPoints: fee.penaltyPoints,
      ...(why && { why }),
    },
  });
}

/** The fee is a sale and stays with the provider; the rest goes back. Without a fee everything is let go. */
async function settle(ctx: Ctx, booking: BookingRow, fee: CancellationFee): Promise<void> {
  if (fee.feeMinor === 0n || !booking.order_id) return letGo(ctx, booking, fee.rule);
  if (booking.claim_id) await calendar.free(ctx, booking.claim_id);
  const { refundMinor: amountMinor, feeMinor, rule: reason } = fee;
  await payments.refund(ctx, booking.order_id, { amountMinor, feeMinor, reason });
}

async function givePenalty(ctx: Ctx, booking: BookingRow, reason: 'cancelled' | 'absent'): Promise<void> {
  if (!booking.organisation_id) return;
  await store.addPenalty.run(ctx, booking.region_id, booking.id, booking.organisation_id, reason, ctx.clock.now());
}

/**
 * The side that is there says that the other is not. Refuses `booking.too_early` (data: from) before the market's
 * number of minutes after the start.
 */
export async function reportAbsence(
  ctx: Ctx,
  bookingId: string,
  { version, note }: { version?: number | undefined; note?: string | undefined } = {},
): Promise<BookingRow> {
  return inTransaction(ctx, async (ctx) => {
    const { booking, party } = await lockFor(ctx, bookingId, 'no_show', version);
    const numbers = await zones.numbers(ctx);
    const { start_at: start } = booking;
    if (!start) throw new Error(`booking ${booking.id} has no time`);
    if (!mayReportAbsence(start, ctx.clock.now(), numbers)) {
      refuse('booking.too_early', {
        from: new Date(start.getTime() + numbers.noShowMinutesAfterStart * 60_000).toISOString(),
      });
    }
    const absent = party === 'customer' ? 'provider' : 'customer';
    const gross = await grossOf(ctx, booking);
    const due = absenceFee(absent, gross, numbers);
    // What was never taken cannot be kept.
    const fee = booking.held_at ? due : { ...due, feeMinor: 0n, refundMinor: gross };
    await settle(ctx, booking, fee);
    if (fee.penaltyPoints > 0) await givePenalty(ctx, booking, 'absent');
    return move(ctx, booking, {
      act: 'no_show',
      event: 'booking.absent',
      telling: { kind: 'no_show', note, amountMinor: fee.feeMinor > 0n ? fee.feeMinor : undefined },
      patch: { ended_at: ctx.clock.now(), cancelled_by: sideOfParty(party), fee_minor: fee.feeMinor },
      data: { absent, feeMinor: fee.feeMinor.toString(), penaltyPoints: fee.penaltyPoints },
    });
  });
}

/** Nobody answered in time, or the time to pay is over: the caller has locked the booking. */
export async function expire(
  ctx: Ctx,
  booking: BookingRow,
  told: 'payment_expired' | 'request_expired' | 'nobody_free',
): Promise<BookingRow> {
  await letGo(ctx, booking, told);
  return move(ctx, booking, {
    act: 'expire',
    event: 'booking.expired',
    telling: { kind: told },
    patch: { ended_at: ctx.clock.now(), due_at: null },
    data: { why: told },
  });
}

/** Deadline: the provider has not answered the request, or not named a price. */
export async function requestOver(ctx: Ctx, bookingId: string): Promise<void> {
  const booking = await lock(ctx, bookingId);
  const waits = booking.state === 'requested' && booking.kind !== 'on_demand';
  if (waits || booking.state === 'quote_requested') await expire(ctx, booking, 'request_expired');
}
