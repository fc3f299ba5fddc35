import { payoutMove } from '@plumbline/domain/payout';
import type { Ctx } from '../../../platform/ctx.ts';
import { payoutOfCall, reversalOfCall, transferOfCall } from '../psp/find.ts';
import { intend } from '../psp/intent.ts';
import type { PspPayout, PspTransfer } from '../psp/objects.ts';
import { defineCall } from '../psp/spec.ts';
import { createPayout, createTransfer, reverseTransfer } from '../psp/write.ts';
import { money, objectOf } from '../wire.ts';
import { applyPayout, endUnpaid, fetchBack, payoutKey } from './apply.ts';
import { movePayout } from './machine.ts';
import * as store from './store.ts';

interface SendParams {
  payoutId: string;
  accountId: string;
  amountMinor: string;
  currency: string;
}

/** Nobody knows for the moment; the payout shows it until asking has told. */
async function loseSight(ctx: Ctx, payoutId: string): Promise<void> {
  const payout = await store.lockPayout.one(ctx, payoutId);
  if (payoutMove(payout.state, 'lose_sight')) await movePayout(ctx, payout, 'lose_sight');
}

/** First half of a payout: from our balance at the PSP to the provider's account there. */
export const transferCall = defineCall<SendParams, PspTransfer>({
  post: (call, { payoutId, accountId, amountMinor, currency }, key) =>
    createTransfer(key, accountId, money(amountMinor, currency), payoutId, {
      ...objectOf(call),
      [payoutKey]: payoutId,
    }),
  ask: (call, { payoutId }) => transferOfCall(call.id, payoutId),
  idOf: ({ id }) => id,
  done: async (ctx, _call, params, { id }) => {
    const payout = await store.lockPayout.one(ctx, params.payoutId);
    if (payout.state === 'unknown') await movePayout(ctx, payout, 'submit', { transfer_id: id });
    else await store.amendPayout(ctx, payout.id, { transfer_id: id });
    await intend(ctx, {
      kind: 'payout',
      dedupeKey: `payout:${payout.id}`,
      subjectId: payout.id,
      params: { ...params },
    });
  },
  refused: async (ctx, _call, { payoutId }, refusal) => {
    await endUnpaid(ctx, await store.lockPayout.one(ctx, payoutId), refusal.code);
  },
  lost: (ctx, _call, { payoutId }) => loseSight(ctx, payoutId),
});

/** Second half: from the provider's account at the PSP to their bank. */
export const payoutCall = defineCall<SendParams, PspPayout>({
  post: (call, { payoutId, accountId, amountMinor, currency }, key) =>
    createPayout(key, accountId, money(amountMinor, currency), { ...objectOf(call), [payoutKey]: payoutId }),
  ask: (call, { accountId }) => payoutOfCall(call.id, accountId, call),
  idOf: ({ id }) => id,
  done: async (ctx, _call, _params, payout) => {
    await applyPayout(ctx, payout);
  },
  refused: async (ctx, _call, { payoutId }, refusal) => {
    const payout = await store.lockPayout.one(ctx, payoutId);
    await store.amendPayout(ctx, payoutId, { failure: refusal.code });
    await fetchBack(ctx, payout);
  },
  lost: (ctx, _call, { payoutId }) => loseSight(ctx, payoutId),
});

interface ReversalParams {
  payoutId: string;
  transferId: string;
}

/** Fetches back what a bank did not take. */
export const reversalCall = defineCall<ReversalParams, PspTransfer>({
  post: (call, { payoutId, transferId }, key) =>
    reverseTransfer(key, transferId, { ...objectOf(call), [payoutKey]: payoutId }),
  ask: (call, { transferId }) => reversalOfCall(call.id, transferId),
  idOf: ({ id }) => id,
  done: async (ctx, _call, { payoutId }, { id }) => {
    const payout = await store.lockPayout.one(ctx, payoutId);
    await store.amendPayout(ctx, payoutId, { reversal_id: id });
    await endUnpaid(ctx, payout, payout.failure ?? 'failed');
  },
  refused: async (ctx, call, { payoutId }, refusal) => {
    ctx.log.error(
      { callId: call.id, payoutId, err: refusal },
      'the money of a failed payout could not be fetched back: a person has to look',
    );
  },
});
