import type { Sort } from '@plumbline/domain/ranking';
import type { Ctx } from '../../platform/ctx.ts';
import { query } from '../../platform/db/statement.ts';
import { priceFlag, starsFlag } from './facets.ts';
import type { StoredCard } from './tables.ts';
import type { AskedWindow } from './window.ts';

/** At most so many are ranked. */
export const candidateCap = 500;
/** When no more are found than this, their cards come with them: a second statement costs more than a few cards. */
const cardsAtOnce = 40;

/** A piece of the map in metres of the region's frame. */
export interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** Everything that decides which listings are found; words are ready as PostgreSQL reads them. */
export interface Filter {
  /** Condition on words and areas; undefined: no words, then the area decides. */
  words: string | undefined;
  /** When any of the words will do: each with its rarity, to take first the listings with the most and the rarest. */
  anyOf: { words: string; idf: number }[] | undefined;
  area: number;
  category: number | null;
  /** Minor units. */
  priceMax: number | null;
  /** Mean × 10. */
  starsMin: number | null;
  insured: boolean;
  onDemand: boolean;
  window: AskedWindow | undefined;
  box: Box | undefined;
}

/** In which order candidates are taken; `after` continues one of the orders that need no ranking. */
export interface Order {
  sort: Sort;
  /** Where distances are measured from. */
  from: [x: number, y: number] | undefined;
  after: { key: number; no: number } | undefined;
  limit: number;
  /** Whether cards are wanted at all. */
  cards: boolean;
}

export interface Found {
  /** `facet:count` for each kind, with the flags of what was asked. */
  cells: string | null;
  /** Records of candidates, one after the other (record.ts); after each, 8 bytes of free starts when a window was asked for. */
  records: Buffer | null;
  /** Cards of all candidates, in any order; null when they are many or not wanted. */
  cards: StoredCard[] | null;
}

/** Values of a statement that is being composed; the text only ever gets their numbers. */
interface Values {
  list: unknown[];
  add(value: unknown): string;
}

function newValues(): Values {
  const list: unknown[] = [];
  return { list, add: (value) => `$${list.push(value)}` };
}

/** Where the columns of a listing are read: `p` is its row of an area, `l` its own. */
interface Source {
  from: string;
  /** Alias for what both rows have: number, order, price, stars, rating, kind. */
  both: 'p' | 'l';
  conditions: string[];
}

/**
 * One statement: all listings that pass, counted by kind, and the records of the best candidates. With words the
 * index of words leads; without, the ordered index of places does, and the kinds come ready counted unless a filter
 * looks at more than they know. The text has a few variants; every value is a parameter.
 */
export async function find(ctx: Ctx, filter: Filter, order: Order): Promise<Found> {
  const { text, values } = compose(filter, order);
  const [row] = await query<{ cells: string | null; records: Buffer | null; cards: StoredCard[] | null }>(
    ctx,
    text,
    values,
  );
  return row ?? { cells: null, records: null, cards: null };
}

/** The statement itself; also for the bare peer of the benchmark. */
export function compose(filter: Filter, order: Order): { text: string; values: unknown[] } {
  const values = newValues();
  const text = filter.words === undefined ? textOfPlaces(filter, order, values) : textOfWords(filter, order, values);
  return { text, values: values.list };
}

function textOfWords(filter: Filter, order: Order, values: Values): string {
  const source: Source = {
    from: 'match_listing l',
    both: 'l',
    conditions: [`l.words @@ ${values.add(filter.words)}::tsquery`],
  };
  source.conditions.push(...conditionsOf(filter, source, values));
  return `with s as materialized (
      select l.no, l.ord, l.record, ${freeOf(filter, values)} as free, ${keyOf(order, filter, source, values)} as key,
        ${kindOf(filter, source, values)} as kind, ${hitOf(filter, source, values)} as hit
      from ${source.from} where ${source.conditions.join(' and ')}),
    best as materialized (
      select * from s where hit${afterOf(order, 'key', 'no', values)} order by ${positionOf(order, filter)} limit ${values.add(order.limit)})
    select (select string_agg(kind || ':' || n, ',') from (select kind, count(*) as n from s group by kind) k) as cells,
      (select string_agg(${recordOf(filter)}, ''::bytea order by ${positionOf(order, filter)}) from best) as records,
      ${cardsOf(order)} as cards`;
}

function textOfPlaces(filter: Filter, order: Order, values: Values): string {
  const needsHeap = filter.window !== undefined || filter.box !== undefined || order.sort === 'distance';
  const area = values.add(filter.area);
  const source: Source = {
    from: needsHeap ? 'match_place p join match_listing l on l.no = p.no' : 'match_place p',
    both: 'p',
    conditions: [`p.area = ${area}::int`],
  };
  source.conditions.push(...conditionsOf(filter, source, values));
  const isReady = source.conditions.length === 1 && filter.priceMax === null && filter.starsMin === null;
  const key = keyOf(order, filter, source, values);
  return `with best as materialized (
      select p.no, p.ord, ${freeOf(filter, values)} as free, ${key} as key
      from ${source.from}
      where ${source.conditions.join(' and ')} and ${hitOf(filter, source, values)}${afterOf(order, key, 'p.no', values)}
      order by ${positionOf(order, filter, 'p.')} limit ${values.add(order.limit)})
    select (${isReady ? readyCounts(area) : countsOf(filter, source, values)}) as cells,
      (select string_agg(${recordOf(filter)}, ''::bytea order by ${positionOf(order, filter, 'best.')})
       from best join match_listing r using (no)) as records,
      ${cardsOf(order)} as cards`;
}

