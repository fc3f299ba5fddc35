/** How well words match a text: BM25 over a title, tags and a body, and the distance of misspelt words. */

/** How much a word in each field counts as so many in the body. */
export const fieldWeights = { title: 3, tags: 2, body: 1 } as const;

/** Okapi BM25's usual numbers. */
const k1 = 1.5;
const b = 0.75;

/** A word that was asked for: all the terms that stand for it, and how rare the word is. */
export interface AskedWord {
  idf: number;
  /** Terms (hashes of lexemes) that count as this word, with how much: 1 for itself, less for a correction. */
  terms: { hash: number; weight: number }[];
}

/** Inverse document frequency, never negative. */
export const idfOf = (documents: number, withWord: number): number =>
  Math.log(1 + (Math.max(documents, withWord) - withWord + 0.5) / (withWord + 0.5));

/** 32 bits that name a lexeme in a document's term list (FNV-1a over UTF-16 units). */
export function termHash(lexeme: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < lexeme.length; i += 1) hash = Math.imul(hash ^ lexeme.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

/** What one word adds, for its (field-weighted) frequency in a document of this length. */
export const bm25 = (idf: number, frequency: number, length: number, meanLength: number): number =>
  frequency === 0 ? 0 : (idf * frequency * (k1 + 1)) / (frequency + k1 * (1 - b + b * (length / meanLength)));

/**
 * Relevance between 0 and 1: BM25 over its largest possible sum for these words, so that it does not depend on what
 * else was found. 1 when nothing was asked.
 */
export function relevanceOf(
  words: readonly AskedWord[],
  frequencyOf: (hash: number) => number,
  length: number,
  meanLength: number,
): number {
  if (words.length === 0) return 1;
  let sum = 0;
  let most = 0;
  for (const { idf, terms } of words) {
    let frequency = 0;
    for (const { hash, weight } of terms) frequency = Math.max(frequency, weight * frequencyOf(hash));
    sum += bm25(idf, frequency, length, meanLength);
    most += idf * (k1 + 1);
  }
  return most === 0 ? 0 : sum / most;
}

/**
 * Letters to change, add, drop or swap to get from one word to the other (optimal string alignment); Infinity when
 * that is more than `atMost`.
 */
export function editDistance(from: string, to: string, atMost: number): number {
  if (Math.abs(from.length - to.length) > atMost) return Infinity;
  let before: number[] = [];
  let above = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const row = nextRow(from, to, i, above, before);
    if (Math.min(...row) > atMost) return Infinity;
    before = above;
    above = row;
  }
  const distance = above[to.length] ?? Infinity;
  return distance > atMost ? Infinity : distance;
}

/** Distances of the first `i` letters of `from` to every beginning of `to`. */
function nextRow(from: string, to: string, i: number, above: readonly number[], before: readonly number[]): number[] {
  const row = [i];
  const at = (list: readonly number[], index: number) => list[index] ?? Infinity;
  for (let j = 1; j <= to.length; j += 1) {
    const change = from[i - 1] === to[j - 1] ? 0 : 1;
    const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
    const swapped = isSwap ? at(before, j - 2) + 1 : Infinity;
    row.push(Math.min(at(above, j) + 1, at(row, j - 1) + 1, at(above, j - 1) + change, swapped));
  }
  return row;
}

/** How many letters of a word may be wrong: none in up to three letters, one in up to five, two in longer ones. */
export const wrongLettersIn = (word: string): number => (word.length <= 3 ? 0 : word.length <= 5 ? 1 : 2);
