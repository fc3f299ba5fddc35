import ar from '@plumbline/i18n/ar/index';
import de from '@plumbline/i18n/de/index';
import fr from '@plumbline/i18n/fr/index';
import { pseudoLocale } from '@plumbline/i18n/languages';
import { pseudoLookup } from '@plumbline/i18n/pseudo';
import type { Message } from '@plumbline/i18n/translator';
import { addLanguage, findEnglish } from './messages.ts';

/** The server writes pages in every language, so it has all of them. */
for (const [locale, words] of Object.entries<Record<string, Message>>({ ar, de, fr })) {
  addLanguage(locale, (key) => words[key]);
}
addLanguage(pseudoLocale, pseudoLookup(findEnglish));
