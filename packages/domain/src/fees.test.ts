import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commissionRate, holdWindow, splitGross, splitRefund, spreadOver, type GivenBack } from './fees.ts';
import { defaultNumbers } from './policy-numbers.ts';

describe('the split of a price', () => {
  it('takes 12 % of the net price of a registered provider', () => {
    const split = splitGross(12_000n, { vatRateBp: 2000, commissionBp: 1200, commissionVatBp: 2000 });
    expect(split).toEqual({
      gross: 12_000n,
      net: 10_000n,
      commission: 1_200n,
      vatOnCommission: 240n,
      provider: 10_560n,
    });
  });

  it('takes 12 % of the whole price of a provider who is not registered', () => {
    const split = splitGross(12_000n, { vatRateBp: 0, commissionBp: 1200, commissionVatBp: 2000 });
    expect(split).toEqual({
      gross: 12_000n,
      net: 12_000n,
      commission: 1_440n,
      vatOnCommission: 288n,
      provider: 10_272n,
    });
  });

  it('loses and finds no penny', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 12n),
        fc.integer({ min: 0, max: 3000 }),
        fc.integer({ min: 0, max: 4000 }),
        (gross, vat, rate) => {
          const split = splitGross(gross, { vatRateBp: vat, commissionBp: rate, commissionVatBp: 2000 });
          expect(split.provider + split.commission + split.vatOnCommission).toBe(gross);
          expect(split.provider >= 0n && split.commission >= 0n && split.vatOnCommission >= 0n).toBe(true);
        },
      ),
    );
  });
});

describe('the rate of commission', () => {
  const rules = [
    { level: 'category', rateBp: 1000 },
    { level: 'campaign', rateBp: 500 },
    { level: 'provider_tier', rateBp: 800 },
    { level: 'category_zone', rateBp: 900 },
  ] as const;

  it('is that of the most particular rule', () => {
    expect(commissionRate(rules, 1200)).toEqual({ level: 'campaign', rateBp: 500 });
    expect(commissionRate([rules[0], rules[2], rules[3]], 1200)).toEqual({ level: 'provider_tier', rateBp: 800 });
    expect(commissionRate([rules[0], rules[3]], 1200)).toEqual({ level: 'category_zone', rateBp: 900 });
    expect(commissionRate([rules[0]], 1200)).toEqual({ level: 'category', rateBp: 1000 });
  });

  it('is the region’s where there is none', () => {
    expect(commissionRate([], 1200)).toEqual({ level: 'region', rateBp: 1200 });
  });
});

describe('the hold window', () => {
  it.each([
    [250_000n, 3, false],
    [250_001n, 7, false],
    [2_500_000n, 7, false],
    [2_500_001n, 7, true],
  ])('of %s is %s days, two people: %s', (gross, days, twoPeople) => {
    expect(holdWindow(gross, defaultNumbers)).toEqual({ days, twoPeople });
  });
});

describe('an amount over lines', () => {
  it('sums to the amount and never exceeds a line', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt(0n, 10n ** 9n), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 0, max: 1000 }),
        (left, permille) => {
          const total = left.reduce((sum, part) => sum + part, 0n);
          const amount = (total * BigInt(permille)) / 1000n;
          const parts = spreadOver(amount, left);
          expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(amount);
          parts.forEach((part, index) => expect(part >= 0n && part <= (left[index] ?? 0n)).toBe(true));
        },
      ),
    );
  });

  it('refuses more than is there', () => {
    expect(() => spreadOver(4n, [1n, 2n])).toThrow(RangeError);
  });
});

describe('giving back an accepted split', () => {
  it('ends exactly at the split, in any number of steps, and no part is ever negative', () => {
    fc.assert(
      fc.property(
        fc.bigInt(1n, 10n ** 7n),
        fc.constantFrom(0, 2000),
        fc.integer({ min: 0, max: 4000 }),
        fc.array(fc.bigInt(1n, 10n ** 6n), { maxLength: 12 }),
        (gross, vatRateBp, commissionBp, steps) => {
          const split = splitGross(gross, { vatRateBp, commissionBp, commissionVatBp: 2000 });
          let back: GivenBack = { provider: 0n, commission: 0n, vatOnCommission: 0n };
          let left = gross;
          for (const wish of [...steps, gross]) {
            const amount = wish < left ? wish : left;
            const part = splitRefund(split, back, amount);
            expect(part.provider + part.commission + part.vatOnCommission).toBe(amount);
            expect(part.provider >= 0n && part.commission >= 0n && part.vatOnCommission >= 0n).toBe(true);
            back = {
              provider: back.provider + part.provider,
              commission: back.commission + part.commission,
              vatOnCommission: back.vatOnCommission + part.vatOnCommission,
            };
            left -= amount;
          }
          expect(back).toEqual({
            provider: split.provider,
            commission: split.commission,
            vatOnCommission: split.vatOnCommission,
          });
        },
      ),
    );
  });

  it('refuses more than was paid', () => {
    const split = splitGross(100n, { vatRateBp: 0, commissionBp: 1200, commissionVatBp: 2000 });
    expect(() => splitRefund(split, { provider: 0n, commission: 0n, vatOnCommission: 0n }, 101n)).toThrow(RangeError);
  });
});
