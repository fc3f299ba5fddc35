import { directionOf } from './languages.ts';

/** An amount as it crosses the wire: minor units as digits, ISO 4217 currency. */
export interface MoneyValue {
  minor: string;
  currency: string;
}

export interface MoneyOptions {
  /** Leaves out `.00`: for prices in lists, never for sums that are paid. */
  short?: boolean;
  /** Writes the sign of a positive amount too. */
  sign?: boolean;
}

const formats = new Map<string, Intl.NumberFormat>();

/** Making a formatter costs more than using it a hundred times; a page asks for a handful of kinds. */
export function numberFormat(locale: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const name = `${locale} ${JSON.stringify(options)}`;
  const format = formats.get(name) ?? new Intl.NumberFormat(locale, options);
  formats.set(name, format);
  return format;
}

const exponents = new Map<string, number>();

/** Digits after the point of a currency, by the runtime's own data (ISO 4217). */
export function exponentOf(currency: string): number {
  let exponent = exponents.get(currency);
  if (exponent === undefined) {
    exponent =
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    exponents.set(currency, exponent);
  }
  return exponent;
}

/** `{ minor: '12050', currency: 'GBP' }` → `120.50`, exact for any length: no floating point on the way. */
export function toDecimal({ minor, currency }: MoneyValue): string {
  const exponent = exponentOf(currency);
  const negative = minor.startsWith('-');
  const digits = minor.replace('-', '').padStart(exponent + 1, '0');
  const split = digits.length - exponent;
  const text = exponent === 0 ? digits : `${digits.slice(0, split)}.${digits.slice(split)}`;
  return negative ? `-${text}` : text;
}

/**
 * The amount in the words of a locale: `£120.50`. In a right-to-left language it stands as one left-to-right piece with
 * the currency's own sign: the sign that Intl has for Arabic (`UK£`) falls apart between letters of both directions.
 */
export function formatMoney(
  amount: MoneyValue,
  locale: string,
  { short = false, sign = false }: MoneyOptions = {},
): string {
  if (directionOf(locale) === 'rtl') return `\u2066${formatMoney(amount, 'en', { short, sign })}\u2069`;
  const decimal = toDecimal(amount);
  const format = numberFormat(locale, {
    style: 'currency',
    currency: amount.currency,
    currencyDisplay: 'narrowSymbol',
    signDisplay: sign ? 'exceptZero' : 'auto',
    trailingZeroDisplay: short ? 'stripIfInteger' : 'auto',
  });
  // Intl takes decimal strings and keeps all their digits; its type is that of an older edition.
  return format.format(decimal as `${number}`);
}
