import { zonesRoutes } from '@plumbline/contracts/zones';
import { on } from '../../platform/http/module.ts';
import { coverageReport, importZones } from './import.ts';
import { changeNumbers, numbersInForce } from './numbers.ts';
import { isStaffFor, requireStaff } from './policy.ts';
import { presentNumbers, presentPlace, presentReport, presentShape, presentZone } from './present.ts';
import * as zones from './service.ts';
import { snapshotOf } from './snapshot.ts';

/** The zones that a reader may want instead. */
const nearestShown = 3;

export const routes = [
  on(zonesRoutes.markets, async (ctx) => ({
    items: (await zones.regions(ctx)).map(({ id, name, city, currency, locale, direction, demo }) => ({
      regionId: id,
      name,
      city,
      currency,
      locale,
      direction,
      demo,
    })),
  })),

  on(zonesRoutes.market, async (ctx) => {
    const { region, zones: all, places, bounds } = await snapshotOf(ctx, ctx.regionId);
    const { id, zonesVersion, country: _, ...rest } = region;
    const centre = { lat: (bounds.south + bounds.north) / 2, lng: (bounds.west + bounds.east) / 2 };
    return {
      ...rest,
      regionId: id,
      zonesVersion,
      centre,
      bounds,
      zones: all.map(presentZone),
      places: places.map(presentPlace),
    };
  }),

  on(zonesRoutes.map, async (ctx) => {
    const { region, bounds } = await snapshotOf(ctx, ctx.regionId);
    const { drawings, land, attribution } = await zones.mapOf(ctx);
    return {
      regionId: region.id,
      bounds,
      zonesVersion: region.zonesVersion,
      zones: drawings.map(({ id, slug, name, demand, drawing }) => ({
        zoneId: id,
        slug,
        name,
        demand,
        geometry: presentShape(drawing),
      })),
      land: presentShape(land),
      attribution,
    };
  }),

  on(zonesRoutes.places, async (ctx, { query: { q, limit = 8 } }) => ({
    items: (await zones.places(ctx, q, limit)).map(presentPlace),
  })),

  on(zonesRoutes.at, async (ctx, { query: point }) => {
    const { zonesVersion } = await zones.region(ctx);
    const nearest = await zones.nearestZones(ctx, point, nearestShown);
    return {
      zonesVersion,
      zones: (await zones.at(ctx, point)).map(presentZone),
      nearest: nearest.map(({ zone: { zoneId, slug, name }, metres }) => ({
        zoneId,
        slug,
        name,
        metres: Math.round(metres),
      })),
    };
  }),

  on(
    zonesRoutes.importZones,
    async (ctx, { body: { collection, dryRun = false, allowOverlaps = false, replace = false, reason } }) => {
      requireStaff(ctx, 'zone:configure');
      const incoming = collection.features.map(({ properties, geometry }) => ({
        slug: properties.slug,
        name: properties.name,
        demand: properties.demand ?? ('medium' as const),
        shape: geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
      }));
      const result = await importZones(ctx, incoming, { dryRun, allowOverlaps, replace, reason });
      const { created, changed, unchanged, retired, written } = result;
      return { created, changed, unchanged, retired, written, report: presentReport(result) };
    },
  ),

  on(zonesRoutes.report, async (ctx) => {
    requireStaff(ctx, 'zone:configure');
    return presentReport(await coverageReport(ctx));
  }),

  on(zonesRoutes.numbers, async (ctx) => {
    requireStaff(ctx, 'region:configure');
    return presentNumbers((await numbersInForce(ctx)).row, true);
  }),

  on(zonesRoutes.changeNumbers, async (ctx, { body: { version, changes, reason } }) => {
    const row = await changeNumbers(ctx, version, changes, reason);
    return presentNumbers(row, isStaffFor(ctx, 'region:configure'));
  }),
];