/** One by one by their key: a join of the two would be planned for the most candidates that there may be. */
const cardsOf = ({ cards }: Order): string =>
  cards
    ? `case when (select count(*) from best) <= ${cardsAtOnce} then
        (select json_agg((select c.card from match_card c where c.no = best.no)) from best) end`
    : 'null::json';

const readyCounts = (area: string): string =>
  `select string_agg((c.facet | ${priceFlag | starsFlag}) || ':' || c.n, ',') from match_count c where c.area = ${area}::int and c.n > 0`;

const countsOf = (filter: Filter, source: Source, values: Values): string =>
  `select string_agg(kind || ':' || n, ',') from (
    select ${kindOf(filter, source, values)} as kind, count(*) as n from ${source.from} where ${source.conditions.join(' and ')} group by 1) k`;

/** What holds for all counts: no facet is about it. */
function conditionsOf({ window, box, onDemand }: Filter, { both }: Source, values: Values): string[] {
  const conditions: string[] = [];
  if (window) conditions.push(`${startsOf(window, values)} <> 0`);
  if (onDemand) conditions.push(`(${both}.facet & 1) = 1`);
  if (box) {
    const { west, south, east, north } = box;
    conditions.push(`l.x between ${values.add(west)}::int and ${values.add(east)}::int`);
    conditions.push(`l.y between ${values.add(south)}::int and ${values.add(north)}::int`);
  }
  return conditions;
}

/** Free starts of the asked window; 0 also where the day lies outside of what is kept. */
const startsOf = ({ day, mask }: AskedWindow, values: Values): string =>
  `coalesce(l.starts[${values.add(day)}::int - l.first_day + 1] & ${values.add(String(mask))}::bigint, 0)`;

const freeOf = ({ window }: Filter, values: Values): string => (window ? startsOf(window, values) : '0::bigint');

const recordOf = ({ window }: Filter): string => (window ? 'record || int8send(free)' : 'record');

const priceTest = ({ priceMax }: Filter, { both }: Source, values: Values): string | undefined =>
  priceMax === null ? undefined : `coalesce(${both}.price <= ${values.add(priceMax)}::bigint, false)`;

const starsTest = ({ starsMin }: Filter, { both }: Source, values: Values): string | undefined =>
  starsMin === null ? undefined : `${both}.stars >= ${values.add(starsMin)}::int`;

/** The kind of a listing with the flags of what it passes. */
function kindOf(filter: Filter, source: Source, values: Values): string {
  const flag = (test: string | undefined, bit: number) =>
    test === undefined ? `${bit}` : `case when ${test} then ${bit} else 0 end`;
  const price = flag(priceTest(filter, source, values), priceFlag);
  return `${source.both}.facet | ${price} | ${flag(starsTest(filter, source, values), starsFlag)}`;
}

/** Whether a listing passes everything that was asked. */
function hitOf(filter: Filter, source: Source, values: Values): string {
  const tests = [priceTest(filter, source, values), starsTest(filter, source, values)].filter(
    (test) => test !== undefined,
  );
  if (filter.category !== null) tests.push(`(${source.both}.facet >> 16) = ${values.add(filter.category)}::int`);
  if (filter.insured) tests.push(`(${source.both}.facet & 2) = 2`);
  return tests.length === 0 ? 'true' : tests.join(' and ');
}

/** What an order goes by, smallest first: price (none last), stars from the top, squared metres, words that are lacking. */
function keyOf({ sort, from }: Order, { anyOf }: Filter, { both }: Source, values: Values): string {
  if (sort === 'best' && anyOf) {
    return anyOf
      .map(
        ({ words, idf }) =>
          `case when l.words @@ ${values.add(words)}::tsquery then 0 else ${values.add(idf)}::float8 end`,
      )
      .join(' + ');
  }
  if (sort === 'price') return `coalesce(${both}.price::float8, 'Infinity')`;
  if (sort === 'rating') return `(-${both}.rating)::float8`;
  if (sort !== 'distance' || !from) return '0::float8';
  const [x, y] = from.map((metres) => values.add(Math.round(metres)));
  return `((l.x - ${x}::int)::float8 ^ 2 + (l.y - ${y}::int)::float8 ^ 2)`;
}

const positionOf = ({ sort }: Order, { anyOf }: Filter, both: '' | 'p.' | 'best.' = ''): string =>
  sort === 'best' ? `${anyOf ? 'key, ' : ''}${both}ord desc, ${both}no` : `key, ${both}no`;

/** How many listings of each of these areas pass, for offering the nearest that has some. */
export async function countPerArea(
  ctx: Ctx,
  filter: Filter,
  areas: readonly { area: number; words: string }[],
): Promise<Map<number, number>> {
  const values = newValues();
  const source: Source = { from: 'match_listing l', both: 'l', conditions: [] };
  const tests = [...conditionsOf(filter, source, values), hitOf(filter, source, values)].join(' and ');
  const [numbers, words] = [values.add(areas.map(({ area }) => area)), values.add(areas.map((one) => one.words))];
  const text = `select a.area, count(*)::int as n
    from unnest(${numbers}::int[], ${words}::text[]) as a (area, words) join match_listing l on l.words @@ a.words::tsquery
    where ${tests} group by a.area`;
  const rows = await query<{ area: number; n: number }>(ctx, text, values.list);
  return new Map(rows.map(({ area, n }) => [area, n]));
}

/** What comes after the last one shown. */
function afterOf({ after }: Order, key: string, no: string, values: Values): string {
  return after ? ` and (${key}, ${no}) > (${values.add(after.key)}::float8, ${values.add(after.no)}::int)` : '';
}
