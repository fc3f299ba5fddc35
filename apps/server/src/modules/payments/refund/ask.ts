import type { Money } from '@plumbline/contracts/common';
import { audit } from '../../../platform/audit.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { refuse } from '../../../platform/errors.ts';
import { lock } from '../order/machine.ts';
import * as policy from '../policy.ts';
import { retry } from './apply.ts';
import { refund } from './make.ts';
import { refundById } from './store.ts';

/**
 * A person gives money back: the provider's owner before release, finance staff at any time. Refuses as `refund` does,
 * and `access.not_found` or `access.forbidden`.
 */
export async function giveBack(ctx: Ctx, orderId: string, amount: Money, reason: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const order = await lock(ctx, orderId);
    if (!policy.maySeeOrder(ctx.actor, order)) refuse('access.not_found');
    if (!policy.mayRefund(ctx.actor, order)) refuse('access.forbidden');
    if (amount.currency !== order.currency) refuse('payments.bad_amount', { currency: order.currency });
    // A problem is decided on the booking, which would not hear of a decision made here.
    if (order.state === 'disputed_internal') refuse('payments.not_allowed_now', { state: order.state, move: 'refund' });
    const { refundId } = await refund(ctx, orderId, { amountMinor: BigInt(amount.minor), reason });
    await audit(ctx, {
      act: 'order.refund',
      subject: `order:${orderId}`,
      reason,
      detail: { refundId, amountMinor: amount.minor },
    });
  });
}

/**
 * Sends a refund that the bank did not take once more; for those who may give money back. Refuses `access.not_found`,
 * `access.forbidden` and, unless it has failed, `payments.not_allowed_now`.
 */
export async function giveBackAgain(ctx: Ctx, orderId: string, refundId: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const order = await lock(ctx, orderId);
    if (!policy.maySeeOrder(ctx.actor, order)) refuse('access.not_found');
    const refund = await refundById.first(ctx, refundId);
    if (refund?.order_id !== orderId) refuse('access.not_found');
    if (!policy.mayRefund(ctx.actor, order)) refuse('access.forbidden');
    await retry(ctx, refundId);
    await audit(ctx, { act: 'order.retry_refund', subject: `order:${orderId}`, detail: { refundId } });
  });
}
