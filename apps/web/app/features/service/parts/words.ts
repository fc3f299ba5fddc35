import type { Translator } from '@plumbline/i18n/translator';

/** "45 minutes", "2 hours", "1 hour 30 minutes". */
export function durationText(t: Translator, minutes: number): string {
  return t('service.duration', { hours: Math.floor(minutes / 60), minutes: minutes % 60 }).trim();
}
