import type { ListingCard, SearchQuery, SearchReply } from '@plumbline/contracts/matching';
import { categoryNumber } from '@plumbline/domain/categories';
import { tieSalt, type Sort } from '@plumbline/domain/ranking';
import { dateOf, localDayOf } from '@plumbline/domain/slots';
import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { JsonObject } from '../../platform/json.ts';
import * as zones from '../zones/index.ts';
import { keepAnswer } from './answers.ts';
import { decodePosition, encodePosition, type Position } from './cursor.ts';
import { cellsIn, countFacets, countOf } from './facets.ts';
import { candidateCap, compose, countPerArea, find, type Box, type Filter, type Found, type Order } from './find.ts';
import { whereIs, type Where } from './place.ts';
import { nextFreeOf, presentCard } from './present.ts';
import { before, rank, type Question, type Ranked } from './rank.ts';
import { reasonsOf } from './reasons.ts';
import * as store from './store.ts';
import type { StoredCard } from './tables.ts';
import { askedWindow } from './window.ts';
import {
  askedWords,
  condition,
  conditionOfWord,
  correctedText,
  understand,
  type Understood,
  type Word,
} from './words.ts';

/** Everything about a question once it is understood. */
export interface Asked {
  region: zones.Region;
  where: Where;
  understood: Understood;
  /** Words that some listing has, with corrections. */
  words: Word[];
  /** True when words were typed and no listing of the market has any of them. */
  isHopeless: boolean;
  filter: Filter;
  sort: Sort;
  question: Question;
  position: Position | undefined;
  now: Date;
}

const defaultLimit = 20;
/** How far to look for a zone that has results. */
const nearestLooked = 12;

/**
 * Finds and orders services. Two statements for a page, a third when many are found, one more when no listing has all the
 * words or nothing is found at all; none of them grows with the market, only with what a zone has of the words.
 */
export async function search(ctx: Ctx, query: SearchQuery): Promise<SearchReply> {
  const asked = await ask(ctx, query);
  const limit = query.limit ?? defaultLimit;
  const { found, anyWord } = await findBest(ctx, asked, limit);
  const { total, facets } = countFacets(cellsIn(found.cells), asked.filter, asked.region.currency);
  const ranked = rank(found.records, asked.question, asked.sort);
  const { page, next } = pageOf(ranked, asked, anyWord, limit);
  const searchId = newId();
  if (!asked.position) keep(ctx, searchId, query, asked, ranked);
  return {
    items: await cardsOf(ctx, page, found, asked),
    ...(next && { next }),
    total: countOf(total),
    facets,
    understood: presentUnderstood(asked, anyWord),
    nearestWithResults: total === 0 ? await nearestWithResults(ctx, asked) : null,
    searchId,
    rankedAtMost: candidateCap,
  };
}

/** Understands a question: place, window, words. Refuses what cannot be understood. */
export async function ask(ctx: Ctx, query: SearchQuery): Promise<Asked> {
  const region = await zones.region(ctx);
  const where = await whereIs(ctx, query);
  const now = ctx.clock.now();
  const understood = await understand(ctx, askedWords(where.words));
  const known = understood.words.filter(({ lexemes }) => lexemes.length > 0);
  const sort = query.sort ?? 'best';
  const position = query.cursor === undefined ? undefined : decodePosition(query.cursor, sort, known.length);
  const words = position ? known.map((word, index) => ({ ...word, idf: position.idfs[index] ?? word.idf })) : known;
  const filter = await filterOf(ctx, query, {
    area: where.zones[0]?.number ?? understood.market.area,
    timeZone: region.timeZone,
  });
  const from = where.point && (await zones.inMetres(ctx, where.point));
  if (sort === 'distance' && !from) refuse('matching.place_missing');
  const day = dateOf(localDayOf(region.timeZone, position?.at ?? now.getTime()));
  return {
    region,
    where,
    understood,
    words,
    sort,
    position,
    now,
    filter,
    isHopeless: understood.words.length > 0 && words.length === 0,
    question: {
      ...sumsOf(understood, position),
      words,
      from,
      window: filter.window,
      salt: tieSalt(ctx.actor.kind === 'person' ? ctx.actor.personId : 'anonymous', day),
    },
  };
}

