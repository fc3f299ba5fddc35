import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generatedFiles, schemeTokens } from '../build.ts';
import { contrast, luminance, toHex, type Oklch } from './color.ts';
import { pairs } from './pairs.ts';
import { resolveTokens } from './resolve.ts';

const black: Oklch = { components: [0, 0, 0] };
const white: Oklch = { components: [1, 0, 0] };

describe('contrast', () => {
  it('is 21 for black on white and 1 for a colour on itself', () => {
    expect(contrast(black, white)).toBeCloseTo(21, 3);
    expect(contrast(white, white)).toBe(1);
  });

  it('agrees with a published conversion', () => {
    // CSS Color 4 sample: oklch(0.62796 0.25768 29.234) is pure red.
    expect(toHex({ components: [0.62796, 0.25768, 29.234] })).toBe('#ff0000');
    expect(luminance({ components: [0.62796, 0.25768, 29.234] })).toBeCloseTo(0.2126, 3);
  });
});

describe.each(['light', 'dark'] as const)('the default theme, %s', (scheme) => {
  const tokens = schemeTokens(scheme);
  const colour = (name: string): Oklch => tokens.get(`color.${name}`)?.value as Oklch;

  it.each(pairs)('shows $front on $back at $least or more', ({ front, back, least }) => {
    expect(contrast(colour(front), colour(back))).toBeGreaterThanOrEqual(least);
  });

  it('has the same names as the other scheme', () => {
    const other = schemeTokens(scheme === 'light' ? 'dark' : 'light');
    expect([...tokens.keys()]).toEqual([...other.keys()]);
  });
});

describe('generated files', () => {
  it.each(Object.entries(generatedFiles()))('%s is current', (path, text) => {
    expect(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')).toBe(text);
  });

  it('contain no value that was not understood', () => {
    expect(Object.values(generatedFiles()).join('')).not.toMatch(/\[object|undefined|NaN/);
  });
});

describe('resolving', () => {
  it('follows aliases and inherits the type of the group', () => {
    const tokens = resolveTokens({
      a: { $type: 'number', one: { $value: 1 } },
      b: { $type: 'number', two: { $value: '{a.one}' } },
    });
    expect(tokens.get('b.two')).toEqual({ path: 'b.two', type: 'number', value: 1 });
  });

  it('refuses circles and unknown names', () => {
    const circle = { a: { $type: 'number', x: { $value: '{a.y}' }, y: { $value: '{a.x}' } } };
    expect(() => resolveTokens(circle)).toThrow('circle');
    expect(() => resolveTokens({ a: { $type: 'number', x: { $value: '{b}' } } })).toThrow('unknown b');
  });
});
