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

  it.each([
    ['1.200,50 €', 'EUR', 'de', '120050'],
    ['1.200', 'EUR', 'de', '120000'],
    ['12,5', 'EUR', 'de', '1250'],
    ['1 200,50', 'EUR', 'fr', '120050'],
    ['١٢٠٫٥٠', 'AED', 'ar', '12050'],
    ['AED 120.50', 'AED', 'ar', '12050'],
  ])('%s in %s is read as %s writes it: %s', (text, currency, locale, expected) => {
    expect(parseAmount(text, currency, locale)).toBe(expected);
  });

  it.each([
    ['12.5', 'de'],
    ['1,2', 'en-GB'],
    ['1.20.000', 'de'],
    ['12p', 'en-GB'],
  ])('%s is not guessed at in %s', (text, locale) => {
    expect(parseAmount(text, 'EUR', locale)).toBeUndefined();
  });
});