/** What the market as a whole says; of later pages, what it said at the first. */
function sumsOf(
  { market }: Understood,
  position: Position | undefined,
): Pick<Question, 'meanLength' | 'marketBookings'> {
  if (position) return { meanLength: position.meanLength, marketBookings: position.marketBookings };
  const meanLength = Math.max(1, Math.round(Number(market.length) / Math.max(1, market.documents)));
  return { meanLength, marketBookings: Number(market.bookings) };
}

/** The filter but for its words. */
async function filterOf(
  ctx: Ctx,
  query: SearchQuery,
  { area, timeZone }: { area: number; timeZone: string },
): Promise<Filter> {
  const { category, priceMax = null, ratingMin, insured = false, onDemand = false, bbox } = query;
  return {
    words: undefined,
    anyOf: undefined,
    area,
    category: category === undefined ? null : categoryNumber(category),
    priceMax,
    starsMin: ratingMin === undefined ? null : Math.ceil(ratingMin * 10),
    insured,
    onDemand,
    window: askedWindow(ctx, timeZone, query),
    box: bbox === undefined ? undefined : await boxOf(ctx, bbox),
  };
}

/** The statement that finds a question's candidates, for the bare peer of the benchmark. */
export async function statementFor(ctx: Ctx, query: SearchQuery): Promise<{ text: string; values: unknown[] }> {
  const asked = await ask(ctx, query);
  return compose(filterFor(asked, 'all'), orderOf(asked, defaultLimit));
}

const nothing: Found = { cells: null, records: null, cards: null };

/** Listings with all the words; those with any of them when none has all. */
export async function findBest(ctx: Ctx, asked: Asked, limit: number): Promise<{ found: Found; anyWord: boolean }> {
  const { where, words, position, isHopeless } = asked;
  const isOutside = where.point !== undefined && where.zones.length === 0;
  if (isOutside || isHopeless) return { found: nothing, anyWord: false };
  const order = orderOf(asked, limit);
  if (!position?.anyWord) {
    const found = await find(ctx, filterFor(asked, 'all'), order);
    if (found.cells !== null || words.length < 2) return { found, anyWord: false };
  }
  return { found: await find(ctx, filterFor(asked, 'any'), order), anyWord: true };
}

/** The filter with its condition on words; without words, one zone's own ordered index is enough. */
function filterFor({ filter, where, words }: Asked, mode: 'all' | 'any'): Filter {
  const areas = where.zones.length > 0 ? where.zones.map(({ number }) => number) : [filter.area];
  if (words.length === 0 && areas.length === 1) return filter;
  const anyOf = mode === 'any' ? words.map((word) => ({ words: conditionOfWord(word), idf: word.idf })) : undefined;
  return { ...filter, words: condition(areas, words, mode), anyOf };
}

function orderOf({ sort, question, position }: Asked, limit: number): Order {
  const { from } = question;
  if (sort === 'best') return { sort, from, after: undefined, limit: candidateCap, cards: true };
  const after = position && 'key' in position.after ? position.after : undefined;
  return { sort, from, after, limit: limit + 1, cards: true };
}

/** The page after the cursor, and the cursor of the next one. */
function pageOf(
  ranked: readonly Ranked[],
  asked: Asked,
  anyWord: boolean,
  limit: number,
): { page: Ranked[]; next?: string } {
  const { position, question, sort } = asked;
  const after = position?.after;
  const rest = after && 'score' in after ? ranked.filter((one) => before({ ...one, ...after }, one) < 0) : ranked;
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  if (!last || rest.length <= limit) return { page };
  const { words, meanLength, marketBookings } = question;
  const next = encodePosition({
    sort,
    anyWord,
    meanLength,
    marketBookings,
    at: position?.at ?? asked.now.getTime(),
    idfs: words.map(({ idf }) => idf),
    after: sort === 'best' ? { score: last.score, tie: last.tie, no: last.no } : { key: last.key, no: last.no },
  });
  return { page, next };
}

