import type { Message } from '@plumbline/i18n/translator';
import { addLanguage, findEnglish } from './messages.ts';

type Words = Record<string, Message>;

const files: Record<string, () => Promise<{ default: Words }>> = {
  ar: () => import('@plumbline/i18n/ar/index'),
  de: () => import('@plumbline/i18n/de/index'),
  fr: () => import('@plumbline/i18n/fr/index'),
};

/** Fetches the words of a language other than English, once for all pages. */
export async function bringLanguage(locale: string): Promise<void> {
  if (locale === 'en-XA') {
    const { pseudoLookup } = await import('@plumbline/i18n/pseudo');
    addLanguage(locale, pseudoLookup(findEnglish));
    return;
  }
  const words = (await files[locale]?.())?.default;
  if (words) addLanguage(locale, (key) => words[key]);
}
