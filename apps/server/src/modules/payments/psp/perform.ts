import type { Ctx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { PspRefused, PspUnknown } from './failure.ts';
import { enqueueCall } from './intent.ts';
import { specOf } from './register.ts';
import * as store from './store.ts';
import type { CallRow } from './store.ts';

type Outcome =
  | { kind: 'done'; result: unknown }
  | { kind: 'refused'; refusal: PspRefused }
  | { kind: 'unknown'; error: PspUnknown };

/**
 * Makes an intended call and takes its outcome in. A call that may have been made before (an earlier try, or an
 * intent that has lain for a minute) is asked about first and posted only when the PSP knows nothing of it; the same
 * idempotency key makes a second post harmless even then. Answers the call as it stands afterwards.
 */
export async function perform(ctx: Ctx, callId: string): Promise<CallRow> {
  const call = await store.claimCall.first(ctx, callId);
  return call ? performClaimed(ctx, call) : waitForOther(ctx, callId);
}

/** The same for a call that the caller has claimed already. */
export async function performClaimed(ctx: Ctx, call: CallRow): Promise<CallRow> {
  const outcome = await outcomeOf(call);
  const settled = await inTransaction(ctx, (inner) => settle(inner, call, outcome));
  return settled ?? store.callById.one(ctx, call.id);
}

/** Somebody else is at it, or it is settled. A twin that dies must not be the last to know. */
async function waitForOther(ctx: Ctx, callId: string): Promise<CallRow> {
  const call = await store.callById.one(ctx, callId);
  if (call.state === 'intended' || call.state === 'unknown') await enqueueCall(ctx, callId, 10);
  return call;
}

async function outcomeOf(call: CallRow): Promise<Outcome> {
  const spec = specOf(call.kind);
  try {
    if (call.attempts > 1 || call.stale) {
      const found = await spec.ask(call, call.params);
      if (found !== undefined) return { kind: 'done', result: found };
    }
    return { kind: 'done', result: await spec.post(call, call.params, keyOf(call)) };
  } catch (error) {
    if (error instanceof PspRefused || error instanceof PspUnknown) return afterFailure(call, error);
    throw error;
  }
}

/** A call that did not succeed may have been done all the same, by an earlier try: asking tells. */
async function afterFailure(call: CallRow, error: PspRefused | PspUnknown): Promise<Outcome> {
  const found = await askQuietly(call);
  if (found instanceof PspUnknown) return { kind: 'unknown', error: found };
  if (found !== undefined) return { kind: 'done', result: found };
  return error instanceof PspRefused ? { kind: 'refused', refusal: error } : { kind: 'unknown', error };
}

async function askQuietly(call: CallRow): Promise<unknown> {
  try {
    return await specOf(call.kind).ask(call, call.params);
  } catch (error) {
    if (error instanceof PspUnknown) return new PspUnknown(error.message, false, error);
    if (error instanceof PspRefused) return undefined;
    throw error;
  }
}

const keyOf = ({ id, generation }: CallRow): string => (generation === 0 ? id : `${id}:${generation}`);

/** Answers the call as it is now, or undefined when another worker was faster. */
async function settle(ctx: Ctx, call: CallRow, outcome: Outcome): Promise<CallRow | undefined> {
  const spec = specOf(call.kind);
  if (outcome.kind === 'unknown') return lose(ctx, call, outcome.error);
  if (outcome.kind === 'done') {
    const objectId = spec.idOf(outcome.result);
    if ((await store.settleCall.run(ctx, call.id, 'done', objectId, null, null)) === 0) return undefined;
    await spec.done(ctx, call, call.params, outcome.result);
    return { ...call, state: 'done', object_id: objectId };
  }
  const { code, message } = outcome.refusal;
  if ((await store.settleCall.run(ctx, call.id, 'failed', null, code, message)) === 0) return undefined;
  await spec.refused(ctx, call, call.params, outcome.refusal);
  return { ...call, state: 'failed', error_code: code, error: message };
}

/**
 * Stays open and is asked about again. When the PSP has answered twice with an error of its own, which it would repeat
 * under that key for ever, and both times knew nothing of the call, the next try goes under a new key.
 */
async function lose(ctx: Ctx, call: CallRow, error: PspUnknown): Promise<CallRow | undefined> {
  const isWorn = error.stored && call.attempts > 1;
  ctx.log.warn({ callId: call.id, kind: call.kind, attempts: call.attempts, err: error }, 'outcome at the PSP unknown');
  const generation = isWorn ? call.generation + 1 : call.generation;
  if ((await store.loseCall.run(ctx, call.id, error.message, generation)) === 0) return undefined;
  await specOf(call.kind).lost?.(ctx, call, call.params);
  await enqueueCall(ctx, call.id, Math.min(2 ** call.attempts, 60));
  return { ...call, state: 'unknown', error: error.message, generation };
}
