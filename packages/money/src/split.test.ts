import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divideDown, divideHalfUp } from './round.ts';
import { percentBp, vatFromGross, vatOnNet } from './percent.ts';
import { allocate, allocateCumulative, shareCumulative, sumOf } from './split.ts';

const amount = fc.bigInt(0n, 10n ** 12n);
const weights = fc.array(fc.bigInt(0n, 10n ** 6n), { minLength: 1, maxLength: 8 }).filter((list) => sumOf(list) > 0n);
const distance = (a: bigint, b: bigint) => (a > b ? a - b : b - a);

describe('allocate', () => {
  it('adds up, stays within one unit of the exact share, and is the same each time', () => {
    fc.assert(
      fc.property(amount, weights, (minor, list) => {
        const parts = allocate(minor, list);
        const total = sumOf(list);
        expect(sumOf(parts)).toBe(minor);
        expect(allocate(minor, list)).toEqual(parts);
        expect(allocate(-minor, list)).toEqual(parts.map((part) => -part));
        parts.forEach((part, i) => expect(distance(part * total, minor * list[i]!)).toBeLessThan(total));
      }),
    );
  });

  it('breaks ties by place', () => {
    expect(allocate(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
    expect(allocate(5n, [1n, 1n])).toEqual([3n, 2n]);
    expect(allocate(0n, [1n, 2n])).toEqual([0n, 0n]);
  });

  it('refuses weights that say nothing', () => {
    expect(() => allocate(1n, [])).toThrow(RangeError);
    expect(() => allocate(1n, [0n, 0n])).toThrow(RangeError);
    expect(() => allocate(1n, [2n, -1n])).toThrow(RangeError);
  });
});

describe('cumulative refunds', () => {
  const steps = fc.array(fc.bigInt(0n, 500n), { minLength: 1, maxLength: 20 });

  it('gives one share back exactly once all is refunded, in however many steps', () => {
    fc.assert(
      fc.property(steps, fc.bigInt(0n, 10_000n), (list, part) => {
        const totalMinor = sumOf(list) + 1n;
        const shareMinor = part > totalMinor ? totalMinor : part;
        let [refundedBefore, given] = [0n, 0n];
        for (const step of [...list, 1n]) {
          const refundedAfter = refundedBefore + step;
          const now = shareCumulative({ totalMinor, shareMinor, refundedBefore, refundedAfter });
          expect(now).toBeGreaterThanOrEqual(0n);
          given += now;
          refundedBefore = refundedAfter;
        }
        expect(given).toBe(shareMinor);
      }),
    );
  });

  it('splits every step over the shares without a negative part and ends exactly', () => {
    fc.assert(
      fc.property(weights, fc.array(fc.nat(1000), { minLength: 1, maxLength: 12 }), (shares, cuts) => {
        const total = sumOf(shares);
        let given = shares.map(() => 0n);
        const all = [...cuts.map(BigInt), 1001n];
        for (const [index, cut] of all.entries()) {
          const left = total - sumOf(given);
          const step = index === all.length - 1 ? left : (left * cut) / 1001n;
          const parts = allocateCumulative({ shares, given, step });
          expect(sumOf(parts)).toBe(step);
          expect(parts.every((part) => part >= 0n)).toBe(true);
          given = given.map((before, i) => before + parts[i]!);
          const sofar = sumOf(given);
          given.forEach((back, i) => {
            expect(back).toBeLessThanOrEqual(shares[i]!);
            expect(distance(back * total, sofar * shares[i]!)).toBeLessThan(2n * total);
          });
        }
        expect(given).toEqual(shares);
      }),
      { numRuns: 500 },
    );
  });

  it('copes with refunds of a penny each', () => {
    const shares = [10_560n, 1_200n, 240n];
    let given = [0n, 0n, 0n];
    for (let refunded = 0n; refunded < 12_000n; refunded += 1n) {
      const parts = allocateCumulative({ shares, given, step: 1n });
      expect(parts.toSorted()).toEqual([0n, 0n, 1n]);
      given = given.map((before, i) => before + parts[i]!);
    }
    expect(given).toEqual(shares);
  });

  it('refuses more than is left', () => {
    expect(() => allocateCumulative({ shares: [5n], given: [3n], step: 3n })).toThrow(RangeError);
    const wrong = { totalMinor: 10n, shareMinor: 2n, refundedBefore: 4n };
    expect(() => shareCumulative({ ...wrong, refundedAfter: 11n })).toThrow(RangeError);
    expect(() => shareCumulative({ ...wrong, refundedAfter: 3n })).toThrow(RangeError);
  });
});

describe('percentages and VAT', () => {
  it('takes the example of the price list apart: £120.00 with 20 % VAT, 12 % commission', () => {
    expect(vatFromGross(12_000n, 2000)).toEqual({ netMinor: 10_000n, vatMinor: 2_000n });
    const commission = percentBp(10_000n, 1200);
    expect(commission).toBe(1_200n);
    expect(vatOnNet(commission, 2000)).toBe(240n);
  });

  it('rounds halves up, away from zero', () => {
    expect(divideHalfUp(5n, 10n)).toBe(1n);
    expect(divideHalfUp(-5n, 10n)).toBe(-1n);
    expect(divideHalfUp(4n, 10n)).toBe(0n);
    expect(divideDown(-1n, 10n)).toBe(-1n);
    expect(percentBp(1n, 5000)).toBe(1n);
  });

  it('adds net and VAT up to the gross, within half a unit of the exact VAT', () => {
    fc.assert(
      fc.property(amount, fc.nat(5000), (gross, rate) => {
        const { netMinor, vatMinor } = vatFromGross(gross, rate);
        expect(netMinor + vatMinor).toBe(gross);
        const whole = 10_000n + BigInt(rate);
        expect(2n * distance(vatMinor * whole, gross * BigInt(rate))).toBeLessThanOrEqual(whole);
      }),
    );
  });

  it('refuses a rate that is not whole', () => {
    expect(() => percentBp(1n, 0.5)).toThrow(RangeError);
    expect(() => percentBp(1n, -1)).toThrow(RangeError);
  });
});
