import { reportCoverage, type CoverageReport } from '@plumbline/domain/geo-coverage';
import { positionsOf, simplify } from '@plumbline/domain/geo-arcs';
import { problemOf } from '@plumbline/domain/geo-valid';
import { boundsOf, frameAt, innerPoint, ringsInMetres, type Frame } from '@plumbline/domain/geo';
import { audit } from '../../platform/audit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { afterCommit, inTransaction } from '../../platform/db/transaction.ts';
import { refuse } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { emit } from '../../platform/outbox.ts';
import { placeKey, type NewPlace } from './service.ts';
import { forget } from './snapshot.ts';
import * as store from './store.ts';
import type { Demand, RegionRow, ShapeJson, ZoneRow } from './tables.ts';

export interface ZoneToImport {
  slug: string;
  name: string;
  demand: Demand;
  shape: ShapeJson;
}

export interface ImportOptions {
  dryRun?: boolean;
  allowOverlaps?: boolean;
  /** Retire the zones that are not among these. */
  replace?: boolean;
  reason: string;
}

export interface ImportResult {
  created: number;
  changed: number;
  unchanged: number;
  retired: number;
  written: boolean;
  report: CoverageReport;
  frame: Frame;
  zones: number;
  zonesVersion: number;
}

/** Corners of all zones of a region together; beyond that the exact report would take too long for a request. */
const maxCorners = 200_000;
/** Positions of a zone's drawing. */
const maxDrawn = 150;

/**
 * Imports zones into the ctx's region: new slugs are created, known ones get a new version when their shape, name or
 * demand differs. Refuses broken rings, repeated slugs and, unless allowed, overlaps of a square metre or more; the
 * refusal carries what and where. With `dryRun` it only reports.
 */
export async function importZones(
  ctx: Ctx,
  incoming: readonly ZoneToImport[],
  options: ImportOptions,
): Promise<ImportResult> {
  incoming.forEach(requireSound);
  requireDistinct(incoming);
  return inTransaction(ctx, async (ctx) => {
    const region = await store.lockRegion.one(ctx, ctx.regionId);
    const frame = frameAt({ lat: region.origin_lat, lng: region.origin_lng });
    const plan = planOf(await store.zonesOf.all(ctx, ctx.regionId), incoming, options.replace ?? false);
    const all = [...plan.kept, ...plan.created, ...plan.changed];
    if (all.reduce((sum, { shape }) => sum + positionsOf(shape), 0) > maxCorners)
      refuse('zones.too_complex', { maxCorners });
    const report = reportOf(all, frame);
    if (report.overlaps.length > 0 && !options.allowOverlaps && !options.dryRun) {
      refuse('zones.overlap', {
        overlaps: report.overlaps.slice(0, 20).map(({ a, b, squareMetres }) => ({ a, b, squareMetres })),
      });
    }
    const version = options.dryRun ? region.zones_version : await write(ctx, region, frame, plan, options.reason);
    return {
      created: plan.created.length,
      changed: plan.changed.length,
      unchanged: plan.unchanged,
      retired: plan.retired.length,
      written: !options.dryRun,
      report,
      frame,
      zones: all.length,
      zonesVersion: version,
    };
  });
}

/** Overlaps and gaps between the zones of the ctx's region now. */
export async function coverageReport(
  ctx: Ctx,
): Promise<Pick<ImportResult, 'report' | 'frame' | 'zones' | 'zonesVersion'>> {
  const region = (await store.regions.all(ctx)).find(({ id }) => id === ctx.regionId) ?? refuse('region.unknown');
  const frame = frameAt({ lat: region.origin_lat, lng: region.origin_lng });
  const zones = await store.zonesOf.all(ctx, ctx.regionId);
  return { report: reportOf(zones, frame), frame, zones: zones.length, zonesVersion: region.zones_version };
}

