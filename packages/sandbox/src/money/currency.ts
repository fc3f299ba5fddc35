import { invalid, type ApiError } from '../http/errors.ts';

const MAX_AMOUNT = 99_999_999;

/** How many decimals the currency has (ISO 4217, as the runtime knows it). */
export function exponentOf(currency: string): number {
  const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency: currency.toUpperCase() });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** '£120.00' for 12000 gbp. */
export function formatMinor(amount: number, currency: string): string {
  const exponent = exponentOf(currency);
  const digits = String(amount).padStart(exponent + 1, '0');
  const decimal = exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
  const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency: currency.toUpperCase() });
  return format.format(decimal as `${number}`);
}

/** Stripe's smallest charge: £0.30, elsewhere about 0.50 of the unit. */
export function minimumCharge(currency: string): number {
  if (currency === 'gbp') return 30;
  return exponentOf(currency) === 0 ? 50 : 50 * 10 ** (exponentOf(currency) - 2);
}

/** The refusal of an amount that cannot be charged, if it is one. */
export function amountProblem(amount: number, currency: string, param: string): ApiError | undefined {
  if (amount < minimumCharge(currency)) {
    const least = formatMinor(minimumCharge(currency), currency);
    return invalid(`Amount must be at least ${least} ${currency}`, { code: 'amount_too_small', param });
  }
  if (amount > MAX_AMOUNT) {
    const most = formatMinor(MAX_AMOUNT, currency);
    return invalid(`Amount must be no more than ${most} ${currency}`, { code: 'amount_too_large', param });
  }
  return undefined;
}
