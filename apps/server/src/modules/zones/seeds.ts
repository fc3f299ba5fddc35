import { bristol } from '@plumbline/testkit/market/bristol';
import { dubai } from '@plumbline/testkit/market/dubai';
import { dublin } from '@plumbline/testkit/market/dublin';
import { systemCtx, type Ctx } from '../../platform/ctx.ts';
import { importZones, putPlaces, setMap } from './import.ts';

/** Gives the demo markets their zones, places and maps. */
export async function seedZones(base: Ctx): Promise<void> {
  for (const { regionId, zones, places, land, attribution } of [bristol, dublin, dubai]) {
    const ctx = systemCtx(base, 'seed', regionId);
    await importZones(ctx, zones, { reason: 'demo market' });
    await putPlaces(ctx, places);
    await setMap(ctx, land, attribution);
  }
}
