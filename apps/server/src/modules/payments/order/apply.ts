import { spreadOver } from '@plumbline/domain/fees';
import { mayMove } from '@plumbline/domain/order';
import type { Ctx } from '../../../platform/ctx.ts';
import { newId } from '../../../platform/ids.ts';
import * as ledger from '../../ledger/index.ts';
import { completeCheckouts } from '../checkout/store.ts';
import { announce } from '../events.ts';
import { psp } from '../market.ts';
import { intend } from '../psp/intent.ts';
import type { PspIntent } from '../psp/objects.ts';
import { refundEverything } from '../refund/make.ts';
import type { LineRow, OrderRow } from '../tables.ts';
import { move } from './machine.ts';
import * as store from './store.ts';

/** What became of a piece of news: taken in, older than what we know, or about something that we do not know (yet). */
export type Taken = 'done' | 'superseded' | 'unknown';

export const orderKey = 'plumbline_order';

/**
 * Brings an order to where its payment stands at the PSP. The payment is the current object, not an event, so that
 * events may come doubled, late or in any order: what is missing is caught up, what is known changes nothing. Runs in
 * the caller's transaction and locks the order.
 */
export async function applyIntent(ctx: Ctx, intent: PspIntent): Promise<Taken> {
  const orderId = (await store.orderOfIntent.first(ctx, intent.id))?.id ?? intent.metadata[orderKey];
  const order = orderId ? await store.lockOrder.first(ctx, orderId) : undefined;
  if (!order) return 'unknown';
  if (intent.currency !== order.currency)
    throw new Error(`payment ${intent.id} is in ${intent.currency}, order ${order.id} in ${order.currency}`);
  switch (intent.status) {
    case 'requires_capture':
      return authorised(ctx, order, intent);
    case 'succeeded':
      return captured(ctx, order, intent);
    case 'canceled':
      return cancelled(ctx, order, intent);
    default:
      return 'superseded';
  }
}

async function authorised(ctx: Ctx, order: OrderRow, intent: PspIntent): Promise<Taken> {
  if (order.payment_intent_id === intent.id) return 'superseded';
  if (!mayMove(order.state, 'authorise')) return dropStray(ctx, order, intent);
  const moved = await authorise(ctx, order, intent);
  if (moved.cancel_reason) await intendCancel(ctx, moved);
  else if (moved.capture_wanted_minor !== null) await intendCapture(ctx, moved, moved.capture_wanted_minor);
  return 'done';
}

/** Authorised for an order that can no longer use it: the card is let go at once. */
async function dropStray(ctx: Ctx, order: OrderRow, intent: PspIntent): Promise<Taken> {
  ctx.log.warn({ orderId: order.id, state: order.state, intentId: intent.id }, 'authorisation that no order waits for');
  await intend(ctx, {
    kind: 'cancel',
    dedupeKey: `cancel:${intent.id}`,
    subjectId: order.id,
    params: { intentId: intent.id },
  });
  return 'done';
}

/** Rule 1: the whole price is reserved on the card. */
async function authorise(ctx: Ctx, order: OrderRow, intent: PspIntent): Promise<OrderRow> {
  if (intent.amountMinor !== order.agreed_minor)
    throw new Error(`payment ${intent.id} is over ${intent.amountMinor}, order ${order.id} over ${order.agreed_minor}`);
  const lines = (await store.linesOf.all(ctx, [order.id])).map((line) => ({ ...line, pending_id: newId() }));
  await ledger.rules.authorised(ctx, {
    orderId: order.id,
    currency: order.currency,
    idemKey: `authorise:${intent.id}`,
    psp,
    lines: lines.map((line) => ({ lineId: line.id, pendingId: line.pending_id, amountMinor: line.amount_minor })),
    ...(intent.captureBefore && { expiresAt: intent.captureBefore }),
  });
  await store.saveLines(ctx, lines);
  await completeCheckouts.run(ctx, order.id);
  const moved = await move(ctx, order, 'authorise', {
    patch: {
      ...cardAndCharge(intent),
      payment_intent_id: intent.id,
      authorised_minor: order.agreed_minor,
      capture_before: intent.captureBefore ?? null,
      authorised_at: ctx.clock.now(),
    },
    note: { intentId: intent.id },
  });
  await announce(ctx, 'payments.order_authorised', moved);
  return moved;
}

const cardAndCharge = ({ card, chargeId }: PspIntent) => ({
  ...(chargeId && { charge_id: chargeId }),
  ...(card && { card_brand: card.brand, card_last4: card.last4 }),
});

