import type { WeeklyHours } from '@plumbline/domain/slots';
import type { Ctx } from '../../platform/ctx.ts';
import { setPlanFor } from './plan/service.ts';

export const everyDay = (from: string, to: string): WeeklyHours[] =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from, to }));

/** Somebody who works every day from eight to six, in the zone of Bristol unless told otherwise. */
export async function buildHours(
  ctx: Ctx,
  resourceId: string,
  { zone = 'Europe/London', weekly = everyDay('08:00', '18:00') } = {},
): Promise<void> {
  await setPlanFor(ctx, resourceId, zone, weekly);
}
