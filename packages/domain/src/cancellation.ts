import type { BookingState } from './booking.ts';
import type { PolicyNumbers } from './policy-numbers.ts';

/** Why a cancellation costs what it costs; the interface has words for each. */
export const cancellationRules = [
  'by_provider',
  'by_platform',
  'before_confirmation',
  'not_held',
  'cooling_off',
  'early',
  'within_days',
  'within_hours',
  'customer_absent',
  'provider_absent',
] as const;
export type CancellationRule = (typeof cancellationRules)[number];

export interface CancellationFacts {
  by: 'customer' | 'provider' | 'platform';
  state: BookingState;
  /** Start of the agreed window; elapsed time counts, not wall time. */
  start: Date;
  confirmedAt?: Date | undefined;
  /** The payment has been taken; while it has not, there is nothing to keep a fee from. */
  held: boolean;
  now: Date;
  grossMinor: bigint;
}

export interface CancellationFee {
  rule: CancellationRule;
  /** What stays with the provider as a sale, minor units. */
  feeMinor: bigint;
  /** What goes back to the customer: gross less fee, minor units. */
  refundMinor: bigint;
  /** Points that the provider gets; they count in ranking for `penaltyPointDays`. */
  penaltyPoints: 0 | 1;
  /** When another rule takes over; undefined when this one stays. */
  until?: Date;
}

const hour = 3_600_000;
const minute = 60_000;

/**
 * The price of cancelling now. Free for the customer when not yet confirmed, or not paid yet
 * (a card saved for a far start), or at least `freeHoursBeforeStart`
 * before the start, or within `freeMinutesAfterConfirmation` of the confirmation while the start has not come;
 * otherwise `earlyFeeBp` of the gross price down to `lateHoursBeforeStart`, then `lateFeeBp`. Exactly on a
 * threshold the customer has the better side. Fees are rounded down to the minor unit.
 */
export function cancellationFee(facts: CancellationFacts, numbers: PolicyNumbers): CancellationFee {
  if (facts.by === 'provider') return charge('by_provider', facts.grossMinor, 0, facts.state === 'confirmed' ? 1 : 0);
  if (facts.by === 'platform') return charge('by_platform', facts.grossMinor, 0);
  if (facts.state !== 'confirmed' || !facts.confirmedAt) return charge('before_confirmation', facts.grossMinor, 0);
  if (!facts.held) return charge('not_held', facts.grossMinor, 0);
  const rules = numbers.cancellation;
  const start = facts.start.getTime();
  const untilStart = start - facts.now.getTime();
  const freeUntil = start - rules.freeHoursBeforeStart * hour;
  if (facts.now.getTime() <= freeUntil) return { ...charge('early', facts.grossMinor, 0), until: new Date(freeUntil) };
  const coolUntil = facts.confirmedAt.getTime() + rules.freeMinutesAfterConfirmation * minute;
  if (untilStart > 0 && facts.now.getTime() <= coolUntil) {
    return { ...charge('cooling_off', facts.grossMinor, 0), until: new Date(Math.min(coolUntil, start)) };
  }
  const lateFrom = start - rules.lateHoursBeforeStart * hour;
  if (facts.now.getTime() <= lateFrom) {
    return { ...charge('within_days', facts.grossMinor, rules.earlyFeeBp), until: new Date(lateFrom) };
  }
  return charge('within_hours', facts.grossMinor, rules.lateFeeBp);
}

/** The price of not being there: the customer owes `noShowFeeBp`, a provider gives all back and gets a point. */
export function absenceFee(
  absent: 'customer' | 'provider',
  grossMinor: bigint,
  numbers: PolicyNumbers,
): CancellationFee {
  return absent === 'customer'
    ? charge('customer_absent', grossMinor, numbers.cancellation.noShowFeeBp)
    : charge('provider_absent', grossMinor, 0, 1);
}

/** Whether the side that waits may say that the other did not come. */
export function mayReportAbsence(
  start: Date,
  now: Date,
  numbers: Pick<PolicyNumbers, 'noShowMinutesAfterStart'>,
): boolean {
  return now.getTime() >= start.getTime() + numbers.noShowMinutesAfterStart * minute;
}

function charge(rule: CancellationRule, grossMinor: bigint, feeBp: number, penaltyPoints: 0 | 1 = 0): CancellationFee {
  const feeMinor = (grossMinor * BigInt(feeBp)) / 10_000n;
  return { rule, feeMinor, refundMinor: grossMinor - feeMinor, penaltyPoints };
}
