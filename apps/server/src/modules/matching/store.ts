import { statement } from '../../platform/db/statement.ts';
import type { AnswerRow, CardRow, MarketRow, PageRow, SignalRow, StoredFront } from './tables.ts';

export interface UnderstoodRow {
  area: number;
  documents: number;
  length: bigint;
  bookings: bigint;
  /** Null in the one row of a question without words. */
  word: string | null;
  lexeme: string | null;
  documents_with: number | null;
  /** [lexeme, sample, documents]; only for a word that no listing has. */
  alike: [string, string, number][] | null;
}

/**
 * Words as the market's language reduces them, how many listings have each, and for one that none has, the lexemes
 * that resemble it most. Words that say nothing ("the") give no row.
 */
export const understand = statement<UnderstoodRow, [string, string[]]>(
  'matching.understand',
  `select m.area, m.documents, m.length, m.bookings, a.word, a.lexeme, k.documents as documents_with,
     case when a.lexeme is not null and k.lexeme is null then (
       select json_agg(json_build_array(c.lexeme, c.sample, c.documents)) from (
         select lexeme, sample, documents from match_lexeme
         where region_id = $1 and documents > 0 order by lexeme <-> a.lexeme limit 30) c) end as alike
   from match_market m
   left join lateral (
     select t.word, t.position, l.lexeme
     from unnest($2::text[]) with ordinality as t (word, position), unnest(tsvector_to_array(to_tsvector(m.config, t.word))) as l (lexeme)
   ) a on true
   left join match_lexeme k on k.region_id = $1 and k.lexeme = a.lexeme and k.documents > 0
   where m.region_id = $1
   order by a.position`,
);

export const marketOf = statement<MarketRow, [string]>(
  'matching.marketOf',
  'select area, documents, length, bookings from match_market where region_id = $1',
);

/** Which words reduce to which lexemes, for building a document; words that say nothing are left out. */
export const lexemesOf = statement<{ word: string; lexeme: string }, [string, string[]]>(
  'matching.lexemesOf',
  `select t.word, l.lexeme from match_market m, unnest($2::text[]) as t (word),
     unnest(tsvector_to_array(to_tsvector(m.config, t.word))) as l (lexeme)
   where m.region_id = $1`,
);

export const cards = statement<Pick<CardRow, 'card'>, [number[]]>(
  'matching.cards',
  'select card from match_card where no = any($1)',
);

export interface ListingFacts {
  facet: number;
  stars: number;
  record: Buffer;
  first_day: number;
  starts: bigint[];
}

export const listingOf = statement<ListingFacts, [string]>(
  'matching.listingOf',
  'select facet, stars, record, first_day, starts from match_listing where service_id = $1',
);

export const cardsOf = statement<CardRow, [string]>(
  'matching.cardsOf',
  `select c.no, c.service_id, c.organisation_id, c.card from match_card c join match_listing l on l.no = c.no
   where c.organisation_id = $1 order by l.ord desc, l.no`,
);

export const pageOf = statement<PageRow, [string, string]>(
  'matching.pageOf',
  `select c.no, c.service_id, c.organisation_id, c.card, c.page from match_card c join match_listing l on l.no = c.no
   where l.region_id = $1 and c.service_id = $2`,
);

export const frontOf = statement<{ organisation_id: string; front: StoredFront }, [string, string]>(
  'matching.frontOf',
  'select organisation_id, front from match_front where region_id = $1 and slug = $2',
);

export const putFront = statement<never, [string, string, string, string]>(
  'matching.putFront',
  `insert into match_front (organisation_id, region_id, slug, front) values ($1, $2, $3, $4)
   on conflict (organisation_id) do update set slug = excluded.slug, front = excluded.front`,
);

export const dropFront = statement<never, [string]>(
  'matching.dropFront',
  'delete from match_front where organisation_id = $1',
);

/** Words that begin so, the most common first. */
export const wordsLike = statement<{ sample: string; documents: number }, [string, string, number]>(
  'matching.wordsLike',
  `select sample, documents from match_lexeme
   where region_id = $1 and sample like $2 || '%' and documents > 0 order by documents desc, sample limit $3`,
);

