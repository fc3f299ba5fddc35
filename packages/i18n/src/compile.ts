import { parse } from '@formatjs/icu-messageformat-parser';
import { directionOf } from './languages.ts';
import { within, type Part } from './parts.ts';
import type { Message } from './translator.ts';

/**
 * Parses a catalogue ahead of time, so that what reaches the browser needs no parser. Plain sentences stay text.
 * Throws on a message that is not valid ICU.
 */
export function compileCatalogue(catalogue: Record<string, string>, locale = 'en-GB'): Record<string, Message> {
  return Object.fromEntries(Object.entries(catalogue).map(([key, text]) => [key, compileMessage(text, locale, key)]));
}

export function compileMessage(text: string, locale: string, key = ''): Message {
  if (!/[{<']/.test(text)) return text;
  const parts = parse(text, { captureLocation: false });
  // A date is put together from words of the language itself. Marks within it would hide its letters from the marks that
  // the sentence around it sets, and it would run from left to right.
  if (directionOf(locale) === 'ltr' || key.startsWith('common.date.')) return parts as Message;
  return isolated(parts as Part[]) as unknown as Message;
}

/**
 * Each value in a right-to-left sentence gets marks around it (FSI and PDI), so that a Latin name, postcode or
 * reference keeps its own order and does not pull the words beside it along.
 */
function isolated(parts: readonly Part[]): Part[] {
  return parts.flatMap((part) => {
    if (part.type === 1) return [{ type: 0, value: '\u2068' }, part, { type: 0, value: '\u2069' }];
    return [within(part, isolated)];
  });
}
