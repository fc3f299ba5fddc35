import { exponentOf, type CurrencyCode } from './currency.ts';
import { money, type Money } from './money.ts';

/** The payment providers whose wire format is known. */
export type Psp = 'stripe';

interface WireRules {
  /** Where the provider counts other decimals than ISO 4217. */
  exponents: Partial<Record<CurrencyCode, 0 | 2 | 3>>;
  /** Amounts of currencies with three decimals have to be multiples of this. */
  stepOfThree: bigint;
}

/**
 * Stripe (docs.stripe.com/currencies): minor units by ISO, except that MGA has no decimals, that ISK and UGX are sent
 * with two (always 00), and that three-decimal amounts end in 0.
 */
const rules: Record<Psp, WireRules> = {
  stripe: { exponents: { MGA: 0, ISK: 2, UGX: 2 }, stepOfThree: 10n },
};

/** The provider's decimals for a currency. */
export function wireExponent(currency: CurrencyCode, psp: Psp = 'stripe'): 0 | 2 | 3 {
  return rules[psp].exponents[currency] ?? exponentOf(currency);
}

/**
 * The amount as the provider's API takes it: a whole number in its own minor units. Throws when it cannot be said
 * exactly: nothing is rounded on its way out.
 */
export function toWire(amount: Money, psp: Psp = 'stripe'): number {
  const exponent = wireExponent(amount.currency, psp);
  const shift = exponent - exponentOf(amount.currency);
  const scaled = shift >= 0 ? amount.minor * 10n ** BigInt(shift) : divideExactly(amount, 10n ** BigInt(-shift));
  if (exponent === 3) divideExactly(amount, rules[psp].stepOfThree);
  if (scaled > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError(`too large for the wire: ${scaled}`);
  return Number(scaled);
}

/** What the provider's number means. Throws for a fraction of our smallest unit. */
export function fromWire<C extends CurrencyCode>(value: number, currency: C, psp: Psp = 'stripe'): Money<C> {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole number on the wire: ${value}`);
  const shift = exponentOf(currency) - wireExponent(currency, psp);
  const sent = money(BigInt(value), currency);
  return money(shift >= 0 ? sent.minor * 10n ** BigInt(shift) : divideExactly(sent, 10n ** BigInt(-shift)), currency);
}

function divideExactly(amount: Money, divisor: bigint): bigint {
  if (amount.minor % divisor !== 0n) {
    throw new RangeError(`${amount.minor} ${amount.currency} is no multiple of ${divisor}: it cannot cross this wire`);
  }
  return amount.minor / divisor;
}
