import type { Job, PgBoss } from 'pg-boss';
import { openBoss } from './boss.ts';
import { systemCtx, type Ctx } from './ctx.ts';
import { statement } from './db/statement.ts';
import { fireDueDeadlines } from './deadlines.ts';
import { dispatchOutbox } from './dispatcher.ts';
import { queues, type QueueName } from './queues.ts';
import type { Registry } from './registry.ts';
import type { TaskEnvelope } from './tasks.ts';

const dueNext = statement<{ at: Date | null }, [Date]>(
  'platform.dueNext',
  'select min(at) as at from deadline where at <= $1 and not_before <= clock_timestamp()',
);

/** When the next business timer fires, if that is not after `until`. */
export async function nextDeadline(ctx: Ctx, until: Date): Promise<Date | undefined> {
  return (await dueNext.one(ctx, until)).at ?? undefined;
}

/** Does by request what a worker does by itself. */
export interface Drain {
  /** Hands events out, runs what is queued and fires what is due, once. Answers how much there was to do. */
  run(): Promise<number>;
  stop(): Promise<void>;
}

/**
 * A worker without a loop, for a process that wants to know when everything is done: one thing after the other, in the
 * order in which it came, on the ctx's clock. Tasks that wait for a later try do not wait; one that fails, fails the run.
 * Those named in `leave` are given back to the queue at the end, for the worker to come.
 */
export async function openDrain(base: Ctx, registry: Registry, leave: ReadonlySet<string> = new Set()): Promise<Drain> {
  const boss = await openBoss(base, {
    application_name: 'plumbline drain',
    max: 1,
    supervise: false,
    registerInstance: false,
  });
  const left: Job<TaskEnvelope>[] = [];
  return {
    run: async () => {
      const sent = await dispatchOutbox(base, registry.listeners);
      let ran = 0;
      for (const queue of queues) {
        const { now, later } = await fetchFrom(boss, queue, leave);
        left.push(...later);
        for (const { data } of now) await runTask(base, registry, data);
        if (now.length > 0) await boss.complete(queue, idsOf(now));
        ran += now.length;
      }
      return sent + ran + (await fireDueDeadlines(base, registry.deadlines));
    },
    stop: async () => {
      for (const queue of queues) {
        const own = left.filter((job) => job.name === queue);
        if (own.length > 0) await boss.fail(queue, idsOf(own));
      }
      await boss.stop({ graceful: false });
    },
  };
}

const idsOf = (jobs: readonly Job[]): string[] => jobs.map(({ id }) => id);

async function fetchFrom(boss: PgBoss, queue: QueueName, leave: ReadonlySet<string>) {
  const jobs = await boss.fetch<TaskEnvelope>(queue, { batchSize: 100, ignoreStartAfter: true });
  return {
    now: jobs.filter(({ data }) => !leave.has(data.task)),
    later: jobs.filter(({ data }) => leave.has(data.task)),
  };
}

async function runTask(base: Ctx, registry: Registry, envelope: TaskEnvelope): Promise<void> {
  const { task, regionId, requestId } = envelope;
  const run = registry.tasks.get(task);
  if (!run) throw new Error(`no module has a task named ${task}`);
  await run(systemCtx({ ...base, requestId, log: base.log.child({ task, requestId }) }, task, regionId), envelope);
}
