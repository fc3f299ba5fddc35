import * as booking from '../../modules/booking/index.ts';
import type { Customer, CustomerName, Market, Offer, Wanted } from './market.ts';
import type { Scene } from './play.ts';

/** What is wanted of whom, and what people say about it. */
export interface Plot extends Wanted {
  who: CustomerName;
  booked: Date;
  /** When the work is: the first free start from then on, or the last one until then. */
  from?: Date;
  until?: Date;
  hours?: number;
  note: string;
  done?: string;
}

type Booking = Awaited<ReturnType<typeof booking.confirm>>;
type Steps<T> = AsyncGenerator<Date, T, void>;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
export const later = (at: Date, hours: number): Date => new Date(at.getTime() + hours * hourMs);

export interface Deal {
  market: Market;
  plot: Plot;
  customer: Customer;
  offer: Offer;
  bookingId: string;
}

/** A customer books, and the card is authorised. */
export async function* request(market: Market, plot: Plot, card?: string): Steps<Deal> {
  yield plot.booked;
  const customer = market.customer(plot.who);
  const offer = await market.offer(plot, customer);
  const start = await timeFor(market, plot, offer);
  const { bookingId, paymentUrl } = await booking.checkout(market.stage.as(customer.actor), {
    serviceId: offer.service.serviceId,
    start,
    address: customer.address,
    point: customer.point,
    note: plot.note,
    hours: plot.hours,
    buyerOrganisationId: customer.buyerOrganisationId,
  });
  await market.stage.pay(paymentUrl, { name: customer.actor.name, ...(card && { card }) });
  return { market, plot, customer, offer, bookingId };
}

async function timeFor(market: Market, { from, until, hours, note }: Plot, offer: Offer): Promise<Date> {
  const starts = await market.starts(offer, from ?? market.stage.now(), hours);
  const start = until ? starts.findLast((one) => one <= until) : starts.find((one) => one >= (from ?? one));
  if (!start) throw new Error(`${offer.service.organisationName} has no time for “${note}”`);
  return start;
}

/** …and the company says yes some hours later. */
export async function* confirmed(market: Market, plot: Plot): Steps<Deal & { booking: Booking }> {
  const deal = yield* request(market, plot);
  return { ...deal, booking: yield* confirm(deal) };
}

export async function* confirm({ market, offer, bookingId }: Deal): Steps<Booking> {
  yield later(market.stage.now(), 1.3);
  const agreed = await booking.confirm(market.stage.as(offer.owner), bookingId);
  await market.stage.settle();
  return agreed;
}

/** The lead begins at the agreed time. */
export async function* started(market: Market, plot: Plot): Steps<Deal & { booking: Booking }> {
  return yield* begin(yield* confirmed(market, plot));
}

export async function* begin<D extends Deal & { booking: Booking }>(deal: D): Steps<D> {
  const { start_at: start, lead_id: leadId } = deal.booking;
  if (!start || !leadId) throw new Error(`booking ${deal.bookingId} has no time or lead`);
  yield new Date(start.getTime() + 4 * minuteMs);
  const lead = await deal.market.person(leadId);
  await booking.start(deal.market.stage.as(lead), deal.bookingId);
  return deal;
}

/** …and says what was done. */
export async function* finished(market: Market, plot: Plot): Steps<Deal & { booking: Booking }> {
  return yield* finish(yield* started(market, plot));
}

export async function* finish<D extends Deal & { booking: Booking }>(deal: D): Steps<D> {
  const { market, plot, booking: agreed } = deal;
  const lead = await market.person(agreed.lead_id ?? '');
  yield new Date((agreed.end_at ?? market.stage.now()).getTime() - 6 * minuteMs);
  await booking.complete(market.stage.as(lead), deal.bookingId, { note: plot.done ?? 'Done as agreed.' });
  return deal;
}

/** The customer accepts some hours after the end; money and payout follow by themselves. */
export async function* accepted(market: Market, plot: Plot, hoursAfter = 3): Scene {
  const deal = yield* finished(market, plot);
  yield later(market.stage.now(), hoursAfter);
  await booking.accept(market.stage.as(deal.customer.actor), deal.bookingId);
}

/** Accepted at this moment, or an hour before silence would. */
export async function* acceptedAt(market: Market, plot: Plot, at: Date): Scene {
  const deal = yield* finished(market, plot);
  const silence = later(market.stage.now(), 71);
  yield at < silence ? at : silence;
  await booking.accept(market.stage.as(deal.customer.actor), deal.bookingId);
}

/** A scene that ends with these steps. */
export async function* only(steps: Steps<unknown>): Scene {
  yield* steps;
}
