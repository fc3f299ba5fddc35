import { localDayOf, momentOf } from '@plumbline/domain/slots';
import { systemCtx, type Ctx } from '../../platform/ctx.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { enqueue } from '../../platform/tasks.ts';
import * as calendar from '../calendar/index.ts';
import * as catalogue from '../catalogue/index.ts';
import * as trust from '../trust/index.ts';
import * as zones from '../zones/index.ts';
import { buildDocument, wordsOf, type Document, type Ingredients } from './document.ts';
import { hiddenBecause } from './hidden.ts';
import * as store from './store.ts';
import { daysAhead, freeStarts } from './window.ts';
import { areaToken } from './words.ts';

/** Mean of the stars where a market has no reviews. */
const meanStarsAtFirst = 4.3;
const batch = 50;

/** Asks for a company's listings to be built again soon; many askings before that are one. */
export const refreshLater = (ctx: Ctx, organisationId: string): Promise<void> =>
  enqueue(ctx, 'matching.refresh', { organisationId }, { key: organisationId });

/** Builds all listings of a company again. */
export async function refreshCompany(ctx: Ctx, organisationId: string): Promise<void> {
  await refresh(ctx, await catalogue.serviceIdsOf(ctx, [organisationId]));
}

/** Builds all listings of a region again, in batches; what customers see is never empty meanwhile. */
export async function refreshRegion(ctx: Ctx): Promise<number> {
  let after: string | null = null;
  let count = 0;
  for (;;) {
    const ids = await catalogue.serviceIdsAfter(ctx, after, batch);
    if (ids.length === 0) return count;
    await refresh(ctx, ids);
    count += ids.length;
    after = ids.at(-1) ?? null;
  }
}

/**
 * Builds these listings again from what the other modules say now: shown ones are written, others taken out. All under
 * the market's lock, so that of two builders the later one also reads later.
 */
export async function refresh(ctx: Ctx, serviceIds: readonly string[]): Promise<void> {
  if (serviceIds.length === 0) return;
  await inTransaction(ctx, async (ctx) => {
    await store.lockMarket.run(ctx, ctx.regionId);
    const sources = await catalogue.listingSources(ctx, serviceIds);
    const shown = await shownOf(ctx, sources);
    const isShown = new Set(shown.map(({ source }) => source.serviceId));
    for (const serviceId of serviceIds) if (!isShown.has(serviceId)) await takeOut(ctx, serviceId);
    const lexemes = await lexemesOf(ctx, shown);
    for (const ingredients of shown) await write(ctx, { ...ingredients, lexemes });
    await dropEmptyFronts(ctx, sources, shown);
  });
}

async function shownOf(ctx: Ctx, sources: readonly catalogue.ListingSource[]): Promise<Ingredients[]> {
  const around = await surroundings(ctx, sources);
  const shown: Ingredients[] = [];
  for (const source of sources) {
    const ingredients = await ingredientsOf(ctx, source, around);
    if (ingredients) shown.push(ingredients);
  }
  return shown;
}

interface Surroundings {
  region: zones.Region;
  badges: Map<string, Ingredients['badges']>;
  gates: Map<string, { mayPublish: boolean; missing: string[] }>;
  signals: Map<string, Ingredients['signal']>;
  meanStars: number;
  usual: Map<string, number>;
  marketArea: number;
}

async function surroundings(ctx: Ctx, sources: readonly catalogue.ListingSource[]): Promise<Surroundings> {
  const organisationIds = [...new Set(sources.map(({ organisationId }) => organisationId))];
  const badges = await trust.badgesOf(ctx, organisationIds);
  const signals = await store.signalsOf.all(ctx, organisationIds);
  const gates = new Map<string, Awaited<ReturnType<typeof trust.gateOf>>>();
  for (const id of organisationIds) gates.set(id, await trust.gateOf(ctx, id));
  const usual = await store.usualOf.all(ctx, ctx.regionId);
  const { mean } = await store.meanStars.one(ctx, ctx.regionId);
  const { area } = await store.marketOf.one(ctx, ctx.regionId);
  return {
    region: await zones.region(ctx),
    badges: new Map(badges.map((one) => [one.organisationId, one.badges])),
    gates,
    signals: new Map(signals.map((row) => [row.organisation_id, row])),
    meanStars: mean ?? meanStarsAtFirst,
    usual: new Map(usual.map((row) => [`${row.category_id}/${row.price_kind}`, Number(row.minor)])),
    marketArea: area,
  };
}

