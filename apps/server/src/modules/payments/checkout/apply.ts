import { mayMove } from '@plumbline/domain/order';
import type { Ctx } from '../../../platform/ctx.ts';
import { newId } from '../../../platform/ids.ts';
import { announce } from '../events.ts';
import { applyIntent, type Taken } from '../order/apply.ts';
import { move } from '../order/machine.ts';
import { lockOrder } from '../order/store.ts';
import { intentById, sessionById } from '../psp/find.ts';
import type { PspIntent, PspSession } from '../psp/objects.ts';
import type { CheckoutRow, OrderRow } from '../tables.ts';
import { endUnpaid } from './close.ts';
import * as store from './store.ts';

/** A payment page as it stands, with the payment that was made on it. */
export interface SessionNews {
  session: PspSession;
  intent?: PspIntent;
}

export const checkoutKey = 'plumbline_checkout';

/** Asks the PSP; not inside a transaction. */
export async function readSession(sessionId: string): Promise<SessionNews> {
  return withIntent(await sessionById(sessionId));
}

async function withIntent(session: PspSession): Promise<SessionNews> {
  if (session.status !== 'complete' || !session.intentId) return { session };
  return { session, intent: await intentById(session.intentId) };
}

/** Takes a payment page in: paid, card saved, or expired. Runs in the caller's transaction. */
export async function applySession(ctx: Ctx, { session, intent }: SessionNews): Promise<Taken> {
  const known = await findCheckout(ctx, session);
  const order = known && (await lockOrder.first(ctx, known.order_id));
  if (!known || !order) return 'unknown';
  // Read again: what another worker did while we waited for the lock of the order.
  const checkout = await store.checkoutById.one(ctx, known.id);
  if (session.status === 'open') return 'superseded';
  if (session.status === 'expired') return expired(ctx, order, checkout);
  await store.endCheckout.run(ctx, checkout.id, 'complete');
  if (intent) return applyIntent(ctx, intent);
  if (session.setup) return cardSaved(ctx, order, session.setup);
  throw new Error(`payment page ${session.id} is complete without a payment or a card`);
}

/** By its own id, or by ours when its answer has not been recorded yet. */
async function findCheckout(ctx: Ctx, session: PspSession): Promise<CheckoutRow | undefined> {
  const ours = session.metadata[checkoutKey];
  return (
    (await store.checkoutOfSession.first(ctx, session.id)) ?? (ours ? store.checkoutById.first(ctx, ours) : undefined)
  );
}

async function expired(ctx: Ctx, order: OrderRow, checkout: CheckoutRow): Promise<Taken> {
  if (checkout.state !== 'open' && checkout.state !== 'opening') return 'superseded';
  await store.endCheckout.run(ctx, checkout.id, 'expired');
  await endUnpaid(ctx, order);
  return 'done';
}

async function cardSaved(ctx: Ctx, order: OrderRow, setup: NonNullable<PspSession['setup']>): Promise<Taken> {
  if (!mayMove(order.state, 'save_card')) return 'superseded';
  const { paymentMethodId, card } = setup;
  const saved = await store.saveCard.one(
    ctx,
    newId(),
    order.region_id,
    order.customer_id,
    paymentMethodId,
    card.brand,
    card.last4,
    ctx.clock.now(),
  );
  const moved = await move(ctx, order, 'save_card', {
    patch: { saved_card_id: saved.id, card_brand: card.brand, card_last4: card.last4 },
  });
  await announce(ctx, 'payments.card_saved', moved);
  if (order.cancel_reason) await cancelSaved(ctx, moved, order.cancel_reason);
  return 'done';
}

async function cancelSaved(ctx: Ctx, order: OrderRow, reason: string): Promise<void> {
  const moved = await move(ctx, order, 'cancel', { patch: { ended_at: ctx.clock.now() } });
  await announce(ctx, 'payments.authorisation_cancelled', moved, { reason });
}
