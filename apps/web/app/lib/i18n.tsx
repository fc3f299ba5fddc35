import { makeTranslator, type Translator } from '@plumbline/i18n/translator';
import common from '@plumbline/i18n/en-GB/common.json';
import { createContext, use, type ReactNode } from 'react';
import { addMessages, findMessage } from './messages.ts';

addMessages('en-GB', common);

const translators = new Map<string, Translator>();

/** The translate function of a locale over the catalogues that are loaded. For loaders, actions and `meta`. */
export function translatorOf(locale: string): Translator {
  let made = translators.get(locale);
  if (!made) {
    made = makeTranslator(locale, (key) => findMessage(locale, key));
    translators.set(locale, made);
  }
  return made;
}

const LocaleContext = createContext('en-GB');

export function LocaleProvider({ locale, children }: { locale: string; children: ReactNode }): ReactNode {
  return <LocaleContext value={locale}>{children}</LocaleContext>;
}

/** The translate function of the page: `const t = useT(); t('booking.title')`. */
export const useT = (): Translator => translatorOf(use(LocaleContext));

export { directionOf } from '@plumbline/i18n/languages';
