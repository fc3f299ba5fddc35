import { divideHalfUp } from './round.ts';

const whole = 10_000n;

/** So many basis points (1 % = 100) of an amount, rounded half up; one call per invoice line. */
export function percentBp(minor: bigint, bp: number): bigint {
  return divideHalfUp(minor * basisPoints(bp), whole);
}

/** VAT on top of a net amount, rounded half up once for the line. */
export function vatOnNet(netMinor: bigint, rateBp: number): bigint {
  return percentBp(netMinor, rateBp);
}

/** Net and VAT inside a gross amount: VAT = gross × rate ÷ (1 + rate), half up; the two add up to the gross. */
export function vatFromGross(grossMinor: bigint, rateBp: number): { netMinor: bigint; vatMinor: bigint } {
  const rate = basisPoints(rateBp);
  const vatMinor = divideHalfUp(grossMinor * rate, whole + rate);
  return { netMinor: grossMinor - vatMinor, vatMinor };
}

function basisPoints(bp: number): bigint {
  if (!Number.isSafeInteger(bp) || bp < 0) throw new RangeError(`basis points are whole and ≥ 0: ${bp}`);
  return BigInt(bp);
}
