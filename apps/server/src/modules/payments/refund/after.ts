import type { GivenBack } from '@plumbline/domain/fees';
import type { Ctx } from '../../../platform/ctx.ts';
import { newId } from '../../../platform/ids.ts';
import * as ledger from '../../ledger/index.ts';
import { sumOf } from '../order/lines.ts';
import { providerOf } from '../order/work.ts';
import { insertEarning, insertReceivable, lockRelease } from '../payout/earnings.ts';
import type { OrderRow } from '../tables.ts';

interface Cause {
  refundId: string;
  reason: string;
}

/**
 * Rules 10 and 11. The provider's part comes from where this order's share lies: the hold window, what is available,
 * or, when it has been paid out or is on its way, from a debt that the next payout pays first. Never from another
 * order's money.
 */
export async function givenBackAfter(
  ctx: Ctx,
  order: OrderRow,
  parts: GivenBack[],
  { refundId, reason }: Cause,
): Promise<void> {
  const providerId = providerOf(order);
  const provider = sumOf(parts, (part) => part.provider);
  const commission = sumOf(parts, (part) => part.commission);
  const vat = sumOf(parts, (part) => part.vatOnCommission);
  const place = await placeOf(ctx, order);
  const source = {
    window: ledger.account.providerPending(providerId),
    available: ledger.account.providerAvailable(providerId),
    paid: ledger.account.providerReceivable(providerId),
  }[place];
  const refund = ledger.account.refundPayable(refundId);
  const legs = [
    { debit: source, credit: refund, amountMinor: provider },
    { debit: ledger.account.commission(order.product), credit: refund, amountMinor: commission },
    { debit: ledger.account.vatPayable(order.jurisdiction), credit: refund, amountMinor: vat },
  ];
  const { journalId } = await ledger.post(ctx, {
    eventType: 'refund_after_acceptance',
    orderId: order.id,
    idemKey: `refund:${refundId}`,
    currency: order.currency,
    reason,
    transfers: legs.filter(({ amountMinor }) => amountMinor > 0n),
  });
  if (provider === 0n) return;
  if (place === 'paid') {
    await insertReceivable.run(
      ctx,
      newId(),
      order.region_id,
      providerId,
      order.id,
      refundId,
      order.currency,
      provider,
      ctx.clock.now(),
    );
  }
  if (place === 'available') {
    await insertEarning(ctx, {
      regionId: order.region_id,
      organisationId: providerId,
      orderId: order.id,
      kind: 'refund',
      currency: order.currency,
      gross: -(provider + commission + vat),
      commission: -commission,
      vat: -vat,
      net: -provider,
      journalId,
    });
  }
}

type Place = 'window' | 'available' | 'paid';

async function placeOf(ctx: Ctx, order: OrderRow): Promise<Place> {
  if (order.state === 'release_pending' || order.state === 'disputed_internal') return 'window';
  const release = await lockRelease.first(ctx, order.id);
  return release && release.payout_id === null ? 'available' : 'paid';
}
