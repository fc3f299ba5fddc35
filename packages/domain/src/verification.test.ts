import { describe, expect, it } from 'vitest';
import { endOf, isValid, stateNow } from './verification.ts';

const now = new Date('2026-11-24T12:00:00Z');

describe('the state of a proof', () => {
  it.each([
    [undefined, null, 'missing'],
    ['submitted', null, 'submitted'],
    ['approved', null, 'approved'],
    ['approved', '2027-11-24', 'approved'],
    ['approved', '2026-12-20', 'expiring'],
    ['approved', '2026-11-24', 'expiring'],
    ['approved', '2026-11-23', 'expired'],
    ['rejected', '2026-11-23', 'rejected'],
  ] as const)('%s until %s is %s', (stored, until, state) => {
    expect(stateNow(stored, until, now)).toBe(state);
  });

  it('is valid through the whole of its last day', () => {
    expect(endOf('2026-11-24').toISOString()).toBe('2026-11-25T00:00:00.000Z');
    expect(isValid(stateNow('approved', '2026-11-24', new Date('2026-11-24T23:59:59.999Z')))).toBe(true);
    expect(isValid(stateNow('approved', '2026-11-24', new Date('2026-11-25T00:00:00Z')))).toBe(false);
  });
});
