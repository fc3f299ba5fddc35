import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencies } from './currency.ts';
import { money } from './money.ts';
import { format, fromJson, parse, toDecimal, toJson } from './text.ts';
import { fromWire, toWire, wireExponent } from './wire.ts';

const currency = fc.constantFrom(...currencies);
const amount = fc.bigInt(-(10n ** 17n), 10n ** 17n);
const plainSpaces = (text: string) => text.replace(/\s/g, ' ');

describe('format', () => {
  it('writes as the locale does, with the decimals of the currency', () => {
    expect(format(money(123_450n, 'GBP'), 'en-GB')).toBe('£1,234.50');
    expect(plainSpaces(format(money(123_450n, 'EUR'), 'de-DE'))).toBe('1.234,50 €');
    expect(format(money(1234n, 'JPY'), 'en-GB')).toBe('JP¥1,234');
    expect(plainSpaces(format(money(1_234_567n, 'KWD'), 'en-GB'))).toBe('KWD 1,234.567');
    expect(format(money(-5n, 'GBP'), 'en-GB')).toBe('-£0.05');
  });

  it('loses no digit of an amount beyond 2^53', () => {
    expect(format(money(9_007_199_254_740_993_01n, 'GBP'), 'en-GB')).toBe('£9,007,199,254,740,993.01');
    expect(toDecimal(money(-1n, 'KWD'))).toBe('-0.001');
  });
});

describe('parse', () => {
  it('reads back what it wrote, in each locale', () => {
    const locales = fc.constantFrom('en-GB', 'de-DE', 'fr-FR', 'ar-AE', 'ar-EG', 'de-CH', 'en-IN', 'pl-PL', 'ja-JP');
    fc.assert(
      fc.property(amount, currency, locales, (minor, code, locale) => {
        const written = money(minor, code);
        expect(parse(format(written, locale), code, locale)).toEqual(written);
      }),
      { numRuns: 300 },
    );
  });

  it('takes what people type', () => {
    for (const text of ['1234.5', '£1,234.50', ' 1,234.5 ', 'GBP 1234.50', '1234.50']) {
      expect(parse(text, 'GBP')?.minor).toBe(123_450n);
    }
    expect(parse('12', 'JPY')?.minor).toBe(12n);
    expect(parse('-3', 'GBP')?.minor).toBe(-300n);
  });

  it('guesses nothing', () => {
    for (const text of ['', 'ten', '1,5', '1.234', '12.345', '1,23,4', '1e3', '£', '1 2', '1..2', '0x10', '$5']) {
      expect(parse(text, 'GBP')).toBeUndefined();
    }
    expect(parse('12.5', 'JPY')).toBeUndefined();
    expect(parse('9'.repeat(30), 'GBP')).toBeUndefined();
  });
});

describe('JSON', () => {
  it('carries amounts as text', () => {
    fc.assert(
      fc.property(amount, currency, (minor, code) => {
        expect(fromJson(JSON.parse(JSON.stringify(toJson(money(minor, code)))))).toEqual(money(minor, code));
      }),
    );
    expect(() => fromJson({ minor: '1.5', currency: 'GBP' })).toThrow(RangeError);
    expect(() => fromJson({ minor: '1', currency: 'pounds' })).toThrow(RangeError);
  });
});

describe('the wire of the payment provider', () => {
  it('counts in the decimals of Stripe where they differ from ISO', () => {
    expect(toWire(money(500n, 'JPY'))).toBe(500);
    expect(toWire(money(12_000n, 'GBP'))).toBe(12_000);
    expect(toWire(money(500n, 'ISK'))).toBe(50_000);
    expect(toWire(money(500n, 'UGX'))).toBe(50_000);
    expect(toWire(money(5_000n, 'MGA'))).toBe(50);
    expect(toWire(money(5_120n, 'KWD'))).toBe(5_120);
  });

  it('rounds nothing on its way out or in', () => {
    expect(() => toWire(money(5_123n, 'KWD'))).toThrow(/cannot cross/);
    expect(() => toWire(money(5_001n, 'MGA'))).toThrow(/cannot cross/);
    expect(() => fromWire(50_001, 'ISK')).toThrow(/cannot cross/);
    expect(() => fromWire(1.5, 'GBP')).toThrow(/whole/);
    expect(() => toWire(money(2n ** 60n, 'GBP'))).toThrow(/too large/);
  });

  it('comes back as it went', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 9n), currency, (units, code) => {
        const sendable = money(units * (wireExponent(code) === 2 ? 1n : 100n), code);
        expect(fromWire(toWire(sendable), code)).toEqual(sendable);
      }),
    );
  });
});
