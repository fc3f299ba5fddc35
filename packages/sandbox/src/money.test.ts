import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, captured, payableAccount, startBench, type Bench } from './fixtures.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.close());

async function amounts(account?: string): Promise<{ available: number; pending: number }> {
  const balance = await bench.stripe.balance.retrieve({}, account === undefined ? {} : { stripeAccount: account });
  return { available: balance.available[0]?.amount ?? 0, pending: balance.pending[0]?.amount ?? 0 };
}

describe('balance', () => {
  it('is pending after a capture, less the fee, and available two days later', async () => {
    await captured(bench.stripe, 12_000);
    expect(await amounts()).toEqual({ available: 0, pending: 11_800 });
    const before = await bench.stripe.balanceTransactions.list({ type: 'charge' });
    expect(before.data[0]).toMatchObject({ amount: 12_000, fee: 200, net: 11_800, status: 'pending' });
    await bench.pass(2 * DAY - 1);
    expect(await amounts()).toEqual({ available: 0, pending: 11_800 });
    await bench.pass(1);
    expect(await amounts()).toEqual({ available: 11_800, pending: 0 });
    expect((await bench.stripe.balanceTransactions.retrieve(before.data[0]!.id)).status).toBe('available');
  });

  it('has no wait for the card that bypasses it', async () => {
    await captured(bench.stripe, 10_000, 'pm_card_bypassPending');
    expect(await amounts()).toEqual({ available: 9_830, pending: 0 });
  });
});

