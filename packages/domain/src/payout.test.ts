import { describe, expect, it } from 'vitest';
import { nextPayoutRun, payoutGate, payoutMove, type PayoutFacts } from './payout.ts';

const now = new Date('2026-05-10T10:00:00Z');
const ready: PayoutFacts = {
  payableMinor: 10_560n,
  minimumMinor: 1_000n,
  account: 'ready',
  verified: true,
  frozen: false,
  methodFailed: false,
  methodSince: new Date('2026-05-09T10:00:00Z'),
  methodAgeHours: 24,
  now,
};

describe('the gate of a payout', () => {
  it('is open for a verified provider with money and known bank details', () => {
    expect(payoutGate(ready)).toBeUndefined();
  });

  const { methodSince: _, ...withoutMethod } = ready;

  it.each<[PayoutFacts, string]>([
    [{ ...ready, payableMinor: 0n }, 'nothing_available'],
    [{ ...ready, payableMinor: -5n }, 'nothing_available'],
    [{ ...ready, account: 'missing' }, 'account_missing'],
    [{ ...ready, account: 'incomplete' }, 'account_incomplete'],
    [withoutMethod, 'account_incomplete'],
    [{ ...ready, verified: false }, 'verification_missing'],
    [{ ...ready, frozen: true }, 'frozen'],
    [{ ...ready, methodFailed: true }, 'method_failed'],
    [{ ...ready, payableMinor: 999n }, 'below_minimum'],
  ])('waits when %o', (facts, reason) => {
    expect(payoutGate(facts)?.reason).toBe(reason);
  });

  it('says until when new bank details wait', () => {
    const methodSince = new Date('2026-05-09T10:00:01Z');
    expect(payoutGate({ ...ready, methodSince })).toEqual({
      reason: 'method_too_new',
      until: new Date('2026-05-10T10:00:01Z'),
    });
  });

  it('pays the minimum itself', () => {
    expect(payoutGate({ ...ready, payableMinor: 1_000n })).toBeUndefined();
  });
});

describe('the moves of a payout', () => {
  it('never send an unknown or failed payout again', () => {
    expect(payoutMove('failed', 'submit')).toBeUndefined();
    expect(payoutMove('paid', 'arrive')).toBeUndefined();
    expect(payoutMove('unknown', 'arrive')).toBe('paid');
  });
});

describe('the daily run', () => {
  it('is at nine in the region’s morning, summer and winter', () => {
    expect(nextPayoutRun(new Date('2026-01-10T08:59:59Z'), 'Europe/London').toISOString()).toBe(
      '2026-01-10T09:00:00.000Z',
    );
    expect(nextPayoutRun(new Date('2026-07-10T08:00:00Z'), 'Europe/London').toISOString()).toBe(
      '2026-07-11T08:00:00.000Z',
    );
    expect(nextPayoutRun(new Date('2026-07-10T07:00:00Z'), 'Asia/Dubai').toISOString()).toBe(
      '2026-07-11T05:00:00.000Z',
    );
  });

  it('keeps nine over the night in which the clocks change', () => {
    expect(nextPayoutRun(new Date('2026-03-28T09:00:00Z'), 'Europe/London').toISOString()).toBe(
      '2026-03-29T08:00:00.000Z',
    );
  });
});
