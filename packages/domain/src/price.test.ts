import { describe, expect, it } from 'vitest';
import { fromPrice, grossPrice, isAskable, minutesOf, splitVat } from './price.ts';

describe('gross price of a choice', () => {
  it.each([
    ['fixed', { kind: 'fixed', amountMinor: 12_000n }, {}, 12_000n],
    ['fixed, hours do not matter', { kind: 'fixed', amountMinor: 12_000n }, { hours: 3 }, 12_000n],
    ['hourly for two hours', { kind: 'hourly', amountMinor: 6000n }, { hours: 2 }, 12_000n],
    ['hourly without hours', { kind: 'hourly', amountMinor: 6000n }, {}, undefined],
    ['hourly for half an hour', { kind: 'hourly', amountMinor: 6000n }, { hours: 0.5 }, undefined],
    ['hourly for 13 hours', { kind: 'hourly', amountMinor: 6000n }, { hours: 13 }, undefined],
    ['a package', { kind: 'fixed', amountMinor: 12_000n }, { packageMinor: 9900n }, 9900n],
    ['a quote', { kind: 'quote', amountMinor: null }, {}, undefined],
  ] as const)('%s', (_, asking, choice, price) => {
    expect(grossPrice(asking, choice)).toBe(price);
  });
});

describe('from', () => {
  it('is the least that one can book for', () => {
    expect(fromPrice({ kind: 'fixed', amountMinor: 8500n }, [])).toBe(8500n);
    expect(fromPrice({ kind: 'fixed', amountMinor: 8500n }, [12_000n, 6000n])).toBe(6000n);
    expect(fromPrice({ kind: 'quote', amountMinor: null }, [6000n])).toBe(6000n);
    expect(fromPrice({ kind: 'quote', amountMinor: null }, [])).toBeNull();
    expect(fromPrice({ kind: 'hourly', amountMinor: 5500n }, [4000n])).toBe(5500n);
  });
});

describe('VAT in a price', () => {
  it('is a sixth of it at 20 %, and nothing when the supplier is not registered', () => {
    expect(splitVat(12_000n, true, 2000)).toEqual({ netMinor: 10_000n, vatMinor: 2000n });
    expect(splitVat(12_000n, false, 2000)).toEqual({ netMinor: 12_000n, vatMinor: 0n });
  });
});

describe('duration and asking', () => {
  it('takes hours, the package or the service', () => {
    expect(minutesOf('hourly', 60, { hours: 3 })).toBe(180);
    expect(minutesOf('fixed', 60, { hours: 3 })).toBe(60);
    expect(minutesOf('fixed', 60, { packageMinutes: 90 })).toBe(90);
  });

  it('knows what can be asked', () => {
    expect(isAskable({ kind: 'quote', amountMinor: null })).toBe(true);
    expect(isAskable({ kind: 'quote', amountMinor: 1n })).toBe(false);
    expect(isAskable({ kind: 'fixed', amountMinor: 0n })).toBe(false);
    expect(isAskable({ kind: 'fixed', amountMinor: null })).toBe(false);
  });
});
