import type { Money } from '@plumbline/contracts/common';
import { audit } from '../../../platform/audit.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { refuse } from '../../../platform/errors.ts';
import { lock } from '../order/machine.ts';
import * as policy from '../policy.ts';
import { refund } from './make.ts';

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
