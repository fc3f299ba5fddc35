import { personOf, type Ctx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { setDeadline } from '../../../platform/deadlines.ts';
import { isRefusal, refuse } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import * as calendar from '../../calendar/index.ts';
import * as zones from '../../zones/index.ts';
import { lockFor, move } from '../machine.ts';
import { chosen, requireProven, zoneServed, type Place } from '../offering.ts';
import * as policy from '../policy.ts';
import type { BookingPatch, BookingRow } from '../tables.ts';
import { emptyBooking, open } from './open.ts';
import { openOrder, setPaymentDeadline, soldAs } from './service.ts';
import { claimedRange } from './slots.ts';

/** Prices on request: the customer asks, the provider names price and time, the customer pays within two days. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export interface QuoteWish extends Place {
  serviceId: string;
}

/** Asks a provider for a price. Refuses `booking.service_unavailable` for a service that has its price already. */
export async function ask(ctx: Ctx, wish: QuoteWish): Promise<BookingRow> {
  const actor = personOf(ctx);
  policy.requireBuyer(actor, wish.buyerOrganisationId);
  const offering = await chosen(ctx, { serviceId: wish.serviceId });
  const { service } = offering;
  if (service.price.kind !== 'quote') refuse('booking.service_unavailable');
  policy.requireForeign(actor, service.organisationId);
  const zone = await zoneServed(ctx, service, wish.point);
  await requireProven(ctx, service.organisationId);
  const { numbers, version } = await zones.numbersInForce(ctx);
  const dueAt = new Date(ctx.clock.now().getTime() + numbers.quoteHours * hourMs);
  const booking: BookingRow = {
    ...emptyBooking(ctx, actor, wish, zone),
    ...soldAs(offering),
    kind: 'quote',
    state: 'quote_requested',
    numbers_version: version,
    due_at: dueAt,
  };
  return inTransaction(ctx, async (ctx) => {
    const opened = await open(ctx, booking, 'quote_asked', 'booking.quote_asked');
    await setDeadline(ctx, { kind: 'booking.request', subjectId: opened.id, at: dueAt });
    return opened;
  });
}

export interface Quote {
  version?: number | undefined;
  amountMinor: bigint;
  start: Date;
  durationMinutes: number;
  note?: string | undefined;
}

/**
 * The provider's price and time. The time is kept for the customer until they have paid or `quoteHours` are over, and
 * never beyond the start. Refuses `booking.slot_taken` when nobody of the team is free then.
 */
export async function send(ctx: Ctx, bookingId: string, quote: Quote): Promise<BookingRow> {
  return inTransaction(ctx, async (ctx) => {
    const { booking } = await lockFor(ctx, bookingId, 'send_quote', quote.version);
    const now = ctx.clock.now();
    if (quote.start <= now) refuse('booking.too_early');
    const { quoteHours } = await zones.numbers(ctx);
    const dueAt = new Date(Math.min(now.getTime() + quoteHours * hourMs, quote.start.getTime()));
    const patch: BookingPatch = {
      price_minor: quote.amountMinor,
      duration_minutes: quote.durationMinutes,
      start_at: quote.start,
      end_at: new Date(quote.start.getTime() + quote.durationMinutes * minuteMs),
      order_id: newId(),
      due_at: dueAt,
    };
    const claim = await claimFor(ctx, { ...booking, ...patch }, dueAt);
    const sent = await move(ctx, booking, {
      act: 'send_quote',
      event: 'booking.quote_sent',
      telling: {
        kind: 'quote_sent',
        note: quote.note,
        amountMinor: quote.amountMinor,
        from: quote.start,
        to: patch.end_at ?? undefined,
      },
      patch: { ...patch, claim_id: claim.claimId, resource_id: claim.resourceId },
      data: { amountMinor: quote.amountMinor.toString() },
    });
    await openOrder(ctx, sent, quote.amountMinor);
    await setPaymentDeadline(ctx, sent);
    return sent;
  });
}

/** Any of the service's team who is free; the provider knows their hours and may work outside them. */
async function claimFor(ctx: Ctx, booking: BookingRow, holdUntil: Date) {
  const { start_at: from, end_at: to, service_id: serviceId } = booking;
  if (!from || !to || !serviceId) throw new Error(`booking ${booking.id} has no time or service`);
  const { service } = await chosen(ctx, { serviceId });
  const buffers = { before: booking.buffer_before_minutes, after: booking.buffer_after_minutes };
  // The provider knows how much they take on; a quote goes beyond their own number.
  try {
    const wanted = {
      during: claimedRange({ from, to }, buffers),
      subject: { kind: 'booking', id: booking.id },
      label: booking.title,
      holdUntil,
    };
    return await calendar.claimAny(ctx, wanted, service.teamResourceIds);
  } catch (error) {
    if (isRefusal(error, 'calendar.slot_taken')) return refuse('booking.slot_taken', { alternatives: [] });
    throw error;
  }
}
