import { lockOrder } from '../order/store.ts';
import { refundOfCall } from '../psp/find.ts';
import type { PspRefund } from '../psp/objects.ts';
import { defineCall } from '../psp/spec.ts';
import { createRefund } from '../psp/write.ts';
import { money, objectOf } from '../wire.ts';
import { applyRefund, fail, refundKey } from './apply.ts';
import { refundById } from './store.ts';

interface RefundParams {
  refundId: string;
  orderId: string;
  intentId: string;
  amountMinor: string;
  currency: string;
}

/** Gives money back on the card. */
export const refundCall = defineCall<RefundParams, PspRefund>({
  post: (call, { refundId, orderId, intentId, amountMinor, currency }, key) =>
    createRefund(key, intentId, money(amountMinor, currency), {
      ...objectOf(call),
      [refundKey]: refundId,
      plumbline_order: orderId,
    }),
  ask: (call, { intentId }) => refundOfCall(call.id, intentId),
  idOf: ({ id }) => id,
  done: async (ctx, _call, _params, refund) => {
    await applyRefund(ctx, refund);
  },
  refused: async (ctx, _call, { refundId, orderId }, refusal) => {
    const order = await lockOrder.one(ctx, orderId);
    const refund = await refundById.one(ctx, refundId);
    if (refund.state === 'requested') await fail(ctx, order, refund, refusal.code);
  },
});