describe('refunds', () => {
  beforeEach(async () => {
    await bench.close();
    bench = await startBench({ delays: { refund: 60 } });
  });

  it('gives back in parts, never more than was taken', async () => {
    const intent = await captured(bench.stripe);
    const first = await bench.stripe.refunds.create({
      payment_intent: intent.id,
      amount: 5_000,
      metadata: { refund: 'r-1' },
    });
    expect(first).toMatchObject({ amount: 5_000, status: 'succeeded', metadata: { refund: 'r-1' } });
    await expect(bench.stripe.refunds.create({ payment_intent: intent.id, amount: 7_001 })).rejects.toThrow(
      'greater than unrefunded amount on charge (£70.00)',
    );
    await bench.stripe.refunds.create({ payment_intent: intent.id });
    await expect(bench.stripe.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({
      code: 'charge_already_refunded',
    });
    const list = await bench.stripe.refunds.list({ payment_intent: intent.id });
    expect(list.data.map((refund) => refund.amount)).toEqual([7_000, 5_000]);
    // The fee is not given back.
    expect(await amounts()).toEqual({ available: 0, pending: -200 });
    await bench.pass(60);
    expect(await bench.stripe.refunds.retrieve(first.id)).toMatchObject({
      destination_details: { card: { reference_status: 'available' } },
    });
    expect(bench.receiver.types()).toEqual([
      'payment_intent.succeeded',
      'charge.refunded',
      'charge.refunded',
      'refund.updated',
      'refund.updated',
    ]);
  });

  it('fails later for a card that cannot take it, and the money comes back', async () => {
    const intent = await captured(bench.stripe, 10_000, 'pm_card_refundFail');
    const refund = await bench.stripe.refunds.create({ payment_intent: intent.id });
    expect(await amounts()).toEqual({ available: 0, pending: -170 });
    await bench.pass(60);
    expect(await bench.stripe.refunds.retrieve(refund.id)).toMatchObject({
      status: 'failed',
      failure_reason: 'expired_or_canceled_card',
    });
    const { available, pending } = await amounts();
    expect(available + pending).toBe(9_830);
    expect(bench.receiver.types().slice(-2)).toEqual(['refund.updated', 'refund.failed']);
  });

  it('stays pending for a card that takes its time', async () => {
    const intent = await captured(bench.stripe, 10_000, 'pm_card_pendingRefund');
    const refund = await bench.stripe.refunds.create({ payment_intent: intent.id });
    expect(refund.status).toBe('pending');
    await bench.pass(60);
    expect((await bench.stripe.refunds.retrieve(refund.id)).status).toBe('succeeded');
  });
});

describe('transfers and payouts', () => {
  it('pays a provider out of one charge: transfer, T+2, payout, paid', async () => {
    const account = await payableAccount(bench);
    const intent = await captured(bench.stripe);
    const charge = String((intent.latest_charge as { id: string }).id);
    const transfer = await bench.stripe.transfers.create({
      amount: 10_560,
      currency: 'gbp',
      destination: account,
      source_transaction: charge,
      metadata: { payout: 'p-1' },
    });
    expect(transfer).toMatchObject({
      amount: 10_560,
      source_transaction: charge,
      transfer_group: `group_${intent.id}`,
      reversed: false,
    });
    expect(await amounts(account)).toEqual({ available: 0, pending: 10_560 });
    await expect(
      bench.stripe.payouts.create({ amount: 10_560, currency: 'gbp' }, { stripeAccount: account }),
    ).rejects.toMatchObject({ code: 'balance_insufficient' });

    await bench.pass(2 * DAY);
    expect(await amounts(account)).toEqual({ available: 10_560, pending: 0 });
    const payout = await bench.stripe.payouts.create(
      { amount: 10_560, currency: 'gbp', metadata: { payout: 'p-1' } },
      { stripeAccount: account },
    );
    expect(payout).toMatchObject({ status: 'pending', automatic: false, amount: 10_560 });
    expect(await amounts(account)).toEqual({ available: 0, pending: 0 });
    await bench.pass(DAY / 2);
    expect((await bench.stripe.payouts.retrieve(payout.id, {}, { stripeAccount: account })).status).toBe('in_transit');
    await bench.pass(DAY / 2);
    expect((await bench.stripe.payouts.retrieve(payout.id, {}, { stripeAccount: account })).status).toBe('paid');
    const arrived = bench.receiver.received.at(-1)!;
    expect(arrived).toMatchObject({
      endpoint: 'connect',
      event: { type: 'payout.paid', account, data: { object: { id: payout.id } } },
    });
    const entries = await bench.stripe.balanceTransactions.list({}, { stripeAccount: account });
    expect(entries.data.map((entry) => [entry.type, entry.net])).toEqual([
      ['payout', -10_560],
      ['payment', 10_560],
    ]);
    // The payout is the connected account's, not the platform's.
    await expect(bench.stripe.payouts.retrieve(payout.id)).rejects.toMatchObject({ statusCode: 404 });
  });

  it('fails a payout to a bad bank account and returns the money', async () => {
    const account = await payableAccount(bench, '99fail');
    const intent = await captured(bench.stripe, 10_000, 'pm_card_bypassPending');
    const source = String((intent.latest_charge as { id: string }).id);
    await bench.stripe.transfers.create({
      amount: 8_000,
      currency: 'gbp',
      destination: account,
      source_transaction: source,
    });
    const payout = await bench.stripe.payouts.create({ amount: 8_000, currency: 'gbp' }, { stripeAccount: account });
    await bench.pass(DAY);
    expect(await bench.stripe.payouts.retrieve(payout.id, {}, { stripeAccount: account })).toMatchObject({
      status: 'failed',
      failure_code: 'could_not_process',
    });
    expect(await amounts(account)).toEqual({ available: 8_000, pending: 0 });
    expect(bench.receiver.received.at(-1)).toMatchObject({
      endpoint: 'connect',
      event: { type: 'payout.failed', account },
    });
  });

  it('cancels a payout only while it is pending', async () => {
    const account = await payableAccount(bench);
    const intent = await captured(bench.stripe, 10_000, 'pm_card_bypassPending');
    const source = String((intent.latest_charge as { id: string }).id);
    await bench.stripe.transfers.create({
      amount: 8_000,
      currency: 'gbp',
      destination: account,
      source_transaction: source,
    });
    const first = await bench.stripe.payouts.create({ amount: 3_000, currency: 'gbp' }, { stripeAccount: account });
    expect((await bench.stripe.payouts.cancel(first.id, {}, { stripeAccount: account })).status).toBe('canceled');
    expect(await amounts(account)).toEqual({ available: 8_000, pending: 0 });
    const second = await bench.stripe.payouts.create({ amount: 3_000, currency: 'gbp' }, { stripeAccount: account });
    await bench.pass(DAY / 2);
    await expect(bench.stripe.payouts.cancel(second.id, {}, { stripeAccount: account })).rejects.toThrow(
      'only be canceled while they are pending',
    );
  });

  it('never transfers more than the source charge, nor more than is available without one', async () => {
    const account = await payableAccount(bench);
    const intent = await captured(bench.stripe, 10_000);
    const source = String((intent.latest_charge as { id: string }).id);
    const from = { currency: 'gbp', destination: account, source_transaction: source };
    await bench.stripe.transfers.create({ ...from, amount: 9_000 });
    await expect(bench.stripe.transfers.create({ ...from, amount: 1_001 })).rejects.toMatchObject({
      code: 'balance_insufficient',
    });
    await expect(
      bench.stripe.transfers.create({ amount: 1, currency: 'gbp', destination: account }),
    ).rejects.toMatchObject({
      code: 'balance_insufficient',
    });
  });

  it('refuses transfers to an account that is not onboarded', async () => {
    const account = await bench.stripe.accounts.create({
      type: 'express',
      capabilities: { transfers: { requested: true } },
    });
    await expect(
      bench.stripe.transfers.create({ amount: 1, currency: 'gbp', destination: account.id }),
    ).rejects.toMatchObject({
      code: 'insufficient_capabilities_for_transfer',
    });
  });

  it('reverses a transfer in parts, as far as the provider still has the money', async () => {
    const account = await payableAccount(bench);
    const intent = await captured(bench.stripe, 10_000, 'pm_card_bypassPending');
    const source = String((intent.latest_charge as { id: string }).id);
    const transfer = await bench.stripe.transfers.create({
      amount: 8_000,
      currency: 'gbp',
      destination: account,
      source_transaction: source,
    });
    await bench.stripe.transfers.createReversal(transfer.id, { amount: 3_000, metadata: { why: 'refund' } });
    expect(await amounts(account)).toEqual({ available: 5_000, pending: 0 });
    const reversed = await bench.stripe.transfers.retrieve(transfer.id);
    expect(reversed).toMatchObject({
      amount_reversed: 3_000,
      reversed: false,
      reversals: { data: [{ amount: 3_000 }] },
    });
    await bench.stripe.payouts.create({ amount: 5_000, currency: 'gbp' }, { stripeAccount: account });
    await expect(bench.stripe.transfers.createReversal(transfer.id)).rejects.toMatchObject({
      code: 'balance_insufficient',
    });
    const list = await bench.stripe.transfers.listReversals(transfer.id);
    expect(list.data).toMatchObject([{ amount: 3_000, metadata: { why: 'refund' } }]);
    await bench.sandbox.idle();
    expect(bench.receiver.types()).toContain('transfer.reversed');
  });

  it('finds transfers and payouts again by the filters that exist', async () => {
    const account = await payableAccount(bench);
    const intent = await captured(bench.stripe, 10_000, 'pm_card_bypassPending');
    const source = String((intent.latest_charge as { id: string }).id);
    const transfer = await bench.stripe.transfers.create({
      amount: 8_000,
      currency: 'gbp',
      destination: account,
      source_transaction: source,
      transfer_group: 'order-7',
    });
    const found = await bench.stripe.transfers.list({ transfer_group: 'order-7', destination: account });
    expect(found.data.map((one) => one.id)).toEqual([transfer.id]);
    const now = Math.floor(bench.clock.now().getTime() / 1000);
    expect((await bench.stripe.transfers.list({ created: { gt: now } })).data).toEqual([]);
    const payout = await bench.stripe.payouts.create({ amount: 1_000, currency: 'gbp' }, { stripeAccount: account });
    const pending = await bench.stripe.payouts.list(
      { status: 'pending', created: { gte: now } },
      { stripeAccount: account },
    );
    expect(pending.data.map((one) => one.id)).toEqual([payout.id]);
  });
});

describe('disputes', () => {
  it('comes a day after the capture, takes amount and fee, and is won back with evidence', async () => {
    const intent = await captured(bench.stripe, 10_000, 'pm_card_createDispute');
    await bench.pass(DAY);
    const dispute = (await bench.stripe.disputes.list({ payment_intent: intent.id })).data[0]!;
    expect(dispute).toMatchObject({
      amount: 10_000,
      reason: 'fraudulent',
      status: 'needs_response',
      evidence_details: { has_evidence: false },
    });
    expect(dispute.balance_transactions).toMatchObject([{ amount: -10_000, fee: 2_000, net: -12_000 }]);
    await expect(bench.stripe.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({
      code: 'charge_disputed',
    });

    await bench.stripe.disputes.update(dispute.id, { evidence: { customer_name: 'Amira Khan' }, submit: false });
    const answered = await bench.stripe.disputes.update(dispute.id, {
      evidence: { uncategorized_text: 'winning_evidence' },
      submit: true,
    });
    expect(answered).toMatchObject({
      status: 'under_review',
      evidence: { customer_name: 'Amira Khan' },
      evidence_details: { submission_count: 1 },
    });
    await expect(bench.stripe.disputes.update(dispute.id, { evidence: { receipt: 'x' } })).rejects.toThrow(
      'already submitted',
    );
    await bench.pass(0);
    const won = await bench.stripe.disputes.retrieve(dispute.id);
    expect(won.status).toBe('won');
    expect(won.balance_transactions.map((one) => one.net)).toEqual([-12_000, 10_000]);
    // Charge 9,830; dispute −12,000 and +10,000; the fee for answering comes back on a win.
    expect((await amounts()).available + (await amounts()).pending).toBe(7_830);
    expect(bench.receiver.types().filter((type) => type.startsWith('charge.dispute'))).toEqual([
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
      'charge.dispute.updated',
      'charge.dispute.updated',
      'charge.dispute.updated',
      'charge.dispute.closed',
      'charge.dispute.funds_reinstated',
    ]);
  });

  it('is lost by silence, and by giving in', async () => {
    const silent = await captured(bench.stripe, 10_000, 'pm_card_createDispute');
    await bench.pass(DAY);
    await bench.pass(9 * DAY);
    expect((await bench.stripe.disputes.list({ payment_intent: silent.id })).data[0]).toMatchObject({
      status: 'lost',
      evidence_details: { past_due: true },
    });
    const accepted = await captured(bench.stripe, 10_000, 'pm_card_createDispute');
    await bench.pass(DAY);
    const dispute = (await bench.stripe.disputes.list({ payment_intent: accepted.id })).data[0]!;
    expect((await bench.stripe.disputes.close(dispute.id)).status).toBe('lost');
  });

  it('can be opened and decided by hand', async () => {
    const intent = await captured(bench.stripe);
    const charge = (intent.latest_charge as { id: string }).id;
    const opened = await bench.control('POST', '/disputes', { charge, reason: 'product_not_received' });
    expect(opened).toMatchObject({ object: 'dispute', reason: 'product_not_received', status: 'needs_response' });
    const closed = await bench.control('POST', `/disputes/${String(opened['id'])}/decision`, { outcome: 'won' });
    expect(closed).toMatchObject({ status: 'won' });
  });
});
