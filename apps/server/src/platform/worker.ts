import type { Job, JobResult, PgBoss } from 'pg-boss';
import { openBoss } from './boss.ts';
import { systemCtx, type Ctx } from './ctx.ts';
import { isShared } from './clock.ts';
import { fireDueDeadlines } from './deadlines.ts';
import { dispatchOutbox } from './dispatcher.ts';
import { listen, type Listening } from './listen.ts';
import { queues } from './queues.ts';
import type { Registry } from './registry.ts';
import { runDueSchedules } from './schedules.ts';
import type { TaskEnvelope } from './tasks.ts';

export interface Worker {
  /** Lets running tasks end (10 s at most), then stops. */
  stop(): Promise<void>;
}

/** How often each loop looks by itself, in real time; notifications make it sooner. */
const everyMs = { outbox: 1000, deadlines: 500, schedules: 1000 };

const stopWithinMs = 10_000;

/** Starts all background work of a process: tasks, dispatch of events, deadlines and schedules. */
export async function startWorker(base: Ctx, registry: Registry): Promise<Worker> {
  const boss = await openBoss(base, {
    application_name: 'plumbline worker queue',
    max: 3,
    reindex: false,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
  });
  const workers = await Promise.all(queues.map((queue) => work(boss, queue, base, registry)));
  const dispatch = loop(base, 'outbox', () => dispatchOutbox(base, registry.listeners));
  const loops = [
    dispatch,
    loop(base, 'deadlines', () => fireDueDeadlines(base, registry.deadlines)),
    loop(base, 'schedules', () => runDueSchedules(base, registry.schedules)),
  ];
  const ears = await listen(base.db.pool, base.log, {
    outbox: () => dispatch.now(),
    tasks: () => workers.forEach((id) => boss.notifyWorker(id)),
  });
  return { stop: () => stopAll(boss, loops, ears) };
}

async function stopAll(boss: PgBoss, loops: Loop[], ears: Listening): Promise<void> {
  await ears.stop();
  await Promise.all(loops.map((each) => each.stop()));
  await boss.stop({ graceful: true, timeout: stopWithinMs });
}

/** Eight tasks of a queue at a time, fetched four by four; each ends by its own outcome. */
const fetching = {
  batchSize: 4,
  burstWhenBatchFull: true,
  localConcurrency: 2,
  perJobResults: true,
  pollingIntervalSeconds: 1,
  heartbeatRefreshSeconds: 3,
} as const;

function work(boss: PgBoss, queue: string, base: Ctx, registry: Registry): Promise<string> {
  return boss.work<TaskEnvelope>(queue, fetching, (jobs) =>
    Promise.all(jobs.map((job) => runJob(base, registry, job))),
  );
}

async function runJob(base: Ctx, registry: Registry, job: Job<TaskEnvelope>): Promise<JobResult> {
  const { task, regionId, requestId } = job.data;
  const log = base.log.child({ task, requestId, try: job.retryCount + 1 });
  try {
    if (isShared(base.clock)) await base.clock.refresh();
    const run = registry.tasks.get(task);
    if (!run) throw new Error(`no module has a task named ${task}`);
    await run(systemCtx({ ...base, log, requestId }, task, regionId), job.data);
    return { id: job.id, status: 'completed' };
  } catch (error) {
    log.error({ err: error }, 'task failed');
    return { id: job.id, status: 'failed', output: { message: String(error) } };
  }
}

interface Loop {
  /** Runs the work now, or once more after the run that is under way. */
  now(): void;
  stop(): Promise<void>;
}

/** Repeats a piece of work for ever, never twice at once; a failure is logged and the next turn comes. */
function loop(base: Ctx, name: keyof typeof everyMs, turn: () => Promise<unknown>): Loop {
  let stopped = false;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  const run = async () => {
    clearTimeout(timer);
    do {
      again = false;
      await once();
    } while (again && !stopped);
    running = undefined;
    if (!stopped) timer = setTimeout(start, everyMs[name]);
  };
  const once = async () => {
    try {
      if (isShared(base.clock)) await base.clock.refresh();
      await turn();
    } catch (error) {
      base.log.error({ err: error, loop: name }, 'a loop of the worker failed');
    }
  };
  const start = () => {
    if (running) again = true;
    else if (!stopped) running = run();
  };

  start();
  return {
    now: start,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
