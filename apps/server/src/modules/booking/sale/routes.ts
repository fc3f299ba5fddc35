import { bookingRoutes } from '@plumbline/contracts/booking';
import { on } from '../../../platform/http/module.ts';
import * as offers from '../dispatch/answer.ts';
import * as calling from '../dispatch/call.ts';
import { presentCallQuote, presentOffer, presentSlots } from '../present.ts';
import { shown } from '../show.ts';
import * as quoting from './quote.ts';
import * as sale from './service.ts';
import { slots } from './slots.ts';

/** Handlers that ask the PSP for its page: they run outside one transaction and may be run again with the same key. */
const outside = { outside: true } as const;

export const saleRoutes = [
  on(bookingRoutes.slots, async (ctx, { params: { serviceId }, query }) => {
    const { from, days = 7, packageId, hours, lat, lng } = query;
    const point = lat === undefined || lng === undefined ? undefined : { lat, lng };
    return presentSlots(await slots(ctx, { serviceId, packageId, hours }, { from, days, point }));
  }),

  on(bookingRoutes.checkout, (ctx, { body }) => sale.checkout(ctx, { ...body, start: new Date(body.start) }), outside),

  on(bookingRoutes.pay, (ctx, { params }) => sale.pay(ctx, params.bookingId), outside),

  on(bookingRoutes.askQuote, async (ctx, { body }) => {
    const { id: bookingId, reference } = await quoting.ask(ctx, body);
    return { bookingId, reference };
  }),

  on(bookingRoutes.sendQuote, async (ctx, { params, body }) => {
    const quote = { ...body, amountMinor: BigInt(body.amountMinor), start: new Date(body.start) };
    return shown(ctx, await quoting.send(ctx, params.bookingId, quote));
  }),

  on(bookingRoutes.onDemandQuote, async (ctx, { query: { categoryId, lat, lng } }) =>
    presentCallQuote(await calling.quote(ctx, { categoryId, point: { lat, lng } })),
  ),

  on(
    bookingRoutes.callOnDemand,
    (ctx, { body }) => calling.call(ctx, { ...body, ceilingMinor: BigInt(body.ceilingMinor) }),
    outside,
  ),

  on(bookingRoutes.offers, async (ctx) => {
    const now = ctx.clock.now();
    const rows = await offers.mine(ctx);
    return { items: rows.map((row) => presentOffer(row, now)), serverTime: now.toISOString() };
  }),

  on(bookingRoutes.acceptOffer, async (ctx, { params, body }) =>
    shown(ctx, await offers.accept(ctx, params.offerId, body)),
  ),

  on(bookingRoutes.declineOffer, async (ctx, { params, body }) =>
    presentOffer(await offers.decline(ctx, params.offerId, body.reason), ctx.clock.now()),
  ),
];