/** What the listing is made of; undefined when it may not be shown. */
async function ingredientsOf(
  ctx: Ctx,
  source: catalogue.ListingSource,
  around: Surroundings,
): Promise<Ingredients | undefined> {
  const signal = around.signals.get(source.organisationId);
  const served = await zones.byIds(
    ctx,
    source.coverage.map((row) => row.zone_id),
  );
  const gate = around.gates.get(source.organisationId);
  if (hiddenBecause({ source, gate, zones: served, risk: signal?.risk }).length > 0) return undefined;
  const { content, profile } = source;
  if (!content || !profile) return undefined;
  const { timeZone } = around.region;
  const firstDay = localDayOf(timeZone, ctx.clock.now().getTime());
  const starts = await startsOf(ctx, source, content, timeZone, firstDay);
  const base = { lat: profile.base_lat, lng: profile.base_lng };
  return {
    source: { ...source, content, profile },
    badges: around.badges.get(source.organisationId) ?? [],
    zones: served,
    baseZone: (await zones.at(ctx, base))[0],
    base: await zones.inMetres(ctx, base),
    signal,
    meanStars: around.meanStars,
    usualPrice: around.usual.get(`${content.categoryId}/${content.priceKind}`) ?? null,
    free: freeStarts(timeZone, firstDay, starts),
    starts,
    lexemes: new Map(),
    marketArea: around.marketArea,
    now: ctx.clock.now(),
  };
}

async function startsOf(
  ctx: Ctx,
  { teamPersonIds }: catalogue.ListingSource,
  content: NonNullable<catalogue.ListingSource['content']>,
  zone: string,
  firstDay: number,
): Promise<Date[]> {
  const found = await calendar.slots(ctx, {
    resourceIds: teamPersonIds,
    from: new Date(momentOf(zone, firstDay, 0).at),
    to: new Date(momentOf(zone, firstDay + daysAhead, 0).at),
    durationMinutes: content.durationMinutes,
    bufferBefore: content.bufferBeforeMinutes,
    bufferAfter: content.bufferAfterMinutes,
    noticeMinutes: content.noticeMinutes,
    zone,
  });
  return found.map(({ from }) => from);
}

async function lexemesOf(ctx: Ctx, shown: readonly Ingredients[]): Promise<Map<string, string[]>> {
  const rows = await store.lexemesOf.all(ctx, ctx.regionId, wordsOf(shown.map(({ source }) => source)));
  const byWord = Map.groupBy(rows, ({ word }) => word);
  return new Map([...byWord].map(([word, found]) => [word, found.map(({ lexeme }) => lexeme)]));
}

async function takeOut(ctx: Ctx, serviceId: string): Promise<void> {
  await store.discount.run(ctx, serviceId);
  await store.dropListing.run(ctx, serviceId);
}

async function write(ctx: Ctx, ingredients: Ingredients): Promise<void> {
  const { serviceId, organisationId, regionId } = ingredients.source;
  const { no } = await store.nextNumber.one(ctx, serviceId);
  const document = buildDocument(no, ingredients);
  await store.discount.run(ctx, serviceId);
  await store.dropPlaces.run(ctx, no);
  await put(ctx, no, regionId, serviceId, document);
  await store.count.run(ctx, no, document.areas, regionId, document.lexemes, document.samples);
  await store.putCard.run(
    ctx,
    no,
    serviceId,
    organisationId,
    JSON.stringify(document.card),
    JSON.stringify(document.page),
  );
  await store.putFront.run(ctx, organisationId, regionId, document.front.slug, JSON.stringify(document.front));
}

function put(ctx: Ctx, no: number, regionId: string, serviceId: string, document: Document): Promise<number> {
  const { ord, price, stars, rating, facet, x, y, record, firstDay, starts, length, lexemes, areas } = document;
  return store.putListing.run(
    ctx,
    no,
    regionId,
    serviceId,
    ord,
    price === null ? null : String(price),
    stars,
    rating,
    facet,
    x,
    y,
    record,
    firstDay,
    starts.map(String),
    length,
    [...lexemes, ...areas.map(areaToken)],
  );
}

/** A company whose last listing went has no front any more. */
async function dropEmptyFronts(
  ctx: Ctx,
  sources: readonly catalogue.ListingSource[],
  shown: readonly Ingredients[],
): Promise<void> {
  const withListing = new Set(shown.map(({ source }) => source.organisationId));
  for (const organisationId of new Set(sources.map((source) => source.organisationId))) {
    if (withListing.has(organisationId)) continue;
    if ((await store.cardsOf.all(ctx, organisationId)).length === 0) await store.dropFront.run(ctx, organisationId);
  }
}

/** Looks for listings whose free starts begin before today, in every region. */
export async function rollDays(base: Ctx): Promise<void> {
  for (const region of await zones.regions(base)) {
    const ctx = systemCtx(base, 'matching', region.id);
    const today = localDayOf(region.timeZone, ctx.clock.now().getTime());
    for (const { organisation_id } of await store.behind.all(ctx, region.id, today, 500))
      await refreshLater(ctx, organisation_id);
  }
}

/** Computes the usual prices again. */
export async function reckonUsualPrices(base: Ctx): Promise<void> {
  for (const { id } of await zones.regions(base)) {
    const ctx = systemCtx(base, 'matching', id);
    const rows = await store.medians.all(ctx, id);
    await store.setUsual.run(
      ctx,
      id,
      rows.map((row) => row.category_id),
      rows.map((row) => row.price_kind),
      rows.map((row) => row.minor),
    );
  }
}