/** One builder at a time in a region: counts of words and kinds are changed by all of them. */
export const lockMarket = statement<never, [string]>(
  'matching.lockMarket',
  'select region_id from match_market where region_id = $1 for no key update',
);

/** Takes a listing's share out of all counts, before it is written again or dropped. */
export const discount = statement<never, [string]>(
  'matching.discount',
  `with listing as (select * from match_listing where service_id = $1),
     kinds as (
       update match_count c set n = c.n - 1
       from match_place p where p.no = (select no from listing) and c.area = p.area and c.facet = p.facet),
     lexemes as (
       update match_lexeme x set documents = x.documents - 1
       from listing l, unnest(tsvector_to_array(l.words)) as w (lexeme)
       where x.region_id = l.region_id and x.lexeme = w.lexeme)
   update match_market m set documents = m.documents - 1, length = m.length - l.length
   from listing l where m.region_id = l.region_id`,
);

export const dropListing = statement<never, [string]>(
  'matching.dropListing',
  'delete from match_listing where service_id = $1',
);

/** A number for a listing that has none yet: its record carries it. */
export const nextNumber = statement<{ no: number }, [string]>(
  'matching.nextNumber',
  `select coalesce((select no from match_listing where service_id = $1),
     nextval(pg_get_serial_sequence('match_listing', 'no'))::int) as no`,
);

type ListingValues = [
  no: number,
  region: string,
  service: string,
  ord: number,
  price: string | null,
  stars: number,
  rating: number,
  facet: number,
  x: number,
  y: number,
  record: Buffer,
  firstDay: number,
  starts: string[],
  length: number,
  words: string[],
];

export const putListing = statement<never, ListingValues>(
  'matching.putListing',
  `insert into match_listing (no, region_id, service_id, ord, price, stars, rating, facet, x, y, record, first_day, starts,
     length, words)
   overriding system value
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::bigint[], $14, array_to_tsvector($15))
   on conflict (service_id) do update set ord = excluded.ord, price = excluded.price, stars = excluded.stars,
     rating = excluded.rating, facet = excluded.facet, x = excluded.x, y = excluded.y, record = excluded.record,
     first_day = excluded.first_day, starts = excluded.starts, length = excluded.length, words = excluded.words`,
);

export const dropPlaces = statement<never, [number]>('matching.dropPlaces', 'delete from match_place where no = $1');

/** Puts a written listing into its areas and into all counts. */
export const count = statement<never, [number, number[], string, string[], string[]]>(
  'matching.count',
  `with places as (
       insert into match_place (area, no, ord, price, stars, rating, facet)
       select a.area, l.no, l.ord, l.price, l.stars, l.rating, l.facet
       from match_listing l, unnest($2::int[]) as a (area) where l.no = $1
       returning area, facet),
     kinds as (
       insert into match_count (area, facet, n) select area, facet, 1 from places
       on conflict (area, facet) do update set n = match_count.n + 1),
     lexemes as (
       insert into match_lexeme (region_id, lexeme, sample, documents)
       select $3, w.lexeme, w.sample, 1 from unnest($4::text[], $5::text[]) as w (lexeme, sample)
       on conflict (region_id, lexeme) do update set documents = match_lexeme.documents + 1)
   update match_market m set documents = m.documents + 1, length = m.length + l.length
   from match_listing l where l.no = $1 and m.region_id = l.region_id`,
);

export const putCard = statement<never, [number, string, string, string, string]>(
  'matching.putCard',
  `insert into match_card (no, service_id, organisation_id, card, page) values ($1, $2, $3, $4, $5)
   on conflict (no) do update set card = excluded.card, page = excluded.page`,
);

const signalColumns = `organisation_id, region_id, reviews, stars, weight, weighted, squares, asked, answered_fast, done,
  failed, penalties, risk`;

export const signalsOf = statement<SignalRow, [string[]]>(
  'matching.signalsOf',
  `select ${signalColumns} from match_signal where organisation_id = any($1::uuid[])`,
);

