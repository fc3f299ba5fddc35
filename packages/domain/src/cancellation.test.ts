import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absenceFee, cancellationFee, mayReportAbsence, type CancellationFacts } from './cancellation.ts';
import { defaultNumbers } from './policy-numbers.ts';

const start = new Date('2026-10-25T10:00Z');
const before = (hours: number, seconds = 0) => new Date(start.getTime() - hours * 3_600_000 - seconds * 1000);
const facts = (over: Partial<CancellationFacts>): CancellationFacts => ({
  by: 'customer',
  state: 'confirmed',
  start,
  confirmedAt: before(200),
  held: true,
  now: before(100),
  grossMinor: 12_000n,
  ...over,
});
const fee = (over: Partial<CancellationFacts>) => cancellationFee(facts(over), defaultNumbers);

describe('cancelling by the customer', () => {
  it.each([
    [
      'before the provider confirmed',
      { state: 'requested', confirmedAt: undefined, now: before(1) },
      'before_confirmation',
      0n,
    ],
    ['while the payment has not been taken', { held: false, now: before(1) }, 'not_held', 0n],
    ['exactly 48 h before', { now: before(48) }, 'early', 0n],
    ['a second less than 48 h before', { now: before(48, -1) }, 'within_days', 1200n],
    ['exactly 6 h before', { now: before(6) }, 'within_days', 1200n],
    ['a second less than 6 h before', { now: before(6, -1) }, 'within_hours', 6000n],
    ['exactly 15 min after the confirmation', { confirmedAt: before(3), now: before(2.75) }, 'cooling_off', 0n],
    ['a second later than that', { confirmedAt: before(3), now: before(2.75, -1) }, 'within_hours', 6000n],
    ['confirmed a moment ago, but the start has come', { confirmedAt: before(0.1), now: start }, 'within_hours', 6000n],
    ['after the start, not started', { now: before(-1) }, 'within_hours', 6000n],
  ] as const)('%s', (_, over, rule, feeMinor) => {
    expect(fee(over)).toMatchObject({ rule, feeMinor, refundMinor: 12_000n - feeMinor, penaltyPoints: 0 });
  });

  it('says until when it holds: a second later another rule answers', () => {
    for (const now of [before(100), before(20)]) {
      const { rule, until } = fee({ now });
      const edge = until ?? start;
      expect(fee({ now: edge }).rule).toBe(rule);
      expect(fee({ now: new Date(edge.getTime() + 1000) }).rule).not.toBe(rule);
    }
    expect(fee({ confirmedAt: before(3), now: before(2.9) }).until).toEqual(before(2.75));
    expect(fee({ now: before(1) }).until).toBeUndefined();
  });

  it('rounds the fee down to the minor unit', () => {
    expect(fee({ now: before(10), grossMinor: 1_999n }).feeMinor).toBe(199n);
  });

  it('never costs less to wait, and fee and refund are the price', () => {
    const minutes = fc.integer({ min: -600, max: 6000 });
    fc.assert(
      fc.property(minutes, minutes, fc.bigInt({ min: 1n, max: 10n ** 9n }), (a, b, grossMinor) => {
        const early = fee({ now: before(Math.max(a, b) / 60), grossMinor });
        const late = fee({ now: before(Math.min(a, b) / 60), grossMinor });
        expect(early.feeMinor <= late.feeMinor).toBe(true);
        expect(late.feeMinor + late.refundMinor).toBe(grossMinor);
      }),
    );
  });
});

describe('cancelling by the other side', () => {
  it('gives all back and costs the provider a point once confirmed', () => {
    expect(fee({ by: 'provider', now: before(1) })).toMatchObject({ feeMinor: 0n, penaltyPoints: 1 });
    expect(fee({ by: 'provider', state: 'requested' })).toMatchObject({ feeMinor: 0n, penaltyPoints: 0 });
    expect(fee({ by: 'platform', now: before(1) })).toMatchObject({
      rule: 'by_platform',
      feeMinor: 0n,
      penaltyPoints: 0,
    });
  });
});

describe('nobody there', () => {
  it('half the price from a customer, everything and a point from a provider', () => {
    expect(absenceFee('customer', 12_001n, defaultNumbers)).toMatchObject({ feeMinor: 6000n, refundMinor: 6001n });
    expect(absenceFee('provider', 12_001n, defaultNumbers)).toMatchObject({
      feeMinor: 0n,
      refundMinor: 12_001n,
      penaltyPoints: 1,
    });
  });

  it('may be said 20 minutes after the start', () => {
    expect(mayReportAbsence(start, before(0, -1199), defaultNumbers)).toBe(false);
    expect(mayReportAbsence(start, before(0, -1200), defaultNumbers)).toBe(true);
  });
});
