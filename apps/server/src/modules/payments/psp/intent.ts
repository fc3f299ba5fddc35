import type { Ctx } from '../../../platform/ctx.ts';
import { newId } from '../../../platform/ids.ts';
import type { JsonObject } from '../../../platform/json.ts';
import { enqueue } from '../../../platform/tasks.ts';
import * as store from './store.ts';

export interface NewCall {
  kind: store.CallKind;
  /** One intent per thing to be done, for example `capture:<intent>`. */
  dedupeKey: string;
  /** The order, checkout, refund, organisation or payout that it is about. */
  subjectId: string;
  params: JsonObject;
}

/**
 * Writes down, in the open transaction, that the PSP is to be called, and queues the call. The PSP is never called
 * inside a transaction. Answers the id of the call: the one that was there already when the key is known.
 */
export async function intend(ctx: Ctx, call: NewCall): Promise<string> {
  const id = await record(ctx, call);
  await enqueueCall(ctx, id);
  return id;
}

/** The same for a caller that makes the call itself right after the commit, because a person waits for the answer. */
export async function record(ctx: Ctx, { kind, dedupeKey, subjectId, params }: NewCall): Promise<string> {
  const json = JSON.stringify(params);
  const row = await store.insertCall.first(
    ctx,
    newId(),
    ctx.regionId,
    kind,
    dedupeKey,
    subjectId,
    json,
    ctx.clock.now(),
  );
  return row?.id ?? (await store.callByKey.one(ctx, dedupeKey)).id;
}

export const callTask = 'payments.call';

/** Queues a call, now or after so many seconds of real time. */
export async function enqueueCall(ctx: Ctx, callId: string, afterSeconds?: number): Promise<void> {
  await enqueue(
    ctx,
    callTask,
    { callId },
    {
      key: callId,
      ...(afterSeconds !== undefined && { startAfterSeconds: afterSeconds }),
    },
  );
}
