import type { Message } from '@plumbline/i18n/translator';

/**
 * The messages that are loaded. English comes with the code: each feature brings its own catalogue, so a page carries
 * no words of another (a feature's `messages.ts` calls `addMessages`; its pages import that file). Every other language
 * comes as one file, for those who read it (`languages.ts`).
 */
const english = new Map<string, Message>();

type Lookup = (key: string) => Message | undefined;
const others = new Map<string, Lookup>();

export function addMessages(_locale: 'en-GB', catalogue: Record<string, Message>): void {
  for (const [key, message] of Object.entries(catalogue)) english.set(key, message);
}

export const addLanguage = (locale: string, lookup: Lookup): unknown => others.set(locale, lookup);

export const findEnglish: Lookup = (key) => english.get(key);

/** A message that a language does not have yet is said in English. */
export const findMessage = (locale: string, key: string): Message | undefined =>
  others.get(locale)?.(key) ?? english.get(key);
