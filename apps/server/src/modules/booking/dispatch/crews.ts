import { grossPrice } from '@plumbline/domain/price';
import type { Ctx } from '../../../platform/ctx.ts';
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

/** Crews that are near, free and proven, best first. Hourly work is called for the hours that its service takes. */
export async function crewsFor(ctx: Ctx, { categoryId, point, without }: Call): Promise<matching.RankedCrew[]> {
  const from = ctx.clock.now();
  const window = { from, to: new Date(from.getTime() + windowMinutes * minuteMs) };
  const ranked = await matching.rankCrews(ctx, { categoryId, point, window, limit: crewsAtMost });
  return ranked
    .filter((crew) => !without.includes(crew.organisationId))
    .map((crew) => ({ ...crew, priceMinor: visitPrice(crew) }));
}

function visitPrice({ priceKind, priceMinor, durationMinutes }: matching.RankedCrew): bigint {
  const hours = Math.ceil(durationMinutes / 60);
  return grossPrice({ kind: priceKind, amountMinor: priceMinor }, { hours }) ?? priceMinor;
}
