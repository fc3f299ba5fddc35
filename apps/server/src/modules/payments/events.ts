import type { Ctx } from '../../platform/ctx.ts';
import type { JsonObject } from '../../platform/json.ts';
import { emit } from '../../platform/outbox.ts';
import type { OrderRow } from './tables.ts';

/** What payments announces about an order; the key is the order's id. */
export type OrderEventType =
  | 'payments.order_authorised'
  | 'payments.card_saved'
  | 'payments.checkout_expired'
  | 'payments.order_held'
  | 'payments.capture_failed'
  | 'payments.authorisation_cancelled'
  | 'payments.release_pending'
  | 'payments.released'
  | 'payments.refund_requested'
  | 'payments.refunded'
  | 'payments.refund_failed'
  | 'payments.frozen'
  | 'payments.unfrozen'
  | 'payments.payout_paid';

/** Tells listeners and the live pages of everyone who has to do with the order. */
export async function announce(ctx: Ctx, type: OrderEventType, order: OrderRow, data: JsonObject = {}): Promise<void> {
  const topics = [`order:${order.id}`, `${order.subject_kind}:${order.subject_id}`, `person:${order.customer_id}`];
  if (order.organisation_id) topics.push(`organisation:${order.organisation_id}`);
  await emit(ctx, {
    type,
    key: order.id,
    topics,
    data: {
      orderId: order.id,
      subjectKind: order.subject_kind,
      subjectId: order.subject_id,
      organisationId: order.organisation_id,
      customerId: order.customer_id,
      mode: order.mode,
      ...data,
    },
  });
}

/** A provider's account or payout changed; for their own pages. */
export async function announceToProvider(
  ctx: Ctx,
  type: 'payments.account_changed' | 'payments.payout_created' | 'payments.payout_failed',
  organisationId: string,
  data: JsonObject = {},
): Promise<void> {
  await emit(ctx, {
    type,
    key: organisationId,
    topics: [`organisation:${organisationId}`],
    data: { organisationId, ...data },
  });
}
