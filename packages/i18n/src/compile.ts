import { parse } from '@formatjs/icu-messageformat-parser';
import type { Message } from './translator.ts';

/**
 * Parses a catalogue ahead of time, so that what reaches the browser needs no parser. Plain sentences stay text.
 * Throws on a message that is not valid ICU.
 */
export function compileCatalogue(catalogue: Record<string, string>): Record<string, Message> {
  return Object.fromEntries(Object.entries(catalogue).map(([key, text]) => [key, compileMessage(text)]));
}

function compileMessage(text: string): Message {
  if (!/[{<']/.test(text)) return text;
  return parse(text, { captureLocation: false }) as Message;
}
