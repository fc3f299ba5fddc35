import type pg from 'pg';
import { importZones, type ZoneToImport } from '../../apps/server/src/modules/zones/import.ts';
import { zonesOf } from '../../apps/server/src/modules/zones/service.ts';
import { encodeRecord, termCountAt, termsOf } from '../../apps/server/src/modules/matching/record.ts';
import { daysAhead } from '../../apps/server/src/modules/matching/window.ts';
import type { Ctx } from '../../apps/server/src/platform/ctx.ts';
import { frameAt } from '@plumbline/domain/geo';
import { fieldWeights } from '@plumbline/domain/relevance';
import { generateTexts } from './texts.ts';

export interface GeneratedMarket {
  listings: number;
  zones: { number: number; slug: string; centre: { lat: number; lng: number } }[];
  /** Zones that each listing serves. */
  zonesPerListing: number;
}

/** Side of a square zone. */
const zoneMetres = 4000;
/** Each listing serves its own zone and two neighbours. */
const zonesPerListing = 3;
const texts = 2400;
/** Origin of the region gb. */
const origin = { lat: 51.455, lng: -2.6 };
const firstDayOf = (now: Date) => Math.floor(now.getTime() / 86_400_000);

/**
 * Fills an empty read model with so many listings in so many square zones, by a few statements: texts are made here,
 * everything else in the database from a hash of the listing's number, so each run makes the same market.
 */
export async function generateMarket(
  owner: pg.Client,
  ctx: Ctx,
  listings: number,
  zoneCount: number,
): Promise<GeneratedMarket> {
  await emptyMarket(owner);
  await importZones(ctx, squares(zoneCount), { reason: 'benchmark' });
  const zones = (await zonesOf(ctx))
    .map(({ number, slug, centre }) => ({ number, slug, centre }))
    .toSorted((a, b) => a.number - b.number);
  await loadTexts(owner);
  await dropIndexes(owner);
  await loadListings(
    owner,
    listings,
    zones.map(({ number }) => number),
    Math.ceil(Math.sqrt(zoneCount)),
    firstDayOf(ctx.clock.now()),
  );
  await owner.query(derived);
  await makeIndexes(owner);
  await owner.query('vacuum analyze');
  return { listings, zones, zonesPerListing };
}

async function emptyMarket(owner: pg.Client): Promise<void> {
  await owner.query(`truncate match_listing, match_place, match_count, match_card, match_front, match_lexeme, match_answer cascade;
    truncate zone, zone_ring, zone_version, place cascade;
    update match_market set documents = 0, length = 0, bookings = 0; drop table if exists bench_text`);
}

/** Squares side by side, from the origin to the east and north. */
function squares(count: number): ZoneToImport[] {
  const frame = frameAt(origin);
  const columns = Math.ceil(Math.sqrt(count));
  const corner = (column: number, row: number): number[] => frame.toDegrees(column * zoneMetres, row * zoneMetres);
  return Array.from({ length: count }, (_, index) => {
    const [column, row] = [index % columns, Math.floor(index / columns)];
    const ring = [
      corner(column, row),
      corner(column + 1, row),
      corner(column + 1, row + 1),
      corner(column, row + 1),
      corner(column, row),
    ];
    return { slug: `z-${index}`, name: `Zone ${String(index).padStart(5, '0')}`, demand: 'medium', shape: [[ring]] };
  });
}

async function loadTexts(owner: pg.Client): Promise<void> {
  const made = generateTexts(texts);
  await owner.query(`create unlogged table bench_text (
    id int primary key, category int not null, name text not null, title text not null, words text[] not null, length int not null, terms bytea not null, card jsonb not null)`);
  const fields = ['title', 'tags', 'body'] as const;
  const weights = new Map(fields.map((field) => [field, fieldWeights[field]]));
  const rows = await lexemesOf(
    owner,
    made.map((text) => fields.map((field) => [text[field], weights.get(field) ?? 1] as const)),
  );
  const records = rows.map((frequencies) =>
    encodeRecord({ ...emptyRecord, length: 0, terms: termsOf(frequencies) }).subarray(termCountAt),
  );
  await owner.query(
    `insert into bench_text (id, category, name, title, words, length, terms, card)
     select id, category, name, title, '{}', length, terms, card
     from unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::int[], $6::bytea[], $7::jsonb[]) as t (id, category, name, title, length, terms, card)`,
    [
      made.map((_, index) => index),
      made.map(({ category }) => category),
      made.map(({ categoryId }) => categoryId),
      made.map(({ title }) => title),
      rows.map((frequencies) => [...frequencies.values()].reduce((sum, frequency) => sum + frequency, 0)),
      records,
      made.map(cardOf),
    ],
  );
  await owner.query(
    `update bench_text t set words = w.words from (
       select id, array_agg(lexeme) as words from unnest($1::int[], $2::text[]) as x (id, lexeme) group by id) w where w.id = t.id`,
    [
      rows.flatMap((frequencies, id) => [...frequencies].map(() => id)),
      rows.flatMap((frequencies) => [...frequencies.keys()]),
    ],
  );
}

