import * as booking from '../../modules/booking/index.ts';
import { begin, confirm, confirmed, finish, finished, later, request, type Plot } from './deals.ts';
import type { Market, Wanted, CustomerName } from './market.ts';
import type { Scene } from './play.ts';

/** Turns that a deal can take. */

export async function* declined(market: Market, plot: Plot, reason: string): Scene {
  const { offer, bookingId } = yield* request(market, plot);
  yield later(market.stage.now(), 2.2);
  await booking.decline(market.stage.as(offer.owner), bookingId, { reason });
}

/** Cancelled by the customer so many hours before the start, for what it costs then. */
export async function* cancelled(market: Market, plot: Plot, hoursBefore: number, reason: string): Scene {
  const { customer, bookingId, booking: agreed } = yield* confirmed(market, plot);
  yield later(agreed.start_at ?? market.stage.now(), -hoursBefore);
  const { fee } = await booking.cancellationQuote(market.stage.as(customer.actor), bookingId);
  await booking.cancel(market.stage.as(customer.actor), bookingId, { feeMinor: fee.feeMinor, reason });
}

/** The lead stands at a closed door. */
export async function* nobodyHome(market: Market, plot: Plot, note: string): Scene {
  const { bookingId, offer, booking: agreed } = yield* confirmed(market, plot);
  yield later(agreed.start_at ?? market.stage.now(), 0.5);
  await booking.reportAbsence(market.stage.as(offer.owner), bookingId, { note });
}

export async function* problemOpen(market: Market, plot: Plot, text: string): Scene {
  const { customer, bookingId } = yield* finished(market, plot);
  yield later(market.stage.now(), 4);
  await booking.reportProblem(market.stage.as(customer.actor), bookingId, { text });
}

/** …and staff give a part back two days later. */
export async function* problemEnded(
  market: Market,
  plot: Plot,
  text: string,
  decision: { refundMinor: bigint; reason: string },
): Scene {
  const { customer, bookingId } = yield* finished(market, plot);
  yield later(market.stage.now(), 5);
  await booking.reportProblem(market.stage.as(customer.actor), bookingId, { text });
  yield later(market.stage.now(), 44);
  await booking.resolveProblem(market.stage.as(market.staff()), bookingId, { outcome: 'partial', ...decision });
}

/** The customer cannot at the agreed time; the company agrees to the day after. */
export async function* movedAndDone(market: Market, plot: Plot, note: string): Scene {
  const deal = yield* confirmed(market, plot);
  yield later(market.stage.now(), 5);
  const start = (await market.starts(deal.offer, later(deal.booking.start_at ?? market.stage.now(), 24)))[2];
  if (!start) throw new Error(`no other time for “${plot.note}”`);
  await booking.propose(market.stage.as(deal.customer.actor), deal.bookingId, { start, note });
  yield later(market.stage.now(), 1);
  const { proposal } = await booking.show(market.stage.as(deal.offer.owner), deal.bookingId);
  const moved = await booking.answerProposal(
    market.stage.as(deal.offer.owner),
    deal.bookingId,
    proposal?.proposalId ?? '',
    { answer: 'accept' },
  );
  const done = yield* finish(yield* begin({ ...deal, booking: moved }));
  yield later(market.stage.now(), 2);
  await booking.accept(market.stage.as(done.customer.actor), done.bookingId);
}

/** The company offers another time, and waits for the answer. */
export async function* otherTimeOffered(market: Market, plot: Plot, note: string): Scene {
  const deal = yield* request(market, plot);
  yield later(market.stage.now(), 0.9);
  const start = (await market.starts(deal.offer, plot.from ?? market.stage.now()))[4];
  if (!start) throw new Error(`no other time for “${plot.note}”`);
  await booking.propose(market.stage.as(deal.offer.owner), deal.bookingId, { start, note });
}

/** The first card is declined by its bank, the second is good. */
export async function* secondCardAndDone(market: Market, plot: Plot): Scene {
  const deal = yield* request(market, plot, '4000 0000 0000 0002');
  const { paymentUrl } = await booking.pay(market.stage.as(deal.customer.actor), deal.bookingId);
  await market.stage.pay(paymentUrl, { name: deal.customer.actor.name });
  const done = yield* finish(yield* begin({ ...deal, booking: yield* confirm(deal) }));
  yield later(market.stage.now(), 26);
  await booking.accept(market.stage.as(done.customer.actor), done.bookingId);
}

export interface QuotePlot extends Wanted {
  who: CustomerName;
  booked: Date;
  note: string;
}

/** A price is asked for. */
export async function* quoteAsked(market: Market, plot: QuotePlot) {
  yield plot.booked;
  const customer = market.customer(plot.who);
  const offer = await market.offer({ ...plot, kind: 'quote' }, customer);
  const { id: bookingId } = await booking.askForQuote(market.stage.as(customer.actor), {
    serviceId: offer.service.serviceId,
    address: customer.address,
    point: customer.point,
    note: plot.note,
    buyerOrganisationId: customer.buyerOrganisationId,
  });
  return { customer, offer, bookingId };
}

/** …named, and paid. */
export async function* quotePaid(
  market: Market,
  plot: QuotePlot,
  quote: { amountMinor: bigint; start: Date; durationMinutes: number; note: string },
): Scene {
  const { customer, offer, bookingId } = yield* quoteAsked(market, plot);
  yield later(market.stage.now(), 3);
  await booking.sendQuote(market.stage.as(offer.owner), bookingId, quote);
  yield later(market.stage.now(), 2);
  const { paymentUrl } = await booking.pay(market.stage.as(customer.actor), bookingId);
  await market.stage.pay(paymentUrl, { name: customer.actor.name });
}

export interface CallPlot {
  who: CustomerName;
  trade: string;
  booked: Date;
  ceilingMinor: bigint;
  note: string;
  done: string;
}

/** Somebody is needed now: the best crew takes the call within two minutes. */
export async function* calledOut(market: Market, plot: CallPlot): Scene {
  yield plot.booked;
  const customer = market.customer(plot.who);
  const { bookingId, paymentUrl } = await booking.call(market.stage.as(customer.actor), {
    categoryId: plot.trade,
    point: customer.point,
    address: customer.address,
    note: plot.note,
    ceilingMinor: plot.ceilingMinor,
    buyerOrganisationId: customer.buyerOrganisationId,
  });
  await market.stage.pay(paymentUrl, { name: customer.actor.name });
  yield later(market.stage.now(), 1 / 60);
  const { offer, offerId } = await market.asked(plot.trade, bookingId);
  const agreed = await booking.acceptOffer(market.stage.as(offer.owner), offerId, {
    arrivalMinutes: 25,
    reason: 'Sent by the office',
  });
  await market.stage.settle();
  const done = yield* finish(yield* begin({ market, plot, customer, offer, bookingId, booking: agreed }));
  yield later(market.stage.now(), 1);
  await booking.accept(market.stage.as(done.customer.actor), done.bookingId);
}
