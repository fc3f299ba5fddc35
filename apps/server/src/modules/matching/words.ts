import { editDistance, idfOf, termHash, wrongLettersIn, type AskedWord } from '@plumbline/domain/relevance';
import { foldText } from '@plumbline/i18n/fold';
import type { Ctx } from '../../platform/ctx.ts';
import * as store from './store.ts';
import type { MarketRow } from './tables.ts';

/** A word of the question with the lexemes that stand for it in the index. */
export interface Word extends AskedWord {
  typed: string;
  /** Any of these; empty when no listing has it and nothing resembles it. */
  lexemes: string[];
  /** What it was taken for, when it was corrected. */
  corrected: string | null;
}

export interface Understood {
  market: MarketRow;
  words: Word[];
}

/** Longer questions are cut. */
const mostWords = 20;
/** A resembling or longer word counts a little less than the word itself. */
const alikeWeight = 0.8;
/** Alternatives of one word. */
const mostAlike = 3;
/** Words of politeness and wish: they say nothing of the work. */
const idle = new Set(
  'need want looking look help please someone somebody wanted required near me my i a the to for in with and or of'.split(
    ' ',
  ),
);

/** Letters and digits without case, accents and letter forms: how texts and questions are cut into words. */
export const plainWords = (text: string): string[] => foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** The words of a question that may name the work, in order, each once. */
export const askedWords = (text: string): string[] =>
  [...new Set(plainWords(text))].filter((word) => !idle.has(word)).slice(0, mostWords);

interface Known {
  understood: Understood;
  until: number;
}

/** Questions whose words are all in the index are remembered for a moment; they come again with every page and filter. */
const rememberMs = 5000;
const mostRemembered = 500;
const remembered = new WeakMap<object, Map<string, Known>>();

/** What the words of a question stand for; one statement, or none when the same was asked a moment ago. */
export async function understand(ctx: Ctx, words: readonly string[]): Promise<Understood> {
  const cache = cacheOf(ctx);
  const key = `${ctx.regionId}|${words.join(' ')}`;
  const known = cache.get(key);
  if (known && known.until > performance.now()) return known.understood;
  const rows = await store.understand.all(ctx, ctx.regionId, [...words]);
  const [first] = rows;
  if (!first) throw new Error(`no market row for ${ctx.regionId}`);
  const market: MarketRow = {
    area: first.area,
    documents: first.documents,
    length: first.length,
    bookings: first.bookings,
  };
  const understood = {
    market,
    words: rows.flatMap((row) => (row.word === null ? [] : [wordOf(row, market.documents)])),
  };
  if (understood.words.every((word) => word.corrected === null && word.lexemes.length > 0)) {
    if (cache.size >= mostRemembered) cache.clear();
    cache.set(key, { understood, until: performance.now() + rememberMs });
  }
  return understood;
}

function cacheOf({ db }: Ctx): Map<string, Known> {
  const key = db.around ?? db.pool;
  const cache = remembered.get(key) ?? new Map<string, Known>();
  remembered.set(key, cache);
  return cache;
}

function wordOf(row: store.UnderstoodRow, documents: number): Word {
  const typed = row.word ?? '';
  const itself = { hash: termHash(row.lexeme ?? ''), weight: 1 };
  if (row.documents_with && row.lexeme !== null) {
    return {
      typed,
      lexemes: [row.lexeme],
      corrected: null,
      idf: rounded(idfOf(documents, row.documents_with)),
      terms: [itself],
    };
  }
  const alike = alikeTo(typed, row.lexeme ?? typed, row.alike ?? []);
  const common = Math.max(1, ...alike.map(({ documents: count }) => count));
  return {
    typed,
    lexemes: alike.map(({ lexeme }) => lexeme),
    corrected: alike[0]?.sample ?? null,
    idf: rounded(idfOf(documents, common)),
    terms: alike.map(({ lexeme }) => ({ hash: termHash(lexeme), weight: alikeWeight })),
  };
}

/** A cursor carries it. */
const rounded = (idf: number): number => Math.round(idf * 1e4) / 1e4;

interface Alike {
  lexeme: string;
  sample: string;
  documents: number;
}

/** Longer words that begin so, else words with as few wrong letters as possible and the longest common beginning. */
function alikeTo(typed: string, stem: string, candidates: readonly [string, string, number][]): Alike[] {
  const all = candidates.map(([lexeme, sample, documents]) => ({ lexeme, sample, documents }));
  const longer =
    stem.length >= 3 ? all.filter(({ lexeme, sample }) => lexeme.startsWith(stem) || sample.startsWith(typed)) : [];
  if (longer.length > 0) return best(longer);
  const allowed = wrongLettersIn(typed);
  const distances = all.map((one) => ({
    ...one,
    distance: Math.min(editDistance(typed, one.sample, allowed), editDistance(stem, one.lexeme, allowed)),
  }));
  const least = Math.min(...distances.map(({ distance }) => distance));
  if (least === Infinity) return [];
  const closest = distances.filter(({ distance }) => distance === least);
  const longest = Math.max(...closest.map(({ sample }) => commonBeginning(typed, sample)));
  return best(closest.filter(({ sample }) => commonBeginning(typed, sample) === longest));
}

/** People seldom mistake the beginning: "driping" means dripping, not driving. */
function commonBeginning(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

const best = (alike: Alike[]): Alike[] =>
  alike.toSorted((a, b) => b.documents - a.documents || (a.lexeme < b.lexeme ? -1 : 1)).slice(0, mostAlike);

/** The question with its corrections, null when nothing was corrected. */
export function correctedText(words: readonly Word[]): string | null {
  if (words.every(({ corrected }) => corrected === null)) return null;
  return words.map(({ typed, corrected }) => corrected ?? typed).join(' ');
}

/** How the index names an area among the words; no word that people type begins so. */
export const areaToken = (area: number): string => `~z${area}`;

const quoted = (lexeme: string): string => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** The condition that a listing has this word. */
export const conditionOfWord = ({ lexemes }: Word): string => lexemes.map(quoted).join(' | ');

/** The condition on a listing's words as PostgreSQL reads a tsquery: in this area, and all of the words or any of them. */
export function condition(areas: readonly number[], words: readonly Word[], mode: 'all' | 'any'): string {
  const either = (lexemes: readonly string[]) => `(${lexemes.map(quoted).join(' | ')})`;
  const place = either(areas.map(areaToken));
  const known = words.filter(({ lexemes }) => lexemes.length > 0);
  if (known.length === 0) return place;
  const texts = known.map(({ lexemes }) => either(lexemes));
  return `${place} & (${texts.join(mode === 'all' ? ' & ' : ' | ')})`;
}

const mostSuggestions = 8;

/** What somebody may be typing: the last word completed by words of listings, the most common first. */
export async function suggestions(ctx: Ctx, text: string): Promise<{ text: string; documents: number }[]> {
  const words = plainWords(text);
  const last = words.pop();
  if (last === undefined) return [];
  const found = await store.wordsLike.all(ctx, ctx.regionId, last, mostSuggestions);
  return found.map(({ sample, documents }) => ({ text: [...words, sample].join(' '), documents }));
}