/** Adds or replaces places to search by, and finds the zone of each. */
export async function putPlaces(ctx: Ctx, places: readonly NewPlace[]): Promise<void> {
  const keyOf = ({ label, name, also = [] }: NewPlace) =>
    [...new Set(placeKey([label, name, ...also].join(' ')).split(' '))].join(' ');
  await inTransaction(ctx, async (ctx) => {
    const region = await store.lockRegion.one(ctx, ctx.regionId);
    await store.putPlaces.run(
      ctx,
      ctx.regionId,
      places.map(({ id }) => id),
      places.map(({ kind }) => kind),
      places.map(({ name }) => name),
      places.map(({ label }) => label),
      places.map(keyOf),
      places.map(({ point }) => point.lat),
      places.map(({ point }) => point.lng),
    );
    await findZonesOfPlaces(ctx, region);
    await store.raiseVersion.one(ctx, ctx.regionId);
  });
  forget(ctx);
}

/** Sets what lies under the zones on a map. */
export async function setMap(ctx: Ctx, land: ShapeJson, attribution: string[]): Promise<void> {
  await store.setMap.run(ctx, ctx.regionId, JSON.stringify(land), attribution);
}

function requireSound({ slug, shape }: ZoneToImport): void {
  const found = problemOf(shape);
  if (found) refuse('zones.geometry_invalid', { zone: slug, problem: found.problem, at: found.at });
}

function requireDistinct(incoming: readonly ZoneToImport[]): void {
  const slugs = new Set<string>();
  for (const { slug } of incoming) {
    if (slugs.has(slug)) refuse('zones.slug_repeated', { slug });
    slugs.add(slug);
  }
}

interface Plan {
  kept: { slug: string; shape: ShapeJson }[];
  created: (ZoneToImport & { id: string })[];
  changed: (ZoneToImport & { id: string })[];
  retired: ZoneRow[];
  unchanged: number;
}

function planOf(present: readonly ZoneRow[], incoming: readonly ZoneToImport[], replace: boolean): Plan {
  const bySlug = new Map(present.map((row) => [row.slug, row]));
  const named = new Set(incoming.map(({ slug }) => slug));
  const others = present.filter(({ slug }) => !named.has(slug));
  const plan: Plan = {
    kept: replace ? [] : [...others],
    created: [],
    changed: [],
    retired: replace ? others : [],
    unchanged: 0,
  };
  for (const zone of incoming) {
    const known = bySlug.get(zone.slug);
    if (!known) plan.created.push({ ...zone, id: newId() });
    else if (isSame(known, zone)) plan.kept.push(known);
    else plan.changed.push({ ...zone, id: known.id });
    if (known && isSame(known, zone)) plan.unchanged += 1;
  }
  return plan;
}

const isSame = (row: ZoneRow, zone: ZoneToImport): boolean =>
  row.name === zone.name && row.demand === zone.demand && JSON.stringify(row.shape) === JSON.stringify(zone.shape);

function reportOf(zones: readonly { slug: string; shape: ShapeJson }[], frame: Frame): CoverageReport {
  return reportCoverage(zones.map(({ slug, shape }) => ({ key: slug, rings: ringsInMetres(shape, frame) })));
}

async function write(ctx: Ctx, region: RegionRow, frame: Frame, plan: Plan, reason: string): Promise<number> {
  const now = ctx.clock.now();
  const written = [...plan.created, ...plan.changed];
  const ids = written.map(({ id }) => id);
  await store.retire.run(
    ctx,
    region.id,
    plan.retired.map(({ id }) => id),
    now,
  );
  await putZones(ctx, region.id, frame, written);
  const person = ctx.actor.kind === 'person' ? ctx.actor.personId : null;
  await store.keepVersions.run(ctx, region.id, ids, person, reason, now);
  await store.dropRings.run(ctx, region.id, [...ids, ...plan.retired.map(({ id }) => id)]);
  await addRings(ctx, region.id, frame, written);
  await drawAgain(ctx, region);
  await putZonePlaces(ctx, region);
  const { zones_version: version } = await store.raiseVersion.one(ctx, region.id);
  await audit(ctx, {
    act: 'zone.import',
    subject: `region:${region.id}`,
    reason,
    detail: { created: plan.created.length, changed: plan.changed.length, retired: plan.retired.length, version },
  });
  await emit(ctx, { type: 'zones.changed', key: region.id, data: { version } });
  forget(ctx);
  afterCommit(ctx, () => forget(ctx));
  return version;
}

