import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { momentOf, epochDayOf } from '@plumbline/domain/slots';
import { cellsIn, countFacets, countOf, facetOf, priceFlag, starsFlag } from './facets.ts';
import { decodePosition, encodePosition } from './cursor.ts';
import {
  decodeRecord,
  decodeResults,
  encodeRecord,
  encodeResults,
  frequencyIn,
  offsetsIn,
  termsOf,
  type ListingRecord,
} from './record.ts';
import { bitsIn, firstStart, freeStarts, wallMinutes } from './window.ts';
import { askedWords, condition, plainWords, type Word } from './words.ts';

const someRecord = (changes: Partial<ListingRecord> = {}): ListingRecord => ({
  no: 7,
  x: -1200,
  y: 345_678,
  quality: 0.75,
  response: 0.5,
  completion: 0.875,
  priceFit: 0.25,
  free: 1,
  bookings: 40,
  risk: 'watched',
  penalties: 3,
  isNew: true,
  length: 57,
  serviceId: '0192f3a0-1111-7222-8333-444455556666',
  price: 8500,
  rating: 4.5,
  terms: termsOf(
    new Map([
      ['tap', 6],
      ['leak', 1],
    ]),
  ),
  ...changes,
});

describe('records', () => {
  it('come back as they were', () => {
    const record = someRecord();
    expect(decodeRecord(encodeRecord(record))).toEqual(record);
    expect(decodeRecord(encodeRecord(someRecord({ price: null, terms: [] })))).toMatchObject({
      price: null,
      terms: [],
    });
  });

  it('are found one after the other, also with something between', () => {
    const records = [someRecord(), someRecord({ no: 8, terms: [] }), someRecord({ no: 9 })].map(encodeRecord);
    const run = Buffer.concat(records);
    expect(offsetsIn(run).map((at) => decodeRecord(run, at).no)).toEqual([7, 8, 9]);
    const spaced = Buffer.concat(records.flatMap((record) => [record, Buffer.alloc(8)]));
    expect(offsetsIn(spaced, 8).map((at) => decodeRecord(spaced, at).no)).toEqual([7, 8, 9]);
  });

  it('tell how often a term is in them', () => {
    const bytes = encodeRecord(someRecord());
    const [tap] = termsOf(new Map([['tap', 1]]));
    const [pipe] = termsOf(new Map([['pipe', 1]]));
    expect(frequencyIn(bytes, 0, tap?.hash ?? 0)).toBe(6);
    expect(frequencyIn(bytes, 0, pipe?.hash ?? 0)).toBe(0);
  });

  it('keep the terms that count most of a very long text', () => {
    const terms = Array.from({ length: 900 }, (_, index) => ({ hash: index + 1, frequency: index < 5 ? 10 : 1 }));
    expect(
      decodeRecord(encodeRecord(someRecord({ terms }))).terms.filter(({ frequency }) => frequency === 10),
    ).toHaveLength(5);
  });

  it('keep results with the score and the inputs that made it', () => {
    const inputs = {
      relevance: 0.5,
      metres: null,
      quality: 0.25,
      availability: 1,
      response: 0.5,
      priceFit: 0.75,
      completion: 0.5,
      bookings: 12,
      penalties: 1,
      risk: 'clear' as const,
    };
    const results = [
      { serviceId: someRecord().serviceId, score: 0.123456, inputs },
      { serviceId: someRecord().serviceId, score: 0.1, inputs: { ...inputs, metres: 250 } },
    ];
    expect(decodeResults(encodeResults(results))).toEqual(results);
  });
});

describe('free starts', () => {
  const zone = 'Europe/London';

  it('are one bit per half-hour of the local day', () => {
    const first = epochDayOf('2026-06-01');
    const { days } = freeStarts(zone, first, [
      new Date('2026-06-01T07:00:00Z'),
      new Date('2026-06-02T12:30:00Z'),
      new Date('2026-05-31T12:00:00Z'),
    ]);
    expect(days[0]).toBe(1n << 16n);
    expect(days[1]).toBe(1n << 27n);
    expect(days.slice(2).every((bits) => bits === 0n)).toBe(true);
  });

  it.each(['2026-03-29', '2026-10-25', '2026-06-01'])(
    'name the clock on the wall on %s, change of clocks or not',
    (date) => {
      const day = epochDayOf(date);
      const halves = Array.from({ length: 48 }, (_, half) => ({
        minutes: half * 30,
        ...momentOf(zone, day, half * 30),
      })).filter(({ exists }) => exists);
      expect(halves.map(({ at }) => wallMinutes(zone, day, at))).toEqual(halves.map(({ minutes }) => minutes));
    },
  );

  it('give the moment of the first one', () => {
    expect(firstStart(zone, epochDayOf('2026-06-02'), (1n << 26n) | (1n << 30n))?.toISOString()).toBe(
      '2026-06-02T12:00:00.000Z',
    );
    expect(firstStart(zone, epochDayOf('2026-06-02'), 0n)).toBeUndefined();
    // 01:30 does not exist on the day on which the clocks go forward.
    expect(firstStart(zone, epochDayOf('2026-03-29'), 1n << 3n)).toBeUndefined();
  });

  it('are counted', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 48n) - 1n }), (bits) => {
        expect(bitsIn(bits)).toBe([...bits.toString(2)].filter((digit) => digit === '1').length);
      }),
    );
  });
});

