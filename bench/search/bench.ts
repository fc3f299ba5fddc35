import autocannon from 'autocannon';
import pg from 'pg';
import { pino } from 'pino';
import type { SearchQuery, SearchReply } from '@plumbline/contracts/matching';
import { dateOf } from '@plumbline/domain/slots';
import type { Ctx } from '../../apps/server/src/platform/ctx.ts';
import { createDb } from '../../apps/server/src/platform/db/db.ts';
import { appPool } from '../../apps/server/src/platform/db/pool.ts';
import type { Bench, BenchResult } from '../lib/bench.ts';
import { withDatabase, type BenchDatabase } from '../lib/cluster.ts';
import { cpuMs, treeCpuMs } from '../lib/processes.ts';
import { median, round } from '../lib/stats.ts';
import { generateMarket, type GeneratedMarket } from '../market/generate.ts';
import { generateQuestions, seeded } from '../market/texts.ts';
import { hasPages, parametersOf, startApi, startBare, type Server } from './servers.ts';

/** The middle one is reported in full; the outer ones tell how cost grows. */
const defaultSizes = [10_000, 100_000, 1_000_000];
const rounds = 3;
const roundSeconds = 8;
const connections = 32;
const pageConnections = 4;
const questions = 400;
/** A zone has about as many companies in a large market as in a small one. */
const listingsPerZone = 417;
const hour = 3_600_000;

export const bench: Bench = {
  about:
    'Search pages by category, zone, words, price and free time: throughput, latency and processor time beside a bare handler.',
  run: measure,
};

interface Size {
  listings: number;
  zones: number;
  found: number;
  empty: number;
  api: Round;
  bare: Round;
  page: Round | undefined;
}

interface Round {
  requestsPerSecond: number;
  p50: number;
  p99: number;
  /** Processor milliseconds a request. */
  serverCpu: number;
  dbCpu: number;
  failures: number;
}

