import type { Ctx } from './ctx.ts';
import { statement } from './db/statement.ts';
import { inTransaction } from './db/transaction.ts';
import { deadLetterOf, queues } from './queues.ts';
import { enqueue, type TaskEnvelope } from './tasks.ts';

/** How the platform itself stands: for the control tower, never for rules. */

export interface TaskHealth {
  waiting: number;
  running: number;
  dead: number;
  deadlines_due: number;
  /** Age of the oldest event that no listener has seen. */
  outbox_lag_seconds: number;
}

export interface DeadTaskRow {
  id: string;
  data: TaskEnvelope;
  source_output: unknown;
  created_on: Date;
}

export interface AuditRow {
  id: string;
  at: Date;
  actor_kind: 'anonymous' | 'system' | 'person';
  actor_id: string | null;
  act: string;
  subject: string;
  reason: string | null;
}

const deadQueues = queues.map(deadLetterOf);

const health = statement<TaskHealth, [string[], string[], Date]>(
  'platform.taskHealth',
  `select
     (select count(*)::int from pgboss.job where name = any($1) and state in ('created', 'retry')) as waiting,
     (select count(*)::int from pgboss.job where name = any($1) and state = 'active') as running,
     (select count(*)::int from pgboss.job where name = any($2) and state = 'created') as dead,
     (select count(*)::int from deadline where at <= $3) as deadlines_due,
     (select coalesce(extract(epoch from clock_timestamp() - min(recorded_at)), 0)::int
      from outbox where seq is null) as outbox_lag_seconds`,
);

const dead = statement<DeadTaskRow, [string[]]>(
  'platform.deadTasks',
  `select id, data, source_output, created_on from pgboss.job
   where name = any($1) and state = 'created' order by created_on desc limit 100`,
);

const takeDead = statement<Pick<DeadTaskRow, 'data'>, [string[], string]>(
  'platform.takeDeadTask',
  `delete from pgboss.job where name = any($1) and id = $2 and state = 'created' returning data`,
);

const auditPage = statement<AuditRow, [string, string | null, string | null, number]>(
  'platform.auditPage',
  `select id, at, actor_kind, actor_id, act, subject, reason from audit_entry
   where region_id = $1 and ($2::text is null or subject = $2) and ($3::uuid is null or id < $3)
   order by id desc limit $4`,
);

export const taskHealth = (ctx: Ctx) => health.one(ctx, [...queues], deadQueues, ctx.clock.now());

/** The tasks that failed for good, newest first, at most 100. */
export const deadTasks = (ctx: Ctx) => dead.all(ctx, deadQueues);

/** Queues a dead task again as it was; false when there is none of that id. */
export async function replayDeadTask(ctx: Ctx, taskId: string): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    const row = await takeDead.first(ctx, deadQueues, taskId);
    if (!row) return false;
    const { task, regionId, requestId, data } = row.data;
    await enqueue({ ...ctx, regionId, requestId }, task, data);
    return true;
  });
}

/** Audit entries of the region before an id, newest first. */
export const auditEntries = (
  ctx: Ctx,
  filter: { subject?: string | undefined; before?: string | undefined; limit: number },
) => auditPage.all(ctx, ctx.regionId, filter.subject ?? null, filter.before ?? null, filter.limit);
