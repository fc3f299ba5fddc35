import { systemCtx, type Ctx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { refuse } from '../../../platform/errors.ts';
import { enqueue } from '../../../platform/tasks.ts';
import { loaderOf, type Apply } from './kinds.ts';
import { webhookTask } from './receive.ts';
import * as store from './store.ts';

/** An event that stays unknown for this long will not become known; it is then for people to look at. */
const patienceSeconds = 3 * 86_400;
const mostAttempts = 40;

/**
 * Task: works a stored message off. The thing that it is about is loaded from the PSP as it is now, so the message's own
 * age does not matter; it is applied in the transaction that marks the message as done. One about something that we
 * do not know yet waits and is tried again, ever more slowly.
 */
export async function processWebhook(base: Ctx, webhookId: string): Promise<void> {
  const row = await store.webhookById.one(base, webhookId);
  if (!isOpen(row)) return;
  const ctx = systemCtx(base, 'payments.webhook', row.region_id);
  const load = loaderOf(row.type);
  if (!load) {
    await store.settleWebhook.run(ctx, row.id, 'ignored');
    return;
  }
  try {
    const apply = await load(row);
    await inTransaction(ctx, (inner) => take(inner, row.id, apply));
  } catch (error) {
    ctx.log.error(
      { err: error, webhookId, type: row.type },
      'a message of the payment provider could not be worked off',
    );
    await postpone(ctx, row, error instanceof Error ? error.message : String(error));
  }
}

const isOpen = ({ state }: store.WebhookRow): boolean => state === 'received' || state === 'deferred';

async function take(ctx: Ctx, webhookId: string, apply: Apply): Promise<void> {
  const row = await store.lockWebhook.one(ctx, webhookId);
  if (!isOpen(row)) return;
  const taken = await apply(ctx);
  if (taken === 'unknown') await postpone(ctx, row, 'about something that is not known yet');
  else await store.settleWebhook.run(ctx, row.id, taken);
}

async function postpone(ctx: Ctx, row: store.WebhookRow, error: string): Promise<void> {
  const isDead = row.age_seconds > patienceSeconds || row.attempts + 1 >= mostAttempts;
  const delay = Math.min(2 ** row.attempts, 3600);
  await store.postponeWebhook.run(ctx, row.id, isDead ? 'dead' : 'deferred', error, delay);
  if (isDead)
    ctx.log.error({ webhookId: row.id, type: row.type, error }, 'a message of the payment provider is given up');
  else await enqueue(ctx, webhookTask, { webhookId: row.id }, { key: row.id, startAfterSeconds: delay });
}

/** Takes a dead message up again. Refuses `access.not_found`, `payments.not_allowed_now`. */
export async function replay(ctx: Ctx, webhookId: string): Promise<store.WebhookRow> {
  return inTransaction(ctx, async (ctx) => {
    const known = await store.webhookById.first(ctx, webhookId);
    if (known?.region_id !== ctx.regionId) refuse('access.not_found');
    const row = await store.reviveWebhook.first(ctx, ctx.regionId, webhookId);
    if (!row) return refuse('payments.not_allowed_now', { state: known.state, move: 'replay' });
    await enqueue(ctx, webhookTask, { webhookId }, { key: webhookId });
    return row;
  });
}
