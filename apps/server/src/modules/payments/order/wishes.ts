import { escrowStates } from '@plumbline/domain/order';
import { holdWindow } from '@plumbline/domain/fees';
import type { Ctx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { refuse } from '../../../platform/errors.ts';
import { closeCheckouts } from '../checkout/close.ts';
import { announce } from '../events.ts';
import { marketOf } from '../market.ts';
import { intend } from '../psp/intent.ts';
import { openCallOf } from '../psp/store.ts';
import { refundEverything } from '../refund/make.ts';
import { savedCardById } from '../checkout/store.ts';
import type { OrderPatch, OrderRow } from '../tables.ts';
import { intendCancel, intendCapture } from './apply.ts';
import { commissionFor } from './open.ts';
import { lock, move } from './machine.ts';
import * as store from './store.ts';

export interface CaptureWish {
  /** Less than was authorised, for an on-demand job; all of it when missing. */
  amountMinor?: bigint | undefined;
  /** Names the provider of an on-demand job, and whether they are registered for VAT. */
  organisationId?: string | undefined;
  vatRateBp?: number | undefined;
}

/**
 * Takes the money: captures the authorisation, or charges the saved card. The outcome comes as `payments.order_held` or
 * `payments.capture_failed`. Nothing happens when it is taken or on its way already. Refuses `payments.not_allowed_now`
 * when there is nothing to take, `payments.amount_too_high` above the authorisation.
 */
export async function capture(ctx: Ctx, orderId: string, wish: CaptureWish = {}): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const order = await lock(ctx, orderId);
    if (order.captured_minor > 0n || order.capture_wanted_minor !== null) return;
    if (order.cancel_reason) refuse('payments.not_allowed_now', { state: order.state, move: 'capture' });
    if (order.state === 'card_saved') return charge(ctx, order);
    if (order.state !== 'authorised') refuse('payments.not_allowed_now', { state: order.state, move: 'capture' });
    const amount = wish.amountMinor ?? order.authorised_minor;
    if (amount > order.authorised_minor)
      refuse('payments.amount_too_high', { availableMinor: order.authorised_minor.toString() });
    if (amount <= 0n) refuse('payments.bad_amount');
    await store.amendOrder(ctx, order.id, {
      ...(await providerNamed(ctx, order, wish, amount)),
      capture_wanted_minor: amount,
    });
    await intendCapture(ctx, order, amount);
  });
}

/** An on-demand order learns who does it, for how much, and on which terms. */
async function providerNamed(ctx: Ctx, order: OrderRow, wish: CaptureWish, amount: bigint): Promise<OrderPatch> {
  if (!wish.organisationId) return {};
  if (order.organisation_id && order.organisation_id !== wish.organisationId)
    throw new Error(`order ${order.id} has another provider`);
  const { numbers } = await marketOf(ctx);
  const sale = { organisationId: wish.organisationId, categoryId: order.category_id };
  const { level, rateBp } = await commissionFor(ctx, sale, numbers.commissionBp);
  if (wish.vatRateBp !== undefined) await setVat(ctx, order.id, wish.vatRateBp);
  const window = holdWindow(amount, numbers);
  return {
    organisation_id: wish.organisationId,
    commission_bp: rateBp,
    commission_level: level,
    hold_days: window.days,
    two_people: window.twoPeople,
  };
}

async function setVat(ctx: Ctx, orderId: string, vatRateBp: number): Promise<void> {
  const lines = await store.linesOf.all(ctx, [orderId]);
  await store.saveLines(
    ctx,
    lines.map((line) => ({ ...line, vat_rate_bp: vatRateBp })),
  );
}

async function charge(ctx: Ctx, order: OrderRow): Promise<void> {
  if (!order.saved_card_id) throw new Error(`order ${order.id} has no saved card`);
  const card = await savedCardById.one(ctx, order.saved_card_id);
  await store.amendOrder(ctx, order.id, { capture_wanted_minor: order.agreed_minor });
  await intend(ctx, {
    kind: 'charge',
    dedupeKey: `charge:${order.id}`,
    subjectId: order.id,
    params: {
      orderId: order.id,
      amountMinor: order.agreed_minor.toString(),
      currency: order.currency,
      customerId: card.psp_customer_id,
      paymentMethodId: card.psp_payment_method_id,
    },
  });
}

/**
 * Lets the customer's money or card go, from any state before acceptance: a payment page is closed, an authorisation
 * cancelled, and what was captured in the meantime given back in full. Nothing happens when it has ended already.
 * The outcome comes as `payments.authorisation_cancelled` or `payments.refunded`.
 */
export async function cancelAuthorisation(ctx: Ctx, orderId: string, reason: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const order = await lock(ctx, orderId);
    if (order.cancel_reason) return;
    const wished = { ...order, cancel_reason: reason };
    if (escrowStates.includes(order.state)) return refundEverything(ctx, order, reason);
    if (!isCancellable(order)) return;
    await store.amendOrder(ctx, order.id, { cancel_reason: reason });
    if (order.state === 'authorised') return intendCancel(ctx, order);
    if (order.state === 'card_saved') return cancelSavedCard(ctx, wished);
    await closeCheckouts(ctx, wished);
  });
}

const isCancellable = ({ state }: OrderRow): boolean =>
  ['awaiting_payment', 'payment_failed', 'authorised', 'card_saved'].includes(state);

/** While a charge is on its way its outcome comes first; it finds the wish. */
async function cancelSavedCard(ctx: Ctx, order: OrderRow): Promise<void> {
  if (await openCallOf.first(ctx, order.id, 'charge')) return;
  const moved = await move(ctx, order, 'cancel', { patch: { ended_at: ctx.clock.now() } });
  await announce(ctx, 'payments.authorisation_cancelled', moved, { reason: order.cancel_reason });
}

/**
 * The time to pay is over: payment pages are closed at the PSP first. The outcome comes as
 * `payments.checkout_expired`, or as the payment when it was faster; at once when no page is open.
 */
export async function requestExpiry(ctx: Ctx, orderId: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const order = await lock(ctx, orderId);
    if (order.state !== 'awaiting_payment' && order.state !== 'payment_failed') return;
    await store.amendOrder(ctx, order.id, { expiry_wanted: true });
    await closeCheckouts(ctx, { ...order, expiry_wanted: true });
  });
}
