import { sorts, type Sort } from '@plumbline/domain/ranking';
import { refuse } from '../../platform/errors.ts';

/**
 * Where a page ended, with everything that the order depended on and that may change meanwhile: then no change
 * elsewhere moves what was already shown, and a page has neither a repetition nor a gap among what did not change.
 */
export interface Position {
  sort: Sort;
  /** True when listings with some of the words are shown, because none has all. */
  anyWord: boolean;
  /** When the first page was asked for, milliseconds. */
  at: number;
  /** Rarity of each word, in order. */
  idfs: number[];
  meanLength: number;
  marketBookings: number;
  /** Best match: score, tie, number. Else: key and number. */
  after: { score: number; tie: number; no: number } | { key: number; no: number };
}

/** The last moment that a Date can hold. */
const latest = 8.64e15;

/** The position as an opaque text for the URL. */
export function encodePosition({ sort, anyWord, at, idfs, meanLength, marketBookings, after }: Position): string {
  const values =
    'score' in after ? [after.score, after.tie, after.no] : [after.key === Infinity ? null : after.key, after.no];
  const parts = [sorts.indexOf(sort), anyWord, at, idfs, meanLength, marketBookings, values];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** The position of a cursor. Refuses `matching.cursor_invalid` for anything that this server did not make for this order. */
export function decodePosition(cursor: string, sort: Sort, words: number): Position {
  const parts = parse(Buffer.from(cursor, 'base64url').toString());
  if (!Array.isArray(parts) || parts.length !== 7) invalid();
  const [sortNumber, anyWord, at, idfs, meanLength, marketBookings, values] = parts as unknown[];
  if (typeof sortNumber !== 'number' || sorts[sortNumber] !== sort) invalid();
  if (typeof anyWord !== 'boolean' || !isNumber(at) || Math.abs(at) > latest) invalid();
  if (!isNumber(meanLength) || !isNumber(marketBookings) || !isNumbers(idfs, words)) invalid();
  return { sort, anyWord, at, idfs, meanLength, marketBookings, after: afterIn(values, sort) };
}

function afterIn(values: unknown, sort: Sort): Position['after'] {
  if (sort === 'best') {
    if (!isNumbers(values, 3)) invalid();
    const [score = 0, tie = 0, no = 0] = values;
    return { score, tie, no: whole(no) };
  }
  if (!Array.isArray(values) || values.length !== 2) invalid();
  const [key, no] = values as unknown[];
  if ((key !== null && !isNumber(key)) || !isNumber(no)) invalid();
  return { key: key ?? Infinity, no: whole(no) };
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

const isNumbers = (value: unknown, length: number): value is number[] =>
  Array.isArray(value) && value.length === length && value.every(isNumber);

const whole = (no: number): number => (Number.isInteger(no) && Math.abs(no) < 2 ** 31 ? no : invalid());

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function invalid(): never {
  refuse('matching.cursor_invalid');
}
