import type { Ctx } from '../../../platform/ctx.ts';
import * as matching from '../../matching/index.ts';
import type * as zones from '../../zones/index.ts';
import type { LatLng } from '../offering.ts';

const minuteMs = 60_000;
/** For so long after the call a crew has to be free to be asked at all. */
const windowMinutes = 120;
/** As many as ten full waves could ask. */
const crewsAtMost = 30;

export interface Call {
  categoryId: string;
  point: LatLng;
  zones: readonly zones.Zone[];
  /** Firms of the customer's own, which are not asked. */
  without: readonly string[];
}

/** Crews that are near, free and proven, best first. */
export async function crewsFor(ctx: Ctx, call: Call): Promise<matching.RankedCrew[]> {
  const from = ctx.clock.now();
  const window = { from, to: new Date(from.getTime() + windowMinutes * minuteMs) };
  const { categoryId, point } = call;
  const zoneIds = call.zones.map((zone) => zone.zoneId);
  const ranked = await matching.rankCrews(ctx, { categoryId, point, zoneIds, window, limit: crewsAtMost });
  return ranked.filter((crew) => !call.without.includes(crew.organisationId));
}
