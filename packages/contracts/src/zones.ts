import { Type, type Static } from 'typebox';
import { closed, Id, Instant, nullable, oneOf, Point, RegionId, Slug } from './common.ts';
import { route } from './route.ts';

export const zonesRefusals = {
  'zones.geometry_invalid': 422,
  'zones.too_complex': 422,
  'zones.slug_repeated': 422,
  'zones.overlap': 409,
  'zones.numbers_invalid': 422,
  'zones.changed_meanwhile': 409,
} as const satisfies Record<string, number>;

export const zoneDemands = ['low', 'medium', 'high'] as const;
export const placeKinds = ['outcode', 'place', 'zone'] as const;

const Position = Type.Array(Type.Number(), { minItems: 2, maxItems: 3 });
const Ring = Type.Array(Position, { minItems: 4 });

/** GeoJSON: polygons, each an outer ring and its holes; positions are [longitude, latitude]. */
export const MultiPolygon = closed({
  type: Type.Literal('MultiPolygon'),
  coordinates: Type.Array(Type.Array(Ring, { minItems: 1 })),
});
export type MultiPolygon = Static<typeof MultiPolygon>;

/** South-west and north-east corner. */
export const Bounds = closed({ south: Type.Number(), west: Type.Number(), north: Type.Number(), east: Type.Number() });
export type Bounds = Static<typeof Bounds>;

export const ZoneSummary = closed({
  zoneId: Id,
  slug: Slug,
  name: Type.String(),
  demand: oneOf(zoneDemands),
  /** A point that lies inside the zone, for a label. */
  centre: Point,
  bounds: Bounds,
});
export type ZoneSummary = Static<typeof ZoneSummary>;

export const PlaceView = closed({
  /** `BS3`, `bedminster`, or the slug of a zone: what the `place` parameter of a search takes. */
  placeId: Type.String(),
  kind: oneOf(placeKinds),
  /** `BS3` or `Bedminster`. */
  name: Type.String(),
  /** For a list: `BS3 Bedminster`. */
  label: Type.String(),
  point: Point,
  /** The zone in which it lies; null outside of all zones. */
  zone: nullable(closed({ zoneId: Id, name: Type.String() })),
});
export type PlaceView = Static<typeof PlaceView>;

export const MarketView = closed({
  regionId: RegionId,
  name: Type.String(),
  /** The city that the market is about: Bristol. */
  city: Type.String(),
  currency: Type.String(),
  locale: Type.String(),
  direction: oneOf(['ltr', 'rtl']),
  timeZone: Type.String(),
  residency: oneOf(['strict', 'standard', 'flex']),
  centre: Point,
  bounds: Bounds,
  zones: Type.Array(ZoneSummary),
  /** All known places, alphabetically; for a list by keyboard. */
  places: Type.Array(PlaceView),
  /** True when zones and places are rough drawings for a demo. */
  demo: Type.Boolean(),
  /** Rises with every change of a zone. */
  zonesVersion: Type.Integer(),
});
export type MarketView = Static<typeof MarketView>;

export const MarketMap = closed({
  regionId: RegionId,
  bounds: Bounds,
  zonesVersion: Type.Integer(),
  /** Simplified, at most 150 positions a zone; never to be used for a decision. */
  zones: Type.Array(
    closed({ zoneId: Id, slug: Slug, name: Type.String(), demand: oneOf(zoneDemands), geometry: MultiPolygon }),
  ),
  /** Land under the zones; everything else is water. */
  land: MultiPolygon,
  /** Lines that have to stand beside the map. */
  attribution: Type.Array(Type.String()),
});
export type MarketMap = Static<typeof MarketMap>;

const ZoneDistance = closed({
  zoneId: Id,
  slug: Slug,
  name: Type.String(),
  /** To the nearest border; 0 inside. */
  metres: Type.Integer({ minimum: 0 }),
});

export const ZonesAt = closed({
  zonesVersion: Type.Integer(),
  /** Zones that hold the point; more than one only where zones overlap. */
  zones: Type.Array(ZoneSummary),
  /** The three nearest zones, near to far. */
  nearest: Type.Array(ZoneDistance),
});
export type ZonesAt = Static<typeof ZonesAt>;

export const ZoneReport = closed({
  zonesVersion: Type.Integer(),
  zones: Type.Integer(),
  overlaps: Type.Array(
    closed({
      a: ZoneDistance.properties.slug,
      b: ZoneDistance.properties.slug,
      squareMetres: Type.Number(),
      at: Point,
    }),
  ),
  /** Holes between zones: enclosed land that no zone covers. */
  gaps: Type.Array(closed({ squareMetres: Type.Number(), at: Point })),
  /** Area that the zones cover together. */
  coveredSquareKilometres: Type.Number(),
});
export type ZoneReport = Static<typeof ZoneReport>;

const ImportFeature = Type.Object({
  type: Type.Literal('Feature'),
  properties: Type.Object({
    slug: Slug,
    name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
    demand: Type.Optional(oneOf(zoneDemands)),
  }),
  geometry: Type.Union([
    Type.Object({ type: Type.Literal('Polygon'), coordinates: Type.Array(Ring, { minItems: 1, maxItems: 1000 }) }),
    Type.Object({
      type: Type.Literal('MultiPolygon'),
      coordinates: Type.Array(Type.Array(Ring, { minItems: 1, maxItems: 1000 }), { minItems: 1, maxItems: 1000 }),
    }),
  ]),
});

