import { bookingActRoutes } from './booking-acts.ts';
import { bookingSaleRoutes } from './booking-sale.ts';

export * from './booking-views.ts';
export { SlotDays } from './booking-sale.ts';

export const bookingRefusals = {
  'booking.slot_taken': 409,
  'booking.slot_not_offered': 409,
  'booking.outside_coverage': 409,
  'booking.day_full': 409,
  'booking.service_unavailable': 409,
  'booking.provider_unavailable': 409,
  'booking.own_service': 409,
  'booking.hours_invalid': 422,
  'booking.not_now': 409,
  'booking.changed_meanwhile': 409,
  'booking.too_early': 409,
  'booking.not_paid_yet': 409,
  'booking.too_far_ahead': 409,
  'booking.proof_missing': 422,
  'booking.reason_missing': 422,
  'booking.photo_unknown': 422,
  'booking.offer_taken': 409,
  'booking.offer_over': 409,
  'booking.nobody_free': 409,
  'booking.ceiling_too_low': 422,
  'booking.proposal_open': 409,
  'booking.assignee_invalid': 422,
  'booking.refund_invalid': 422,
  'booking.fee_changed': 409,
} as const satisfies Record<string, number>;

export const bookingRoutes = { ...bookingSaleRoutes, ...bookingActRoutes } as const;
