import { describe, expect, it } from 'vitest';
import { toE164 } from './phone.ts';

describe('a telephone number that somebody typed', () => {
  it.each([
    ['020 7946 0000', 'GB', '+442079460000'],
    ['(0161) 496-0000', 'GB', '+441614960000'],
    ['+49 30 901820', 'GB', '+4930901820'],
    ['0049 30 901820', 'GB', '+4930901820'],
    ['06 1234 5678', 'IT', '+390612345678'],
    ['1 202 555 0143', 'US', '+12025550143'],
  ])('%s in %s is %s', (text, country, expected) => {
    expect(toE164(text, country)).toBe(expected);
  });

  it.each([
    ['', 'GB'],
    ['call me', 'GB'],
    ['1234', 'GB'],
    ['+0123456789', 'GB'],
    ['020 7946 0000', 'XX'],
    ['0123456789012345678', 'DE'],
  ])('%s in %s is none', (text, country) => {
    expect(toE164(text, country)).toBeUndefined();
  });
});