/** `npm run bench -- search [sizes=10000,100000,1000000] [seconds=8] [dense]`: dense keeps 240 zones at every size. */
async function measure(args: string[]): Promise<BenchResult> {
  const option = (name: string) => args.find((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1);
  const sizes = option('sizes')?.split(',').map(Number) ?? defaultSizes;
  const seconds = Number(option('seconds') ?? roundSeconds);
  const isDense = args.includes('dense');
  return withDatabase(
    async (database) => {
      const results: Size[] = [];
      for (const listings of sizes) {
        const zones = isDense ? 240 : Math.max(4, Math.round(listings / listingsPerZone));
        results.push(await measureSize(database, listings, zones, seconds, listings === middleOf(sizes)));
      }
      return result(results, sizes, isDense);
    },
    { shared_buffers: '1GB', max_wal_size: '4GB', synchronous_commit: 'off' },
  );
}

const middleOf = (sizes: readonly number[]): number => sizes[Math.floor(sizes.length / 2)] ?? 0;

async function measureSize(
  database: BenchDatabase,
  listings: number,
  zones: number,
  seconds: number,
  withPage: boolean,
): Promise<Size> {
  const pool = appPool(database.url, { name: 'bench' });
  const owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  try {
    const ctx = newCtx(pool);
    console.log(`loading ${listings.toLocaleString('en-GB')} listings in ${zones} zones`);
    const market = await generateMarket(owner, ctx, listings, zones);
    const asked = questionsFor(market);
    return await measureMarket(database, ctx, market, asked, seconds, withPage);
  } finally {
    await owner.end();
    await pool.end();
  }
}

async function measureMarket(
  database: BenchDatabase,
  ctx: Ctx,
  market: GeneratedMarket,
  asked: SearchQuery[],
  seconds: number,
  withPage: boolean,
): Promise<Size> {
  const api = await startApi(database.url);
  const bare = await startBare(database.url, ctx, api.url, asked);
  try {
    const paths = asked.map((query) => `/v1/markets/gb/listings?${parametersOf(query)}`);
    const selectivity = await lookAt(api.url, paths);
    // The first seconds of a process compile its code and plan its statements.
    await load(api, paths, 3, database.cluster.pid);
    await load(bare, paths, 3, database.cluster.pid);
    const taken: { api: Round[]; bare: Round[] } = { api: [], bare: [] };
    for (let each = 0; each < rounds; each += 1) {
      taken.api.push(await load(api, paths, seconds, database.cluster.pid));
      taken.bare.push(await load(bare, paths, seconds, database.cluster.pid));
    }
    const page = withPage && hasPages() ? await loadPage(api, asked, seconds, database.cluster.pid) : undefined;
    return {
      listings: market.listings,
      zones: market.zones.length,
      ...selectivity,
      api: medians(taken.api),
      bare: medians(taken.bare),
      page,
    };
  } finally {
    await Promise.all([api.stop(), bare.stop()]);
  }
}

function newCtx(pool: pg.Pool): Ctx {
  return {
    actor: { kind: 'anonymous' },
    regionId: 'gb',
    requestId: 'bench',
    clock: { now: () => new Date() },
    log: pino({ level: 'silent' }),
    db: createDb(pool),
  };
}

/** Category, a point in a zone, words, a day and a price that most meet: everything that costs is on. */
function questionsFor({ zones }: GeneratedMarket): SearchQuery[] {
  const random = seeded(3);
  const inDays = (days: number) => dateOf(Math.floor((Date.now() + days * 24 * hour) / (24 * hour)));
  return generateQuestions(questions).map(({ categoryId, words }) => {
    const zone = zones[Math.floor(random() * zones.length)] ?? { centre: { lat: 0, lng: 0 } };
    return {
      q: words,
      category: categoryId,
      lat: zone.centre.lat,
      lng: zone.centre.lng,
      date: inDays(2 + Math.floor(random() * 10)),
      timeFrom: '09:00',
      timeTo: '17:00',
      priceMax: 30_000,
      insured: random() < 0.5,
    };
  });
}

/** What the questions find: mean total and the share that finds nothing. */
async function lookAt(url: string, paths: readonly string[]): Promise<{ found: number; empty: number }> {
  let found = 0;
  let empty = 0;
  for (const each of paths) {
    const reply = (await (await fetch(`${url}${each}`)).json()) as SearchReply;
    found += reply.total.n;
    if (reply.total.n === 0) empty += 1;
  }
  return { found: found / paths.length, empty: empty / paths.length };
}

async function load(
  server: Server,
  paths: readonly string[],
  seconds: number,
  postmaster: number,
  at = connections,
): Promise<Round> {
  const before = { server: cpuMs(server.pid), db: treeCpuMs(postmaster) };
  const done = await autocannon({
    url: server.url,
    connections: at,
    duration: seconds,
    requests: paths.map((each) => ({ method: 'GET', path: each })),
  });
  const count = Math.max(1, done['2xx']);
  return {
    requestsPerSecond: done['2xx'] / done.duration,
    p50: done.latency.p50,
    p99: done.latency.p99,
    serverCpu: (cpuMs(server.pid) - before.server) / count,
    dbCpu: (treeCpuMs(postmaster) - before.db) / count,
    failures: done.non2xx + done.errors,
  };
}

/** The explore page, rendered on the server over the same questions; fewer connections, it is heavier. */
async function loadPage(
  server: Server,
  asked: readonly SearchQuery[],
  seconds: number,
  postmaster: number,
): Promise<Round> {
  const pages = asked.map(
    ({ q, category, lat, lng }) =>
      `/explore?${parametersOf({ ...(q && { q }), ...(category && { category }), ...(lat && { lat }), ...(lng && { lng }) })}`,
  );
  await load(server, pages, seconds, postmaster, pageConnections);
  return load(server, pages, seconds, postmaster, pageConnections);
}

function medians(taken: readonly Round[]): Round {
  const of = (field: keyof Round) => median(taken.map((each) => each[field]));
  return {
    requestsPerSecond: of('requestsPerSecond'),
    p50: of('p50'),
    p99: of('p99'),
    serverCpu: of('serverCpu'),
    dbCpu: of('dbCpu'),
    failures: taken.reduce((sum, { failures }) => sum + failures, 0),
  };
}

function result(results: readonly Size[], sizes: readonly number[], isDense: boolean): BenchResult {
  const main = results.find(({ listings }) => listings === middleOf(sizes));
  if (!main) throw new Error('nothing was measured');
  const { api, bare, page } = main;
  return {
    table: tableOf(results),
    notes: notesOf(results, isDense),
    figures: {
      req_s: round(api.requestsPerSecond),
      p50_ms: round(api.p50),
      p99_ms: round(api.p99),
      server_cpu_ms: round(api.serverCpu),
      db_cpu_ms: round(api.dbCpu),
      ratio_to_bare: round(api.requestsPerSecond / bare.requestsPerSecond),
      page_cpu_ms: page ? round(page.serverCpu) : null,
      growth_10k_1m: growthOf(results),
    },
  };
}

/** Processor time of a request at the largest size over that at the smallest. */
function growthOf(results: readonly Size[]): number | null {
  const cost = (size: Size | undefined) => (size ? size.api.serverCpu + size.api.dbCpu : Number.NaN);
  return results.length > 1 ? round(cost(results.at(-1)) / cost(results[0])) : null;
}

function tableOf(results: readonly Size[]): (string | number)[][] {
  const row = (name: string, { listings, zones }: Size, each: Round) => [
    name,
    listings.toLocaleString('en-GB'),
    zones,
    round(each.requestsPerSecond),
    round(each.p50),
    round(each.p99),
    round(each.serverCpu),
    round(each.dbCpu),
    each.failures,
  ];
  const head = ['what', 'listings', 'zones', 'req/s', 'p50 ms', 'p99 ms', 'server CPU ms', 'db CPU ms', 'failed'];
  const rows = results.flatMap((size) => [
    row('search', size, size.api),
    row('bare handler', size, size.bare),
    ...(size.page ? [row('explore page', size, size.page)] : []),
  ]);
  return [head, ...rows];
}

const notesOf = (results: readonly Size[], isDense: boolean): string[] => [
  `${connections} connections (the page ${pageConnections}); medians of ${rounds} interleaved rounds; ${questions} different questions with category, zone, 1 to 3 words, day 09:00-17:00, price and, for half of them, insurance.`,
  ...results.map(
    (size) =>
      `${size.listings.toLocaleString('en-GB')} listings: ${round(size.found)} found on average, ${round(size.empty * 100)} % find nothing.`,
  ),
  isDense
    ? '240 zones at every size: a zone holds more and more companies.'
    : `About ${listingsPerZone} listings a zone and three zones a listing at every size: a larger market has more zones. Run with "dense" for 240 zones at every size.`,
  'Recording of answers on; rate limits set out of reach (factor 1,000,000), still counted; the bare handler runs the search’s own statement and sends the same bytes.',
  hasPages()
    ? 'The explore page is server-rendered over the same questions without day and price.'
    : 'The explore page was not measured: the web is not built (npm start builds it).',
];
