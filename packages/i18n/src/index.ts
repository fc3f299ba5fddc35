import { catalogues } from './catalogues.ts';
import { compileCatalogue } from './compile.ts';
import type { Locale } from './languages.ts';
import { makeTranslator, type Translator } from './translator.ts';

export { locales, type Locale } from './languages.ts';
export type { MessageKey } from './keys.ts';
export type { Translator, Value, ZonedWindow } from './translator.ts';
export type { MoneyValue } from './money.ts';
export type { ZonedMoment } from './dates.ts';

/** The translate function with every catalogue of a locale: for servers and e-mails. */
export function createTranslator(locale: Locale): Translator {
  const messages = compileCatalogue(catalogues[locale], locale);
  return makeTranslator(locale, (key) => messages[key]);
}
