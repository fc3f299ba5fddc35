import type { Ctx } from '../../platform/ctx.ts';
import { emit } from '../../platform/outbox.ts';

/** Says for each of these resources that its free time changed. */
export async function announce(ctx: Ctx, resourceIds: readonly string[]): Promise<void> {
  for (const resourceId of new Set(resourceIds)) {
    await emit(ctx, {
      type: 'calendar.changed',
      key: resourceId,
      topics: [`person:${resourceId}`],
      data: { resourceId },
    });
  }
}
