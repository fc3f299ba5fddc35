/**
 * The life of a booking as data: states, moves and who may make each. The server decides by this table, the
 * interface draws its buttons from it, the tests walk every cell of it. No I/O.
 */

export const bookingKinds = ['scheduled', 'on_demand', 'quote'] as const;
export type BookingKind = (typeof bookingKinds)[number];

export const bookingStates = [
  'quote_requested',
  'awaiting_payment',
  'requested',
  'confirmed',
  'in_progress',
  'completed',
  'problem',
  'accepted',
  'closed',
  'declined',
  'cancelled',
  'no_show',
  'expired',
] as const;
export type BookingState = (typeof bookingStates)[number];

/** States from which nothing but the money side moves any more. */
export const endedStates = ['closed', 'declined', 'cancelled', 'no_show', 'expired'] as const satisfies BookingState[];

/** The provider learns the address, the point and the customer's full name from these states on. */
const addressStates = new Set<BookingState>(['confirmed', 'in_progress', 'completed', 'problem', 'accepted']);

/**
 * Sides of a booking. `lead` is the person assigned to do the work, `provider` an owner, manager or dispatcher of
 * the provider, `customer` the buyer or a member with `booking:buy` of the buying organisation, `admin` a holder of
 * `dispute:decide`, `system` a deadline or an event of the money side.
 */
export const bookingParties = ['customer', 'provider', 'lead', 'system', 'admin'] as const;
export type BookingParty = (typeof bookingParties)[number];

export const bookingActs = [
  'send_quote',
  'pay',
  'expire',
  'confirm',
  'decline',
  'cancel',
  'agree_time',
  'no_show',
  'start',
  'complete',
  'accept',
  'report_problem',
  'resolve_release',
  'resolve_partial',
  'resolve_full',
  'close',
] as const;
export type BookingAct = (typeof bookingActs)[number];

export interface BookingMove {
  from: BookingState;
  act: BookingAct;
  to: BookingState;
  who: readonly BookingParty[];
}

const move = (from: BookingState, act: BookingAct, to: BookingState, ...who: BookingParty[]): BookingMove => ({
  from,
  act,
  to,
  who,
});

/**
 * Every move there is. Notes on the less obvious ones:
 * `expired → requested` by `pay`: the card was authorised while we gave up waiting; it revives only when the claim
 * on the calendar can be taken again. `lead` confirms only by accepting an on-demand offer. `agree_time` in
 * `requested` also confirms: whoever offered the time has agreed to it. `close` before the acceptance: everything was
 * given back, so that there is nothing left to accept. `report_problem` by `system`: nobody has said whether the work
 * was done, see `isUnattended`. `problem → accepted` by `accept`: the customer is content after all.
 */
export const bookingMoves: readonly BookingMove[] = [
  move('quote_requested', 'send_quote', 'awaiting_payment', 'provider'),
  move('quote_requested', 'decline', 'declined', 'provider'),
  move('quote_requested', 'cancel', 'cancelled', 'customer'),
  move('quote_requested', 'expire', 'expired', 'system'),

  move('awaiting_payment', 'pay', 'requested', 'system'),
  move('awaiting_payment', 'cancel', 'cancelled', 'customer'),
  move('awaiting_payment', 'expire', 'expired', 'system'),
  move('expired', 'pay', 'requested', 'system'),

  move('requested', 'confirm', 'confirmed', 'provider', 'lead', 'system'),
  move('requested', 'decline', 'declined', 'provider'),
  move('requested', 'agree_time', 'confirmed', 'customer', 'provider'),
  move('requested', 'cancel', 'cancelled', 'customer'),
  move('requested', 'expire', 'expired', 'system'),

  move('confirmed', 'agree_time', 'confirmed', 'customer', 'provider'),
  move('confirmed', 'cancel', 'cancelled', 'customer', 'provider', 'system'),
  move('confirmed', 'no_show', 'no_show', 'customer', 'provider', 'lead'),
  move('confirmed', 'start', 'in_progress', 'lead', 'provider'),
  move('confirmed', 'report_problem', 'problem', 'system'),

  move('in_progress', 'complete', 'completed', 'lead', 'provider'),
  move('in_progress', 'report_problem', 'problem', 'customer', 'system'),
  move('in_progress', 'close', 'closed', 'system'),

  move('completed', 'accept', 'accepted', 'customer', 'system'),
  move('completed', 'report_problem', 'problem', 'customer'),
  move('completed', 'close', 'closed', 'system'),

  move('accepted', 'report_problem', 'problem', 'customer'),
  move('accepted', 'close', 'closed', 'system'),

  move('problem', 'accept', 'accepted', 'customer'),
  move('problem', 'resolve_release', 'accepted', 'admin'),
  move('problem', 'resolve_partial', 'accepted', 'admin'),
  move('problem', 'resolve_full', 'closed', 'admin'),
];

const byKey = new Map(bookingMoves.map((one) => [`${one.from}/${one.act}`, one]));