describe('facets', () => {
  const kind = (changes: Partial<Parameters<typeof facetOf>[0]> = {}) =>
    facetOf({ categoryId: 'plumbing', price: 8000, stars: 46, insured: true, onDemand: false, ...changes }, 'GBP');

  it('count each group as if its own filter were not set', () => {
    const cells = [
      { facet: kind() | priceFlag | starsFlag, n: 3 },
      { facet: kind({ price: 30_000 }) | starsFlag, n: 5 },
      { facet: kind({ categoryId: 'heating' }) | priceFlag | starsFlag, n: 7 },
      { facet: kind({ stars: 0, insured: false }) | priceFlag, n: 11 },
    ];
    const { total, facets } = countFacets(cells, { category: 1, insured: true }, 'GBP');
    expect(total).toBe(3);
    expect(facets.categories.slice(0, 3).map(({ count }) => count.n)).toEqual([3, 0, 7]);
    expect(facets.prices.map(({ count }) => count.n)).toEqual([0, 3, 3, 8]);
    expect(facets.ratings.map(({ count }) => count.n)).toEqual([3, 3, 3]);
    expect(facets.insured.n).toBe(3);
  });

  it('are exact to a thousand, then "more"', () => {
    expect(countOf(999)).toEqual({ n: 999, more: false });
    expect(countOf(1000)).toEqual({ n: 1000, more: false });
    expect(countOf(1001)).toEqual({ n: 1000, more: true });
  });

  it('put a price on request above every step', () => {
    const { facets } = countFacets(
      [{ facet: kind({ price: null }) | priceFlag | starsFlag, n: 4 }],
      { category: null, insured: false },
      'GBP',
    );
    expect(facets.prices.every(({ count }) => count.n === 0)).toBe(true);
  });

  it('read what the statement writes', () => {
    expect(cellsIn('65538:12,65540:3')).toEqual([
      { facet: 65_538, n: 12 },
      { facet: 65_540, n: 3 },
    ]);
    expect(cellsIn(null)).toEqual([]);
  });
});

describe('cursors', () => {
  it('come back as they were', () => {
    const best = {
      sort: 'best' as const,
      anyWord: true,
      at: 1_780_000_000_000,
      idfs: [1.5, 0.25],
      meanLength: 30,
      marketBookings: 12,
      after: { score: 0.5, tie: 4_000_000_000, no: 3 },
    };
    expect(decodePosition(encodePosition(best), 'best', 2)).toEqual(best);
    const price = { ...best, sort: 'price' as const, after: { key: Infinity, no: 3 } };
    expect(decodePosition(encodePosition(price), 'price', 2)).toEqual(price);
  });

  it('fit the address even for the longest question', () => {
    const idfs = Array.from({ length: 20 }, () => 12.3456);
    expect(
      encodePosition({
        sort: 'best',
        anyWord: false,
        at: 1_780_000_000_000,
        idfs,
        meanLength: 1000,
        marketBookings: 123_456,
        after: { score: 0.123456, tie: 4_294_967_295, no: 2_000_000_000 },
      }).length,
    ).toBeLessThan(512);
  });

  it('are refused for another order or other words', () => {
    const cursor = encodePosition({
      sort: 'price',
      anyWord: false,
      at: 0,
      idfs: [1],
      meanLength: 1,
      marketBookings: 1,
      after: { key: 1, no: 1 },
    });
    expect(() => decodePosition(cursor, 'rating', 1)).toThrow('matching.cursor_invalid');
    expect(() => decodePosition(cursor, 'price', 2)).toThrow('matching.cursor_invalid');
  });
});

describe('words', () => {
  it('are letters and digits without case and accents', () => {
    expect(plainWords('صيانة الأنابيب')).toEqual(plainWords('صيانه الانابيب'));
    expect(plainWords('Café-Boiler’s 2nd SERVICE, ديرة!')).toEqual(['cafe', 'boilers', '2nd', 'service', 'ديره']);
  });

  it('of politeness are left out, and each counts once', () => {
    expect(askedWords('I need a plumber, please: a good plumber')).toEqual(['plumber', 'good']);
  });

  it('are quoted, so that they can be nothing else', () => {
    const word: Word = { typed: 'x', lexemes: [`it's`, String.raw`a\b`], corrected: null, idf: 1, terms: [] };
    expect(condition([12, -1], [word], 'all')).toBe(String.raw`('~z12' | '~z-1') & (('it''s' | 'a\\b'))`);
  });
});
