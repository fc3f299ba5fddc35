import type { OwnServiceRow, PriceView } from '@plumbline/contracts/catalogue';
import type { Translator } from '@plumbline/i18n/translator';
import type { Tone } from '../../../ui/Signs.tsx';

const tones: Record<OwnServiceRow['state'], Tone> = {
  draft: 'plain',
  in_review: 'info',
  published: 'good',
  paused: 'warn',
  archived: 'plain',
};

export const listingTone = (state: OwnServiceRow['state']): Tone => tones[state];

/** "£85.00", "£48.00 an hour" or "Price on request". */
export function ownPriceText(t: Translator, { amount, per }: PriceView): string {
  if (!amount) return t('studio.own.price.ask');
  const money = t.money(amount);
  return per === 'hour' ? t('studio.own.price.hour', { money }) : money;
}
