import { allocate, allocateCumulative, percentBp, vatFromGross } from '@plumbline/money';
import type { PolicyNumbers } from './policy-numbers.ts';

/** Whose rate of commission counts, most particular first. */
export const commissionLevels = ['campaign', 'provider_tier', 'category_zone', 'category', 'region'] as const;
export type CommissionLevel = (typeof commissionLevels)[number];

export interface CommissionRule {
  level: CommissionLevel;
  rateBp: number;
}

/** The rate that applies: the most particular rule that is there, else the region's own. */
export function commissionRate(rules: readonly CommissionRule[], regionRateBp: number): CommissionRule {
  for (const level of commissionLevels) {
    const rule = rules.find((candidate) => candidate.level === level);
    if (rule) return rule;
  }
  return { level: 'region', rateBp: regionRateBp };
}

export interface SplitTerms {
  /** VAT contained in the provider's price; 0 when the provider is not registered. */
  vatRateBp: number;
  commissionBp: number;
  /** VAT on the platform's own supply, the commission: due whether or not the provider is registered. */
  commissionVatBp: number;
}

export interface Split {
  gross: bigint;
  /** The provider's price without its VAT: what the commission is a share of. */
  net: bigint;
  commission: bigint;
  vatOnCommission: bigint;
  /** What the provider gets: gross less commission and the VAT on it. */
  provider: bigint;
}

/**
 * Splits a gross price between provider, platform and tax office. Each figure is rounded once, half up, so that
 * commission + VAT + provider is the gross to the penny.
 *
 * Example: 120.00 with 20.00 VAT in it: 12 % of 100.00 = 12.00, VAT 2.40, the provider gets 105.60.
 */
export function splitGross(gross: bigint, terms: SplitTerms): Split {
  const net = vatFromGross(gross, terms.vatRateBp).netMinor;
  const commission = percentBp(net, terms.commissionBp);
  const vatOnCommission = percentBp(commission, terms.commissionVatBp);
  return { gross, net, commission, vatOnCommission, provider: gross - commission - vatOnCommission };
}

/** Days between acceptance and release. Two people release what lies above the second limit. */
export function holdWindow(
  grossMinor: bigint,
  numbers: Pick<PolicyNumbers, 'holdDays' | 'longHoldDays' | 'longHoldAboveMinor' | 'twoPersonAboveMinor'>,
): { days: number; twoPeople: boolean } {
  return {
    days: grossMinor > BigInt(numbers.longHoldAboveMinor) ? numbers.longHoldDays : numbers.holdDays,
    twoPeople: grossMinor > BigInt(numbers.twoPersonAboveMinor),
  };
}

/** Puts an amount on lines in proportion to what each has left; the parts sum to the amount, none exceeds its line. */
export function spreadOver(amount: bigint, left: readonly bigint[]): bigint[] {
  const total = left.reduce((sum, part) => sum + part, 0n);
  if (amount < 0n || amount > total) throw new RangeError('an amount can only be spread over what is there');
  if (total === 0n) return left.map(() => 0n);
  return allocate(amount, [...left]);
}

export interface GivenBack {
  provider: bigint;
  commission: bigint;
  vatOnCommission: bigint;
}

/**
 * Who gives back how much when `amount` of an accepted split goes back to the customer, after `before` has already gone.
 * Shares are cumulative, so that any number of steps ends exactly at the split itself. Throws a RangeError when more
 * would be given back than was paid.
 */
export function splitRefund(split: Split, before: GivenBack, amount: bigint): GivenBack {
  const [provider = 0n, commission = 0n, vatOnCommission = 0n] = allocateCumulative({
    shares: [split.provider, split.commission, split.vatOnCommission],
    given: [before.provider, before.commission, before.vatOnCommission],
    step: amount,
  });
  return { provider, commission, vatOnCommission };
}
