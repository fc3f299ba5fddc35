import type {
  BookingSummary,
  BookingView,
  CancellationQuote,
  OfferView,
  SlotDays,
  TimelineEntry,
} from '@plumbline/contracts/booking';
import type { Money, ZonedInstant } from '@plumbline/contracts/common';
import { mayPropose, nextActor, showsAddress, type NextFacts } from '@plumbline/domain/booking';
import type { CancellationFee } from '@plumbline/domain/cancellation';
import { abilitiesOf } from './abilities.ts';
import type { CallQuote } from './dispatch/call.ts';
import type { LiveOfferRow } from './dispatch/store.ts';
import type { View } from './policy.ts';
import type { BookingPage } from './read.ts';
import type { SlotPage } from './sale/slots.ts';
import type { ListRow, StoryRow } from './store.ts';
import type { BookingRow } from './tables.ts';

const money = (minor: bigint, currency: string): Money => ({ minor: minor.toString(), currency });

/** A moment of a row, or as text from JSON, to be read in the job's zone. */
const zoned = (at: Date | string, zone: string): ZonedInstant => ({ at: new Date(at).toISOString(), zone });

const maybe = <T, U>(value: T | null | undefined, make: (value: T) => U): U | null =>
  value === null || value === undefined ? null : make(value);

/** The provider knows a first name until they may see the address. */
function customerNameFor(view: View, booking: BookingRow): string {
  const known = view.part === 'customer' || view.part === 'staff' || showsAddress(booking.state);
  return known ? booking.customer_name : firstName(booking.customer_name);
}

const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? '';

const windowOf = (booking: Pick<BookingRow, 'start_at' | 'end_at' | 'time_zone'>) =>
  booking.start_at && booking.end_at
    ? { start: zoned(booking.start_at, booking.time_zone), end: zoned(booking.end_at, booking.time_zone) }
    : null;

type Waiting = Pick<NextFacts, 'timeProposedBy' | 'assignmentOpen'>;

function nextOf(booking: BookingRow, waiting: Waiting): BookingSummary['next'] {
  const step = nextActor({
    state: booking.state,
    kind: booking.kind,
    ...waiting,
    payAgain: booking.pay_again_until !== null,
    unassigned: booking.lead_id === null,
  });
  if (!step) return null;
  const by = step.act === 'start' ? booking.start_at : booking.due_at;
  return { ...step, ...(by && { by: zoned(by, booking.time_zone) }) };
}

function summaryOf(booking: BookingRow, view: View, waiting: Waiting): BookingSummary {
  const price = booking.price_minor ?? booking.ceiling_minor;
  const { organisation_id: organisationId, provider_name: name } = booking;
  return {
    bookingId: booking.id,
    reference: booking.reference,
    kind: booking.kind,
    state: booking.state,
    part: view.part,
    title: booking.title,
    provider: organisationId && name !== null ? { organisationId, name } : null,
    customerName: customerNameFor(view, booking),
    area: booking.area,
    window: windowOf(booking),
    timeZone: booking.time_zone,
    price: price === null ? null : money(price, booking.currency),
    next: nextOf(booking, waiting),
    updatedAt: booking.updated_at.toISOString(),
  };
}

export const presentListed = (row: ListRow, view: View): BookingSummary =>
  summaryOf(row, view, { timeProposedBy: row.proposed_by ?? undefined, assignmentOpen: row.assignment_open });

/** A booking as this reader may see it. */
export function presentBooking(page: BookingPage, now: Date): BookingView {
  const { booking, view, story, absence } = page;
  const zone = booking.time_zone;
  const proposal = story.proposal && mayPropose(booking.state, booking.kind) ? story.proposal : null;
  const assignmentOpen = story.assignments.some((one) => one.part === 'lead' && one.state === 'offered');
  const proposedBy = proposal?.by_side;
  const seesPlace = view.part === 'customer' || (view.part !== 'staff' && showsAddress(booking.state));
  return {
    ...summaryOf(booking, view, { timeProposedBy: proposedBy, assignmentOpen }),
    serviceId: booking.service_id,
    categoryId: booking.category_id,
    packageTitle: booking.package_title,
    hours: booking.hours,
    priceKind: booking.price_kind,
    vatRateBp: booking.vat_rate_bp,
    note: booking.note,
    address: seesPlace ? booking.address : null,
    point: seesPlace ? { lat: booking.lat, lng: booking.lng } : null,
    money: moneyOf(page),
    timeline: story.events.map((event) => timelineEntry(event, page)),
    assignments: story.assignments.map(presentAssignment),
    proposal: proposal && presentProposal(proposal, zone),
    photos: story.photos.map((photo) => ({ fileId: photo.file_id, by: photo.by_side, at: zoned(photo.at, zone) })),
    completionNote: booking.completion_note,
    problem: problemOf(booking),
    confirmedAt: maybe(booking.confirmed_at, (at) => zoned(at, zone)),
    alternatives: page.alternatives.map(({ serviceId, start, end, zone }) => ({
      serviceId,
      start: zoned(start, zone),
      end: zoned(end, zone),
    })),
    can: abilitiesOf({ booking, parties: view.parties, proposedBy, assignmentOpen, absence, now }),
    version: booking.version,
  };
}

