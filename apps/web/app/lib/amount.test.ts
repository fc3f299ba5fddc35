import { describe, expect, it } from 'vitest';
import { parseAmount } from './amount.ts';

describe('an amount that somebody typed', () => {
  it.each([
    ['120', 'GBP', '12000'],
    ['120.5', 'GBP', '12050'],
    ['£1,200.05', 'GBP', '120005'],
    ['0.05', 'GBP', '5'],
    ['1200', 'JPY', '1200'],
    ['1.234', 'KWD', '1234'],
  ])('%s in %s is %s', (text, currency, expected) => {
    expect(parseAmount(text, currency)).toBe(expected);
  });

  it.each(['', 'abc', '-5', '1.234', '1.2.3', '12,5p'])('%s is none', (text) => {
    expect(parseAmount(text, 'GBP')).toBeUndefined();
  });
});
