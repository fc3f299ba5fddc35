import { exponentOf } from '@plumbline/i18n/money';

/**
 * What people type as an amount, in minor units as digits: "120", "1,200.50", "£120.50". Undefined when it is not one
 * or has more decimals than the currency. Exact: no floating point on the way.
 */
export function parseAmount(text: string, currency: string): string | undefined {
  const exponent = exponentOf(currency || 'GBP');
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text.replace(/[\s,£€]/g, ''));
  const [, whole = '', decimals = ''] = match ?? [];
  if (!match || decimals.length > exponent) return undefined;
  return (whole + decimals.padEnd(exponent, '0')).replace(/^0+(?=\d)/, '');
}