/** Rule 2, or rules 1 and 2 at once for a saved card. */
async function captured(ctx: Ctx, order: OrderRow, intent: PspIntent): Promise<Taken> {
  if (order.payment_intent_id === intent.id && order.captured_minor > 0n) return 'superseded';
  if (mayMove(order.state, 'charge') && intent.metadata['plumbline_purpose'] === 'charge')
    return charged(ctx, order, intent);
  const ready = mayMove(order.state, 'authorise') ? await authorise(ctx, order, intent) : order;
  if (!mayMove(ready.state, 'capture') || ready.payment_intent_id !== intent.id) {
    throw new Error(`payment ${intent.id} was taken, but order ${order.id} is ${order.state}: a person has to look`);
  }
  const lines = spread(await store.linesOf.all(ctx, [order.id]), intent.receivedMinor);
  await ledger.rules.captured(ctx, {
    orderId: order.id,
    currency: order.currency,
    idemKey: `capture:${intent.id}`,
    lines: lines.flatMap(({ pending_id, captured_minor }) =>
      pending_id ? [{ pendingId: pending_id, amountMinor: captured_minor }] : [],
    ),
  });
  await hold(ctx, ready, 'capture', intent, lines);
  return 'done';
}

async function charged(ctx: Ctx, order: OrderRow, intent: PspIntent): Promise<Taken> {
  const lines = spread(await store.linesOf.all(ctx, [order.id]), intent.receivedMinor);
  await ledger.rules.charged(ctx, {
    orderId: order.id,
    currency: order.currency,
    idemKey: `charge:${intent.id}`,
    psp,
    lines: lines.map((line) => ({ lineId: line.id, amountMinor: line.captured_minor })),
  });
  await hold(ctx, order, 'charge', intent, lines);
  return 'done';
}

const spread = (lines: LineRow[], amount: bigint): LineRow[] => {
  const parts = spreadOver(
    amount,
    lines.map((line) => line.amount_minor),
  );
  return lines.map((line, index) => ({ ...line, captured_minor: parts[index] ?? 0n }));
};

/** The money is there: it is held for the customer until the work is accepted. A cancellation that came first is kept. */
async function hold(
  ctx: Ctx,
  order: OrderRow,
  name: 'capture' | 'charge',
  intent: PspIntent,
  lines: LineRow[],
): Promise<void> {
  await store.saveLines(ctx, lines);
  await postFee(ctx, order, intent);
  const moved = await move(ctx, order, name, {
    patch: {
      ...cardAndCharge(intent),
      payment_intent_id: intent.id,
      captured_minor: intent.receivedMinor,
      held_at: ctx.clock.now(),
    },
    note: { intentId: intent.id, amountMinor: intent.receivedMinor.toString() },
  });
  await announce(ctx, 'payments.order_held', moved, { amountMinor: moved.captured_minor.toString() });
  if (moved.cancel_reason) await refundEverything(ctx, moved, moved.cancel_reason);
}

/** Rule 4: what the PSP keeps of the charge. Where it is not said yet, settlement brings it. */
async function postFee(ctx: Ctx, order: OrderRow, intent: PspIntent): Promise<void> {
  if (!intent.feeMinor) return;
  await ledger.rules.settlementFee(ctx, {
    orderId: order.id,
    currency: order.currency,
    idemKey: `fee:${intent.chargeId ?? intent.id}`,
    psp,
    amountMinor: intent.feeMinor,
  });
}

/** Rule 3: the reservation is gone, by our wish or because it lapsed. */
async function cancelled(ctx: Ctx, order: OrderRow, intent: PspIntent): Promise<Taken> {
  if (order.payment_intent_id !== intent.id || order.state !== 'authorised') return 'superseded';
  const lines = await store.linesOf.all(ctx, [order.id]);
  await ledger.rules.authorisationVoided(ctx, {
    orderId: order.id,
    currency: order.currency,
    idemKey: `void:${intent.id}`,
    lines: lines.flatMap(({ pending_id }) => (pending_id ? [{ pendingId: pending_id }] : [])),
  });
  const hasLapsed = !order.cancel_reason && intent.lapsed;
  const moved = await move(ctx, order, hasLapsed ? 'authorisation_expired' : 'cancel_authorisation', {
    patch: { ended_at: ctx.clock.now() },
    note: { intentId: intent.id },
  });
  if (order.cancel_reason)
    await announce(ctx, 'payments.authorisation_cancelled', moved, { reason: order.cancel_reason });
  else
    await announce(ctx, 'payments.capture_failed', moved, {
      reason: hasLapsed ? 'authorisation_expired' : 'cancelled_at_psp',
    });
  return 'done';
}

export async function intendCapture(ctx: Ctx, order: OrderRow, amountMinor: bigint): Promise<void> {
  await intend(ctx, {
    kind: 'capture',
    dedupeKey: `capture:${order.payment_intent_id}`,
    subjectId: order.id,
    params: { intentId: order.payment_intent_id, amountMinor: amountMinor.toString(), currency: order.currency },
  });
}

export async function intendCancel(ctx: Ctx, order: OrderRow): Promise<void> {
  await intend(ctx, {
    kind: 'cancel',
    dedupeKey: `cancel:${order.payment_intent_id}`,
    subjectId: order.id,
    params: { intentId: order.payment_intent_id },
  });
}
