import { describe, expect, it } from 'vitest';
import type { Ctx } from '../../platform/ctx.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { dbTest } from '../../platform/testing.ts';
import { account, type AccountRef } from './chart.ts';
import { broken, funded } from './fixtures.ts';
import { balance } from './read.ts';
import * as rules from './rules.ts';

const t = dbTest();
const psp = 'stripe';
const sale = { providerId: 'plumber', product: 'service', jurisdiction: 'GB' };
const event = (more: Partial<rules.Event> = {}): rules.Event => ({ idemKey: newId(), currency: 'GBP', ...more });
const shares = { lineId: 'line', providerMinor: 10_560n, commissionMinor: 1_200n, vatMinor: 240n };

const sum = async (ref: AccountRef) => (await balance(t.ctx(), ref, 'GBP')).balanceMinor;
const free = async (ref: AccountRef) => (await balance(t.ctx(), ref, 'GBP')).availableMinor;
const pending = account.providerPending('plumber');
const available = account.providerAvailable('plumber');
const refund = account.refundPayable('refund');
const as = <T>(run: (ctx: Ctx) => Promise<T>) => inTransaction(t.ctx(), run);

async function held(): Promise<void> {
  const pendingId = newId();
  await rules.authorised(t.ctx(), { ...event(), psp, lines: [{ lineId: 'line', pendingId, amountMinor: 12_000n }] });
  await rules.captured(t.ctx(), { ...event(), lines: [{ pendingId }] });
}

async function accepted(): Promise<void> {
  await held();
  await rules.released(t.ctx(), { ...event(), ...sale, lines: [shares] });
}

