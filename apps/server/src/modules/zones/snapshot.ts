import { boundsAround, frameAt, ringsInMetres, type Bounds, type Frame, type LatLng } from '@plumbline/domain/geo';
import type { Ctx } from '../../platform/ctx.ts';
import type { Db } from '../../platform/db/db.ts';
import { refuse } from '../../platform/errors.ts';
import { buildLocator, type Locator } from './locator.ts';
import * as store from './store.ts';
import type { Demand, NumbersRow, PlaceRow, RegionRow, ZoneRow } from './tables.ts';

export interface Region {
  id: string;
  name: string;
  city: string;
  /** ISO 3166: GB. */
  country: string;
  currency: string;
  locale: string;
  direction: 'ltr' | 'rtl';
  timeZone: string;
  residency: 'strict' | 'standard' | 'flex';
  demo: boolean;
  zonesVersion: number;
}

export interface Zone {
  zoneId: string;
  /** How indexes name it. */
  number: number;
  slug: string;
  name: string;
  demand: Demand;
  ownerOrganisationId: string | null;
  /** A point inside. */
  centre: LatLng;
  bounds: Bounds;
}

export interface Place {
  placeId: string;
  kind: 'outcode' | 'place' | 'zone';
  name: string;
  label: string;
  /** Lower case without accents. */
  key: string;
  point: LatLng;
  zone: { zoneId: string; name: string } | null;
}

/** A process's copy of one region: everything that a hot path asks about places. */
export interface Snapshot {
  region: Region;
  frame: Frame;
  zones: Zone[];
  byId: Map<string, Zone>;
  locator: Locator;
  places: Place[];
  bounds: Bounds;
}

interface Copy {
  regions: RegionRow[];
  snapshots: Map<string, Snapshot>;
  numbers: Map<string, NumbersRow>;
  checkedAt: number;
}

/** How old a copy may be before its version is compared with the database: the longest time that a node is stale. */
const checkEveryMs = 1000;

/** One set of copies per database; a test's own transaction has its own, which goes when the test ends. */
const copies = new WeakMap<object, Copy>();
const loading = new WeakMap<object, Promise<Copy>>();

const keyOf = (db: Db): object => db.around ?? db.pool;

/** All regions, in their order. */
export async function allRegions(ctx: Ctx): Promise<Region[]> {
  return (await fresh(ctx)).regions.map(regionOf);
}

/** The copy of a region, at most a second old. Refuses `region.unknown`. */
export async function snapshotOf(ctx: Ctx, regionId: string): Promise<Snapshot> {
  const copy = await fresh(ctx);
  const known = copy.snapshots.get(regionId);
  if (known) return known;
  const row = copy.regions.find(({ id }) => id === regionId) ?? refuse('region.unknown');
  const loaded = await load(ctx, row);
  copy.snapshots.set(regionId, loaded);
  return loaded;
}

/** The numbers in force in a region, from the copy. */
export async function numbersOf(ctx: Ctx, regionId: string): Promise<NumbersRow> {
  const copy = await fresh(ctx);
  const known = copy.numbers.get(regionId);
  if (known) return known;
  const row = (await store.numbers.first(ctx, regionId)) ?? refuse('region.unknown');
  copy.numbers.set(regionId, row);
  return row;
}

/** After a change of our own: the next look reads the database. */
export function forget(ctx: Ctx): void {
  copies.delete(keyOf(ctx.db));
}

function fresh(ctx: Ctx): Copy | Promise<Copy> {
  const key = keyOf(ctx.db);
  const copy = copies.get(key);
  if (copy && performance.now() - copy.checkedAt < checkEveryMs) return copy;
  const running = loading.get(key) ?? refresh(ctx, key, copy).finally(() => loading.delete(key));
  loading.set(key, running);
  return running;
}

async function refresh(ctx: Ctx, key: object, copy: Copy | undefined): Promise<Copy> {
  if (copy) {
    const versions = await store.versions.all(ctx);
    const isSame =
      versions.length === copy.regions.length && versions.every((row) => versionIn(copy, row.id) === row.zones_version);
    for (const row of versions)
      if (copy.numbers.get(row.id)?.version !== row.numbers_version) copy.numbers.delete(row.id);
    if (isSame) {
      copy.checkedAt = performance.now();
      return copy;
    }
  }
  const regions = await store.regions.all(ctx);
  const next: Copy = {
    regions,
    snapshots: new Map(),
    numbers: copy?.numbers ?? new Map(),
    checkedAt: performance.now(),
  };
  for (const row of regions) {
    const old = copy?.snapshots.get(row.id);
    if (old && old.region.zonesVersion === row.zones_version) next.snapshots.set(row.id, old);
  }
  copies.set(key, next);
  return next;
}

const versionIn = (copy: Copy, regionId: string) => copy.regions.find(({ id }) => id === regionId)?.zones_version;

async function load(ctx: Ctx, row: RegionRow): Promise<Snapshot> {
  const rows = await store.zonesOf.all(ctx, row.id);
  const placeRows = await store.placesOf.all(ctx, row.id);
  const frame = frameAt({ lat: row.origin_lat, lng: row.origin_lng });
  const zones = rows.map(zoneOf);
  const byId = new Map(zones.map((zone) => [zone.zoneId, zone]));
  return {
    region: regionOf(row),
    frame,
    zones,
    byId,
    locator: buildLocator(rows.map(({ shape }) => ringsInMetres(shape, frame))),
    places: placeRows.map((place) => placeOf(place, byId)),
    bounds: zones.length > 0 ? boundsAround(zones.map(({ bounds }) => bounds)) : aroundOrigin(row),
  };
}

/** A market without zones yet: a box of about 20 km around its origin. */
function aroundOrigin({ origin_lat: lat, origin_lng: lng }: RegionRow): Bounds {
  return { south: lat - 0.1, north: lat + 0.1, west: lng - 0.15, east: lng + 0.15 };
}

function regionOf(row: RegionRow): Region {
  const { id, name, city, country, currency, locale, direction, residency, demo } = row;
  return {
    id,
    name,
    city,
    country,
    currency,
    locale,
    direction,
    residency,
    demo,
    timeZone: row.time_zone,
    zonesVersion: row.zones_version,
  };
}

function zoneOf(row: ZoneRow): Zone {
  const { id, number, slug, name, demand, south, west, north, east } = row;
  return {
    zoneId: id,
    number,
    slug,
    name,
    demand,
    ownerOrganisationId: row.owner_organisation_id,
    centre: { lat: row.centre_lat, lng: row.centre_lng },
    bounds: { south, west, north, east },
  };
}

/** A row as a place, with the name of its zone. */
export function placeOf(
  { id, kind, name, label, key, lat, lng, zone_id }: PlaceRow,
  byId: ReadonlyMap<string, Zone>,
): Place {
  const zone = zone_id === null ? undefined : byId.get(zone_id);
  return {
    placeId: id,
    kind,
    name,
    label,
    key,
    point: { lat, lng },
    zone: zone ? { zoneId: zone.zoneId, name: zone.name } : null,
  };
}
