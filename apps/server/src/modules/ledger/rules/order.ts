import type { Ctx } from '../../../platform/ctx.ts';
import { account } from '../chart.ts';
import type { PendingTransfer, Posted, PostedTransfer, PostTransfer, VoidTransfer } from '../posting.ts';
import { reverse, type Reversal } from '../service.ts';
import { move, record, voided, type Event, type LineAmount, type LineShares, type Sale } from './event.ts';

/** Rule 1. The card's issuer has reserved the money: pending A100 → L200 for each order line. */
export function authorised(
  ctx: Ctx,
  event: Event & { psp: string; lines: readonly (LineAmount & { pendingId: string })[]; expiresAt?: Date },
): Promise<Posted> {
  const transfers = event.lines.map((line): PendingTransfer => ({
    kind: 'pending',
    id: line.pendingId,
    debit: account.pspClearing(event.psp),
    credit: account.escrow(line.lineId),
    amountMinor: line.amountMinor,
    ...(event.expiresAt && { expiresAt: event.expiresAt }),
  }));
  return record(ctx, 'authorised', event, transfers);
}

/** Rule 2. The money has been taken, all of what was reserved or a part of it; the rest is free on the card again. */
export function captured(
  ctx: Ctx,
  event: Event & { lines: readonly { pendingId: string; amountMinor?: bigint }[] },
): Promise<Posted> {
  // Nothing of a line taken is its reservation voided.
  const transfers = event.lines.map(({ pendingId, amountMinor }): PostTransfer | VoidTransfer =>
    amountMinor === 0n
      ? { kind: 'void', pendingId }
      : { kind: 'post', pendingId, ...(amountMinor !== undefined && { amountMinor }) },
  );
  return record(ctx, 'captured', event, transfers);
}

/** Rules 1 and 2 at once: a saved card was charged without a reservation before. A100 → L200. */
export function charged(ctx: Ctx, event: Event & { psp: string; lines: readonly LineAmount[] }): Promise<Posted> {
  const transfers = event.lines.map(({ lineId, amountMinor }) =>
    move(account.pspClearing(event.psp), account.escrow(lineId), amountMinor),
  );
  return record(ctx, 'charged', event, transfers);
}

/** Rule 3. The reservation has lapsed or was cancelled: nothing moves. */
export function authorisationVoided(
  ctx: Ctx,
  event: Event & { lines: readonly { pendingId: string }[] },
): Promise<Posted> {
  return record(ctx, 'authorisation_voided', event, event.lines.map(voided));
}

/** Rule 4. The PSP keeps its fee: X500 → A100. */
export function settlementFee(ctx: Ctx, event: Event & { psp: string; amountMinor: bigint }): Promise<Posted> {
  const fee = move(account.pspFee(event.psp), account.pspClearing(event.psp), event.amountMinor);
  return record(ctx, 'settlement_fee', event, [fee]);
}

/** Rule 5. What the PSP pays out to us is at our bank: A110 → A100, one for each payout of theirs. */
export function settlementReceived(
  ctx: Ctx,
  event: Event & { psp: string; bank: string; amountMinor: bigint },
): Promise<Posted> {
  const net = move(account.bank(event.bank), account.pspClearing(event.psp), event.amountMinor);
  return record(ctx, 'settlement_received', event, [net]);
}

/**
 * Rule 6. The work is accepted: of each line's escrow the provider gets their share into the hold window (L210), the
 * platform its commission (I400) and the tax office the VAT on it (L270). Here the commission is earned, not before.
 */
export function released(ctx: Ctx, event: Event & Sale & { lines: readonly LineShares[] }): Promise<Posted> {
  return record(
    ctx,
    'released',
    event,
    event.lines.flatMap((line) => shares(event, line)),
  );
}

/** Rule 7. The hold window is over: L210 → L220, the provider can be paid. */
export function holdWindowOver(ctx: Ctx, event: Event & { providerId: string; amountMinor: bigint }): Promise<Posted> {
  const { providerId, amountMinor } = event;
  const over = move(account.providerPending(providerId), account.providerAvailable(providerId), amountMinor);
  return record(ctx, 'hold_window_over', event, [over]);
}

/** Rule 8. A payout is made: pending L220 → A120, so that the money cannot be paid twice. */
export function payoutCreated(
  ctx: Ctx,
  event: Event & { providerId: string; psp: string; pendingId: string; amountMinor: bigint },
): Promise<Posted> {
  const reserved: PendingTransfer = {
    kind: 'pending',
    id: event.pendingId,
    debit: account.providerAvailable(event.providerId),
    credit: account.payoutInTransit(event.psp),
    amountMinor: event.amountMinor,
  };
  return record(ctx, 'payout_created', event, [reserved]);
}

/** Rule 8. The payout has arrived: its pending is posted, and what was on the way has left the PSP (or a bank of ours). */
export function payoutPaid(
  ctx: Ctx,
  event: Event & { psp: string; pendingId: string; amountMinor: bigint; bank?: string },
): Promise<Posted> {
  const source = event.bank === undefined ? account.pspClearing(event.psp) : account.bank(event.bank);
  return record(ctx, 'payout_paid', event, [
    { kind: 'post', pendingId: event.pendingId },
    move(account.payoutInTransit(event.psp), source, event.amountMinor),
  ]);
}

/** Rule 8. The payout failed before it was paid: its pending is voided. Returned after paid is `correction`. */
export function payoutFailed(ctx: Ctx, event: Event & { pendingId: string }): Promise<Posted> {
  return record(ctx, 'payout_failed', event, [voided(event)]);
}

/** Rule 9. A refund before the release is owed: L200 → L250. */
export function refundBeforeRelease(
  ctx: Ctx,
  event: Event & { refundId: string; lines: readonly LineAmount[] },
): Promise<Posted> {
  const transfers = event.lines.map(({ lineId, amountMinor }) =>
    move(account.escrow(lineId), account.refundPayable(event.refundId), amountMinor),
  );
  return record(ctx, 'refund_before_release', event, transfers);
}

/** Rule 9. The PSP has confirmed a refund: L250 → A100. A refund that fails later is `correction` of this journal. */
export function refundConfirmed(
  ctx: Ctx,
  event: Event & { refundId: string; psp: string; amountMinor: bigint },
): Promise<Posted> {
  const gone = move(account.refundPayable(event.refundId), account.pspClearing(event.psp), event.amountMinor);
  return record(ctx, 'refund_confirmed', event, [gone]);
}

/** Rules 6 and 9. A late cancellation: the fee is a sale like any other, the rest of each line is owed back. */
export function cancellationFee(
  ctx: Ctx,
  event: Event & Sale & { refundId: string; lines: readonly (LineShares & { refundMinor: bigint })[] },
): Promise<Posted> {
  const transfers = event.lines.flatMap((line) => [
    ...shares(event, line),
    move(account.escrow(line.lineId), account.refundPayable(event.refundId), line.refundMinor),
  ]);
  return record(ctx, 'cancellation_fee', event, transfers);
}

/**
 * Rule 18. A mistake is never edited: its mirror image is posted, once. Also for a payout that came back after it was
 * paid and for a refund that failed after it was confirmed.
 */
export const correction = (ctx: Ctx, reversal: Reversal): Promise<Posted> => reverse(ctx, reversal);

const shares = ({ providerId, product, jurisdiction }: Sale, line: LineShares): PostedTransfer[] => [
  move(account.escrow(line.lineId), account.providerPending(providerId), line.providerMinor),
  move(account.escrow(line.lineId), account.commission(product), line.commissionMinor),
  move(account.escrow(line.lineId), account.vatPayable(jurisdiction), line.vatMinor),
];
