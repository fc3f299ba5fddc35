import { describe, expect, it } from 'vitest';
import { categories, categoryNumber, categoryOf } from './categories.ts';
import { listingActs, listingMoves, listingStates, moveListing } from './listing.ts';

describe('moves of a listing', () => {
  it('has one outcome for each (state, act)', () => {
    const keys = listingMoves.map(({ from, act }) => `${from} ${act}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('answers every cell of the table', () => {
    for (const from of listingStates) {
      for (const act of listingActs) {
        for (const who of ['owner', 'reviewer', 'system'] as const) {
          const listed = listingMoves.find((move) => move.from === from && move.act === act && move.who.includes(who));
          expect(moveListing(from, act, who)).toBe(listed?.to);
        }
      }
    }
  });

  it('lets nobody but a reviewer or the system publish, and nothing leave the archive', () => {
    expect(moveListing('in_review', 'publish', 'owner')).toBeUndefined();
    expect(listingMoves.filter(({ from }) => from === 'archived')).toEqual([]);
  });
});

describe('categories', () => {
  it('has twelve with numbers of their own', () => {
    expect(categories).toHaveLength(12);
    expect(new Set(categories.map(({ number }) => number)).size).toBe(12);
    for (const { id } of categories) expect(categoryOf(categoryNumber(id))).toBe(id);
  });
});