describe('the posting rules', () => {
  it('1, 2, 6, 7, 8: a deal of £120.00 from the card to the bank', async () => {
    await accepted();
    expect(await sum(account.escrow('line'))).toBe(0n);
    expect([await sum(pending), await sum(account.commission('service')), await sum(account.vatPayable('GB'))]).toEqual(
      [...[10_560n, 1_200n, 240n]],
    );
    await rules.holdWindowOver(t.ctx(), { ...event(), providerId: 'plumber', amountMinor: 10_560n });
    const pendingId = newId();
    const payout = { providerId: 'plumber', psp, pendingId, amountMinor: 10_560n };
    await rules.payoutCreated(t.ctx(), { ...event(), ...payout });
    expect([await sum(available), await free(available)]).toEqual([10_560n, 0n]);
    const { journalId } = await rules.payoutPaid(t.ctx(), { ...event(), ...payout });
    expect([
      await sum(available),
      await sum(account.payoutInTransit(psp)),
      await sum(account.pspClearing(psp)),
    ]).toEqual([...[0n, 0n, 1_440n]]);
    await rules.correction(t.ctx(), { journalId, idemKey: 'returned', reason: 'account closed' });
    expect([await free(available), await sum(account.pspClearing(psp))]).toEqual([10_560n, 12_000n]);
    expect(await broken(t.ctx())).toEqual([]);
  });

  it('2, 3: a capture of less frees the rest, of nothing all; a void moves nothing', async () => {
    const [a, b, c] = [newId(), newId(), newId()];
    const lines = [a, b, c].map((pendingId, index) => ({ lineId: `line-${index}`, pendingId, amountMinor: 100n }));
    await rules.authorised(t.ctx(), { ...event(), psp, lines, expiresAt: t.clock.now() });
    const some = [
      { pendingId: a, amountMinor: 60n },
      { pendingId: b, amountMinor: 0n },
    ];
    await rules.captured(t.ctx(), { ...event(), lines: some });
    await rules.authorisationVoided(t.ctx(), { ...event(), lines: [{ pendingId: c }] });
    expect(await balance(t.ctx(), account.pspClearing(psp), 'GBP')).toMatchObject({
      balanceMinor: 60n,
      debitsPending: 0n,
    });
    expect(await sum(account.escrow('line-1'))).toBe(0n);
  });

  it('1 and 2 at once, 4, 5: a saved card, the fee, the money at our bank', async () => {
    await rules.charged(t.ctx(), { ...event(), psp, lines: [{ lineId: 'line', amountMinor: 100n }] });
    await rules.settlementFee(t.ctx(), { ...event(), psp, amountMinor: 3n });
    await rules.settlementReceived(t.ctx(), { ...event(), psp, bank: 'main', amountMinor: 90n });
    expect([
      await sum(account.pspClearing(psp)),
      await sum(account.pspFee(psp)),
      await sum(account.bank('main')),
    ]).toEqual([...[7n, 3n, 90n]]);
  });

  it('8: a failed payout is free to be paid again', async () => {
    await funded(t.ctx(), available, 50n);
    const pendingId = newId();
    await rules.payoutCreated(t.ctx(), { ...event(), providerId: 'plumber', psp, pendingId, amountMinor: 50n });
    await rules.payoutFailed(t.ctx(), { ...event(), pendingId });
    expect(await free(available)).toBe(50n);
  });

  it('9: a refund before the release is owed, then gone', async () => {
    await held();
    await rules.refundBeforeRelease(t.ctx(), {
      ...event(),
      refundId: 'refund',
      lines: [{ lineId: 'line', amountMinor: 500n }],
    });
    expect([await sum(account.escrow('line')), await sum(refund)]).toEqual([11_500n, 500n]);
    await rules.refundConfirmed(t.ctx(), { ...event(), refundId: 'refund', psp, amountMinor: 500n });
    expect([await sum(refund), await sum(account.pspClearing(psp))]).toEqual([0n, 11_500n]);
  });

  it('6 and 9: a cancellation fee is a sale, the rest goes back', async () => {
    await held();
    const line = { lineId: 'line', providerMinor: 1_056n, commissionMinor: 120n, vatMinor: 24n, refundMinor: 10_800n };
    await rules.cancellationFee(t.ctx(), { ...event(), ...sale, refundId: 'refund', lines: [line] });
    expect([await sum(account.escrow('line')), await sum(pending), await sum(refund)]).toEqual([0n, 1_056n, 10_800n]);
  });

  it('10, 11: after the release it comes from the window, from what is available, and then it is a debt', async () => {
    await funded(t.ctx(), pending, 30n);
    await funded(t.ctx(), available, 20n);
    const back = {
      ...event(),
      ...sale,
      refundId: 'refund',
      providerMinor: 60n,
      commissionMinor: 0n,
      vatMinor: 0n,
      goodwillMinor: 5n,
    };
    const first = await as((ctx) => rules.refundAfterRelease(ctx, back));
    expect(first).toMatchObject({ fromPending: 30n, fromAvailable: 20n, receivable: 10n, replayed: false });
    expect(await as((ctx) => rules.refundAfterRelease(ctx, back))).toEqual({ ...first, replayed: true });
    expect([await sum(pending), await sum(available), await sum(refund)]).toEqual([0n, 0n, 65n]);
    expect(await sum(account.providerReceivable('plumber'))).toBe(10n);
  });

  it('15: a debt is taken first, as far as there is money', async () => {
    const debt = account.providerReceivable('plumber');
    const recover = () => as((ctx) => rules.receivableRecovered(ctx, { ...event(), providerId: 'plumber' }));
    expect(await recover()).toBeUndefined();
    const owed = {
      ...event(),
      ...sale,
      refundId: 'refund',
      providerMinor: 50n,
      commissionMinor: 0n,
      vatMinor: 0n,
      goodwillMinor: 0n,
    };
    await as((ctx) => rules.refundAfterRelease(ctx, owed));
    await funded(t.ctx(), available, 30n);
    expect(await recover()).toMatchObject({ recoveredMinor: 30n });
    await funded(t.ctx(), available, 100n);
    expect(await recover()).toMatchObject({ recoveredMinor: 20n });
    expect([await sum(debt), await sum(available)]).toEqual([0n, 80n]);
  });

  it('12, 13: a dispute freezes what is there; lost, the provider pays their part, the platform its own', async () => {
    await funded(t.ctx(), available, 80n);
    const freezeId = newId();
    const dispute = {
      ...event(),
      disputeId: 'd',
      psp,
      providerId: 'plumber',
      amountMinor: 120n,
      feeMinor: 15n,
      freezeId,
    };
    expect(await as((ctx) => rules.disputeOpened(ctx, dispute))).toMatchObject({ frozenMinor: 80n });
    expect([await free(available), await sum(account.disputeReceivable('d'))]).toEqual([0n, 120n]);
    await rules.disputeLost(t.ctx(), {
      ...event(),
      ...{ disputeId: 'd', providerId: 'plumber', product: 'service', providerMinor: 100n, platformMinor: 20n },
      freeze: { id: freezeId, amountMinor: 80n },
    });
    expect([await sum(account.disputeReceivable('d')), await sum(account.providerReceivable('plumber'))]).toEqual([
      0n,
      20n,
    ]);
    expect([await sum(available), await sum(account.providerReserve('plumber'))]).toEqual([0n, 0n]);
    expect(await sum(account.chargebackLoss('service'))).toBe(20n);
    expect(await broken(t.ctx())).toEqual([]);
  });

  it('13: won, everything is as before but the fee', async () => {
    await funded(t.ctx(), available, 200n);
    const freezeId = newId();
    const dispute = {
      ...event(),
      disputeId: 'd',
      psp,
      providerId: 'plumber',
      amountMinor: 120n,
      feeMinor: 15n,
      freezeId,
    };
    await as((ctx) => rules.disputeOpened(ctx, dispute));
    expect(await free(available)).toBe(80n);
    await rules.disputeWon(t.ctx(), { ...event(), disputeId: 'd', psp, amountMinor: 120n, freezeId });
    expect([await free(available), await sum(account.disputeReceivable('d'))]).toEqual([200n, 0n]);
    expect([await sum(account.pspClearing(psp)), await sum(account.disputeFee(psp))]).toEqual([185n, 15n]);
  });

  it('14, 16, 17: deposits, an exchange, a difference parked and cleared', async () => {
    await rules.depositCaptured(t.ctx(), { ...event(), rentalId: 'drill', psp, amountMinor: 100n });
    const end = { rentalId: 'drill', providerId: 'plumber', refundId: 'refund', claimedMinor: 30n, returnedMinor: 70n };
    await rules.depositSettled(t.ctx(), { ...event(), ...end });
    expect([await sum(account.deposit('drill')), await sum(pending), await sum(refund)]).toEqual([0n, 30n, 70n]);
    await rules.holdWindowOver(t.ctx(), { ...event(), providerId: 'plumber', amountMinor: 30n });
    const into = { currency: 'JPY' as const, amountMinor: 5_700n };
    await rules.exchangedPayout(t.ctx(), {
      ...event({ reason: '190, ECB' }),
      providerId: 'plumber',
      psp,
      amountMinor: 30n,
      into,
    });
    const parked = { breakId: 'b', psp, amountMinor: 9n, missing: true };
    await rules.breakParked(t.ctx(), { ...event(), ...parked });
    expect(await sum(account.suspense('b'))).toBe(9n);
    await rules.breakCleared(t.ctx(), { ...event(), ...parked });
    expect([await sum(account.suspense('b')), await sum(account.pspClearing(psp))]).toEqual([0n, 100n]);
    expect(await broken(t.ctx())).toEqual([]);
  });
});
