import { statement } from '../../platform/db/statement.ts';
import type { Demand, NumbersRow, PlaceRow, RegionRow, ShapeJson, ZoneRow } from './tables.ts';

const regionColumns = `id, name, city, country, currency, locale, direction, time_zone, residency, origin_lat, origin_lng,
  demo, zones_version`;

export const regions = statement<RegionRow>('zones.regions', `select ${regionColumns} from region order by position`);

/** What a process compares its copy with: one tiny statement for all regions. */
export const versions = statement<{ id: string; zones_version: number; numbers_version: number }>(
  'zones.versions',
  `select id, zones_version, (select max(version) from region_numbers n where n.region_id = region.id) as numbers_version
   from region`,
);

export const lockRegion = statement<RegionRow, [string]>(
  'zones.lockRegion',
  `select ${regionColumns} from region where id = $1 for no key update`,
);

export const raiseVersion = statement<{ zones_version: number }, [string]>(
  'zones.raiseVersion',
  'update region set zones_version = zones_version + 1 where id = $1 returning zones_version',
);

const zoneColumns = `id, region_id, number, slug, name, demand, owner_organisation_id, version, shape, centre_lat,
  centre_lng, south, west, north, east`;

export const zonesOf = statement<ZoneRow, [string]>(
  'zones.zonesOf',
  `select ${zoneColumns} from zone where region_id = $1 and retired_at is null order by name, id`,
);

export const drawingsOf = statement<
  { id: string; slug: string; name: string; demand: Demand; drawing: ShapeJson },
  [string]
>(
  'zones.drawingsOf',
  'select id, slug, name, demand, drawing from zone where region_id = $1 and retired_at is null order by name, id',
);

export const mapOf = statement<{ land: ShapeJson; attribution: string[] }, [string]>(
  'zones.mapOf',
  'select land, attribution from region_map where region_id = $1',
);

export const setMap = statement<never, [string, string, string[]]>(
  'zones.setMap',
  `insert into region_map (region_id, land, attribution) values ($1, $2, $3)
   on conflict (region_id) do update set land = excluded.land, attribution = excluded.attribution`,
);

/** Writes many zones in one statement; each array has one value per zone. A known id is a new version of it. */
export const putZones = statement<
  never,
  [
    string,
    string[],
    string[],
    string[],
    string[],
    (string | null)[],
    string[],
    number[],
    number[],
    number[],
    number[],
    number[],
    number[],
    Date,
  ]
>(
  'zones.putZones',
  `insert into zone (id, region_id, slug, name, demand, owner_organisation_id, shape, drawing, centre_lat, centre_lng,
     south, west, north, east, created_at, updated_at)
   select id, $1, slug, name, demand, owner, shape, shape, clat, clng, south, west, north, east, $14, $14
   from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::jsonb[], $8::float8[], $9::float8[],
     $10::float8[], $11::float8[], $12::float8[], $13::float8[])
     as z (id, slug, name, demand, owner, shape, clat, clng, south, west, north, east)
   on conflict (id) do update set name = excluded.name, demand = excluded.demand, shape = excluded.shape,
     centre_lat = excluded.centre_lat, centre_lng = excluded.centre_lng, south = excluded.south, west = excluded.west,
     north = excluded.north, east = excluded.east, updated_at = excluded.updated_at, version = zone.version + 1`,
);

export const keepVersions = statement<never, [string, string[], string | null, string, Date]>(
  'zones.keepVersions',
  `insert into zone_version (region_id, zone_id, version, name, demand, shape, changed_by, reason, changed_at)
   select region_id, id, version, name, demand, shape, $3, $4, $5 from zone where region_id = $1 and id = any($2::uuid[])`,
);

export const dropRings = statement<never, [string, string[]]>(
  'zones.dropRings',
  'delete from zone_ring where region_id = $1 and zone_id = any($2::uuid[])',
);

