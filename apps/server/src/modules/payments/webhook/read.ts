import type { Ctx } from '../../../platform/ctx.ts';
import * as store from './store.ts';

export const presentWebhook = (row: store.WebhookRow) => ({
  webhookId: row.id,
  endpoint: row.endpoint,
  eventId: row.event_id,
  type: row.type,
  objectId: row.object_id,
  state: row.state,
  attempts: row.attempts,
  error: row.error,
  receivedAt: row.received_at.toISOString(),
});

/** Messages of the PSP in this market, newest first. */
export async function webhooks(
  ctx: Ctx,
  state: store.WebhookState | undefined,
  after: string | undefined,
  limit: number,
) {
  const rows = await store.webhookPage.all(ctx, ctx.regionId, state ?? null, after ?? null, limit);
  return rows.map(presentWebhook);
}
