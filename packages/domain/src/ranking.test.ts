import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strongestParts } from './reasons.ts';
import {
  completionOf,
  lowerStars,
  meanStars,
  newcomerBonus,
  partsOf,
  priceFitOf,
  qualityOf,
  responseOf,
  reviewWeight,
  scoreOf,
  tieOf,
  tieSalt,
  weights,
  type RankInputs,
} from './ranking.ts';

const plain: RankInputs = {
  relevance: 1,
  metres: 0,
  quality: 1,
  availability: 1,
  response: 1,
  priceFit: 1,
  completion: 1,
  bookings: 0,
  penalties: 0,
  risk: 'clear',
};
const nothing: RankInputs = {
  relevance: 0,
  metres: null,
  quality: 0,
  availability: 0,
  response: 0,
  priceFit: 0,
  completion: 0,
  bookings: 0,
  penalties: 0,
  risk: 'clear',
};

describe('the formula', () => {
  it('has shares that add up to one', () => {
    const { relevance, distance, quality, availability, response, priceFit, completion } = weights;
    expect(relevance + distance + quality + availability + response + priceFit + completion).toBeCloseTo(1, 12);
  });

  it.each([
    ['nothing at all', nothing, 1, 0],
    ['everything, in a market without bookings', plain, 1, 1],
    ['words alone', { ...nothing, relevance: 0.5 }, 1, 0.15],
    ['eight kilometres away', { ...nothing, metres: 8000 }, 1, 0.2 / Math.E],
    ['stars alone', { ...nothing, quality: 0.85 }, 1, 0.17],
    ['free half of the window', { ...nothing, availability: 0.5 }, 1, 0.06],
    ['answers', { ...nothing, response: 0.9 }, 1, 0.072],
    ['price', { ...nothing, priceFit: 0.5 }, 1, 0.03],
    ['work done', { ...nothing, completion: 0.9 }, 1, 0.036],
    ['a newcomer among 1,000 bookings', nothing, 1000, 0.08],
    ['one with 30 bookings of 1,000', { ...nothing, bookings: 30 }, 1000, 0.05 * Math.sqrt((2 * Math.log(1000)) / 31)],
    ['two penalty points', { ...plain, penalties: 2 }, 1, 0.96],
    ['nine penalty points count like three', { ...plain, penalties: 9 }, 1, 0.94],
    ['watched', { ...plain, risk: 'watched' }, 1, 0.8],
    ['held', { ...plain, risk: 'held' }, 1, 0],
  ] as const)('%s', (_, inputs, marketBookings, score) => {
    expect(scoreOf(inputs, marketBookings)).toBeCloseTo(score, 6);
  });

  it('never ranks a better listing lower, all else being equal', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const field = fc.constantFrom('relevance', 'quality', 'availability', 'response', 'priceFit', 'completion');
    fc.assert(
      fc.property(field, share, share, (name, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(scoreOf({ ...plain, [name]: high }, 50)).toBeGreaterThanOrEqual(scoreOf({ ...plain, [name]: low }, 50));
      }),
    );
  });

  it('caps the newcomer’s bonus and lets it fade', () => {
    expect(newcomerBonus(0, 1_000_000)).toBe(0.08);
    expect(newcomerBonus(0, 1)).toBe(0);
    expect(newcomerBonus(400, 1000)).toBeLessThan(0.01);
  });

  it('is the sum of its parts', () => {
    const inputs = { ...plain, relevance: 0.4, metres: 3000, quality: 0.7, penalties: 1, bookings: 12 };
    const sum = Object.values(partsOf(inputs, 300)).reduce((a, b) => a + b, 0);
    expect(scoreOf(inputs, 300)).toBeCloseTo(sum, 6);
  });
});

