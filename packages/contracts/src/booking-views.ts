import { Type, type Static } from 'typebox';
import {
  assignmentStates,
  bookingKinds,
  bookingStates,
  nextActs,
  offerStates,
  proposalStates,
} from '@plumbline/domain/booking';
import { cancellationRules } from '@plumbline/domain/cancellation';
import { closed, Id, Instant, Money, nullable, oneOf, Point, ZonedInstant } from './common.ts';

/** Where the work is. Lines as people write them on a letter. */
export const Address = closed({
  line1: Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' }),
  line2: Type.Optional(Type.String({ maxLength: 120 })),
  town: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
  postcode: Type.String({ minLength: 2, maxLength: 12, pattern: '\\S' }),
});
export type Address = Static<typeof Address>;

export const Note = Type.String({ maxLength: 2000 });
export const Reason = Type.String({ minLength: 3, maxLength: 500, pattern: '\\S' });

export const bookingParams = closed({ bookingId: Id });

/** The version that the reader saw: somebody else's act in between is refused instead of overwritten. */
export const Seen = { version: Type.Optional(Type.Integer({ minimum: 1 })) };

/** The refusals of every act on a booking. */
export const alwaysOnBooking = [
  'access.not_found',
  'access.forbidden',
  'booking.not_now',
  'booking.changed_meanwhile',
] as const;

/** Both ends in the job's zone. */
export const Window = closed({ start: ZonedInstant, end: ZonedInstant });

/** Whose turn it is, what for and until when; null when the story is over. */
export const Next = closed({
  who: oneOf(['customer', 'provider', 'platform']),
  act: oneOf(nextActs),
  by: Type.Optional(ZonedInstant),
});

/** In which part the reader plays on this booking. */
export const viewerParts = ['customer', 'provider', 'lead', 'staff'] as const;

export const BookingSummary = closed({
  bookingId: Id,
  reference: Type.String(),
  kind: oneOf(bookingKinds),
  state: oneOf(bookingStates),
  part: oneOf(viewerParts),
  title: Type.String(),
  /** Null while an on-demand call has not been answered. */
  provider: nullable(closed({ organisationId: Id, name: Type.String() })),
  /** The whole name once the provider may see the address, a first name before. */
  customerName: Type.String(),
  /** The zone of the place, for example a ward; never the street. */
  area: Type.String(),
  /** Null while there is no agreed time (a quote not sent, an on-demand call not answered). */
  window: nullable(Window),
  timeZone: Type.String(),
  /** Gross; null while nobody named one; for on demand the ceiling until a crew accepted. */
  price: nullable(Money),
  next: nullable(Next),
  updatedAt: Instant,
});
export type BookingSummary = Static<typeof BookingSummary>;

export const timelineKinds = [
  'booked',
  'quote_asked',
  'quote_sent',
  'on_demand_called',
  'paid',
  'card_saved',
  'payment_expired',
  'paid_too_late',
  'request_expired',
  'confirmed',
  'declined',
  'wave_sent',
  'offer_accepted',
  'nobody_free',
  'assigned',
  'assignment_accepted',
  'assignment_declined',
  'time_proposed',
  'time_agreed',
  'time_declined',
  'money_held',
  'charge_failed',
  'cancelled',
  'no_show',
  'started',
  'completed',
  'accepted',
  'accepted_by_silence',
  'problem_reported',
  'unattended',
  'problem_resolved',
  'released',
  'refund_sent',
  'refunded',
  'paid_out',
] as const;

/** One line of the story, oldest first. */
export const TimelineEntry = closed({
  kind: oneOf(timelineKinds),
  at: ZonedInstant,
  by: oneOf(['customer', 'provider', 'platform']),
  /** Name of the person, where the reader may know it. */
  byName: nullable(Type.String()),
  note: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
  amount: Type.Optional(Money),
  window: Type.Optional(Window),
});
export type TimelineEntry = Static<typeof TimelineEntry>;