/** One value per ring: its zone, its place in the shape, the ring as PostgreSQL writes a polygon, hole or not. */
export const addRings = statement<never, [string, string[], number[], string[], boolean[]]>(
  'zones.addRings',
  `insert into zone_ring (region_id, zone_id, part, ring, is_hole)
   select $1, zone_id, part, ring::polygon, is_hole
   from unnest($2::uuid[], $3::int[], $4::text[], $5::boolean[]) as r (zone_id, part, ring, is_hole)`,
);

export const retire = statement<never, [string, string[], Date]>(
  'zones.retire',
  'update zone set retired_at = $3 where region_id = $1 and id = any($2::uuid[])',
);

export const setDrawings = statement<never, [string, string[], string[]]>(
  'zones.setDrawings',
  `update zone set drawing = d.drawing from unnest($2::uuid[], $3::jsonb[]) as d (id, drawing)
   where zone.region_id = $1 and zone.id = d.id`,
);

/** Zones that hold a point in metres, as the database sees it: in more outer rings than holes. */
export const holding = statement<{ zone_id: string }, [string, number, number]>(
  'zones.holding',
  `select zone_id from zone_ring where region_id = $1 and ring @> point($2, $3)
   group by zone_id having count(*) filter (where not is_hole) > count(*) filter (where is_hole)`,
);

/** Puts every place of a region into the zone that holds it now; $2 to $5 are the frame's origin and scale. */
export const placeAgain = statement<never, [string, number, number, number, number]>(
  'zones.placeAgain',
  `update place set zone_id = (
     select r.zone_id from zone_ring r
     where r.region_id = place.region_id
       and r.ring @> point((place.lng - $3) * $5, (place.lat - $2) * $4)
     group by r.zone_id having count(*) filter (where not r.is_hole) > count(*) filter (where r.is_hole)
     order by r.zone_id limit 1)
   where place.region_id = $1`,
);

const placeColumns = 'id, kind, name, label, key, lat, lng, zone_id';

export const placesOf = statement<PlaceRow, [string]>(
  'zones.placesOf',
  `select ${placeColumns} from place where region_id = $1 order by label, id`,
);

/** One value per place. */
export const putPlaces = statement<
  never,
  [string, string[], string[], string[], string[], string[], number[], number[]]
>(
  'zones.putPlaces',
  `insert into place (region_id, id, kind, name, label, key, lat, lng)
   select $1, id, kind, name, label, key, lat, lng
   from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::float8[], $8::float8[])
     as p (id, kind, name, label, key, lat, lng)
   on conflict (region_id, id) do update set kind = excluded.kind, name = excluded.name, label = excluded.label,
     key = excluded.key, lat = excluded.lat, lng = excluded.lng`,
);

export const dropZonePlaces = statement<never, [string, string[]]>(
  'zones.dropZonePlaces',
  `delete from place where region_id = $1 and kind = 'zone' and id <> all($2::text[])`,
);

/** Places whose key begins with the text, or has a word that does, or resembles it; the best first. */
export const searchPlaces = statement<PlaceRow, [string, string, number]>(
  'zones.searchPlaces',
  `select ${placeColumns} from place
   where region_id = $1 and (key like $2 || '%' or key like '% ' || $2 || '%' or key % $2 or $2 <% key)
   order by key = $2 desc, key like $2 || '%' desc, key like '% ' || $2 || '%' desc, word_similarity($2, key) desc,
     length(key), id
   limit $3`,
);

const numbersColumns = 'region_id, version, numbers, reason, changed_at';

export const numbers = statement<NumbersRow, [string]>(
  'zones.numbers',
  `select ${numbersColumns} from region_numbers where region_id = $1 order by version desc limit 1`,
);

export const insertNumbers = statement<never, [string, number, string, string | null, string, Date]>(
  'zones.insertNumbers',
  `insert into region_numbers (region_id, version, numbers, changed_by, reason, changed_at)
   values ($1, $2, $3, $4, $5, $6)`,
);
