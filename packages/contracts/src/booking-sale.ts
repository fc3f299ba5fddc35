import { Type, type Static } from 'typebox';
import {
  Address,
  alwaysOnBooking as always,
  bookingParams,
  BookingView,
  Note,
  OfferView,
  Reason,
  Seen,
  Window,
} from './booking-views.ts';
import { closed, Id, Instant, LocalDate, Money, nullable, Point, RegionId } from './common.ts';
import { route } from './route.ts';

const Place = { address: Address, point: Point, note: Type.Optional(Note) };
const Paid = closed({ bookingId: Id, reference: Type.String(), paymentUrl: Type.String({ format: 'uri' }) });

const Slot = closed({ ...Window.properties, free: Type.Integer({ minimum: 1 }) });
export const SlotDays = closed({
  serviceId: Id,
  timeZone: Type.String(),
  durationMinutes: Type.Integer(),
  noticeMinutes: Type.Integer(),
  /** Every day asked for, in the job's zone; a day without free slots has none. */
  days: Type.Array(closed({ date: LocalDate, slots: Type.Array(Slot) })),
});
export type SlotDays = Static<typeof SlotDays>;

/** Everything before the provider's yes: slots, checkout, quotes, on-demand calls and offers. */
export const bookingSaleRoutes = {
  slots: route({
    name: 'booking.slots',
    method: 'GET',
    path: '/v1/markets/:regionId/services/:serviceId/slots',
    permission: 'public',
    summary: 'Free times of a service, in the job’s zone',
    params: closed({ regionId: RegionId, serviceId: Id }),
    query: closed({
      /** First day, in the job's zone; today when absent. */
      from: Type.Optional(LocalDate),
      days: Type.Optional(Type.Integer({ minimum: 1, maximum: 31, default: 7 })),
      packageId: Type.Optional(Id),
      hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 12 })),
      /** Where the work is: days that are full there have no times. */
      lat: Type.Optional(Point.properties.lat),
      lng: Type.Optional(Point.properties.lng),
    }),
    reply: SlotDays,
    refusals: ['access.not_found', 'booking.hours_invalid', 'booking.outside_coverage'],
  }),
  checkout: route({
    name: 'booking.checkout',
    method: 'POST',
    path: '/v1/bookings',
    permission: 'booking:buy',
    summary: 'Book a slot and go to pay',
    body: closed({
      serviceId: Id,
      packageId: Type.Optional(Id),
      start: Instant,
      hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 12 })),
      ...Place,
      /** The enterprise that buys; absent for oneself. */
      buyerOrganisationId: Type.Optional(Id),
    }),
    reply: Paid,
    status: 201,
    idempotent: true,
    limit: 'money',
    refusals: [
      'access.not_found',
      'access.forbidden',
      'booking.slot_taken',
      'booking.slot_not_offered',
      'booking.day_full',
      'booking.outside_coverage',
      'booking.service_unavailable',
      'booking.provider_unavailable',
      'booking.own_service',
      'booking.hours_invalid',
    ],
  }),
  pay: route({
    name: 'booking.pay',
    method: 'POST',
    params: bookingParams,
    path: '/v1/bookings/:bookingId/payment',
    permission: 'booking:buy',
    summary: 'Go to pay (again)',
    reply: Paid,
    idempotent: true,
    limit: 'money',
    refusals: always,
  }),
  askQuote: route({
    name: 'booking.askQuote',
    method: 'POST',
    path: '/v1/quote-requests',
    permission: 'booking:buy',
    summary: 'Ask a price for a service priced by quote',
    body: closed({ serviceId: Id, ...Place, buyerOrganisationId: Type.Optional(Id) }),
    reply: closed({ bookingId: Id, reference: Type.String() }),
    status: 201,
    idempotent: true,
    refusals: [
      'access.not_found',
      'access.forbidden',
      'booking.outside_coverage',
      'booking.service_unavailable',
      'booking.provider_unavailable',
      'booking.own_service',
    ],
  }),
  sendQuote: route({
    method: 'POST',
    params: bookingParams,
    name: 'booking.sendQuote',
    path: '/v1/bookings/:bookingId/quote',
    permission: 'booking:confirm',
    summary: 'Name the price and the time; the customer pays within 48 h',
    body: closed({
      ...Seen,
      /** Gross, VAT included. */
      amountMinor: Type.String({ pattern: '^[1-9][0-9]{0,9}$' }),
      start: Instant,
      durationMinutes: Type.Integer({ minimum: 15, maximum: 1440 }),
      note: Type.Optional(Note),
    }),
    reply: BookingView,
    refusals: [...always, 'booking.slot_taken', 'booking.too_early', 'booking.provider_unavailable'],
  }),

  onDemandQuote: route({
    name: 'booking.onDemandQuote',
    method: 'GET',
    path: '/v1/markets/:regionId/on-demand-quote',
    permission: 'public',
    summary: 'What crews near a place ask now',
    params: closed({ regionId: RegionId }),
    query: closed({
      categoryId: Type.String({ maxLength: 80 }),
      lat: Type.Number({ minimum: -90, maximum: 90 }),
      lng: Type.Number({ minimum: -180, maximum: 180 }),
    }),
    reply: closed({
      crews: Type.Integer(),
      low: nullable(Money),
      high: nullable(Money),
      /** The ceiling that we suggest to authorise. */
      ceiling: nullable(Money),
      area: nullable(Type.String()),
      timeZone: Type.String(),
      waitMinutes: Type.Integer(),
    }),
  }),
  callOnDemand: route({
    name: 'booking.callOnDemand',
    method: 'POST',
    path: '/v1/on-demand-bookings',
    permission: 'booking:buy',
    summary: 'Call the nearest free crews up to a ceiling',
    body: closed({
      categoryId: Type.String({ minLength: 1, maxLength: 80 }),
      ...Place,
      ceilingMinor: Type.String({ pattern: '^[1-9][0-9]{0,9}$' }),
      buyerOrganisationId: Type.Optional(Id),
    }),
    reply: Paid,
    status: 201,
    idempotent: true,
    limit: 'money',
    refusals: ['access.forbidden', 'booking.outside_coverage', 'booking.nobody_free', 'booking.ceiling_too_low'],
  }),
  offers: route({
    name: 'booking.offers',
    method: 'GET',
    path: '/v1/offers',
    permission: 'booking:work',
    summary: 'On-demand offers that wait for one’s answer',
    reply: closed({ items: Type.Array(OfferView), serverTime: Instant }),
  }),
  acceptOffer: route({
    name: 'booking.acceptOffer',
    method: 'POST',
    path: '/v1/offers/:offerId/acceptance',
    permission: 'booking:work',
    summary: 'Take the work; the first one gets it',
    params: closed({ offerId: Id }),
    body: closed({
      /** Minutes until one is there. */
      arrivalMinutes: Type.Integer({ minimum: 5, maximum: 120 }),
      /** Needed when one answers for somebody else. */
      reason: Type.Optional(Reason),
    }),
    reply: BookingView,
    idempotent: true,
    limit: 'money',
    refusals: [
      'access.not_found',
      'access.forbidden',
      'booking.offer_taken',
      'booking.offer_over',
      'booking.slot_taken',
      'booking.day_full',
      'booking.provider_unavailable',
      'booking.reason_missing',
    ],
  }),
  declineOffer: route({
    name: 'booking.declineOffer',
    method: 'POST',
    path: '/v1/offers/:offerId/refusal',
    permission: 'booking:work',
    summary: 'Leave it to others',
    params: closed({ offerId: Id }),
    body: closed({ reason: Type.Optional(Reason) }),
    reply: OfferView,
    refusals: ['access.not_found', 'access.forbidden', 'booking.offer_over', 'booking.reason_missing'],
  }),
} as const;
