import { describe, expect, it } from 'vitest';
import { loadTokens } from './write/load.ts';
import { contrasts, schemes, themes, type Look } from './choose.ts';
import { contrast, distance, hex, visions, type Colour, type Vision } from './colour.ts';
import { least, pairs } from './pairs.ts';

const tokens = await loadTokens();
const looks = themes.flatMap((theme) =>
  schemes.flatMap((scheme) => contrasts.map((one): Look => ({ theme, scheme, contrast: one, density: 'comfortable' }))),
);
const named = looks.map((look) => ({ ...look, look, name: `${look.theme}, ${look.scheme}, ${look.contrast}` }));

const oklch = (...components: [number, number, number]): Colour => ({ colorSpace: 'oklch', components });

/** The colour of a token in a look; a name that does not exist is a mistake of the test. */
function colour(look: Look, name: string): Colour {
  const token = tokens.of(look)[name];
  if (token?.$type !== 'color') throw new Error(`${name} is no colour`);
  return token.$value as Colour;
}

describe('the measure', () => {
  it('is 21 for black on white and 1 for a colour on itself', () => {
    expect(contrast(oklch(0, 0, 0), oklch(1, 0, 0))).toBeCloseTo(21, 3);
    expect(contrast(oklch(1, 0, 0), oklch(1, 0, 0))).toBeCloseTo(1, 6);
  });

  it('agrees with a published conversion', () => {
    // CSS Color 4 sample: oklch(0.62796 0.25768 29.234) is pure red.
    expect(hex(oklch(0.62796, 0.25768, 29.234))).toBe('#ff0000');
    expect(contrast(oklch(0.62796, 0.25768, 29.234), oklch(1, 0, 0))).toBeCloseTo(4, 1);
  });

  it('sees red and green closer together without red cones', () => {
    const [red, green] = [oklch(0.6, 0.2, 25), oklch(0.6, 0.15, 145)];
    expect(distance(red, green, 'protanopia')).toBeLessThan(distance(red, green, 'full') / 2);
  });
});

describe.each(named)('$name', ({ look }) => {
  it('reaches the contrast asked for in every pair', () => {
    const short = pairs
      .map(({ front, back, use }) => ({
        front,
        back,
        asked: least[look.contrast][use],
        reached: contrast(colour(look, front), colour(look, back)),
      }))
      .filter(({ asked, reached }) => reached < asked)
      .map(({ front, back, asked, reached }) => `${front} on ${back}: ${reached.toFixed(2)} < ${asked}`);
    expect(short).toEqual([]);
  });

  it.each(Object.keys(visions) as Vision[])('keeps the series of charts apart: %s vision', (vision) => {
    const series = [1, 2, 3, 4, 5, 6, 7, 8].map((one) => colour(look, `color.chart-${one}`));
    const distances = series.flatMap((one, at) => series.slice(at + 1).map((other) => distance(one, other, vision)));
    expect(distances).toHaveLength(28);
    expect(Math.min(...distances)).toBeGreaterThan(0.09);
  });
});

describe('pairs', () => {
  it('name every colour that stands on or under another', () => {
    const inPairs = new Set<string>(pairs.flatMap(({ front, back }) => [front, back]));
    const all = Object.values(tokens.of(looks[0] as Look)).filter(({ $type }) => $type === 'color');
    const alone = all.map(({ id }) => id).filter((id) => !inPairs.has(id));
    // Hairlines and shades carry no meaning; the drawn tiles are pictures beside words.
    expect(alone.filter((id) => !/^color\.(line|action-line|brass|draw-|map-edge|scrim|shade)/.test(id))).toEqual([
      'rail.bob',
      'table.line',
    ]);
  });
});
