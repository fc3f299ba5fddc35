import { describe, expect, it } from 'vitest';
import { median, percentile, round } from './stats.ts';

describe('figures', () => {
  it('have a middle', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBeNaN();
  });

  it('have percentiles between neighbours', () => {
    const hundred = Array.from({ length: 101 }, (_, at) => at);
    expect(percentile(hundred, 99)).toBe(99);
    expect(percentile([10, 20], 75)).toBe(17.5);
  });

  it('are rounded to what can be known', () => {
    expect(round(1234.567)).toBe(1230);
    expect(round(0.0123456)).toBe(0.0123);
  });
});
