import type { Count, Reason } from '@plumbline/contracts/matching';
import type { PriceView } from '@plumbline/contracts/catalogue';
import type { Translator } from '@plumbline/i18n/translator';

/** Why a result stands where it stands, as a sentence. */
export function reasonText(t: Translator, reason: Reason): string {
  switch (reason.code) {
    case 'near':
      return t('explore.why.near', { distance: distanceText(t, reason.metres) });
    case 'well_rated':
      return t('explore.why.well_rated', {
        average: t.number(reason.average, { minimumFractionDigits: 1 }),
        count: reason.count,
      });
    case 'matches_words':
      return t('explore.why.matches_words', { words: t.list(reason.words) });
    case 'free_when_asked':
    case 'free_soon':
      return t(`explore.why.${reason.code}`, { when: t.moment(reason.from, { zone: false }) });
    case 'answers_fast':
    case 'finishes_work':
      return t(`explore.why.${reason.code}`, { percent: reason.percent });
    case 'fair_price':
      return t('explore.why.fair_price', { percent: reason.percentBelowUsual });
    case 'new_here':
      return t('explore.why.new_here');
  }
}

/** "400 m" or "1.2 km". */
export function distanceText(t: Translator, metres: number): string {
  if (metres < 950) return t('explore.metres', { n: Math.max(50, Math.round(metres / 50) * 50) });
  return t('explore.kilometres', { n: t.number(metres / 1000, { maximumFractionDigits: 1 }) });
}

/** "12" or "1,000+". */
export const countText = (t: Translator, { n, more }: Count): string =>
  more ? t('explore.more_than', { n: t.number(n) }) : t.number(n);

/** "£85", "£48 an hour" or "Price on request", for lists. */
export function priceText(t: Translator, { amount, per }: PriceView): string {
  if (!amount) return t('explore.price.ask');
  const money = t.money(amount, { short: true });
  return per === 'hour' ? t('explore.price.hour', { money }) : money;
}
