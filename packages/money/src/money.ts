import { currencyOf, type CurrencyCode } from './currency.ts';

declare const checked: unique symbol;

/**
 * An amount in minor units (pence, fils, yen) of one currency. Made only by `money()`, so that a bare object with a
 * number in it does not pass for one. Amounts are `bigint` everywhere; a JavaScript number loses pennies from 2^53.
 */
export interface Money<C extends CurrencyCode = CurrencyCode> {
  readonly minor: bigint;
  readonly currency: C;
  readonly [checked]: true;
}

/** Amounts have to fit the `bigint` of PostgreSQL. */
const limit = 2n ** 63n - 1n;

/** An amount in minor units. Throws for an unknown currency and for what does not fit 64 bits. */
export function money<C extends CurrencyCode>(minor: bigint, currency: C): Money<C> {
  currencyOf(currency);
  if (typeof minor !== 'bigint') throw new TypeError('amounts are bigint minor units');
  if (minor > limit || minor < -limit) throw new RangeError(`amount beyond 64 bits: ${minor}`);
  return Object.freeze({ minor, currency }) as Money<C>;
}

export const zero = <C extends CurrencyCode>(currency: C): Money<C> => money(0n, currency);

/** The sum. Throws when the currencies differ: there is no exchange rate in here. */
export function add<C extends CurrencyCode>(a: Money<C>, b: Money<C>): Money<C> {
  return money(a.minor + sameCurrency(a, b).minor, a.currency);
}

/** a − b. Throws when the currencies differ. */
export function subtract<C extends CurrencyCode>(a: Money<C>, b: Money<C>): Money<C> {
  return money(a.minor - sameCurrency(a, b).minor, a.currency);
}

export const negate = <C extends CurrencyCode>(a: Money<C>): Money<C> => money(-a.minor, a.currency);

/** −1, 0 or 1, for sorting. Throws when the currencies differ. */
export function compare<C extends CurrencyCode>(a: Money<C>, b: Money<C>): -1 | 0 | 1 {
  const other = sameCurrency(a, b).minor;
  if (a.minor === other) return 0;
  return a.minor < other ? -1 : 1;
}

export const equals = <C extends CurrencyCode>(a: Money<C>, b: Money<C>): boolean => compare(a, b) === 0;
export const isZero = (a: Money): boolean => a.minor === 0n;
export const isNegative = (a: Money): boolean => a.minor < 0n;

export const min = <C extends CurrencyCode>(a: Money<C>, b: Money<C>): Money<C> => (compare(a, b) <= 0 ? a : b);
export const max = <C extends CurrencyCode>(a: Money<C>, b: Money<C>): Money<C> => (compare(a, b) >= 0 ? a : b);

/** The sum of a list; the currency is given because the list may be empty. */
export function sum<C extends CurrencyCode>(amounts: Iterable<Money<C>>, currency: C): Money<C> {
  let total = zero(currency);
  for (const amount of amounts) total = add(total, amount);
  return total;
}

function sameCurrency<C extends CurrencyCode>(a: Money<C>, b: Money<C>): Money<C> {
  if (a.currency !== b.currency) throw new TypeError(`${a.currency} and ${b.currency} do not add up`);
  return b;
}