/** Whoever only does the work sees its price, not the firm's money. */
function moneyOf({ booking, view, money: order }: BookingPage): BookingView['money'] {
  if (!order || view.part === 'lead') return null;
  const zone = booking.time_zone;
  const amount = (minor: bigint) => money(minor, order.currency);
  return {
    orderId: order.orderId,
    state: order.state,
    mode: order.mode,
    total: amount(order.grossMinor),
    captured: amount(order.capturedMinor),
    refunded: amount(order.refundedMinor),
    ...(order.feeMinor !== undefined && { fee: amount(order.feeMinor) }),
    ...(order.heldAt && { heldAt: zoned(order.heldAt, zone) }),
    ...(order.releaseAt && { releaseAt: zoned(order.releaseAt, zone) }),
    ...(order.payoutAt && { payoutAt: zoned(order.payoutAt, zone) }),
  };
}

function timelineEntry(event: StoryRow['events'][number], { booking, view }: BookingPage): TimelineEntry {
  const zone = booking.time_zone;
  const hidesName = event.by_side === 'customer' && customerNameFor(view, booking) !== booking.customer_name;
  const name = event.person_name && hidesName ? firstName(event.person_name) : event.person_name;
  const window =
    event.from_at && event.to_at ? { start: zoned(event.from_at, zone), end: zoned(event.to_at, zone) } : undefined;
  return {
    kind: event.kind as TimelineEntry['kind'],
    at: zoned(event.at, zone),
    by: event.by_side,
    byName: name,
    ...(event.note !== null && { note: event.note }),
    ...(event.reason !== null && { reason: event.reason }),
    ...(event.amount_minor !== null && { amount: money(BigInt(event.amount_minor), booking.currency) }),
    ...(window && { window }),
  };
}

function presentAssignment(row: StoryRow['assignments'][number]): BookingView['assignments'][number] {
  const { id: assignmentId, person_id: personId, person_name: name, part, state, reason } = row;
  return { assignmentId, personId, name, part, state, ...(reason !== null && { reason }) };
}

function presentProposal(row: NonNullable<StoryRow['proposal']>, zone: string): NonNullable<BookingView['proposal']> {
  return {
    proposalId: row.id,
    by: row.by_side,
    window: { start: zoned(row.start_at, zone), end: zoned(row.end_at, zone) },
    ...(row.note !== null && { note: row.note }),
    state: row.state,
    at: zoned(row.created_at, zone),
  };
}

function problemOf(booking: BookingRow): BookingView['problem'] {
  const { problem_text: text, problem_at: at, problem_outcome: outcome, time_zone: zone } = booking;
  return at && { reason: text === null ? 'unattended' : 'reported', text, reportedAt: zoned(at, zone), outcome };
}

export function presentFee(fee: CancellationFee, booking: BookingRow): CancellationQuote {
  return {
    rule: fee.rule,
    fee: money(fee.feeMinor, booking.currency),
    refund: money(fee.refundMinor, booking.currency),
    penaltyPoints: fee.penaltyPoints,
    ...(fee.until && { until: zoned(fee.until, booking.time_zone) }),
  };
}

export function presentSlots({ offering, days }: SlotPage): SlotDays {
  const { zone } = offering.service;
  return {
    serviceId: offering.service.serviceId,
    timeZone: zone,
    durationMinutes: offering.durationMinutes,
    noticeMinutes: offering.service.noticeMinutes,
    days: days.map(({ date, slots }) => ({
      date,
      slots: slots.map((slot) => ({
        start: zoned(slot.from, zone),
        end: zoned(slot.to, zone),
        free: slot.resourceIds.length,
      })),
    })),
  };
}

export function presentCallQuote(quote: CallQuote) {
  const amount = (minor: bigint | undefined) => (minor === undefined ? null : money(minor, quote.currency));
  return {
    crews: quote.crews,
    low: amount(quote.lowMinor),
    high: amount(quote.highMinor),
    ceiling: amount(quote.highMinor),
    area: quote.area ?? null,
    timeZone: quote.timeZone,
    waitMinutes: quote.waitMinutes,
  };
}

/** An offer as whoever may answer it sees it: the area and the distance, never the street. */
export function presentOffer(row: LiveOfferRow, now: Date): OfferView {
  const live = row.state === 'offered' && now < row.until;
  return {
    offerId: row.id,
    bookingId: row.booking_id,
    organisationId: row.organisation_id,
    resourceId: row.resource_id,
    title: row.title,
    area: row.area,
    distanceMetres: row.distance_metres,
    note: row.note,
    price: money(row.price_minor, row.currency),
    durationMinutes: row.duration_minutes,
    timeZone: row.time_zone,
    offeredAt: zoned(row.offered_at, row.time_zone),
    until: zoned(row.until, row.time_zone),
    secondsLeft: live ? Math.ceil((row.until.getTime() - now.getTime()) / 1000) : 0,
    state: row.state,
    can: { accept: live, decline: live },
  };
}