/** Mean stars of a category's companies, for those who have few; null while there are no reviews. */
export const meanStars = statement<{ mean: number | null }, [string]>(
  'matching.meanStars',
  `select (sum(stars)::float8 / nullif(sum(reviews), 0)) as mean from match_signal where region_id = $1`,
);

export const usualOf = statement<{ category_id: string; price_kind: string; minor: bigint }, [string]>(
  'matching.usualOf',
  'select category_id, price_kind, minor from match_usual where region_id = $1',
);

export const setUsual = statement<never, [string, string[], string[], string[]]>(
  'matching.setUsual',
  `insert into match_usual (region_id, category_id, price_kind, minor)
   select $1, category_id, price_kind, minor from unnest($2::text[], $3::text[], $4::bigint[]) as u (category_id, price_kind, minor)
   on conflict (region_id, category_id, price_kind) do update set minor = excluded.minor`,
);

/** Median price per category and kind of price among what is shown. */
export const medians = statement<{ category_id: string; price_kind: string; minor: string }, [string]>(
  'matching.medians',
  `select c.card ->> 'categoryId' as category_id, c.card -> 'price' ->> 'kind' as price_kind,
     round(percentile_cont(0.5) within group (order by l.price))::bigint::text as minor
   from match_card c join match_listing l on l.no = c.no
   where l.region_id = $1 and l.price is not null
   group by 1, 2`,
);

/** Listings whose days of free starts begin before this one. */
export const behind = statement<{ organisation_id: string }, [string, number, number]>(
  'matching.behind',
  `select distinct c.organisation_id from match_listing l join match_card c on c.no = l.no
   where l.region_id = $1 and l.first_day < $2 limit $3`,
);

export const rememberRequest = statement<never, [string, string, string, Date]>(
  'matching.rememberRequest',
  `insert into match_request (booking_id, region_id, organisation_id, asked_at) values ($1, $2, $3, $4)
   on conflict do nothing`,
);

export const takeRequest = statement<{ organisation_id: string; asked_at: Date }, [string]>(
  'matching.takeRequest',
  'delete from match_request where booking_id = $1 returning organisation_id, asked_at',
);

export const addHabits = statement<never, [string, string, number, number, number, number, Date[]]>(
  'matching.addHabits',
  `insert into match_signal (organisation_id, region_id, asked, answered_fast, done, failed, penalties)
   values ($1, $2, $3, $4, $5, $6, $7)
   on conflict (organisation_id) do update set asked = match_signal.asked + excluded.asked,
     answered_fast = match_signal.answered_fast + excluded.answered_fast, done = match_signal.done + excluded.done,
     failed = match_signal.failed + excluded.failed, penalties = match_signal.penalties || excluded.penalties`,
);

export const addReviews = statement<never, [string, string, number, number, number, number, number, Date]>(
  'matching.addReviews',
  `insert into match_signal (organisation_id, region_id, reviews, stars, weight, weighted, squares, weighed_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)
   on conflict (organisation_id) do update set reviews = match_signal.reviews + excluded.reviews,
     stars = match_signal.stars + excluded.stars, weight = match_signal.weight + excluded.weight,
     weighted = match_signal.weighted + excluded.weighted, squares = match_signal.squares + excluded.squares,
     weighed_at = excluded.weighed_at`,
);

export const addBookings = statement<never, [string, number]>(
  'matching.addBookings',
  'update match_market set bookings = bookings + $2 where region_id = $1',
);

/** One value per answer. */
export const keepAnswers = statement<never, [string[], string[], Date[], number[], string[], string[], Buffer[]]>(
  'matching.keepAnswers',
  `insert into match_answer (id, region_id, at, weights_version, market_bookings, query, results)
   select * from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::int[], $5::bigint[], $6::jsonb[], $7::bytea[])`,
);

export const answerById = statement<AnswerRow, [string, string]>(
  'matching.answerById',
  `select id, region_id, at, weights_version, market_bookings, query, results from match_answer where region_id = $1 and id = $2`,
);

export const dropAnswers = statement<never, [Date]>('matching.dropAnswers', 'delete from match_answer where at < $1');
