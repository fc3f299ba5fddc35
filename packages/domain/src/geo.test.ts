import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dissolve, positionsOf, simplify } from './geo-arcs.ts';
import { reportCoverage, type Shape } from './geo-coverage.ts';
import { problemOf } from './geo-valid.ts';
import {
  boundsOf,
  frameAt,
  holds,
  innerPoint,
  metresBetween,
  metresToBorder,
  ringsInMetres,
  type MultiPolygon,
} from './geo.ts';

const bristol = { lat: 51.455, lng: -2.6 };
const frame = frameAt(bristol);

/** A closed flat ring in metres. */
const flat = (...corners: [number, number][]) => new Float64Array([...corners, corners[0] as [number, number]].flat());
const square = (x: number, y: number, size: number) => flat([x, y], [x + size, y], [x + size, y + size], [x, y + size]);
const shape = (key: string, ...rings: Float64Array[]): Shape => ({ key, rings });

describe('holds a point', () => {
  const rings = [square(0, 0, 1000)];
  it.each([
    ['a centimetre inside the west border', 0.01, 500, true],
    ['a centimetre outside the west border', -0.01, 500, false],
    ['a centimetre inside the east border', 999.99, 500, true],
    ['a centimetre outside the east border', 1000.01, 500, false],
    ['on the west border', 0, 500, true],
    ['on the east border', 1000, 500, false],
    ['on the south border', 500, 0, true],
    ['on the north border', 500, 1000, false],
    ['on the south-west corner', 0, 0, true],
    ['on the north-east corner', 1000, 1000, false],
  ])('%s', (_, x, y, inside) => {
    expect(holds(rings, x, y)).toBe(inside);
  });

  it('does not count a hole, and counts an island in it', () => {
    const withHole = [square(0, 0, 1000), square(200, 200, 600), square(400, 400, 200)];
    expect(holds(withHole, 100, 100)).toBe(true);
    expect(holds(withHole, 300, 300)).toBe(false);
    expect(holds(withHole, 500, 500)).toBe(true);
  });

  it('takes parts of a multipolygon together', () => {
    const parts = [square(0, 0, 100), square(500, 0, 100)];
    expect([50, 300, 550].map((x) => holds(parts, x, 50))).toEqual([true, false, true]);
  });

  it('gives each point of a crooked border to exactly one neighbour', () => {
    const border: [number, number][] = [
      [510, 0],
      [470, 130],
      [533, 277],
      [501, 401],
      [588, 640],
      [460, 812],
      [520, 1000],
    ];
    const west = [flat([0, 0], ...border, [0, 1000])];
    const east = [flat(...border.toReversed(), [1000, 0], [1000, 1000])];
    const segment = fc.integer({ min: 0, max: border.length - 2 });
    fc.assert(
      fc.property(segment, fc.double({ min: 0, max: 1, noNaN: true }), (index, share) => {
        const [ax, ay] = border[index] as [number, number];
        const [bx, by] = border[index + 1] as [number, number];
        const [x, y] = [ax + share * (bx - ax), Math.min(999.999, ay + share * (by - ay))];
        expect(Number(holds(west, x, y)) + Number(holds(east, x, y))).toBe(1);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('distances', () => {
  it('measures along the great circle: Bristol Temple Meads to London Paddington', () => {
    const metres = metresBetween({ lat: 51.449, lng: -2.5813 }, { lat: 51.5154, lng: -0.1755 });
    expect(metres / 1000).toBeCloseTo(166.9, 0);
  });

  it('keeps the frame within half a per cent of it around the city', () => {
    for (const point of [
      { lat: 51.4, lng: -2.5 },
      { lat: 51.55, lng: -2.7 },
      { lat: 51.46, lng: -2.6 },
    ]) {
      const flatMetres = Math.hypot(...frame.toMetres(point.lng, point.lat));
      const exact = metresBetween(bristol, point);
      expect(Math.abs(flatMetres - exact) / exact).toBeLessThan(0.005);
    }
  });

  it('goes there and back', () => {
    const [lng, lat] = frame.toDegrees(...frame.toMetres(-2.612345, 51.498765));
    expect(lng).toBeCloseTo(-2.612345, 9);
    expect(lat).toBeCloseTo(51.498765, 9);
  });

  it('measures to the nearest border, from inside and outside', () => {
    expect(metresToBorder([square(0, 0, 100)], 50, 10)).toBe(10);
    expect(metresToBorder([square(0, 0, 100)], 130, 140)).toBe(50);
  });
});

describe('overlap and gap report', () => {
  it('finds neither between squares that share a border', () => {
    const report = reportCoverage([shape('a', square(0, 0, 100)), shape('b', square(100, 0, 100))]);
    expect(report).toMatchObject({ overlaps: [], gaps: [] });
    expect(report.coveredSquareMetres).toBeCloseTo(20_000, 6);
  });

  it('measures an overlap exactly', () => {
    const { overlaps, coveredSquareMetres } = reportCoverage([
      shape('a', square(0, 0, 100)),
      shape('b', square(90, 20, 100)),
    ]);
    expect(overlaps).toHaveLength(1);
    expect(overlaps[0]).toMatchObject({ a: 'a', b: 'b' });
    expect(overlaps[0]?.squareMetres).toBeCloseTo(10 * 80, 6);
    expect(coveredSquareMetres).toBeCloseTo(20_000 - 800, 6);
  });

  it('measures crossing slanted shapes', () => {
    // Two diamonds of half-diagonal 100 whose centres are 100 apart share a square of diagonal 100.
    const diamond = (x: number) => flat([x - 100, 0], [x, -100], [x + 100, 0], [x, 100]);
    const { overlaps } = reportCoverage([shape('a', diamond(0)), shape('b', diamond(100))]);
    expect(overlaps[0]?.squareMetres).toBeCloseTo(5000, 6);
  });

  it('finds a gap that shapes enclose, and none where the land is open', () => {
    const ring = [square(0, 0, 300), square(100, 100, 100)];
    expect(reportCoverage([shape('ring', ...ring)]).gaps).toEqual([{ squareMetres: 10_000, at: [150, 150] }]);
    const horseshoe = flat([0, 0], [300, 0], [300, 300], [200, 300], [200, 100], [100, 100], [100, 300], [0, 300]);
    expect(reportCoverage([shape('u', horseshoe)]).gaps).toEqual([]);
    const lid = flat([100, 250], [200, 250], [200, 300], [100, 300]);
    expect(reportCoverage([shape('u', horseshoe), shape('lid', lid)]).gaps[0]?.squareMetres).toBeCloseTo(15_000, 6);
  });

  it('sees a sliver of a metre between neighbours and not one of a millimetre', () => {
    const walls = (x: number) => [
      shape('a', square(0, 0, 100)),
      shape('b', flat([x, 0], [200, 0], [200, 100], [x, 100])),
    ];
    const closed = [
      shape('low', flat([0, -50], [200, -50], [200, 0], [0, 0])),
      shape('high', flat([0, 100], [200, 100], [200, 150], [0, 150])),
    ];
    expect(reportCoverage([...walls(101), ...closed]).gaps[0]?.squareMetres).toBeCloseTo(100, 6);
    expect(reportCoverage([...walls(100.001), ...closed]).gaps).toEqual([]);
  });

  it('adds up: area of each shape = covered area + overlaps of pairs (no triple ones here)', () => {
    const box = fc.record({
      x: fc.integer({ min: 0, max: 50 }),
      y: fc.integer({ min: 0, max: 50 }),
      size: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(box, box, (a, b) => {
        const { overlaps, coveredSquareMetres } = reportCoverage([
          shape('a', square(a.x, a.y, a.size)),
          shape('b', square(b.x, b.y, b.size)),
        ]);
        const shared = overlaps[0]?.squareMetres ?? 0;
        expect(coveredSquareMetres + shared).toBeCloseTo(a.size ** 2 + b.size ** 2, 6);
      }),
    );
  });
});

describe('shared borders', () => {
  const left: MultiPolygon = [
    [
      [
        [0, 0],
        [1, 0],
        [1.02, 0.3],
        [0.99, 0.6],
        [1, 1],
        [0, 1],
        [0, 0],
      ],
    ],
  ];
  const right: MultiPolygon = [
    [
      [
        [1, 0],
        [2, 0],
        [2, 1],
        [1, 1],
        [0.99, 0.6],
        [1.02, 0.3],
        [1, 0],
      ],
    ],
  ];

  it('joins neighbours into one outline', () => {
    const [polygon, ...others] = dissolve([left, right]);
    expect(others).toEqual([]);
    expect(polygon).toHaveLength(1);
    expect(boundsOf(dissolve([left, right]))).toEqual({ south: 0, west: 0, north: 1, east: 2 });
    expect(polygon?.[0]?.some(([lng]) => lng === 1.02)).toBe(false);
  });

  it('keeps what neighbours enclose as a hole', () => {
    const c = (x: number, y: number) => [x, y];
    const south: MultiPolygon = [[[c(0, 0), c(3, 0), c(3, 1), c(2, 1), c(1, 1), c(0, 1), c(0, 0)]]];
    const north: MultiPolygon = [[[c(0, 1), c(1, 1), c(1, 2), c(2, 2), c(2, 1), c(3, 1), c(3, 3), c(0, 3), c(0, 1)]]];
    const joined = dissolve([south, north]);
    expect(joined).toHaveLength(1);
    expect(joined[0]).toHaveLength(2);
    expect(positionsOf([[joined[0]?.[1] ?? []]])).toBe(5);
  });

  it('simplifies a border once, so that neighbours stay tight', () => {
    const drawn = simplify([left, right], 0.05, 1);
    const report = reportCoverage(
      drawn.map((drawing, index) => ({
        key: String(index),
        rings: ringsInMetres(drawing, frameAt({ lat: 0, lng: 0 })),
      })),
    );
    expect(drawn.map(positionsOf)).toEqual([5, 5]);
    expect(report).toMatchObject({ overlaps: [], gaps: [] });
  });
});

describe('broken shapes', () => {
  it.each([
    [
      'ring_open',
      [
        [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 1],
          ],
        ],
      ],
    ],
    [
      'ring_short',
      [
        [
          [
            [0, 0],
            [1, 0],
            [0, 0],
          ],
        ],
      ],
    ],
    [
      'ring_crosses_itself',
      [
        [
          [
            [0, 0],
            [1, 1],
            [1, 0],
            [0, 1],
            [0, 0],
          ],
        ],
      ],
    ],
    [
      'hole_outside',
      [
        [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 1],
            [0, 0],
          ],
          [
            [2, 2],
            [3, 2],
            [3, 3],
            [2, 2],
          ],
        ],
      ],
    ],
    [
      'not_on_earth',
      [
        [
          [
            [0, 0],
            [181, 0],
            [1, 1],
            [0, 0],
          ],
        ],
      ],
    ],
  ] as [string, MultiPolygon][])('%s', (problem, broken) => {
    expect(problemOf(broken)?.problem).toBe(problem);
  });

  it('accepts a ring that touches itself in a corner', () => {
    expect(
      problemOf([
        [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [2, 1],
            [2, 2],
            [1, 2],
            [1, 1],
            [0, 1],
            [0, 0],
          ],
        ],
      ]),
    ).toBeUndefined();
  });
});

describe('a point for the label', () => {
  it('lies inside, also in a horseshoe', () => {
    const horseshoe = [flat([0, 0], [300, 0], [300, 300], [200, 300], [200, 100], [100, 100], [100, 300], [0, 300])];
    const [x, y] = innerPoint(horseshoe);
    expect(holds(horseshoe, x, y)).toBe(true);
  });
});
