import { grossPrice } from '@plumbline/domain/price';
import type { Ctx } from '../../../platform/ctx.ts';
import * as catalogue from '../../catalogue/index.ts';
import * as matching from '../../matching/index.ts';
import * as zones from '../../zones/index.ts';
import { hasRoom } from '../capacity/service.ts';
import type { LatLng } from '../offering.ts';

const minuteMs = 60_000;
/** For so long after the call a crew has to be free to be asked at all. */
const windowMinutes = 120;
/** As many as ten full waves could ask. */
const crewsAtMost = 30;

export interface Call {
  categoryId: string;
  point: LatLng;
  /** Firms of the customer's own, which are not asked. */
  without: readonly string[];
}

/** Crews that are near, free and proven, best first. Hourly work is called for the hours that its service takes. */
export async function crewsFor(ctx: Ctx, { categoryId, point, without }: Call): Promise<matching.RankedCrew[]> {
  const from = ctx.clock.now();
  const window = { from, to: new Date(from.getTime() + windowMinutes * minuteMs) };
  const ranked = await matching.rankCrews(ctx, { categoryId, point, window, limit: crewsAtMost });
  const foreign = ranked.filter((crew) => !without.includes(crew.organisationId));
  const able = await withRoom(ctx, foreign, point);
  return able.map((crew) => ({ ...crew, priceMinor: visitPrice(crew) }));
}

/** A company whose day is full there is not asked. Nearly none has a limit: then nothing is counted. */
async function withRoom(
  ctx: Ctx,
  crews: readonly matching.RankedCrew[],
  point: LatLng,
): Promise<matching.RankedCrew[]> {
  const [zone] = await zones.at(ctx, point);
  const services = await catalogue.servicesForBooking(ctx, [...new Set(crews.map((crew) => crew.serviceId))]);
  const full = new Set<string>();
  for (const service of services) {
    if (zone && !(await hasRoom(ctx, service, zone.zoneId, ctx.clock.now()))) full.add(service.serviceId);
  }
  return crews.filter((crew) => !full.has(crew.serviceId));
}

function visitPrice({ priceKind, priceMinor, durationMinutes }: matching.RankedCrew): bigint {
  const hours = Math.ceil(durationMinutes / 60);
  return grossPrice({ kind: priceKind, amountMinor: priceMinor }, { hours }) ?? priceMinor;
}