async function cardsOf(
  ctx: Ctx,
  page: readonly Ranked[],
  { records, cards }: Found,
  asked: Asked,
): Promise<ListingCard[]> {
  if (page.length === 0 || records === null) return [];
  const { question, words, region, now } = asked;
  const known = cards ?? (await cardsByNumber(ctx, page));
  const byService = new Map(known.map((card) => [card.serviceId, card]));
  return page.flatMap((ranked) => {
    // Taken out between the two statements: it is simply not shown.
    const card = byService.get(ranked.serviceId);
    if (!card) return [];
    const why = reasonsOf({ ranked, card, nextFree: nextFreeOf(card, now), records }, question, words, region.timeZone);
    return [presentCard(card, { metres: ranked.inputs.metres, why, timeZone: region.timeZone, now })];
  });
}

async function cardsByNumber(ctx: Ctx, page: readonly Ranked[]): Promise<StoredCard[]> {
  const rows = await store.cards.all(
    ctx,
    page.map(({ no }) => no),
  );
  return rows.map(({ card }) => card);
}

function presentUnderstood({ understood, where, region }: Asked, anyWord: boolean): SearchReply['understood'] {
  const [zone] = where.zones;
  const { place } = where;
  return {
    corrected: correctedText(understood.words),
    place: place
      ? {
          placeId: place.placeId,
          kind: place.kind,
          name: place.name,
          label: place.label,
          point: place.point,
          zone: place.zone,
        }
      : null,
    point: where.point ?? null,
    zone: zone ? { zoneId: zone.zoneId, slug: zone.slug, name: zone.name } : null,
    someWords: anyWord,
    timeZone: region.timeZone,
  };
}

/** The nearest other zone in which the same question finds something; null without a place. */
async function nearestWithResults(ctx: Ctx, asked: Asked): Promise<SearchReply['nearestWithResults']> {
  const { where, words, filter, isHopeless } = asked;
  if (!where.point || isHopeless) return null;
  const near = await zones.nearestZones(ctx, where.point, nearestLooked);
  const areas = near.map(({ zone }) => ({ area: zone.number, words: condition([zone.number], words, 'all') }));
  const counts = await countPerArea(ctx, filter, areas);
  const best = near.find(({ zone }) => (counts.get(zone.number) ?? 0) > 0);
  if (!best) return null;
  const { zone, metres } = best;
  const count = countOf(counts.get(zone.number) ?? 0);
  return {
    zoneId: zone.zoneId,
    slug: zone.slug,
    name: zone.name,
    centre: zone.centre,
    metres: Math.round(metres),
    count,
  };
}

/** Keeps the question without the person, and the first results with all that their order was made of. */
function keep(ctx: Ctx, id: string, query: SearchQuery, asked: Asked, ranked: readonly Ranked[]): void {
  const { q: _q, lat: _lat, lng: _lng, cursor: _cursor, place: _place, ...filters } = query;
  const kept: JsonObject = {
    ...filters,
    words: asked.understood.words.map(({ typed }) => typed),
    zone: asked.where.zones[0]?.slug ?? null,
    found: ranked.length,
  };
  keepAnswer(ctx, { id, query: kept, marketBookings: asked.question.marketBookings, results: ranked });
}

/** `west,south,east,north` in degrees as metres of the region's frame. */
async function boxOf(ctx: Ctx, text: string): Promise<Box> {
  const [west, south, east, north] = text.split(',').map(Number);
  if ([west, south, east, north].some((degrees) => degrees === undefined || !Number.isFinite(degrees)))
    refuse('matching.window_invalid', { problem: 'bbox' });
  const [x1, y1] = await zones.inMetres(ctx, { lat: south ?? 0, lng: west ?? 0 });
  const [x2, y2] = await zones.inMetres(ctx, { lat: north ?? 0, lng: east ?? 0 });
  const whole = (metres: number) => Math.max(-farAway, Math.min(farAway, Math.round(metres)));
  return { west: whole(x1), south: whole(y1), east: whole(x2), north: whole(y2) };
}

/** Metres that fit PostgreSQL's integer. */
const farAway = 2_000_000_000;