async function putZones(
  ctx: Ctx,
  regionId: string,
  frame: Frame,
  zones: readonly (ZoneToImport & { id: string })[],
): Promise<void> {
  const bounds = zones.map(({ shape }) => boundsOf(shape));
  const centres = zones.map(({ shape }) => frame.toDegrees(...innerPoint(ringsInMetres(shape, frame))));
  await store.putZones.run(
    ctx,
    regionId,
    zones.map(({ id }) => id),
    zones.map(({ slug }) => slug),
    zones.map(({ name }) => name),
    zones.map(({ demand }) => demand),
    zones.map(() => null),
    zones.map(({ shape }) => JSON.stringify(shape)),
    centres.map(([, lat]) => lat),
    centres.map(([lng]) => lng),
    bounds.map(({ south }) => south),
    bounds.map(({ west }) => west),
    bounds.map(({ north }) => north),
    bounds.map(({ east }) => east),
    ctx.clock.now(),
  );
}

async function addRings(
  ctx: Ctx,
  regionId: string,
  frame: Frame,
  zones: readonly (ZoneToImport & { id: string })[],
): Promise<void> {
  const rings = zones.flatMap(({ id, shape }) =>
    shape.flatMap((polygon) =>
      polygon.map((ring, index) => ({ id, isHole: index > 0, text: polygonText(ring, frame) })),
    ),
  );
  const parts = new Map<string, number>();
  const partOf = (id: string) => parts.set(id, (parts.get(id) ?? 0) + 1).get(id) ?? 0;
  await store.addRings.run(
    ctx,
    regionId,
    rings.map(({ id }) => id),
    rings.map(({ id }) => partOf(id)),
    rings.map(({ text }) => text),
    rings.map(({ isHole }) => isHole),
  );
}

/** As PostgreSQL writes a polygon, in metres; it closes the ring by itself. */
function polygonText(ring: readonly number[][], frame: Frame): string {
  const corners = ring.slice(0, -1).map(([lng = 0, lat = 0]) => `(${frame.toMetres(lng, lat).join(',')})`);
  return `(${corners.join(',')})`;
}

/** Draws all zones of the region together, coarser until each has at most 150 positions. */
async function drawAgain(ctx: Ctx, region: RegionRow): Promise<void> {
  const zones = await store.zonesOf.all(ctx, region.id);
  const shapes = zones.map(({ shape }) => shape);
  const squeeze = Math.cos((region.origin_lat * Math.PI) / 180);
  let tolerance = 0.0001;
  let drawings = simplify(shapes, tolerance, squeeze);
  while (drawings.some((drawing) => positionsOf(drawing) > maxDrawn) && tolerance < 0.05) {
    tolerance *= 1.6;
    drawings = simplify(shapes, tolerance, squeeze);
  }
  await store.setDrawings.run(
    ctx,
    region.id,
    zones.map(({ id }) => id),
    drawings.map((drawing) => JSON.stringify(drawing)),
  );
}

/** Zones can be searched by name like places. */
async function putZonePlaces(ctx: Ctx, region: RegionRow): Promise<void> {
  const zones = await store.zonesOf.all(ctx, region.id);
  const ids = zones.map(({ slug }) => `zone-${slug}`);
  await store.dropZonePlaces.run(ctx, region.id, ids);
  await store.putPlaces.run(
    ctx,
    region.id,
    ids,
    zones.map(() => 'zone'),
    zones.map(({ name }) => name),
    zones.map(({ name }) => name),
    zones.map(({ name }) => placeKey(name)),
    zones.map((zone) => zone.centre_lat),
    zones.map((zone) => zone.centre_lng),
  );
  await findZonesOfPlaces(ctx, region);
}

async function findZonesOfPlaces(ctx: Ctx, region: RegionRow): Promise<void> {
  const { origin_lat: lat, origin_lng: lng } = region;
  const frame = frameAt({ lat, lng });
  const [perLng, perLat] = frame.toMetres(lng + 1, lat + 1);
  await store.placeAgain.run(ctx, region.id, lat, lng, perLat, perLng);
}
