import type { Ctx } from '../../../platform/ctx.ts';
import { account, type AccountCode, type AccountRef } from '../chart.ts';
import type { PendingTransfer, Posted, PostedTransfer } from '../posting.ts';
import { journalOfKey, lockBalances, type Journal } from '../read.ts';
import type { Balance } from '../service.ts';
import { move, record, voided, type Event, type Sale } from './event.ts';

/** Where a provider's part of a refund was taken from. */
export interface Taken {
  fromPending: bigint;
  fromAvailable: bigint;
  /** What they did not have: they owe it from now on. */
  receivable: bigint;
}

/**
 * Rules 10 and 11. A refund after the release: the provider's part comes out of the hold window (L210), then out of what
 * is available (L220); what is missing becomes a debt (A140), never a negative balance. Commission (I400) and its VAT
 * (L270) are given back by policy, goodwill (X530) is the platform's own.
 */
export async function refundAfterRelease(
  ctx: Ctx,
  event: Event &
    Sale & {
      refundId: string;
      providerMinor: bigint;
      commissionMinor: bigint;
      vatMinor: bigint;
      goodwillMinor: bigint;
    },
): Promise<Posted & Taken> {
  const { providerId, providerMinor } = event;
  const window = account.providerPending(providerId);
  const available = account.providerAvailable(providerId);
  const debt = account.providerReceivable(providerId);
  const [inWindow, free] = await lockBalances(ctx, [window, available, debt], event.currency);
  const before = await journalOfKey(ctx, event.idemKey);
  if (before) {
    const [fromPending, fromAvailable, receivable] = [
      taken(before, 'L210'),
      taken(before, 'L220'),
      taken(before, 'A140'),
    ];
    return { journalId: before.id, replayed: true, fromPending, fromAvailable, receivable };
  }
  const fromPending = smaller(providerMinor, spendable(inWindow));
  const fromAvailable = smaller(providerMinor - fromPending, spendable(free));
  const receivable = providerMinor - fromPending - fromAvailable;
  const refund = account.refundPayable(event.refundId);
  const posted = await record(ctx, 'refund_after_release', event, [
    move(window, refund, fromPending),
    move(available, refund, fromAvailable),
    move(debt, refund, receivable),
    move(account.commission(event.product), refund, event.commissionMinor),
    move(account.vatPayable(event.jurisdiction), refund, event.vatMinor),
    move(account.goodwill(event.product), refund, event.goodwillMinor),
  ]);
  return { ...posted, fromPending, fromAvailable, receivable };
}

/**
 * Rule 12. A card dispute takes amount and fee from our balance at the PSP at once (A130 → A100, X510 → A100); as much
 * of the provider's money as there is, up to the amount, is frozen: pending L220 → L230.
 */
export async function disputeOpened(
  ctx: Ctx,
  event: Event & {
    disputeId: string;
    psp: string;
    providerId: string;
    amountMinor: bigint;
    feeMinor: bigint;
    freezeId: string;
  },
): Promise<Posted & { frozenMinor: bigint }> {
  const { psp, providerId, amountMinor } = event;
  const available = account.providerAvailable(providerId);
  const [free] = await lockBalances(ctx, [available], event.currency);
  const before = await journalOfKey(ctx, event.idemKey);
  if (before) return { journalId: before.id, replayed: true, frozenMinor: taken(before, 'L220') };
  const frozenMinor = smaller(amountMinor, spendable(free));
  const freeze: PendingTransfer = {
    kind: 'pending',
    id: event.freezeId,
    debit: available,
    credit: account.providerReserve(providerId),
    amountMinor: frozenMinor,
  };
  const posted = await record(ctx, 'dispute_opened', event, [
    move(account.disputeReceivable(event.disputeId), account.pspClearing(psp), amountMinor),
    move(account.disputeFee(psp), account.pspClearing(psp), event.feeMinor),
    freeze,
  ]);
  return { ...posted, frozenMinor };
}

/** Rule 13. Won: the PSP gives the amount back (A100 → A130) and the freeze, if there was one, is lifted. */
export function disputeWon(
  ctx: Ctx,
  event: Event & { disputeId: string; psp: string; amountMinor: bigint; freezeId?: string },
): Promise<Posted> {
  const back = move(account.pspClearing(event.psp), account.disputeReceivable(event.disputeId), event.amountMinor);
  const lifted = event.freezeId === undefined ? [] : [voided({ pendingId: event.freezeId })];
  return record(ctx, 'dispute_won', event, [back, ...lifted]);
}

/**
 * Rules 13 and 11. Lost: the provider's liability is taken from the freeze (L230 → A130), what that lacks is their debt
 * (A140 → A130), ours is a loss (X520 → A130). Of the freeze only the liability is posted; the rest is free again.
 */