/** The money rail: what happened to the payment and what comes next. Null while no payment was opened. */
export const BookingMoney = closed({
  orderId: Id,
  /** State of the order (money side). */
  state: Type.String(),
  mode: oneOf(['pay_now', 'save_card']),
  total: Money,
  captured: Money,
  refunded: Money,
  /** What the provider kept of a cancelled booking. */
  fee: Type.Optional(Money),
  heldAt: Type.Optional(ZonedInstant),
  /** End of the hold window after acceptance. */
  releaseAt: Type.Optional(ZonedInstant),
  payoutAt: Type.Optional(ZonedInstant),
});

export const AssignmentView = closed({
  assignmentId: Id,
  personId: Id,
  name: Type.String(),
  part: oneOf(['lead', 'support']),
  state: oneOf(assignmentStates),
  reason: Type.Optional(Type.String()),
});

export const ProposalView = closed({
  proposalId: Id,
  by: oneOf(['customer', 'provider']),
  window: Window,
  note: Type.Optional(Type.String()),
  state: oneOf(proposalStates),
  at: ZonedInstant,
});

export const bookingAbilities = [
  'pay',
  'cancel',
  'confirm',
  'decline',
  'sendQuote',
  'proposeTime',
  'answerTime',
  'withdrawTime',
  'assign',
  'answerAssignment',
  'start',
  'complete',
  'addPhoto',
  'reportAbsence',
  'accept',
  'reportProblem',
  'resolveProblem',
] as const;
export type BookingAbility = (typeof bookingAbilities)[number];

const Abilities = Type.Unsafe<Record<BookingAbility, boolean>>(
  closed(Object.fromEntries(bookingAbilities.map((name) => [name, Type.Boolean()]))),
);

export const BookingView = closed({
  ...BookingSummary.properties,
  serviceId: nullable(Id),
  categoryId: Type.String(),
  packageTitle: nullable(Type.String()),
  hours: nullable(Type.Integer()),
  priceKind: oneOf(['fixed', 'hourly', 'quote', 'on_demand']),
  vatRateBp: nullable(Type.Integer()),
  note: nullable(Type.String()),
  /** Customer: always. Provider: from the confirmation on. */
  address: nullable(Address),
  point: nullable(Point),
  money: nullable(BookingMoney),
  timeline: Type.Array(TimelineEntry),
  assignments: Type.Array(AssignmentView),
  /** The proposal that waits for an answer. */
  proposal: nullable(ProposalView),
  photos: Type.Array(closed({ fileId: Id, by: oneOf(['customer', 'provider']), at: ZonedInstant })),
  completionNote: nullable(Type.String()),
  problem: nullable(
    closed({
      /** `unattended`: raised by the platform, because nobody had said whether the work was done. */
      reason: oneOf(['reported', 'unattended']),
      /** The customer's words; null when nobody reported it. */
      text: nullable(Type.String()),
      reportedAt: ZonedInstant,
      outcome: nullable(oneOf(['release', 'full', 'partial'])),
    }),
  ),
  confirmedAt: nullable(ZonedInstant),
  /** Bookings that came to nothing name other free times of the same service. */
  alternatives: Type.Array(closed({ serviceId: Id, ...Window.properties })),
  can: Abilities,
  version: Type.Integer(),
});
export type BookingView = Static<typeof BookingView>;

/** What cancelling, or staying away, costs; shown before the act. */
export const CancellationQuote = closed({
  rule: oneOf(cancellationRules),
  fee: Money,
  refund: Money,
  /** Until when this answer holds; absent when nothing changes any more. */
  until: Type.Optional(ZonedInstant),
  /** Points that the provider gets, they count in ranking. */
  penaltyPoints: Type.Integer(),
});
export type CancellationQuote = Static<typeof CancellationQuote>;

export const OfferView = closed({
  offerId: Id,
  bookingId: Id,
  organisationId: Id,
  resourceId: Id,
  title: Type.String(),
  /** The zone and a distance; the street comes with the acceptance. */
  area: Type.String(),
  distanceMetres: nullable(Type.Integer()),
  note: nullable(Type.String()),
  price: Money,
  durationMinutes: Type.Integer(),
  timeZone: Type.String(),
  offeredAt: ZonedInstant,
  until: ZonedInstant,
  secondsLeft: Type.Integer({ minimum: 0 }),
  state: oneOf(offerStates),
  can: closed({ accept: Type.Boolean(), decline: Type.Boolean() }),
});
export type OfferView = Static<typeof OfferView>;
