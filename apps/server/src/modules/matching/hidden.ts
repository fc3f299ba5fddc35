import type { RiskBand } from '@plumbline/domain/ranking';
import type { hiddenCodes, Visibility } from '@plumbline/contracts/matching';
import type { ListingSource } from '../catalogue/index.ts';
import type { Zone } from '../zones/index.ts';

export type HiddenCode = (typeof hiddenCodes)[number];
export type HiddenReason = Visibility['reasons'][number];
type Remedy = HiddenReason['remedy'];

const remedies: Partial<Record<HiddenCode, Remedy>> = {
  not_published: 'publish',
  verification_missing: 'verify',
  insurance_lapsed: 'renew_insurance',
  no_coverage: 'add_coverage',
  no_hours: 'set_hours',
  profile_missing: 'write_profile',
  account_held: 'ask_support',
  zone_not_covered: 'add_coverage',
  words_differ: 'add_words',
  price_above: 'lower_price',
  rating_below: 'earn_ratings',
  rating_too_few: 'earn_ratings',
  not_insured: 'renew_insurance',
  not_free_then: 'free_time',
  not_on_demand: 'offer_on_demand',
};

/** A reason with what would change it. */
export const hiddenReason = (
  code: HiddenCode,
  about: string[] = [],
  gains: HiddenReason['gains'] = [],
): HiddenReason => ({
  code,
  about,
  gains,
  remedy: remedies[code] ?? 'none',
});

/**
 * Hard filters that hold for every question; nothing means that it may be shown. Without hours it is shown all the same
 * (a customer may ask a price), so that is no reason here.
 */
export function hiddenBecause(facts: {
  source: ListingSource;
  gate: { mayPublish: boolean; missing: readonly string[] } | undefined;
  zones: readonly Zone[];
  risk: RiskBand | undefined;
}): HiddenReason[] {
  const { source, gate, zones, risk } = facts;
  const reasons: HiddenReason[] = [];
  if (source.state !== 'published' || !source.content) reasons.push(hiddenReason('not_published', [source.state]));
  if (!source.profile) reasons.push(hiddenReason('profile_missing'));
  if (!gate?.mayPublish) {
    const missing = [...(gate?.missing ?? [])];
    const onlyInsurance = missing.length === 1 && missing[0] === 'insurance';
    reasons.push(hiddenReason(onlyInsurance ? 'insurance_lapsed' : 'verification_missing', missing));
  }
  if (zones.length === 0) reasons.push(hiddenReason('no_coverage'));
  if (risk === 'held') reasons.push(hiddenReason('account_held'));
  return reasons;
}
