import { divideDown, divideHalfUp } from './round.ts';

/**
 * Splits an amount by weights with the method of largest remainders (Hamilton): everyone gets the exact share
 * rounded down, the units left over go one each to the largest fractions, earlier places first where fractions are
 * equal. The parts add up to `minor`, each is within one unit of its exact share, equal input gives equal output.
 * Throws when a weight is negative or all are zero.
 */
export function allocate(minor: bigint, weights: readonly bigint[]): bigint[] {
  const total = sumOf(weights);
  if (weights.some((weight) => weight < 0n) || total === 0n) throw new RangeError('weights: ≥ 0, not all 0');
  if (minor < 0n) return allocate(-minor, weights).map((part) => -part);
  const parts = weights.map((weight) => divideDown(minor * weight, total));
  const fraction = (index: number) => (minor * at(weights, index)) % total;
  return addUnits(parts, minor - sumOf(parts), byLargest(weights, fraction));
}

export interface CumulativeShare {
  /** What could be refunded in all. */
  totalMinor: bigint;
  /** The part of it whose give-back is asked for, for example the commission. */
  shareMinor: bigint;
  refundedBefore: bigint;
  refundedAfter: bigint;
}

/**
 * How much of one share goes back with this refund: round(after × share ÷ total) − round(before × share ÷ total).
 * Rounding every partial refund on its own drifts; this form gives back exactly `shareMinor` once all is refunded, in
 * however many steps. For several shares that have to add up to the refund use `allocateCumulative`.
 */
export function shareCumulative({ totalMinor, shareMinor, refundedBefore, refundedAfter }: CumulativeShare): bigint {
  if (totalMinor <= 0n || shareMinor < 0n || shareMinor > totalMinor) throw new RangeError('share: 0 to total');
  if (refundedBefore < 0n || refundedAfter < refundedBefore || refundedAfter > totalMinor) {
    throw new RangeError('refunded: 0 ≤ before ≤ after ≤ total');
  }
  const given = (refunded: bigint) => divideHalfUp(refunded * shareMinor, totalMinor);
  return given(refundedAfter) - given(refundedBefore);
}

export interface CumulativeSplit {
  /** How the whole was split, for example provider, commission and VAT. */
  shares: readonly bigint[];
  /** How much of each share has gone back already. */
  given: readonly bigint[];
  /** The refund that is to be split now. */
  step: bigint;
}

/**
 * Splits one more partial refund over several shares: no part is negative, no share gives back more than it got, the
 * parts add up to the step, the sums so far stay proportional as whole units allow, and the last step ends exactly.
 */
export function allocateCumulative({ shares, given, step }: CumulativeSplit): bigint[] {
  const total = sumOf(shares);
  const after = sumOf(given) + step;
  if (step < 0n || after > total) throw new RangeError('step: 0 to what is left');
  if (total === 0n) return shares.map(() => 0n);
  // Scaled by the total, so that they stay whole: positive where a share has given back less than its due.
  const due = (index: number) => after * at(shares, index) - at(given, index) * total;
  const parts = shares.map((_, index) => atLeastZero(divideDown(due(index), total)));
  const open = (index: number) => due(index) - at(parts, index) * total;
  const over = sumOf(parts) - step;
  if (over > 0n)
    return addUnits(
      parts,
      -over,
      byLargest(parts, open)
        .toReversed()
        .filter((i) => at(parts, i) > 0n),
    );
  const roomy = byLargest(parts, open).filter((i) => at(given, i) + at(parts, i) < at(shares, i));
  return addUnits(parts, -over, roomy);
}

export const sumOf = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);

/** Places by falling value; equal values keep their order. */
function byLargest(values: readonly unknown[], valueAt: (index: number) => bigint): number[] {
  const places = values.map((_, index) => ({ index, value: valueAt(index) }));
  places.sort((a, b) => (a.value === b.value ? a.index - b.index : a.value > b.value ? -1 : 1));
  return places.map(({ index }) => index);
}

/** Adds (or takes, when negative) single units in the order of the places. */
function addUnits(parts: bigint[], units: bigint, places: readonly number[]): bigint[] {
  const result = [...parts];
  const unit = units < 0n ? -1n : 1n;
  for (const place of places.slice(0, Number(units * unit))) result[place] = at(result, place) + unit;
  return result;
}

const atLeastZero = (value: bigint): bigint => (value < 0n ? 0n : value);

function at(values: readonly bigint[], index: number): bigint {
  const value = values[index];
  if (value === undefined) throw new RangeError('lists of different length');
  return value;
}
