import type { Message } from '@plumbline/i18n/translator';

/**
 * The messages that are loaded: each feature brings its own catalogue with its code, so a page carries no words of
 * another. A feature's `messages.ts` calls `addMessages`; its pages import that file.
 */
const loaded = new Map<string, Map<string, Message>>();

export function addMessages(locale: string, catalogue: Record<string, Message>): void {
  const messages = loaded.get(locale) ?? new Map<string, Message>();
  for (const [key, message] of Object.entries(catalogue)) messages.set(key, message);
  loaded.set(locale, messages);
}

export const findMessage = (locale: string, key: string): Message | undefined => loaded.get(locale)?.get(key);
