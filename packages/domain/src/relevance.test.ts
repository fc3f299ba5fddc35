import { describe, expect, it } from 'vitest';
import { bm25, editDistance, idfOf, relevanceOf, termHash, wrongLettersIn } from './relevance.ts';

describe('BM25', () => {
  it('is the textbook’s number', () => {
    // idf 1, tf 2, document as long as the mean: 2·2.5 / (2 + 1.5)
    expect(bm25(1, 2, 100, 100)).toBeCloseTo(5 / 3.5, 10);
    expect(bm25(1, 0, 100, 100)).toBe(0);
  });

  it('counts a word more in a short text and less and less with each repetition', () => {
    expect(bm25(1, 1, 50, 100)).toBeGreaterThan(bm25(1, 1, 200, 100));
    const gains = [1, 2, 3].map((tf) => bm25(1, tf + 1, 100, 100) - bm25(1, tf, 100, 100));
    expect(gains).toEqual(gains.toSorted((a, b) => b - a));
  });

  it('finds a rare word more telling than a common one', () => {
    expect(idfOf(1000, 3)).toBeGreaterThan(idfOf(1000, 300));
    expect(idfOf(10, 10)).toBeGreaterThan(0);
    expect(idfOf(0, 0)).toBeGreaterThan(0);
  });
});

describe('relevance', () => {
  const tap = { idf: 2, terms: [{ hash: termHash('tap'), weight: 1 }] };
  const boiler = { idf: 1, terms: [{ hash: termHash('boiler'), weight: 1 }] };
  const has =
    (...words: string[]) =>
    (hash: number) =>
      words.filter((word) => termHash(word) === hash).length;

  it('lies between 0 and 1 and is 1 where nothing was asked', () => {
    expect(relevanceOf([], has(), 10, 10)).toBe(1);
    expect(relevanceOf([tap], has('roof'), 10, 10)).toBe(0);
    expect(relevanceOf([tap], has(...Array.from({ length: 200 }, () => 'tap')), 10, 10)).toBeLessThan(1);
  });

  it('weighs the rarer word more', () => {
    expect(relevanceOf([tap, boiler], has('tap'), 10, 10)).toBeGreaterThan(
      relevanceOf([tap, boiler], has('boiler'), 10, 10),
    );
  });

  it('counts a corrected word a little less than the word itself', () => {
    const corrected = { idf: 2, terms: [{ hash: termHash('tap'), weight: 0.8 }] };
    expect(relevanceOf([corrected], has('tap'), 10, 10)).toBeLessThan(relevanceOf([tap], has('tap'), 10, 10));
  });
});

describe('misspelt words', () => {
  it.each([
    ['plumber', 'plumber', 0],
    ['plummer', 'plumber', 1],
    ['bolier', 'boiler', 1],
    ['electrican', 'electrician', 1],
    ['gardner', 'gardener', 1],
    ['locksmth', 'locksmith', 1],
    ['paintre', 'painter', 1],
    ['roof', 'boiler', Infinity],
  ])('%s → %s', (from, to, distance) => {
    expect(editDistance(from, to, 2)).toBe(distance);
  });

  it('forgives more in longer words', () => {
    expect(['tap', 'sink', 'boiler'].map(wrongLettersIn)).toEqual([0, 1, 2]);
  });
});

describe('hashes of terms', () => {
  it('fit 32 bits and differ', () => {
    const words = Array.from({ length: 5000 }, (_, index) => `word${index}`);
    const hashes = new Set(words.map(termHash));
    expect(hashes.size).toBe(5000);
    for (const hash of hashes) expect(hash >>> 0).toBe(hash);
  });
});