const emptyRecord = {
  no: 0,
  x: 0,
  y: 0,
  quality: 0,
  response: 0,
  completion: 0,
  priceFit: 0,
  free: 0,
  bookings: 0,
  risk: 'clear' as const,
  penalties: 0,
  isNew: false,
  serviceId: '00000000-0000-0000-0000-000000000000',
  price: null,
  rating: 0,
};

/** Weighted frequencies of the lexemes of each text. */
async function lexemesOf(
  owner: pg.Client,
  made: (readonly [text: string, weight: number])[][],
): Promise<Map<string, number>[]> {
  const parts = made.flatMap((fields, id) =>
    fields.flatMap(
      ([text, weight]) =>
        text
          .toLowerCase()
          .match(/[a-z0-9]+/g)
          ?.map((word) => ({ id, word, weight })) ?? [],
    ),
  );
  const words = [...new Set(parts.map(({ word }) => word))];
  const { rows } = await owner.query<{ word: string; lexeme: string }>(
    `select t.word, l.lexeme from unnest($1::text[]) as t (word), unnest(tsvector_to_array(to_tsvector('english', t.word))) as l (lexeme)`,
    [words],
  );
  const stems = new Map(rows.map(({ word, lexeme }) => [word, lexeme]));
  const found = made.map(() => new Map<string, number>());
  for (const { id, word, weight } of parts) {
    const lexeme = stems.get(word);
    if (lexeme) found[id]?.set(lexeme, (found[id]?.get(lexeme) ?? 0) + weight);
  }
  return found;
}

/** What all listings with a text have in common on their cards. */
function cardOf({ categoryId, title, body }: ReturnType<typeof generateTexts>[number]): string {
  return JSON.stringify({
    title,
    summary: body.slice(0, 110),
    categoryId,
    baseZone: null,
    durationMinutes: 60,
    onDemand: false,
    noticeMinutes: 60,
    badges: [
      { kind: 'identity', until: null, ends: null },
      { kind: 'insurance', until: '2099-01-31', ends: 4_073_587_200_000 },
    ],
    answersWithinHour: 84,
    finishesWork: 98,
  });
}

const dropIndexes = (owner: pg.Client) =>
  owner.query(`drop index match_listing_words; drop index match_place_best; drop index match_place_best_of_category; drop index match_place_by_listing;
    alter table match_place drop constraint match_place_no_fkey; alter table match_place drop constraint match_place_pkey;
    alter table match_card drop constraint match_card_no_fkey; drop index match_card_by_organisation`);

/** As the migration makes them. */
const makeIndexes = (owner: pg.Client) =>
  owner.query(`set maintenance_work_mem = '256MB';
    create index match_listing_words on match_listing using gin (words);
    alter table match_place add primary key (area, no), add foreign key (no) references match_listing (no) on delete cascade;
    create index match_place_best on match_place (area, ord desc, no) include (price, stars, rating, facet);
    create index match_place_best_of_category on match_place (area, (facet >> 16), ord desc, no) include (price, stars, rating, facet);
    create index match_place_by_listing on match_place (no);
    alter table match_card add foreign key (no) references match_listing (no) on delete cascade;
    create index match_card_by_organisation on match_card (organisation_id)`);