export function disputeLost(
  ctx: Ctx,
  event: Event & {
    disputeId: string;
    providerId: string;
    product: string;
    providerMinor: bigint;
    platformMinor: bigint;
    freeze?: { id: string; amountMinor: bigint };
  },
): Promise<Posted> {
  const { providerId, providerMinor, freeze } = event;
  const receivable = account.disputeReceivable(event.disputeId);
  const frozen = smaller(providerMinor, freeze?.amountMinor ?? 0n);
  return record(ctx, 'dispute_lost', event, [
    ...(freeze && frozen > 0n ? [{ kind: 'post' as const, pendingId: freeze.id, amountMinor: frozen }] : []),
    ...(freeze && frozen === 0n ? [voided({ pendingId: freeze.id })] : []),
    move(account.providerReserve(providerId), receivable, frozen),
    move(account.providerReceivable(providerId), receivable, providerMinor - frozen),
    move(account.chargebackLoss(event.product), receivable, event.platformMinor),
  ]);
}

/** Rule 14. A deposit for a rental is taken: A100 → L240. */
export function depositCaptured(
  ctx: Ctx,
  event: Event & { rentalId: string; psp: string; amountMinor: bigint },
): Promise<Posted> {
  const taken = move(account.pspClearing(event.psp), account.deposit(event.rentalId), event.amountMinor);
  return record(ctx, 'deposit_captured', event, [taken]);
}

/** Rule 14. The deposit ends: a part for the owner by the claim's decision (L240 → L210), the rest goes back (L240 → L250). */
export function depositSettled(
  ctx: Ctx,
  event: Event & {
    rentalId: string;
    providerId: string;
    refundId: string;
    claimedMinor: bigint;
    returnedMinor: bigint;
  },
): Promise<Posted> {
  const deposit = account.deposit(event.rentalId);
  return record(ctx, 'deposit_settled', event, [
    move(deposit, account.providerPending(event.providerId), event.claimedMinor),
    move(deposit, account.refundPayable(event.refundId), event.returnedMinor),
  ]);
}

/**
 * Rule 15. A provider's debt is taken from what they have available, before anything is paid out: L220 → A140. Undefined
 * when there is nothing to take.
 */
export async function receivableRecovered(
  ctx: Ctx,
  event: Event & { providerId: string },
): Promise<(Posted & { recoveredMinor: bigint }) | undefined> {
  const available = account.providerAvailable(event.providerId);
  const debt = account.providerReceivable(event.providerId);
  const [free, owed] = await lockBalances(ctx, [available, debt], event.currency);
  const before = await journalOfKey(ctx, event.idemKey);
  if (before) return { journalId: before.id, replayed: true, recoveredMinor: taken(before, 'L220') };
  const recoveredMinor = smaller(spendable(free), spendable(owed));
  if (recoveredMinor <= 0n) return undefined;
  const posted = await record(ctx, 'receivable_recovered', event, [move(available, debt, recoveredMinor)]);
  return { ...posted, recoveredMinor };
}

/** Rule 16. Paid out in another currency: L220 → F600 in the one, F600 → A120 in the other; rate and source are the reason. */
export function exchangedPayout(
  ctx: Ctx,
  event: Event & {
    providerId: string;
    psp: string;
    amountMinor: bigint;
    into: { currency: Event['currency']; amountMinor: bigint };
  },
): Promise<Posted> {
  const { currency, into } = event;
  const bought: PostedTransfer = {
    ...move(account.fxPosition(into.currency), account.payoutInTransit(event.psp), into.amountMinor),
    currency: into.currency,
  };
  const sold = move(account.providerAvailable(event.providerId), account.fxPosition(currency), event.amountMinor);
  return record(ctx, 'exchanged_payout', event, [sold, bought]);
}

/**
 * Rule 17. A difference that reconciliation cannot explain is parked: A190 → A100 when money is missing at the PSP, turned
 * round when there is too much.
 */
export function breakParked(
  ctx: Ctx,
  event: Event & { breakId: string; psp: string; amountMinor: bigint; missing: boolean },
): Promise<Posted> {
  return record(ctx, 'break_parked', event, [between(event, event.missing)]);
}

/** Rule 17. The difference is explained: the parked amount goes back where it came from. */
export function breakCleared(
  ctx: Ctx,
  event: Event & { breakId: string; psp: string; amountMinor: bigint; missing: boolean },
): Promise<Posted> {
  return record(ctx, 'break_cleared', event, [between(event, !event.missing)]);
}

function between(event: { breakId: string; psp: string; amountMinor: bigint }, toPsp: boolean): PostedTransfer {
  const parked: AccountRef = account.suspense(event.breakId);
  const psp = account.pspClearing(event.psp);
  return toPsp ? move(parked, psp, event.amountMinor) : move(psp, parked, event.amountMinor);
}

/** What a journal has taken from accounts of this code. */
const taken = (journal: Journal, code: AccountCode): bigint =>
  journal.transfers.filter(({ debit }) => debit.code === code).reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const spendable = (balance: Balance | undefined): bigint => balance?.availableMinor ?? 0n;
