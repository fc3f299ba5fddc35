import { opsRoutes } from '@plumbline/contracts/ops';
import { encodeCursor, idAfter } from '../../platform/cursor.ts';
import { refuse } from '../../platform/errors.ts';
import { on } from '../../platform/http/module.ts';
import { deadTasks, replayDeadTask } from '../../platform/inspection.ts';
import { presentAudit, presentClock, presentDeadTask, presentOverview } from './present.ts';
import * as ops from './service.ts';

export const routes = [
  on(opsRoutes.overview, async (ctx) => presentOverview(await ops.overview(ctx))),

  on(opsRoutes.advanceClock, async (ctx, { body }) => presentClock(await ops.advance(ctx, body.by))),

  on(opsRoutes.deadTasks, async (ctx) => ({ items: (await deadTasks(ctx)).map(presentDeadTask) })),

  on(opsRoutes.replayTask, async (ctx, { params }) =>
    (await replayDeadTask(ctx, params.taskId)) ? { replayed: true } : refuse('access.not_found'),
  ),

  on(opsRoutes.audit, async (ctx, { query: { subject, cursor, limit = 20 } }) => {
    const before = idAfter(cursor);
    const found = await ops.auditTrail(ctx, { subject, before, limit: limit + 1 });
    const items = found.slice(0, limit).map(presentAudit);
    const last = items.at(-1);
    return found.length > limit && last ? { items, next: encodeCursor([last.entryId]) } : { items };
  }),
];
