import { inTransaction } from '../../../platform/db/transaction.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { enqueue } from '../../../platform/tasks.ts';
import { pspSettings, stripe } from '../psp/client.ts';
import * as store from './store.ts';

export const webhookTask = 'payments.webhook';

/** Older messages are refused, so that a recorded one cannot be played again (Stripe's own tolerance). */
const toleranceSeconds = 300;

/** What we read of a message before we ask the PSP for the thing itself. */
interface Message {
  id: string;
  type: string;
  account?: string;
  data: { object: { id?: string; metadata?: Record<string, string> | null } };
}

/**
 * Takes a message of the PSP in: the signature is checked over the bytes as they came and against real time, then it is
 * stored and a task is queued. Nothing else happens here, so that the PSP gets its answer at once. A repetition is
 * answered in the same way. Refuses `payments.bad_signature`, and then nothing is stored.
 */
export async function receive(
  ctx: Ctx,
  endpoint: store.Endpoint,
  raw: Buffer,
  signature: string | undefined,
): Promise<void> {
  const message = verified(ctx, endpoint, raw, signature);
  const { id: objectId = null, metadata } = message.data.object;
  const regionId = regionOf(metadata) ?? ctx.regionId;
  await inTransaction({ ...ctx, regionId }, async (ctx) => {
    const row = await store.insertWebhook.first(
      ctx,
      newId(),
      regionId,
      endpoint,
      message.id,
      message.type,
      objectId,
      message.account ?? null,
      raw,
      signature ?? '',
    );
    if (row) await enqueue(ctx, webhookTask, { webhookId: row.id }, { key: row.id });
  });
}

function verified(ctx: Ctx, endpoint: store.Endpoint, raw: Buffer, signature: string | undefined): Message {
  const { webhookSecret, connectWebhookSecret } = pspSettings();
  const secret = endpoint === 'platform' ? webhookSecret : connectWebhookSecret;
  try {
    return stripe().webhooks.constructEvent(raw, signature ?? '', secret, toleranceSeconds) as unknown as Message;
  } catch (error) {
    ctx.log.warn({ err: error, endpoint }, 'a message of the payment provider was refused');
    return refuse('payments.bad_signature');
  }
}

/** Objects that we made say whose market they are in; the message itself is signed, so that may be believed. */
function regionOf(metadata: Record<string, string> | null | undefined): string | undefined {
  const region = metadata?.['plumbline_region'];
  return region && /^[a-z]{2}$/.test(region) ? region : undefined;
}
