import { catalogues, type Locale } from './catalogues.ts';
import { makeTranslator, type Translator } from './translator.ts';

export { locales, type Locale } from './catalogues.ts';
export type { MessageKey } from './keys.ts';
export type { Translator, Value, ZonedWindow } from './translator.ts';
export type { MoneyValue } from './money.ts';
export type { ZonedMoment } from './dates.ts';

/** The translate function with every catalogue of a locale: for servers and e-mails. */
export function createTranslator(locale: Locale): Translator {
  const messages = catalogues[locale];
  return makeTranslator(locale, (key) => messages[key]);
}
