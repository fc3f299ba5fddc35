import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Bytes at or above this are thrown away, so that every letter is equally likely. */
const FAIR_LIMIT = 256 - (256 % ALPHABET.length);

/** `length` unguessable letters and digits. */
export function token(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < FAIR_LIMIT && text.length < length) text += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return text;
}

/** An id in Stripe's manner: `pi_3Qx…`. */
export function newId(prefix: string, length = 24): string {
  return `${prefix}_${token(length)}`;
}

/** The id behind a field that may hold an id, an expanded object or nothing. */
export function idOf(value: string | { id: string } | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : value.id;
}
