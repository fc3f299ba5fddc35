import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencies, exponentOf, isCurrency } from './currency.ts';
import { add, compare, money, negate, subtract, sum, zero, type Money } from './money.ts';

const amount = fc.bigInt(-(2n ** 61n), 2n ** 61n);
const currency = fc.constantFrom(...currencies);

describe('money', () => {
  it('adds and subtracts like whole numbers', () => {
    fc.assert(
      fc.property(amount, amount, currency, (a, b, code) => {
        const [x, y] = [money(a, code), money(b, code)];
        expect(subtract(add(x, y), y)).toEqual(x);
        expect(add(x, negate(x))).toEqual(zero(code));
        expect(sum([x, y], code).minor).toBe(a + b);
        expect(compare(x, y)).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  it('never mixes two currencies', () => {
    const pounds: Money = money(1n, 'GBP');
    const yen: Money = money(1n, 'JPY');
    for (const act of [add, subtract, compare]) expect(() => act(pounds, yen)).toThrow(/GBP and JPY/);
    expect(() => sum([yen], 'GBP' as never)).toThrow(/do not add up/);
  });

  it('refuses what does not fit the database, unknown currencies and JavaScript numbers', () => {
    expect(() => money(2n ** 63n, 'GBP')).toThrow(RangeError);
    expect(() => add(money(2n ** 63n - 1n, 'GBP'), money(1n, 'GBP'))).toThrow(RangeError);
    expect(() => money(1n, 'XXX' as never)).toThrow(/ISO 4217/);
    expect(() => money(1 as never, 'GBP')).toThrow(TypeError);
  });
});

describe('currencies', () => {
  it('has the decimals of ISO 4217', () => {
    expect(exponentOf('JPY')).toBe(0);
    expect(exponentOf('GBP')).toBe(2);
    expect(exponentOf('AED')).toBe(2);
    expect(exponentOf('KWD')).toBe(3);
    expect(new Set(currencies).size).toBe(currencies.length);
  });

  it('knows the currencies that Intl knows as money in use', () => {
    const known = new Set(Intl.supportedValuesOf('currency'));
    // Younger than the runtime's tables, or a second name in them.
    const younger = new Set(['SLE', 'VED', 'ZWG', 'MRU', 'STN']);
    expect(currencies.filter((code) => !known.has(code) && !younger.has(code))).toEqual([]);
    expect(isCurrency('DEM')).toBe(false);
  });
});
