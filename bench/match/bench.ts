import pg from 'pg';
import { pino } from 'pino';
import { frameAt, ringsInMetres, type MultiPolygon } from '@plumbline/domain/geo';
import { buildLocator } from '../../apps/server/src/modules/zones/locator.ts';
import { find } from '../../apps/server/src/modules/matching/find.ts';
import { rank } from '../../apps/server/src/modules/matching/rank.ts';
import * as store from '../../apps/server/src/modules/matching/store.ts';
import type { Ctx } from '../../apps/server/src/platform/ctx.ts';
import { createDb } from '../../apps/server/src/platform/db/db.ts';
import { appPool } from '../../apps/server/src/platform/db/pool.ts';
import type { Bench, BenchResult } from '../lib/bench.ts';
import { withDatabase } from '../lib/cluster.ts';
import { percentile, round } from '../lib/stats.ts';
import { generateMarket, type GeneratedMarket } from '../market/generate.ts';
import { seeded } from '../market/texts.ts';

const zoneCount = 10_000;
const points = 100_000;
const providers = 10_000;
const matches = 3000;
const rounds = 3;
/** Eight British cities: zones lie around them, and so do the points. */
const cities: [lat: number, lng: number][] = [
  [51.5, -0.12],
  [52.48, -1.9],
  [53.48, -2.24],
  [53.8, -1.55],
  [55.86, -4.25],
  [51.45, -2.59],
  [53.4, -2.98],
  [54.97, -1.61],
];

export const bench: Bench = {
  about: 'From a point to its zones among 10,000, and the ranked match over 10,000 providers.',
  run: measure,
};

async function measure(): Promise<BenchResult> {
  const zones = measureZones();
  const ranked = await measureRanked();
  return {
    table: [
      ['what', 'p50', 'p99', 'unit'],
      ['point → zones', round(zones.p50), round(zones.p99), 'µs'],
      ['ranked match', round(ranked.p50), round(ranked.p99), 'ms'],
    ],
    notes: [
      `${zoneCount.toLocaleString('en-GB')} star-shaped zones of 12 to 39 corners and 2 to 15 km around 8 cities; ${round(zones.found)} zones hold a point on average; built in ${round(zones.buildMs)} ms.`,
      `Ranked match: on demand, category, zone and point of ${providers.toLocaleString('en-GB')} providers; one statement, candidates ranked by the formula; ${round(ranked.found)} candidates on average; one after the other on one connection.`,
      `Medians of ${rounds} rounds.`,
    ],
    figures: {
      zones_p50_us: round(zones.p50),
      zones_p99_us: round(zones.p99),
      ranked_p50_ms: round(ranked.p50),
      ranked_p99_ms: round(ranked.p99),
    },
  };
}

function measureZones(): { p50: number; p99: number; found: number; buildMs: number } {
  const random = seeded(11);
  const frame = frameAt({ lat: 53, lng: -2 });
  const shapes = Array.from({ length: zoneCount }, () => ringsInMetres(star(random), frame));
  const started = performance.now();
  const locator = buildLocator(shapes);
  const buildMs = performance.now() - started;
  const asked = Array.from({ length: points }, () => {
    const { lat, lng } = around(random);
    return frame.toMetres(lng, lat);
  });
  let found = 0;
  for (const [x, y] of asked.slice(0, 20_000)) found += locator.at(x, y).length;
  const taken = Array.from({ length: rounds }, () => {
    const times = asked.map(([x, y]) => {
      const before = performance.now();
      locator.at(x, y);
      return (performance.now() - before) * 1000;
    });
    return { p50: percentile(times, 50), p99: percentile(times, 99) };
  });
  return {
    p50: middle(taken.map(({ p50 }) => p50)),
    p99: middle(taken.map(({ p99 }) => p99)),
    found: found / 20_000,
    buildMs,
  };
}

const middle = (values: number[]): number => percentile(values, 50);

function around(random: () => number): { lat: number; lng: number } {
  const [lat, lng] = cities[Math.floor(random() * cities.length)] ?? [0, 0];
  // The sum of three throws lies near the middle.
  const spread = () => (random() + random() + random() - 1.5) * 0.5;
  return { lat: lat + spread(), lng: lng + spread() * 1.6 };
}

function star(random: () => number): MultiPolygon {
  const { lat, lng } = around(random);
  const corners = 12 + Math.floor(random() * 28);
  const kilometres = 2 + random() * 13;
  const ring = Array.from({ length: corners }, (_, index) => {
    const angle = (index / corners) * 2 * Math.PI;
    const reach = (kilometres / 111) * (0.6 + 0.4 * random());
    return [lng + (Math.cos(angle) * reach) / Math.cos((lat * Math.PI) / 180), lat + Math.sin(angle) * reach];
  });
  return [[[...ring, ring[0] ?? []]]];
}

async function measureRanked(): Promise<{ p50: number; p99: number; found: number }> {
  return withDatabase(async ({ url }) => {
    const pool = appPool(url, { name: 'bench' });
    const owner = new pg.Client({ connectionString: url });
    await owner.connect();
    try {
      const ctx: Ctx = {
        actor: { kind: 'anonymous' },
        regionId: 'gb',
        requestId: 'bench',
        clock: { now: () => new Date() },
        log: pino({ level: 'silent' }),
        db: createDb(pool),
      };
      // One listing of each provider, in few zones: each zone has hundreds of a category.
      const market = await generateMarket(owner, ctx, providers, 12);
      await matchMany(ctx, market, 300);
      const taken = [];
      for (let each = 0; each < rounds; each += 1) taken.push(await matchMany(ctx, market, matches));
      return {
        p50: middle(taken.map(({ p50 }) => p50)),
        p99: middle(taken.map(({ p99 }) => p99)),
        found: taken[0]?.found ?? 0,
      };
    } finally {
      await owner.end();
      await pool.end();
    }
  });
}

async function matchMany(
  ctx: Ctx,
  { zones }: GeneratedMarket,
  count: number,
): Promise<{ p50: number; p99: number; found: number }> {
  const random = seeded(5);
  const times: number[] = [];
  let found = 0;
  for (let each = 0; each < count; each += 1) {
    const zone = zones[Math.floor(random() * zones.length)];
    const filter = {
      words: undefined,
      anyOf: undefined,
      area: zone?.number ?? 0,
      category: 1 + Math.floor(random() * 12),
      priceMax: null,
      starsMin: null,
      insured: false,
      onDemand: false,
      window: undefined,
      box: undefined,
    };
    const from: [number, number] = [random() * 16_000, random() * 12_000];
    const before = performance.now();
    const { bookings } = await store.marketOf.one(ctx, 'gb');
    const { records } = await find(ctx, filter, { sort: 'best', from, after: undefined, limit: 500, cards: false });
    const question = { words: [], meanLength: 1, from, window: undefined, marketBookings: Number(bookings), salt: 0 };
    found += rank(records, question, 'best').length;
    times.push(performance.now() - before);
  }
  return { p50: percentile(times, 50), p99: percentile(times, 99), found: found / count };
}
