import type { Ctx } from '../../platform/ctx.ts';
import { importZones, type ZoneToImport } from './import.ts';
import * as zones from './service.ts';

/** A rectangle from its south-west corner, in degrees. */
export const rectangle = (west: number, south: number, width: number, height: number): number[][] => [
  [west, south],
  [west + width, south],
  [west + width, south + height],
  [west, south + height],
  [west, south],
];

/** A square zone of 0.05° around Bristol's middle. */
export const aZone = (changes: Partial<ZoneToImport> = {}): ZoneToImport => ({
  slug: 'centre',
  name: 'Centre',
  demand: 'medium',
  shape: [[rectangle(-2.625, 51.43, 0.05, 0.05)]],
  ...changes,
});

/** Three squares side by side, from west to east: clifton, centre, easton. Answers them by slug. */
export async function buildZones(ctx: Ctx): Promise<Record<'clifton' | 'centre' | 'easton', zones.Zone>> {
  const square = (slug: string, name: string, west: number): ZoneToImport =>
    aZone({ slug, name, shape: [[rectangle(west, 51.43, 0.05, 0.05)]] });
  await importZones(
    ctx,
    [square('clifton', 'Clifton', -2.675), square('centre', 'Centre', -2.625), square('easton', 'Easton', -2.575)],
    {
      reason: 'test',
    },
  );
  const all = await zones.zonesOf(ctx);
  const find = (slug: string) => all.find((zone) => zone.slug === slug) ?? fail(slug);
  return { clifton: find('clifton'), centre: find('centre'), easton: find('easton') };
}

function fail(slug: string): never {
  throw new Error(`no zone ${slug}`);
}
