import { currencyOf, exponentOf, type CurrencyCode } from './currency.ts';
import { money, type Money } from './money.ts';

/** An amount as it crosses the wire: JSON has no big integers. */
export interface MoneyJson {
  minor: string;
  currency: string;
}

export const toJson = (amount: Money): { minor: string; currency: CurrencyCode } => ({
  minor: amount.minor.toString(),
  currency: amount.currency,
});

/** Throws for an unknown currency and for anything but a whole number of minor units. */
export function fromJson({ minor, currency }: MoneyJson): Money {
  if (!/^-?[0-9]{1,19}$/.test(minor)) throw new RangeError(`not whole minor units: ${minor}`);
  return money(BigInt(minor), currencyOf(currency));
}

/** The amount in major units with a point, exact, for example `1234.50`; for files and for `<input>`. */
export function toDecimal(amount: Money): string {
  const exponent = exponentOf(amount.currency);
  const sign = amount.minor < 0n ? '-' : '';
  const digits = (amount.minor < 0n ? -amount.minor : amount.minor).toString().padStart(exponent + 1, '0');
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** How people of this locale write the amount, with all decimals of the currency: `£1,234.50`, `1.234,50 €`. */
export function format(amount: Money, locale: string): string {
  // Intl takes decimal text and is exact on it; a number would round beyond 2^53.
  return formatter(locale, amount.currency).format(toDecimal(amount) as Intl.StringNumericLiteral);
}

/**
 * What somebody typed, in the separators and digits of their locale, with or without symbol: `£1,234.5` → 123450 GBP.
 * Undefined when it is not clearly an amount: wrong grouping (`1,5` in English), more decimals than the currency has.
 */
export function parse<C extends CurrencyCode>(text: string, currency: C, locale = 'en-GB'): Money<C> | undefined {
  const plain = withoutSymbols(latinDigits(text, locale), currency, locale);
  const { group, decimal } = separators(locale);
  const match = new RegExp(`^(-?)(\\d+(?:${group}\\d{2,3})*)(?:${decimal}(\\d*))?$`).exec(plain);
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  const exponent = exponentOf(currency);
  const groups = whole.split(new RegExp(group));
  const clear = groups.length === 1 || ((groups[0]?.length ?? 0) <= 3 && groups.at(-1)?.length === 3);
  if (!clear || fraction.length > exponent) return undefined;
  const digits = groups.join('') + fraction.padEnd(exponent, '0');
  return digits.length > 18 ? undefined : money(BigInt(sign + digits), currency);
}

const formatters = new Map<string, Intl.NumberFormat>();

/** Making one costs 50 times as much as using it. */
function formatter(locale: string, currency: CurrencyCode): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formatters.get(key);
  if (known) return known;
  const digits = exponentOf(currency);
  const made = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    // Intl's own decimals follow CLDR, which differs from ISO 4217 (IQD, ISK and others).
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  formatters.set(key, made);
  return made;
}

function separators(locale: string): { group: string; decimal: string } {
  const parts = new Intl.NumberFormat(locale, { minimumFractionDigits: 1 }).formatToParts(11_111_111.1);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  const group = of('group');
  // People type a plain space or apostrophe where Intl writes a narrow or typographic one.
  if (/\s/.test(group)) return { group: '\\s', decimal: escaped(of('decimal')) };
  if (group === '’') return { group: "[’']", decimal: escaped(of('decimal')) };
  return { group: escaped(group), decimal: escaped(of('decimal')) };
}

function withoutSymbols(text: string, currency: CurrencyCode, locale: string): string {
  const symbols = (['symbol', 'narrowSymbol', 'code'] as const).map((currencyDisplay) => {
    const parts = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      currencyDisplay,
    }).formatToParts(1);
    return parts.find((part) => part.type === 'currency')?.value ?? currency;
  });
  // Marks of writing direction carry no meaning here; a minus may be typographic.
  const bare = text.replace(/[\u200e\u200f\u061c\u2066-\u2069]/g, '').replace('−', '-');
  const found = symbols
    .map((symbol) => symbol.replace(/[\u200e\u200f\u061c]/g, ''))
    .find((symbol) => bare.includes(symbol));
  const rest = found === undefined ? bare : bare.replace(found, '');
  return rest.trim().replace(/^-\s+/, '-');
}

function latinDigits(text: string, locale: string): string {
  const native = [...new Intl.NumberFormat(locale, { useGrouping: false }).format(9_876_543_210)].toReversed();
  return [...text].map((sign) => (native.includes(sign) ? String(native.indexOf(sign)) : sign)).join('');
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