async function loadListings(
  owner: pg.Client,
  listings: number,
  zones: number[],
  columns: number,
  firstDay: number,
): Promise<void> {
  await owner.query(
    `insert into match_listing (no, region_id, service_id, ord, price, stars, rating, facet, x, y, record, first_day, starts, length, words)
     overriding system value
     select n, 'gb', id, quality, price, stars, rating, facet, x, y,
       int4send(n) || int4send(x) || int4send(y) || float4send(quality) || float4send(response) || float4send(0.9::real) || float4send(0.5::real)
         || float4send(0.4::real) || int4send(bookings) || int2send((case when stars = 0 then 256 else 0 end)::int2) || int2send(length::int2)
         || uuid_send(id) || float8send(price) || float4send(rating) || terms,
       $4, starts, length,
       array_to_tsvector(words || array['~z-1', '~z' || z1, '~z' || z2, '~z' || z3])
     from (
       select g.*, t.words, t.length, t.terms,
         (t.category << 16) | (least(4, price / 8000) << 8) | (case when stars = 0 then 0 when stars < 40 then 2 when stars < 45 then 3 else 4 end << 4)
           | (((h >> 17) % 4 > 0)::int << 1) | ((h >> 19) % 8 = 0)::int as facet,
         -- Nine to five on about five days of seven, by half-hours.
         array(select case when (h >> (d % 28)) % 7 < 5 then (((h >> 3) + d * 7919::bigint) & 65535) << 18 else 0 end from generate_series(1, ${daysAhead}) d) as starts
       from (
         select n::int as n, h, md5(n::text)::uuid as id,
           $2::int[] as zones, (h % $5)::int as zone,
           $2[(h % $5)::int + 1] as z1, $2[((h + 1) % $5)::int + 1] as z2, $2[((h + $3) % $5)::int + 1] as z3,
           ((h % $5) % $3 * ${zoneMetres} + (h >> 8) % ${zoneMetres})::int as x, ((h % $5) / $3 * ${zoneMetres} + (h >> 20) % ${zoneMetres})::int as y,
           (0.4 + ((h >> 5) % 1000) / 4000.0)::real as quality, (0.3 + ((h >> 7) % 700) / 1000.0)::real as response,
           (3000 + (h >> 9) % 30000)::int as price, (case when (h >> 11) % 5 = 0 then 0 else 35 + (h >> 13) % 16 end)::int as stars,
           (case when (h >> 11) % 5 = 0 then 0 else (33 + (h >> 13) % 16) / 10.0 end)::real as rating, ((h >> 15) % 200)::int as bookings,
           ((h >> 16) % ${texts})::int as text
         from generate_series(1, $1::bigint) n, lateral (select hashint8extended(n, 0) & 4611686018427387903 as h) x
       ) g join bench_text t on t.id = g.text
     ) l order by n`,
    [listings, zones, columns, firstDay, zones.length],
  );
}

/** Everything that follows from the listings. */
const derived = `
  insert into match_place (area, no, ord, price, stars, rating, facet)
    select substr(w.word, 3)::int, no, ord, price, stars, rating, facet from match_listing, unnest(tsvector_to_array(words)) as w (word) where w.word like '~z%';
  insert into match_count (area, facet, n) select area, facet, count(*) from match_place group by area, facet;
  insert into match_lexeme (region_id, lexeme, sample, documents)
    select 'gb', word, word, ndoc from ts_stat('select words from match_listing') where word not like '~%';
  update match_market set documents = s.documents, length = s.length, bookings = 100000
    from (select count(*)::int as documents, sum(length) as length from match_listing) s where region_id = 'gb';
  insert into match_card (no, service_id, organisation_id, card, page)
    select l.no, l.service_id, md5((l.no / 8)::text)::uuid,
      t.card || jsonb_build_object('serviceId', l.service_id,
        'provider', jsonb_build_object('organisationId', md5((l.no / 8)::text)::uuid, 'slug', 'company-' || l.no / 8, 'name', 'Company ' || l.no / 8),
        'price', jsonb_build_object('kind', 'fixed', 'per', 'job', 'amount', jsonb_build_object('minor', l.price::text, 'currency', 'GBP')),
        'rating', case when l.stars = 0 then null else jsonb_build_object('average', l.stars / 10.0, 'count', 3 + l.no % 90) end,
        'point', jsonb_build_object('lat', 51.455, 'lng', -2.6), 'soon', '[]'::jsonb), '{}'
    from match_listing l join bench_text t on t.id = (((hashint8extended(l.no, 0) & 4611686018427387903) >> 16) % ${texts})::int;
  drop table bench_text`;
