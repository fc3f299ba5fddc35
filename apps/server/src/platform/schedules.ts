import type { Ctx } from './ctx.ts';
import { statement } from './db/statement.ts';
import { inTransaction } from './db/transaction.ts';
import type { Schedule } from './http/module.ts';
import { enqueue } from './tasks.ts';

const claimTurn = statement<never, [string, Date, Date]>(
  'platform.claimSchedule',
  `insert into task_schedule (task, last_run_at) values ($1, $2)
   on conflict (task) do update set last_run_at = excluded.last_run_at where task_schedule.last_run_at <= $3`,
);

/** When this process looks again, by its own monotonic time: spares most of the statements. */
const nextLook = new WeakMap<Schedule, number>();
const lookAgainSeconds = 30;

/**
 * Queues the task of each schedule whose turn has come, by real time. Whichever worker claims the turn first
 * queues it; turns that were missed while no worker ran are not made up for.
 */
export async function runDueSchedules(base: Ctx, schedules: readonly Schedule[]): Promise<number> {
  let queued = 0;
  for (const schedule of schedules) {
    if (performance.now() < (nextLook.get(schedule) ?? 0)) continue;
    const mine = await claim(base, schedule);
    const pause = mine ? schedule.everySeconds : Math.min(schedule.everySeconds, lookAgainSeconds);
    nextLook.set(schedule, performance.now() + pause * 1000);
    if (mine) queued += 1;
  }
  return queued;
}

function claim(base: Ctx, { task, everySeconds }: Schedule): Promise<boolean> {
  return inTransaction(base, async (ctx) => {
    const now = new Date();
    const mine = (await claimTurn.run(ctx, task, now, new Date(now.getTime() - everySeconds * 1000))) === 1;
    if (mine) await enqueue(ctx, task, {}, { key: 'schedule' });
    return mine;
  });
}