/** Where the act leads from this state, or undefined when the table has no such move. */
export function next(state: BookingState, act: BookingAct): BookingState | undefined {
  return byKey.get(`${state}/${act}`)?.to;
}

/** Whether this side may make this move now. */
export function mayMove(state: BookingState, act: BookingAct, party: BookingParty): boolean {
  return byKey.get(`${state}/${act}`)?.who.includes(party) ?? false;
}

/** Whether this side may make this move from any state at all; tells "not yours" (403) from "not now" (409). */
export function isActOf(act: BookingAct, party: BookingParty): boolean {
  return bookingMoves.some((one) => one.act === act && one.who.includes(party));
}

export function isEnded(state: BookingState): boolean {
  return (endedStates as readonly BookingState[]).includes(state);
}

/** Whether the provider may see where the work is and who asked for it. */
export function showsAddress(state: BookingState): boolean {
  return addressStates.has(state);
}

/** Work may begin so long before the agreed time, when both are there already. */
export const startEarlyMinutes = 120;

/** So long after its end the platform asks what became of a booking that nobody has said anything about. */
export const unattendedHours = 48;

/** States in which the money is held and somebody of the deal has still to say that the work began or was done. */
const unsaid: readonly BookingState[] = bookingMoves
  .filter((one) => one.act === 'report_problem' && one.who.includes('system'))
  .map((one) => one.from);

/** When a booking that ends then counts as unattended. */
export function unattendedFrom(end: Date): Date {
  return new Date(end.getTime() + unattendedHours * 3_600_000);
}

/** Whether nobody has told whether the work was done: held money must not wait for ever. */
export function isUnattended(state: BookingState, end: Date, now: Date): boolean {
  return unsaid.includes(state) && now >= unattendedFrom(end);
}

/** Photos are taken while there is work to show, or a problem with it. */
export function takesPhotos(state: BookingState): boolean {
  return showsAddress(state);
}

/** States that hold the booking's claims on the calendar. */
export function holdsCalendar(state: BookingState): boolean {
  return ['awaiting_payment', 'requested', 'confirmed', 'in_progress'].includes(state);
}

/** Whether another time may be proposed. */
export function mayPropose(state: BookingState, kind: BookingKind): boolean {
  return next(state, 'agree_time') !== undefined && !(kind === 'on_demand' && state === 'requested');
}

export const nextActs = [
  'send_quote',
  'pay',
  'pay_again',
  'confirm',
  'accept_offer',
  'answer_time',
  'assign',
  'accept_assignment',
  'start',
  'complete',
  'accept',
  'decide',
  'pay_out',
] as const;
export type NextAct = (typeof nextActs)[number];

export interface NextStep {
  who: 'customer' | 'provider' | 'platform';
  act: NextAct;
}

export interface NextFacts {
  state: BookingState;
  kind: BookingKind;
  /** Side that proposed another time which is still unanswered. */
  timeProposedBy?: 'customer' | 'provider' | undefined;
  /** The charge of a saved card failed and the customer has a day to pay again. */
  payAgain?: boolean;
  /** The person assigned has not said yes yet. */
  assignmentOpen?: boolean;
  /** Nobody is assigned: the person said no. */
  unassigned?: boolean;
}

/** Whose turn it is and what for; undefined when the story is over. */
export function nextActor(facts: NextFacts): NextStep | undefined {
  if (facts.timeProposedBy && mayPropose(facts.state, facts.kind)) {
    return { who: facts.timeProposedBy === 'customer' ? 'provider' : 'customer', act: 'answer_time' };
  }
  if (facts.state === 'confirmed') return nextOfConfirmed(facts);
  if (facts.state === 'requested') {
    return { who: 'provider', act: facts.kind === 'on_demand' ? 'accept_offer' : 'confirm' };
  }
  return plainNext[facts.state];
}

function nextOfConfirmed(facts: NextFacts): NextStep {
  if (facts.payAgain) return { who: 'customer', act: 'pay_again' };
  if (facts.unassigned) return { who: 'provider', act: 'assign' };
  return { who: 'provider', act: facts.assignmentOpen ? 'accept_assignment' : 'start' };
}

const plainNext: Partial<Record<BookingState, NextStep>> = {
  quote_requested: { who: 'provider', act: 'send_quote' },
  awaiting_payment: { who: 'customer', act: 'pay' },
  in_progress: { who: 'provider', act: 'complete' },
  completed: { who: 'customer', act: 'accept' },
  problem: { who: 'platform', act: 'decide' },
  accepted: { who: 'platform', act: 'pay_out' },
};

export const assignmentStates = ['offered', 'accepted', 'declined', 'withdrawn'] as const;
export type AssignmentState = (typeof assignmentStates)[number];

export const offerStates = ['offered', 'accepted', 'declined', 'lapsed', 'lost', 'withdrawn'] as const;
export type OfferState = (typeof offerStates)[number];

export const proposalStates = ['open', 'accepted', 'declined', 'withdrawn', 'lapsed'] as const;
export type ProposalState = (typeof proposalStates)[number];
