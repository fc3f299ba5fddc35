import type { CurrencyCode } from '@plumbline/money';
import type { Ctx } from '../../../platform/ctx.ts';
import type { PostedTransfer, Posted, Transfer, VoidTransfer } from '../posting.ts';
import { post } from '../service.ts';

/** What every rule needs: the event's key, so that it happens once, and what it belongs to. */
export interface Event {
  idemKey: string;
  currency: CurrencyCode;
  orderId?: string;
  effectiveAt?: Date;
  reason?: string;
}

export interface LineAmount {
  lineId: string;
  amountMinor: bigint;
}

/** Whose money it is and for what: the provider, the product whose commission it is, where its VAT is owed. */
export interface Sale {
  providerId: string;
  product: string;
  jurisdiction: string;
}

export interface LineShares {
  lineId: string;
  providerMinor: bigint;
  commissionMinor: bigint;
  vatMinor: bigint;
}

export const move = (
  debit: PostedTransfer['debit'],
  credit: PostedTransfer['credit'],
  amountMinor: bigint,
): PostedTransfer => ({ debit, credit, amountMinor });

export const voided = ({ pendingId }: { pendingId: string }): VoidTransfer => ({ kind: 'void', pendingId });

/** Posts an event's legs; a leg over nothing is left out. */
export function record(ctx: Ctx, eventType: string, event: Event, transfers: readonly Transfer[]): Promise<Posted> {
  const { idemKey, currency, orderId, effectiveAt, reason } = event;
  return post(ctx, {
    eventType,
    idemKey,
    currency,
    ...(orderId !== undefined && { orderId }),
    ...(effectiveAt && { effectiveAt }),
    ...(reason !== undefined && { reason }),
    transfers: transfers.filter(
      (transfer) => transfer.kind === 'post' || transfer.kind === 'void' || transfer.amountMinor !== 0n,
    ),
  });
}