export const ZoneImport = closed({
  collection: Type.Object({
    type: Type.Literal('FeatureCollection'),
    features: Type.Array(ImportFeature, { minItems: 1, maxItems: 2000 }),
  }),
  /** Only check: report what would be there, change nothing. */
  dryRun: Type.Optional(Type.Boolean()),
  /** Take overlaps into account as wanted; refused otherwise. */
  allowOverlaps: Type.Optional(Type.Boolean()),
  /** Retire the zones that are not in the file. */
  replace: Type.Optional(Type.Boolean()),
  reason: Type.String({ minLength: 3, maxLength: 300, pattern: '\\S' }),
});
export type ZoneImport = Static<typeof ZoneImport>;

export const ZoneImportResult = closed({
  created: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  retired: Type.Integer(),
  written: Type.Boolean(),
  report: ZoneReport,
});
export type ZoneImportResult = Static<typeof ZoneImportResult>;

/** The policy numbers of a market as one version of them; see the domain's policy page for each. */
export const NumbersView = closed({
  regionId: RegionId,
  version: Type.Integer(),
  numbers: Type.Record(Type.String(), Type.Unknown()),
  changedAt: Instant,
  reason: Type.String(),
  can: closed({ change: Type.Boolean() }),
});
export type NumbersView = Static<typeof NumbersView>;

const marketParams = closed({ regionId: RegionId });

export const zonesRoutes = {
  markets: route({
    name: 'zones.markets',
    method: 'GET',
    path: '/v1/markets',
    permission: 'public',
    summary: 'All markets',
    reply: closed({
      items: Type.Array(
        closed({
          regionId: RegionId,
          name: Type.String(),
          city: Type.String(),
          currency: Type.String(),
          locale: Type.String(),
          direction: oneOf(['ltr', 'rtl']),
          demo: Type.Boolean(),
        }),
      ),
    }),
  }),
  market: route({
    name: 'zones.market',
    method: 'GET',
    path: '/v1/markets/:regionId',
    permission: 'public',
    summary: 'A market: currency, time zone, zones and place names',
    params: marketParams,
    reply: MarketView,
    refusals: ['region.unknown'],
  }),
  map: route({
    name: 'zones.map',
    method: 'GET',
    path: '/v1/markets/:regionId/map',
    permission: 'public',
    summary: 'Shapes of zones and land, simplified for drawing',
    params: marketParams,
    reply: MarketMap,
    refusals: ['region.unknown'],
  }),
  places: route({
    name: 'zones.places',
    method: 'GET',
    path: '/v1/markets/:regionId/places',
    permission: 'public',
    summary: 'Outcodes, place names and zones that begin like the text or resemble it',
    params: marketParams,
    query: closed({
      q: Type.String({ minLength: 1, maxLength: 80 }),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 8 })),
    }),
    reply: closed({ items: Type.Array(PlaceView) }),
    refusals: ['region.unknown'],
  }),
  at: route({
    name: 'zones.at',
    method: 'GET',
    path: '/v1/markets/:regionId/zones',
    permission: 'public',
    summary: 'Zones that hold a point, and the nearest ones',
    params: marketParams,
    query: Point,
    reply: ZonesAt,
    refusals: ['region.unknown'],
  }),
  importZones: route({
    name: 'zones.importZones',
    method: 'POST',
    path: '/v1/zones/imports',
    permission: 'zone:configure',
    summary: 'Import zones from GeoJSON into the region of the signed-in person',
    body: ZoneImport,
    reply: ZoneImportResult,
    status: 201,
    refusals: [
      'zones.geometry_invalid',
      'zones.too_complex',
      'zones.slug_repeated',
      'zones.overlap',
      'access.forbidden',
    ],
  }),
  report: route({
    name: 'zones.report',
    method: 'GET',
    path: '/v1/zones/report',
    permission: 'zone:configure',
    summary: 'Overlaps and gaps between the zones of one’s region',
    reply: ZoneReport,
    refusals: ['access.forbidden'],
  }),
  numbers: route({
    name: 'zones.numbers',
    method: 'GET',
    path: '/v1/zones/numbers',
    permission: 'region:configure',
    summary: 'The policy numbers in force in one’s region',
    reply: NumbersView,
    refusals: ['access.forbidden'],
  }),
  changeNumbers: route({
    name: 'zones.changeNumbers',
    method: 'PUT',
    path: '/v1/zones/numbers',
    permission: 'region:configure',
    summary: 'Put a new version of the policy numbers into force',
    body: closed({
      /** The version that the person saw. */
      version: Type.Integer({ minimum: 1 }),
      /** Only what changes; the same shape as `numbers`. */
      changes: Type.Record(Type.String(), Type.Unknown()),
      reason: Type.String({ minLength: 3, maxLength: 300, pattern: '\\S' }),
    }),
    reply: NumbersView,
    refusals: ['zones.numbers_invalid', 'zones.changed_meanwhile', 'access.forbidden'],
  }),
} as const;
