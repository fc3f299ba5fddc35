import { within, type Part } from './parts.ts';
import type { Message } from './translator.ts';

const accented: Record<string, string> = Object.fromEntries(
  [...'áƀçđéƒĝĥíĵķļɱñóƥɋŕšţúṽŵẋýžÁƁÇĐÉƑĜĤÍĴĶĻṀÑÓƤɊŔŠŢÚṼŴẊÝŽ'].map((letter, at) => [
    'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'[at] ?? '',
    letter,
  ]),
);

/** Two letters in five come twice: German is about so much longer than English. */
const longer = 0.4;

function stretch(text: string): string {
  let owed = 0;
  return [...text]
    .map((letter) => {
      owed += longer;
      const shown = accented[letter] ?? letter;
      if (owed < 1 || !(letter in accented)) return shown;
      owed -= 1;
      return shown + shown;
    })
    .join('');
}

function stretchPart(part: Part): Part {
  if (part.type === 0 && part.value !== undefined) return { ...part, value: stretch(part.value) };
  return within(part, (parts) => parts.map(stretchPart));
}

/** A parsed English message in the pseudo-language: what is filled in stays as it is. */
export function pseudoMessage(message: Message): Message {
  if (typeof message === 'string') return stretch(message);
  return (message as unknown as Part[]).map(stretchPart) as unknown as Message;
}

type Lookup = (key: string) => Message | undefined;

/** Looks up messages in the pseudo-language over those in English. */
export const pseudoLookup =
  (english: Lookup): Lookup =>
  (key) => {
    const message = english(key);
    return message === undefined ? undefined : pseudoMessage(message);
  };
