import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../build.ts';
import { layerOf, loadTokens } from './write/load.ts';
import { contrasts, densities, schemes, themes } from './choose.ts';
import { catalogue } from './generated/catalogue.ts';
import { nativeTheme } from './native.ts';

const files = await generatedFiles();
const tokens = await loadTokens();
const permutations = themes.flatMap((theme) =>
  schemes.flatMap((scheme) =>
    contrasts.flatMap((contrast) => densities.map((density) => ({ theme, scheme, contrast, density }))),
  ),
);

describe('generated files', () => {
  it.each(Object.entries(files))('%s is current', (path, text) => {
    expect(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')).toBe(text);
  });

  it('are the only ones there', () => {
    const there = readdirSync(new URL('generated', import.meta.url), { recursive: true, withFileTypes: true });
    expect(there.filter((entry) => entry.isFile())).toHaveLength(Object.keys(files).length);
  });

  it('contain no value that was not understood', () => {
    expect(Object.values(files).join('')).not.toMatch(/\[object|undefined|NaN/);
  });

  it('stay small: 3 kB for the default theme, 1.5 kB for each other', () => {
    const kilobytes = (path: string): number => gzipSync(files[path] ?? '', { level: 9 }).length / 1000;
    expect(kilobytes('src/generated/tokens.css')).toBeLessThan(3);
    for (const theme of ['industrial', 'premium', 'emo'])
      expect(kilobytes(`src/generated/themes/${theme}.css`)).toBeLessThan(1.5);
  });

  it('set no primitive as a variable', () => {
    const css = Object.entries(files).filter(([path]) => path.endsWith('tokens.css') || path.includes('themes/'));
    expect(css).toHaveLength(4);
    for (const [, text] of css) expect(text).not.toMatch(/--pl-(slate|cobalt|graphite|dusk|series)-/);
  });
});

describe('layers', () => {
  it('have components follow semantic colours, and semantic colours primitives', () => {
    const set = tokens.all({ theme: 'default', scheme: 'light', contrast: 'normal', density: 'comfortable' });
    const below = { component: 'semantic', semantic: 'primitive' } as const;
    const wrong = Object.values(set).filter(({ id, $type, aliasChain }) => {
      const layer = layerOf(id);
      const next = aliasChain?.[0];
      return $type === 'color' && layer !== 'primitive' && next !== undefined && layerOf(next) !== below[layer];
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it.each(permutations)('have the same names in $theme, $scheme, $contrast, $density', (look) => {
    const names = Object.keys(tokens.of(look));
    expect(new Set(names)).toEqual(new Set(catalogue.map(({ name }) => name)));
    expect(names.length).toBe(catalogue.length);
  });
});

describe('React Native', () => {
  it.each(permutations)('gets plain values: $theme, $scheme, $contrast, $density', (look) => {
    const { colours, measures } = nativeTheme(look);
    for (const value of Object.values(colours)) expect(value).toMatch(/^#[0-9a-f]{6}([0-9a-f]{2})?$/);
    expect(typeof measures['radius.card']).toBe('number');
    expect(measures['space.unit']).toBe(look.density === 'compact' ? 3.5 : 4);
  });

  it('wears the theme that was asked for', () => {
    const look = { scheme: 'dark', contrast: 'normal', density: 'comfortable' } as const;
    expect(nativeTheme({ ...look, theme: 'premium' }).measures['font.heading']).toBe('Fraunces Variable');
    expect(nativeTheme({ ...look, theme: 'default' }).measures['font.heading']).toBe('Manrope Variable');
    const papers = themes.map((theme) => nativeTheme({ ...look, theme }).colours['color.paper']);
    expect(new Set(papers).size).toBe(4);
  });
});
