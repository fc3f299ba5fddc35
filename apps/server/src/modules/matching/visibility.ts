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
  if (!source || !mayInOrganisation(personOf(ctx).memberships, source.organisationId, 'catalogue:view-own')) refuse('access.not_found');
  const asked = await ask(ctx, { ...query, sort: 'best' });
  const { found, anyWord } = await findBest(ctx, asked, candidateCap);
  const ranked = rank(found.records, asked.question, 'best');
  const { total } = countFacets(cellsIn(found.cells), asked.filter, asked.region.currency);
  const at = ranked.findIndex((one) => one.serviceId === serviceId);
  const [signal] = await store.signalsOf.all(ctx, [source.organisationId]);
  const served = await zones.byIds(ctx, source.coverage.map((row) => row.zone_id));
  const always = hiddenBecause({ source, gate: await trust.gateOf(ctx, source.organisationId), zones: served, risk: signal?.risk });
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

/** What of the question this listing does not meet. */
function differences(row: store.ListingFacts, asked: Asked, anyWord: boolean, served: readonly zones.Zone[]): HiddenReason[] {
  const { filter, where, words, question } = asked;
  const record = decodeRecord(row.record);
  const asks = where.zones.length > 0 || where.point !== undefined;
  const covers = where.zones.some((zone) => served.some(({ zoneId }) => zoneId === zone.zoneId));
  const category = categoryOf((row.facet >> 16) & 0xff);
  const { window, box } = filter;
  const free = window ? (row.starts[window.day - row.first_day] ?? 0n) & window.mask : 1n;
  const lacking = lackingWords(record, words, anyWord);
  const off = box && (record.x < box.west || record.x > box.east || record.y < box.south || record.y > box.north);
  const checks: [boolean, HiddenReason][] = [
    [asks && !covers, hiddenReason('zone_not_covered', where.zones.map(({ name }) => name))],
    [filter.category !== null && filter.category !== (row.facet >> 16), hiddenReason('category_differs', category ? [category] : [])],
    [lacking.length > 0, hiddenReason('words_differ', lacking)],
    [filter.priceMax !== null && (record.price === null || record.price > filter.priceMax), hiddenReason('price_above')],
    [filter.starsMin !== null && row.stars === 0, hiddenReason('rating_too_few')],
    [filter.starsMin !== null && row.stars > 0 && row.stars < filter.starsMin, hiddenReason('rating_below')],
    [filter.insured && (row.facet & 2) === 0, hiddenReason('not_insured')],
    [row.starts.every((bits) => bits === 0n) && window !== undefined, hiddenReason('no_hours')],
    [question.window !== undefined && free === 0n, hiddenReason('not_free_then')],
    [filter.onDemand && (row.facet & 1) === 0, hiddenReason('not_on_demand')],
    [off ?? false, hiddenReason('off_the_map')],
  ];
  return checks.filter(([isSo]) => isSo).map(([, reason]) => reason);
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
  const usual = (part: ScorePart) => above.reduce((sum, one) => sum + partsOf(one.inputs, bookings, weights)[part], 0) / above.length;
  const gains = (Object.keys(mine) as ScorePart[])
    .map((part) => ({ part, points: Math.round((usual(part) - mine[part]) * 1000) / 10 }))
    .filter(({ points }) => points > 0)
    .toSorted((a, b) => b.points - a.points)
    .slice(0, mostGains);
  return [hiddenReason('ranked_below', [], gains)];
}
