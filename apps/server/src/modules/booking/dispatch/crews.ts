import { metresBetween } from '@plumbline/domain/geo';
import { grossPrice } from '@plumbline/domain/price';
import type { Ctx } from '../../../platform/ctx.ts';
import * as catalogue from '../../catalogue/index.ts';
import * as matching from '../../matching/index.ts';
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

/** A crew that could come, with the whole price of its visit. */
export interface Crew extends matching.RankedCrew {
  title: string;
  /** From the firm's base to the point; null when it has none. */
  distanceMetres: number | null;
}

/** Crews that are near, free and proven, best first. Hourly work is called for the hours that its service takes. */
export async function crewsFor(ctx: Ctx, { categoryId, point, without }: Call): Promise<Crew[]> {
  const from = ctx.clock.now();
  const window = { from, to: new Date(from.getTime() + windowMinutes * minuteMs) };
  const ranked = await matching.rankCrews(ctx, { categoryId, point, window, limit: crewsAtMost });
  const able = ranked.filter((crew) => !without.includes(crew.organisationId));
  const titles = await titlesOf(ctx, able);
  const distances = await distancesOf(ctx, able, point);
  return able.map((crew) => ({
    ...crew,
    priceMinor: visitPrice(crew),
    title: titles.get(crew.serviceId) ?? '',
    distanceMetres: distances.get(crew.organisationId) ?? null,
  }));
}

async function titlesOf(ctx: Ctx, crews: readonly matching.RankedCrew[]): Promise<Map<string, string>> {
  const services = await catalogue.servicesByIds(ctx, [...new Set(crews.map((crew) => crew.serviceId))]);
  return new Map(services.map((service) => [service.serviceId, service.title]));
}

async function distancesOf(
  ctx: Ctx,
  crews: readonly matching.RankedCrew[],
  point: LatLng,
): Promise<Map<string, number>> {
  const firms = await catalogue.providersByOrganisations(ctx, [...new Set(crews.map((crew) => crew.organisationId))]);
  return new Map(
    firms.flatMap(({ organisationId, base }) =>
      base ? [[organisationId, Math.round(metresBetween(base, point))]] : [],
    ),
  );
}

function visitPrice({ priceKind, priceMinor, durationMinutes }: matching.RankedCrew): bigint {
  const hours = Math.ceil(durationMinutes / 60);
  return grossPrice({ kind: priceKind, amountMinor: priceMinor }, { hours }) ?? priceMinor;
}
