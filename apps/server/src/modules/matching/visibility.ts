import type { SearchQuery, Visibility } from '@plumbline/contracts/matching';
import { categoryOf } from '@plumbline/domain/categories';
import { mayInOrganisation } from '@plumbline/domain/access';
import { partsOf, weights, type ScorePart } from '@plumbline/domain/ranking';
import { termHash } from '@plumbline/domain/relevance';
import { personOf, type Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/errors.ts';
import * as catalogue from '../catalogue/index.ts';
import * as trust from '../trust/index.ts';
import * as zones from '../zones/index.ts';
import { cellsIn, countFacets, countOf } from './facets.ts';
import { candidateCap } from './find.ts';
import { hiddenBecause, hiddenReason, type HiddenReason } from './hidden.ts';
import { rank, type Ranked } from './rank.ts';
import { decodeRecord, type ListingRecord } from './record.ts';
import { ask, findBest, type Asked } from './search.ts';
import * as store from './store.ts';

/** A listing further down than this is told what would lift it. */
const firstPage = 20;
const mostGains = 3;

/**
 * Why a service is not shown, in general or for this question, and what would change it. For the service's own side;
 * refuses `access.not_found` to everybody else.
 */
export async function whyNotShown(ctx: Ctx, serviceId: string, query: SearchQuery): Promise<Visibility> {
  const [source] = await catalogue.listingSources(ctx, [serviceId]);
  if (!source || !mayInOrganisation(personOf(ctx).memberships, source.organisationId, 'catalogue:view-own'))
    refuse('access.not_found');
  const asked = await ask(ctx, { ...query, sort: 'best' });
  const { found, anyWord } = await findBest(ctx, asked, candidateCap);
  const ranked = rank(found.records, asked.question, 'best');
  const { total } = countFacets(cellsIn(found.cells), asked.filter, asked.region.currency);
  const at = ranked.findIndex((one) => one.serviceId === serviceId);
  const [signal] = await store.signalsOf.all(ctx, [source.organisationId]);
  const served = await zones.byIds(
    ctx,
    source.coverage.map((row) => row.zone_id),
  );
  const always = hiddenBecause({
    source,
    gate: await trust.gateOf(ctx, source.organisationId),
    zones: served,
    risk: signal?.risk,
  });
  const [row] = always.length > 0 ? [] : await store.listingOf.all(ctx, serviceId);
  const here = row ? differences(row, asked, anyWord, served) : [];
  return {
    serviceId,
    shown: at !== -1,
    rank: at === -1 ? null : at + 1,
    total: countOf(total),
    reasons: [...always, ...(at === -1 ? here : []), ...behind(ranked, at)],
  };
}

/** What of the question this listing does not meet, in the order in which people would look. */
function differences(
  row: store.ListingFacts,
  asked: Asked,
  anyWord: boolean,
  served: readonly zones.Zone[],
): HiddenReason[] {
  const record = decodeRecord(row.record);
  const lacking = lackingWords(record, asked.words, anyWord);
  return [
    ...placeReasons(record, asked, served),
    ...categoryReasons(row, asked),
    ...(lacking.length > 0 ? [hiddenReason('words_differ', lacking)] : []),
    ...priceReasons(record, asked),
    ...starsReasons(row, asked),
    ...timeReasons(row, asked),
  ];
}

function placeReasons(
  record: ListingRecord,
  { where, filter: { box } }: Asked,
  served: readonly zones.Zone[],
): HiddenReason[] {
  const covers = where.zones.some((zone) => served.some(({ zoneId }) => zoneId === zone.zoneId));
  const isOff =
    box !== undefined && (record.x < box.west || record.x > box.east || record.y < box.south || record.y > box.north);
  return [
    ...(where.point && !covers
      ? [
          hiddenReason(
            'zone_not_covered',
            where.zones.map(({ name }) => name),
          ),
        ]
      : []),
    ...(isOff ? [hiddenReason('off_the_map')] : []),
  ];
}

function categoryReasons({ facet }: store.ListingFacts, { filter }: Asked): HiddenReason[] {
  const category = categoryOf(facet >> 16);
  return filter.category === null || filter.category === facet >> 16
    ? []
    : [hiddenReason('category_differs', category ? [category] : [])];
}

function priceReasons({ price }: ListingRecord, { filter: { priceMax } }: Asked): HiddenReason[] {
  return priceMax !== null && (price ?? Infinity) > priceMax ? [hiddenReason('price_above')] : [];
}

function starsReasons({ stars, facet }: store.ListingFacts, { filter: { starsMin, insured } }: Asked): HiddenReason[] {
  const reasons: HiddenReason[] = [];
  if (starsMin !== null && stars < starsMin)
    reasons.push(hiddenReason(stars === 0 ? 'rating_too_few' : 'rating_below'));
  if (insured && (facet & 2) === 0) reasons.push(hiddenReason('not_insured'));
  return reasons;
}

function timeReasons(
  { starts, first_day, facet }: store.ListingFacts,
  { filter: { window, onDemand } }: Asked,
): HiddenReason[] {
  const reasons: HiddenReason[] = [];
  const free = window ? (starts[window.day - first_day] ?? 0n) & window.mask : 1n;
  if (free === 0n) reasons.push(hiddenReason(starts.every((bits) => bits === 0n) ? 'no_hours' : 'not_free_then'));
  if (onDemand && (facet & 1) === 0) reasons.push(hiddenReason('not_on_demand'));
  return reasons;
}

function lackingWords({ terms }: ListingRecord, words: Asked['words'], anyWord: boolean): string[] {
  const has = new Set(terms.map(({ hash }) => hash));
  const lacking = words.filter(({ lexemes }) => !lexemes.some((lexeme) => has.has(termHash(lexeme))));
  // Where any word will do, a listing with one of them is not hidden by the others.
  return anyWord && lacking.length < words.length ? [] : lacking.map(({ typed }) => typed);
}

/** Shown, but further down than the first page: what those above it have more of. */
function behind(ranked: readonly Ranked[], at: number): HiddenReason[] {
  const own = ranked[at];
  if (!own || at < firstPage) return [];
  const above = ranked.slice(0, firstPage);
  const bookings = Math.max(...ranked.map(({ inputs }) => inputs.bookings), 1);
  const mine = partsOf(own.inputs, bookings, weights);
  const usual = (part: ScorePart) =>
    above.reduce((sum, one) => sum + partsOf(one.inputs, bookings, weights)[part], 0) / above.length;
  const gains = (Object.keys(mine) as ScorePart[])
    .map((part) => ({ part, points: Math.round((usual(part) - mine[part]) * 1000) / 10 }))
    .filter(({ points }) => points > 0)
    .toSorted((a, b) => b.points - a.points)
    .slice(0, mostGains);
  return [hiddenReason('ranked_below', [], gains)];
}
