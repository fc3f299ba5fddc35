import { mayMove } from '@plumbline/domain/order';
import type { Ctx } from '../../../platform/ctx.ts';
import { announce } from '../events.ts';
import { chargeOfCall, intentById } from '../psp/find.ts';
import type { PspIntent } from '../psp/objects.ts';
import type { PspRefused } from '../psp/failure.ts';
import { defineCall } from '../psp/spec.ts';
import { cancelIntent, captureIntent, chargeCard } from '../psp/write.ts';
import { money, objectOf } from '../wire.ts';
import { applyIntent, intendCancel, orderKey } from './apply.ts';
import { move } from './machine.ts';
import { amendOrder, lockOrder } from './store.ts';

interface IntentParams {
  intentId: string;
}

interface CaptureParams extends IntentParams {
  amountMinor: string;
  currency: string;
}

/** A payment that has come to an end, whichever: taken or gone. Undefined while it still waits. */
async function ended(intentId: string): Promise<PspIntent | undefined> {
  const intent = await intentById(intentId);
  return intent.status === 'requires_capture' ? undefined : intent;
}

const takeIn = async (ctx: Ctx, intent: PspIntent): Promise<void> => {
  await applyIntent(ctx, intent);
};

/** Takes the money of an authorisation. */
export const captureCall = defineCall<CaptureParams, PspIntent>({
  post: (_call, { intentId, amountMinor, currency }, key) => captureIntent(key, intentId, money(amountMinor, currency)),
  ask: (_call, { intentId }) => ended(intentId),
  idOf: ({ id }) => id,
  done: (ctx, _call, _params, intent) => takeIn(ctx, intent),
  refused: async (ctx, call, _params, refusal) => {
    const order = await lockOrder.one(ctx, call.subject_id);
    ctx.log.error({ orderId: order.id, err: refusal }, 'a capture was refused while the authorisation stands');
    await announce(ctx, 'payments.capture_failed', order, { reason: refusal.code });
    if (order.state !== 'authorised') return;
    // Nothing will be taken any more, so the customer's card is let go.
    await amendOrder(ctx, order.id, { cancel_reason: order.cancel_reason ?? 'capture_failed' });
    await intendCancel(ctx, order);
  },
});

/** Lets an authorisation go. */
export const cancelCall = defineCall<IntentParams, PspIntent>({
  post: (_call, { intentId }, key) => cancelIntent(key, intentId),
  ask: (_call, { intentId }) => ended(intentId),
  idOf: ({ id }) => id,
  done: (ctx, _call, _params, intent) => takeIn(ctx, intent),
  refused: async (ctx, call, _params, refusal) => {
    ctx.log.error({ callId: call.id, err: refusal }, 'an authorisation could not be cancelled: a person has to look');
  },
});

interface ChargeParams {
  orderId: string;
  amountMinor: string;
  currency: string;
  customerId: string;
  paymentMethodId: string;
}

/** Charges a saved card. A card that says no leaves the customer a while to pay in another way. */
export const chargeCall = defineCall<ChargeParams, PspIntent>({
  post: (call, { orderId, amountMinor, currency, customerId, paymentMethodId }, key) =>
    chargeCard(key, {
      amount: money(amountMinor, currency),
      customerId,
      paymentMethodId,
      orderId,
      metadata: { ...objectOf(call), [orderKey]: orderId, plumbline_purpose: 'charge' },
    }),
  ask: async (call, { customerId }) => {
    const intent = await chargeOfCall(call.id, customerId);
    return intent?.status === 'succeeded' ? intent : undefined;
  },
  idOf: ({ id }) => id,
  done: (ctx, _call, _params, intent) => takeIn(ctx, intent),
  refused: (ctx, _call, { orderId }, refusal) => chargeFailed(ctx, orderId, refusal),
});

async function chargeFailed(ctx: Ctx, orderId: string, refusal: PspRefused): Promise<void> {
  const order = await lockOrder.one(ctx, orderId);
  if (!mayMove(order.state, 'charge_failed')) return;
  if (order.cancel_reason) {
    const gone = await move(ctx, order, 'cancel', { patch: { ended_at: ctx.clock.now() } });
    await announce(ctx, 'payments.authorisation_cancelled', gone, { reason: order.cancel_reason });
    return;
  }
  const moved = await move(ctx, order, 'charge_failed', { note: { code: refusal.code } });
  await announce(ctx, 'payments.capture_failed', moved, { reason: refusal.code });
}
