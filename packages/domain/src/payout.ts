import { Temporal } from 'temporal-polyfill';

/** A payout: what a provider has available, sent to their bank in one go. */
export const payoutStates = [
  'draft',
  'approved',
  'submitted',
  'in_transit',
  'paid',
  'failed',
  'returned',
  'unknown',
] as const;
export type PayoutState = (typeof payoutStates)[number];

export const payoutMoves = ['approve', 'submit', 'transit', 'arrive', 'fail', 'return', 'lose_sight'] as const;
export type PayoutMove = (typeof payoutMoves)[number];

interface PayoutTransition {
  from: PayoutState;
  move: PayoutMove;
  to: PayoutState;
}

const moves = (from: PayoutState, ...rows: [PayoutMove, PayoutState][]): PayoutTransition[] =>
  rows.map(([move, to]) => ({ from, move, to }));

/**
 * `unknown` is asked about at the PSP until it is one of the others, and never sent again. A failed payout stays
 * failed: a retry is a new payout of the same money.
 */
export const payoutTransitions: readonly PayoutTransition[] = [
  ...moves('draft', ['approve', 'approved'], ['fail', 'failed']),
  ...moves('approved', ['submit', 'submitted'], ['fail', 'failed']),
  ...moves('submitted', ['transit', 'in_transit'], ['arrive', 'paid'], ['fail', 'failed'], ['lose_sight', 'unknown']),
  ...moves('unknown', ['transit', 'in_transit'], ['arrive', 'paid'], ['fail', 'failed'], ['submit', 'submitted']),
  ...moves('in_transit', ['arrive', 'paid'], ['fail', 'failed']),
  ...moves('paid', ['return', 'returned']),
];

/** The state that a move leads to, or undefined when it is not allowed now. */
export function payoutMove(from: PayoutState, move: PayoutMove): PayoutState | undefined {
  return payoutTransitions.find((row) => row.from === from && row.move === move)?.to;
}

/** Why a provider's money waits, in the order in which the reasons are told. */
export const waitingReasons = [
  'nothing_available',
  'account_missing',
  'account_incomplete',
  'verification_missing',
  'frozen',
  'method_failed',
  'method_too_new',
  'below_minimum',
] as const;
export type WaitingReason = (typeof waitingReasons)[number];

export interface PayoutFacts {
  /** Available after what the provider owes is taken first, in minor units. */
  payableMinor: bigint;
  minimumMinor: bigint;
  account: 'missing' | 'incomplete' | 'ready';
  verified: boolean;
  frozen: boolean;
  /** The bank refused the last payout and nobody has looked since. */
  methodFailed: boolean;
  methodSince?: Date;
  methodAgeHours: number;
  now: Date;
}

export interface Waiting {
  reason: WaitingReason;
  /** When the reason ends by itself, where it does. */
  until?: Date;
}

const hour = 3_600_000;

/** Whether a payout may be made now; undefined means yes. The first reason that holds is the one to show. */
export function payoutGate(facts: PayoutFacts): Waiting | undefined {
  if (facts.payableMinor <= 0n) return { reason: 'nothing_available' };
  if (facts.account === 'missing') return { reason: 'account_missing' };
  if (facts.account === 'incomplete' || !facts.methodSince) return { reason: 'account_incomplete' };
  if (!facts.verified) return { reason: 'verification_missing' };
  if (facts.frozen) return { reason: 'frozen' };
  if (facts.methodFailed) return { reason: 'method_failed' };
  const oldEnough = new Date(facts.methodSince.getTime() + facts.methodAgeHours * hour);
  if (facts.now < oldEnough) return { reason: 'method_too_new', until: oldEnough };
  if (facts.payableMinor < facts.minimumMinor) return { reason: 'below_minimum' };
  return undefined;
}

/** Local hour of the daily payout run. */
export const payoutRunHour = 9;

/** The next daily run after `now`, at nine in the region's own morning. */
export function nextPayoutRun(now: Date, zone: string): Date {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  const today = local.withPlainTime({ hour: payoutRunHour });
  const next = Temporal.ZonedDateTime.compare(today, local) > 0 ? today : today.add({ days: 1 });
  return new Date(next.epochMilliseconds);
}
