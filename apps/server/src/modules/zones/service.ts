import type { LatLng } from '@plumbline/domain/geo';
import type { Ctx } from '../../platform/ctx.ts';
import { allRegions, placeOf, snapshotOf, type Place, type Region, type Zone } from './snapshot.ts';
import * as store from './store.ts';

export type { Place, Region, Zone } from './snapshot.ts';

/** All markets, in their order. */
export const regions = (ctx: Ctx): Promise<Region[]> => allRegions(ctx);

/** Ids of all markets. */
export const regionIds = async (ctx: Ctx): Promise<string[]> => (await allRegions(ctx)).map(({ id }) => id);

/** A market; that of the ctx unless told. Refuses `region.unknown`. */
export async function region(ctx: Ctx, regionId: string = ctx.regionId): Promise<Region> {
  return (await snapshotOf(ctx, regionId)).region;
}

/** All zones of the ctx's region, by name. */
export const zonesOf = async (ctx: Ctx): Promise<Zone[]> => (await snapshotOf(ctx, ctx.regionId)).zones;

/** Zones by their ids, in any order; unknown and retired ones are left out. */
export async function byIds(ctx: Ctx, zoneIds: readonly string[]): Promise<Zone[]> {
  const { byId } = await snapshotOf(ctx, ctx.regionId);
  return zoneIds.flatMap((id) => byId.get(id) ?? []);
}

/** Zones of the ctx's region that hold the point. A border belongs to one side only (`holds` of the domain). */
export async function at(ctx: Ctx, point: LatLng): Promise<Zone[]> {
  const { frame, locator, zones } = await snapshotOf(ctx, ctx.regionId);
  const [x, y] = frame.toMetres(point.lng, point.lat);
  return locator.at(x, y).flatMap((index) => zones[index] ?? []);
}

export interface ZoneDistance {
  zone: Zone;
  /** To the nearest border, 0 inside. */
  metres: number;
}

/** The nearest zones, near to far. */
export async function nearestZones(ctx: Ctx, point: LatLng, count: number): Promise<ZoneDistance[]> {
  const { frame, locator, zones } = await snapshotOf(ctx, ctx.regionId);
  const [x, y] = frame.toMetres(point.lng, point.lat);
  return locator.nearest(x, y, count).flatMap(({ index, metres }) => {
    const zone = zones[index];
    return zone ? [{ zone, metres }] : [];
  });
}

/** Drawings of the ctx's zones, the land under them, and whom to name for it. */
export async function mapOf(ctx: Ctx) {
  const drawings = await store.drawingsOf.all(ctx, ctx.regionId);
  const under = await store.mapOf.first(ctx, ctx.regionId);
  return { drawings, land: under?.land ?? [], attribution: under?.attribution ?? [] };
}

/** A point in metres of its region's frame, [east, north] of the origin. */
export async function inMetres(ctx: Ctx, point: LatLng): Promise<[x: number, y: number]> {
  return (await snapshotOf(ctx, ctx.regionId)).frame.toMetres(point.lng, point.lat);
}

/** Letters and digits in lower case, without accents, single spaces: how places are looked up. */
export const placeKey = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Places that begin like the text or resemble it, best first; from our own list, no outside service. */
export async function places(ctx: Ctx, text: string, limit = 8): Promise<Place[]> {
  const key = placeKey(text);
  if (key === '') return [];
  const { byId } = await snapshotOf(ctx, ctx.regionId);
  return (await store.searchPlaces.all(ctx, ctx.regionId, key, limit)).map((row) => placeOf(row, byId));
}

/** The one place that the text names: by id or name, a full postcode by its outcode; undefined when there is none. */
export async function placeNamed(ctx: Ctx, text: string): Promise<Place | undefined> {
  const { places: known } = await snapshotOf(ctx, ctx.regionId);
  const key = placeKey(text);
  const outcode = /^([a-z]{1,2}\d[a-z\d]?) ?\d[a-z]{2}$/.exec(key)?.[1];
  return (
    known.find(({ placeId }) => placeId.toLowerCase() === text.trim().toLowerCase()) ??
    known.find((place) => place.key === key) ??
    known.find((place) => place.kind === 'outcode' && place.name.toLowerCase() === (outcode ?? key))
  );
}

export interface NewPlace {
  id: string;
  kind: 'outcode' | 'place';
  name: string;
  label: string;
  /** Further words to be found by. */
  also?: string[];
  point: LatLng;
}