describe('quality', () => {
  const reviews = (stars: number[], weight = 1) => ({
    weight: stars.length * weight,
    stars: stars.reduce((sum, star) => sum + weight * star, 0),
    squares: stars.reduce((sum, star) => sum + weight * star * star, 0),
  });
  const none = reviews([]);

  it('is the category’s mean where there are no reviews, and stands below it', () => {
    expect(meanStars(none, 4.3)).toBe(4.3);
    expect(lowerStars(none, 4.3)).toBeCloseTo(4.3 - 1.2816 * Math.sqrt(0.81 / 8), 6);
  });

  it('moves towards the reviews: (8·4.3 + 10·5) / 18', () => {
    expect(meanStars(reviews(Array.from({ length: 10 }, () => 5)), 4.3)).toBeCloseTo(84.4 / 18, 10);
  });

  it('prefers many good reviews to a few perfect ones', () => {
    const many = reviews([...Array.from({ length: 95 }, () => 5), 4, 4, 4, 4, 4]);
    expect(lowerStars(many, 4.3)).toBeGreaterThan(lowerStars(reviews([5, 5, 5]), 4.3));
  });

  it('trusts agreement more than quarrel', () => {
    const agreed = reviews([4, 4, 4, 4, 4, 4, 4, 4]);
    const quarrel = reviews([5, 5, 5, 5, 3, 3, 3, 3]);
    expect(meanStars(agreed, 4.3)).toBe(meanStars(quarrel, 4.3));
    expect(lowerStars(agreed, 4.3)).toBeGreaterThan(lowerStars(quarrel, 4.3));
  });

  it('halves a review’s weight in a year and takes 0.4 of an unverified one', () => {
    expect(reviewWeight(0, true)).toBe(1);
    expect(reviewWeight(365, true)).toBe(0.5);
    expect(reviewWeight(0, false)).toBe(0.4);
  });

  it('is a share between 0 and 1', () => {
    expect(qualityOf(reviews(Array.from({ length: 50 }, () => 1)), 4.3)).toBeGreaterThanOrEqual(0);
    expect(qualityOf(reviews(Array.from({ length: 5000 }, () => 5)), 4.3)).toBeLessThanOrEqual(1);
  });
});

describe('habits and prices', () => {
  it.each([
    [0, 0, 0.5],
    [8, 8, 10 / 12],
    [0, 8, 2 / 12],
  ])('answers: %d fast of %d', (fast, all, share) => {
    expect(responseOf(fast, all)).toBeCloseTo(share, 10);
  });

  it.each([
    [0, 0, 0.9],
    [90, 0, 0.99],
    [0, 10, 0.45],
  ])('work: %d done, %d not', (done, failed, share) => {
    expect(completionOf(done, failed)).toBeCloseTo(share, 10);
  });

  it.each([
    [100, 100, 0.5],
    [50, 100, 1],
    [25, 100, 1],
    [200, 100, 0],
    [80, 100, 0.5 - 0.5 * Math.log2(0.8)],
    [null, 100, 0.5],
    [100, null, 0.5],
  ])('price %s where %s is usual', (price, usual, fit) => {
    expect(priceFitOf(price, usual)).toBeCloseTo(fit, 10);
  });
});

describe('ties', () => {
  const id = (last: number) => new Uint8Array([1, 2, 3, last]);

  it('are stable for one person on one day, and differ between people and days', () => {
    const order = (viewer: string, day: string) => {
      const salt = tieSalt(viewer, day);
      return Array.from({ length: 20 }, (_, index) => index)
        .toSorted((a, b) => tieOf(salt, id(a)) - tieOf(salt, id(b)))
        .join();
    };
    expect(order('amira', '2026-06-01')).toBe(order('amira', '2026-06-01'));
    expect(order('amira', '2026-06-01')).not.toBe(order('amira', '2026-06-02'));
    expect(order('amira', '2026-06-01')).not.toBe(order('estelle', '2026-06-01'));
  });

  it('puts everybody first about equally often', () => {
    const firsts = new Map<number, number>();
    for (let viewer = 0; viewer < 4000; viewer += 1) {
      const salt = tieSalt(`viewer ${viewer}`, '2026-06-01');
      const [first] = [0, 1, 2, 3].toSorted((a, b) => tieOf(salt, id(a)) - tieOf(salt, id(b)));
      firsts.set(first ?? -1, (firsts.get(first ?? -1) ?? 0) + 1);
    }
    for (const count of firsts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

describe('reasons', () => {
  const asked = { words: true, window: false, rated: true, isNew: false };
  it('names the strongest lifts first, three at most', () => {
    const near = { ...nothing, metres: 300, quality: 0.9, relevance: 0.9, response: 0.7, completion: 0.97 };
    expect(strongestParts(near, asked, 100)).toEqual(['relevance', 'distance', 'quality']);
  });

  it('says nothing about words that were not asked for, nor stars that are not shown', () => {
    const inputs = { ...nothing, relevance: 1, quality: 0.9, response: 0.9 };
    expect(strongestParts(inputs, { words: false, window: false, rated: false, isNew: false }, 100)).toEqual([
      'response',
    ]);
  });

  it('says nothing where nothing stands out', () => {
    expect(strongestParts(nothing, asked, 100)).toEqual([]);
  });
});
