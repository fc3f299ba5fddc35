import type { Ctx } from './ctx.ts';
import { statement } from './db/statement.ts';
import { defineModule } from './http/module.ts';

const day = 86_400_000;

const dropKeys = statement<never, [Date]>('platform.dropIdempotency', 'delete from idempotency where created_at < $1');
const dropEvents = statement<never, [Date]>('platform.dropOutbox', 'delete from outbox where dispatched_at < $1');
const dropMarks = statement<never, [Date]>('platform.dropHandled', 'delete from outbox_handled where handled_at < $1');
const dropWindows = statement<never, [Date]>('platform.dropWindows', 'delete from rate_window where window_start < $1');

/** Idempotency keys stay 30 days, events and their marks 14 (a task lives no longer), spent rate windows one. */
export async function sweep(ctx: Ctx): Promise<void> {
  const ago = (days: number) => new Date(Date.now() - days * day);
  await dropKeys.run(ctx, ago(30));
  await dropEvents.run(ctx, ago(14));
  await dropMarks.run(ctx, ago(14));
  await dropWindows.run(ctx, ago(1));
}

/** The platform's own background work. */
export const platformModule = defineModule({
  name: 'platform',
  tasks: { 'platform.sweep': sweep },
  schedules: [{ task: 'platform.sweep', everySeconds: 3600 }],
});
