import type { PolicyNumbers } from '@plumbline/domain/policy-numbers';
import { personOf, type Ctx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { setDeadline } from '../../../platform/deadlines.ts';
import { isRefusal, refuse } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import * as calendar from '../../calendar/index.ts';
import * as payments from '../../payments/index.ts';
import * as zones from '../../zones/index.ts';
import { isPayable } from '../abilities.ts';
import { requireRoom } from '../capacity/service.ts';
import { lock } from '../machine.ts';
import { chosen, requireProven, zoneServed, type Offering, type Place } from '../offering.ts';
import * as policy from '../policy.ts';
import * as store from '../store.ts';
import type { BookingRow } from '../tables.ts';
import { emptyBooking, open } from './open.ts';
import { alternatives, claimedRange, requireSlot } from './slots.ts';

export interface CheckoutWish extends Place {
  serviceId: string;
  packageId?: string | undefined;
  hours?: number | undefined;
  start: Date;
}

export interface PaymentPage {
  bookingId: string;
  reference: string;
  paymentUrl: string;
}

const minuteMs = 60_000;

/**
 * Takes the slot, opens the booking and its order in one transaction, then the PSP's page. The slot is kept for
 * `paymentMinutes`. Called again with the same idempotency key it goes on where it stopped. Refuses
 * `booking.slot_taken` with other times, `booking.outside_coverage` and the others of the contract.
 */
export async function checkout(ctx: Ctx, wish: CheckoutWish): Promise<PaymentPage> {
  return toPayment(ctx, await onceOpened(ctx, () => openCheckout(ctx, wish)));
}

/**
 * Opens, or finds what an earlier try with the same idempotency key has opened. That is looked up only when opening
 * fails, which it does: the earlier try has the key, and most often the slot.
 */
export async function onceOpened(ctx: Ctx, openNew: () => Promise<BookingRow>): Promise<BookingRow> {
  try {
    return await openNew();
  } catch (error) {
    const before = ctx.idempotencyKey && (await store.byIdempotencyKey.first(ctx, ctx.regionId, ctx.idempotencyKey));
    if (before) return before;
    throw error;
  }
}

async function openCheckout(ctx: Ctx, wish: CheckoutWish): Promise<BookingRow> {
  const actor = personOf(ctx);
  policy.requireBuyer(actor, wish.buyerOrganisationId);
  const offering = await chosen(ctx, wish);
  const { service, priceMinor } = offering;
  if (priceMinor === undefined) return refuse('booking.service_unavailable');
  policy.requireForeign(actor, service.organisationId);
  const zone = await zoneServed(ctx, service, wish.point);
  await requireProven(ctx, service.organisationId);
  const free = await requireSlot(ctx, offering, wish.start, zone.zoneId);
  const { numbers, version } = await zones.numbersInForce(ctx);
  const booking: BookingRow = {
    ...emptyBooking(ctx, actor, wish, zone),
    ...soldAs(offering),
    kind: 'scheduled',
    state: 'awaiting_payment',
    numbers_version: version,
    start_at: wish.start,
    end_at: new Date(wish.start.getTime() + offering.durationMinutes * minuteMs),
    order_id: newId(),
    due_at: new Date(ctx.clock.now().getTime() + numbers.paymentMinutes * minuteMs),
  };
  return inTransaction(ctx, (ctx) => writeCheckout(ctx, booking, offering, priceMinor, free));
}

async function writeCheckout(
  ctx: Ctx,
  booking: BookingRow,
  offering: Offering,
  priceMinor: bigint,
  free: readonly string[],
): Promise<BookingRow> {
  await requireRoomIn(ctx, booking, offering);
  const claim = await claimSlot(ctx, booking, offering, free);
  const opened = await open(ctx, { ...booking, claim_id: claim.claimId, resource_id: claim.resourceId }, 'booked');
  await openOrder(ctx, opened, priceMinor);
  await setPaymentDeadline(ctx, opened);
  return opened;
}

/** A full day names other times, as a taken slot does. */
async function requireRoomIn(ctx: Ctx, booking: BookingRow, offering: Offering): Promise<void> {
  const { start_at: start, zone_id: zoneId } = booking;
  if (!start) throw new Error('a checkout has a time');
  try {
    await requireRoom(ctx, offering.service, booking, start);
  } catch (error) {
    if (!isRefusal(error, 'booking.day_full')) throw error;
    refuse('booking.day_full', { ...error.data, alternatives: await alternatives(ctx, offering, start, zoneId) });
  }
}

async function claimSlot(ctx: Ctx, booking: BookingRow, offering: Offering, free: readonly string[]) {
  const { start_at: from, end_at: to, due_at: holdUntil } = booking;
  if (!from || !to || !holdUntil) throw new Error('a checkout has a time');
  const { bufferBeforeMinutes: before, bufferAfterMinutes: after } = offering.service;
  try {
    return await calendar.claimAny(
      ctx,
      {
        during: claimedRange({ from, to }, { before, after }),
        subject: { kind: 'booking', id: booking.id },
        label: booking.title,
        holdUntil,
      },
      free,
    );
  } catch (error) {
    if (!isRefusal(error, 'calendar.slot_taken')) throw error;
    return refuse('booking.slot_taken', { alternatives: await alternatives(ctx, offering, from, booking.zone_id) });
  }
}

/** What of the offering the booking keeps. */
export function soldAs({ service, packageId, packageTitle, hours, priceMinor, durationMinutes }: Offering) {
  return {
    organisation_id: service.organisationId,
    provider_name: service.organisationName,
    service_id: service.serviceId,
    category_id: service.categoryId,
    title: service.title,
    package_id: packageId,
    package_title: packageTitle,
    hours,
    price_kind: service.price.kind,
    currency: service.price.currency,
    price_minor: priceMinor ?? null,
    vat_rate_bp: service.vatRateBp,
    time_zone: service.zone,
    duration_minutes: durationMinutes,
    buffer_before_minutes: service.bufferBeforeMinutes,
    buffer_after_minutes: service.bufferAfterMinutes,
  };
}

/** The money side of a booking whose price is known. */
export async function openOrder(ctx: Ctx, booking: BookingRow, priceMinor: bigint): Promise<void> {
  if (!booking.order_id || !booking.start_at) throw new Error(`booking ${booking.id} has no order or time`);
  await payments.openOrder(ctx, {
    orderId: booking.order_id,
    customerId: booking.customer_id,
    buyerOrganisationId: booking.buyer_organisation_id ?? undefined,
    organisationId: booking.organisation_id ?? undefined,
    subject: { kind: 'booking', id: booking.id },
    lines: [{ id: newId(), title: lineTitle(booking), amountMinor: priceMinor, vatRateBp: booking.vat_rate_bp ?? 0 }],
    currency: booking.currency,
    categoryId: booking.category_id,
    zoneId: booking.zone_id ?? undefined,
    startsAt: booking.start_at,
    zone: booking.time_zone,
    lineKind: 'service',
  });
}

const lineTitle = ({ title, package_title: bundle }: BookingRow): string => (bundle ? `${title}: ${bundle}` : title);

/** Until when the payment has to be there; then the PSP's page is closed first. */
export async function setPaymentDeadline(ctx: Ctx, booking: BookingRow): Promise<void> {
  if (booking.due_at) await setDeadline(ctx, { kind: 'booking.payment', subjectId: booking.id, at: booking.due_at });
}

/**
 * The payment page of a booking that waits for its payment, or whose saved card could not be charged. Refuses
 * `booking.not_now` for any other.
 */
export async function pay(ctx: Ctx, bookingId: string): Promise<PaymentPage> {
  const booking = await inTransaction(ctx, async (ctx) => {
    const found = await lock(ctx, bookingId);
    policy.requireParty(ctx.actor, found, 'customer');
    return found;
  });
  if (!isPayable(booking)) refuse('booking.not_now', { state: booking.state });
  return toPayment(ctx, booking);
}

/** The PSP is asked after the commit; a person waits for its answer. */
export async function toPayment(ctx: Ctx, booking: BookingRow): Promise<PaymentPage> {
  if (!booking.order_id) throw new Error(`booking ${booking.id} has no order`);
  const { url } = await payments.startCheckout(ctx, booking.order_id, { returnPath: `/bookings/${booking.id}` });
  return { bookingId: booking.id, reference: booking.reference, paymentUrl: url };
}

/** Until when the provider has to answer a request: a day, or some hours before the start, but half an hour at least. */
export function answerBy(now: Date, start: Date | null, numbers: PolicyNumbers): Date {
  const hourMs = 60 * minuteMs;
  const plain = now.getTime() + numbers.requestHours * hourMs;
  if (!start) return new Date(plain);
  const beforeStart = start.getTime() - numbers.requestHoursBeforeStart * hourMs;
  const atLeast = Math.min(now.getTime() + 30 * minuteMs, start.getTime());
  return new Date(Math.min(plain, Math.max(beforeStart, atLeast)));
}
