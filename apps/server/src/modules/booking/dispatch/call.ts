import { personOf, type Ctx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { refuse } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import * as payments from '../../payments/index.ts';
import * as zones from '../../zones/index.ts';
import type { LatLng, Place } from '../offering.ts';
import * as policy from '../policy.ts';
import { emptyBooking, open } from '../sale/open.ts';
import { onceOpened, setPaymentDeadline, toPayment, type PaymentPage } from '../sale/service.ts';
import type { BookingRow } from '../tables.ts';
import { crewsFor } from './crews.ts';
import { categoryName } from './service.ts';

const minuteMs = 60_000;

export interface CallQuote {
  crews: number;
  lowMinor: bigint | undefined;
  highMinor: bigint | undefined;
  currency: string;
  area: string | undefined;
  timeZone: string;
  waitMinutes: number;
}

/** What the crews that could come now ask for; nobody is asked by it. */
export async function quote(
  ctx: Ctx,
  { categoryId, point }: { categoryId: string; point: LatLng },
): Promise<CallQuote> {
  const { currency, timeZone } = await zones.region(ctx);
  const { onDemand } = await zones.numbers(ctx);
  const found = await zones.at(ctx, point);
  const crews = found.length > 0 ? await crewsFor(ctx, { categoryId, point, without: [] }) : [];
  const prices = crews.map((crew) => crew.priceMinor).toSorted((a, b) => (a < b ? -1 : Number(a > b)));
  return {
    crews: crews.length,
    lowMinor: prices[0],
    highMinor: prices.at(-1),
    currency,
    area: found[0]?.name,
    timeZone,
    waitMinutes: onDemand.minutes,
  };
}

export interface CallWish extends Place {
  categoryId: string;
  /** The most that may be taken, minor units, gross. */
  ceilingMinor: bigint;
}

/**
 * Opens a call and the page on which its ceiling is authorised; crews are asked when that is done. Refuses
 * `booking.outside_coverage`, `booking.nobody_free`, and `booking.ceiling_too_low` (data: lowMinor) when nobody would
 * come for it. The same idempotency key goes on where it stopped.
 */
export async function call(ctx: Ctx, wish: CallWish): Promise<PaymentPage> {
  return toPayment(ctx, await onceOpened(ctx, () => openCall(ctx, wish)));
}

async function openCall(ctx: Ctx, wish: CallWish): Promise<BookingRow> {
  const actor = personOf(ctx);
  policy.requireBuyer(actor, wish.buyerOrganisationId);
  const found = await zones.at(ctx, wish.point);
  const [zone] = found;
  if (!zone) return refuse('booking.outside_coverage');
  const without = actor.memberships.map((membership) => membership.organisationId);
  const crews = await crewsFor(ctx, { categoryId: wish.categoryId, point: wish.point, without });
  const [best] = crews;
  if (!best) return refuse('booking.nobody_free');
  const lowest = crews.reduce((low, crew) => (crew.priceMinor < low ? crew.priceMinor : low), best.priceMinor);
  if (wish.ceilingMinor < lowest) refuse('booking.ceiling_too_low', { lowMinor: lowest.toString() });
  const { currency, timeZone } = await zones.region(ctx);
  const { numbers, version } = await zones.numbersInForce(ctx);
  const booking: BookingRow = {
    ...emptyBooking(ctx, actor, wish, zone),
    kind: 'on_demand',
    state: 'awaiting_payment',
    category_id: wish.categoryId,
    title: categoryName(wish.categoryId),
    price_kind: 'on_demand',
    currency,
    ceiling_minor: wish.ceilingMinor,
    numbers_version: version,
    time_zone: timeZone,
    duration_minutes: best.durationMinutes,
    order_id: newId(),
    due_at: new Date(ctx.clock.now().getTime() + numbers.paymentMinutes * minuteMs),
  };
  return inTransaction(ctx, async (ctx) => {
    const opened = await open(ctx, booking, 'on_demand_called');
    await openCeilingOrder(ctx, opened, wish.ceilingMinor);
    await setPaymentDeadline(ctx, opened);
    return opened;
  });
}

/** The provider is named by the capture, when a crew has accepted. */
async function openCeilingOrder(ctx: Ctx, booking: BookingRow, ceilingMinor: bigint): Promise<void> {
  if (!booking.order_id) throw new Error(`booking ${booking.id} has no order`);
  await payments.openOrder(ctx, {
    orderId: booking.order_id,
    customerId: booking.customer_id,
    buyerOrganisationId: booking.buyer_organisation_id ?? undefined,
    subject: { kind: 'booking', id: booking.id },
    lines: [{ id: newId(), title: booking.title, amountMinor: ceilingMinor, vatRateBp: 0 }],
    currency: booking.currency,
    categoryId: booking.category_id,
    zoneId: booking.zone_id ?? undefined,
    startsAt: ctx.clock.now(),
    zone: booking.time_zone,
    ceiling: true,
    lineKind: 'service',
  });
}
