import { formattingLocale } from '@plumbline/i18n/languages';
import { exponentOf } from '@plumbline/i18n/money';

/** A zero of each script of digits that people type: 0–9, Arabic-Indic, extended Arabic-Indic. */
const zeros = ['0', '٠', '۰'].map((zero) => zero.charCodeAt(0));

const latinDigits = (text: string): string =>
  text.replaceAll(/[٠-٩۰-۹]/g, (digit) => {
    const code = digit.charCodeAt(0);
    const zero = zeros.find((zero) => code >= zero && code <= zero + 9) ?? 0;
    return String(code - zero);
  });

const separators = new Map<string, string>();

/** The sign between units and decimals. */
function decimalSign(locale: string): string {
  let sign = separators.get(locale);
  if (sign === undefined) {
    const parts = new Intl.NumberFormat(formattingLocale(locale)).formatToParts(1.5);
    sign = parts.find(({ type }) => type === 'decimal')?.value ?? '.';
    separators.set(locale, sign);
  }
  return sign;
}

/**
 * What people type as an amount, in minor units as digits: "120", "1,200.50", "£120.50"; in German "1.200,50 €".
 * Undefined when it is not one or has more decimals than the currency. Exact: no floating point on the way.
 */
export function parseAmount(text: string, currency: string, locale = 'en-GB'): string | undefined {
  const exponent = exponentOf(currency || 'GBP');
  const decimal = decimalSign(locale);
  const grouping = decimal === ',' ? '.' : ',';
  const bare = latinDigits(text)
    .replaceAll('٫', decimal)
    .replaceAll(/[\s\p{Sc}٬’'\u200E\u200F]/gu, '')
    .replace(currency, '');
  // Between thousands only: "12.5" typed in German is not 125.
  const plain = bare.replaceAll(new RegExp(`\\${grouping}(?=\\d{3}(?!\\d))`, 'g'), '');
  const match = new RegExp(`^(\\d+)(?:\\${decimal}(\\d+))?$`).exec(plain);
  const [, whole = '', decimals = ''] = match ?? [];
  if (!match || decimals.length > exponent) return undefined;
  return (whole + decimals.padEnd(exponent, '0')).replace(/^0+(?=\d)/, '');
}
