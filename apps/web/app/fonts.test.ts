import { themes, type Theme } from '@plumbline/tokens/choose';
import { nativeTheme } from '@plumbline/tokens/native';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface Face {
  family: string;
  bytes: number;
  ranges: [number, number][];
}

function facesOf(file: string): Face[] {
  const css = readFileSync(`${import.meta.dirname}/${file}`, 'utf8');
  return [...css.matchAll(/@font-face \{(.*?)\n\}/gs)].flatMap(([, body = '']) => {
    const family = /font-family: '(.*?)'/.exec(body)?.[1] ?? '';
    const source = /url\('(.*?)'\)/.exec(body)?.[1];
    const list = /unicode-range:(.*?);/s.exec(body)?.[1] ?? '';
    const ranges = [...list.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/g)].map(
      ([, from = '', to = from]): [number, number] => [Number.parseInt(from, 16), Number.parseInt(to, 16)],
    );
    return source ? [{ family, bytes: statSync(fileURLToPath(import.meta.resolve(source))).size, ranges }] : [];
  });
}

const covers = ({ ranges }: Face, letter: string): boolean =>
  ranges.some(([from, to]) => from <= (letter.codePointAt(0) ?? 0) && (letter.codePointAt(0) ?? 0) <= to);

/** The letters of a language's own words: its catalogue, not the names of people from elsewhere. */
function lettersOf(locale: string): string[] {
  const words = ['home', 'booking', 'service', 'shell', 'explore', 'common'].map((name) =>
    readFileSync(fileURLToPath(import.meta.resolve(`@plumbline/i18n/${locale}/${name}.json`)), 'utf8'),
  );
  return [...new Set(words.join(''))];
}

const faces = (theme: Theme): Face[] => [
  ...facesOf('fonts.css'),
  ...(theme === 'default' ? [] : facesOf(`themes/${theme}.css`)),
];

/** What a browser fetches: of each stack, the first face that has a letter, as `unicode-range` tells it. */
function fetched(theme: Theme, locale: string): Face[] {
  const { measures } = nativeTheme({ theme, scheme: 'light', contrast: 'normal', density: 'comfortable' });
  const arabic = locale === 'ar';
  const text = measures['font.text'];
  const stacks = [text, arabic ? text : measures['font.heading'], arabic ? '' : measures['font.code']];
  const all = faces(theme);
  const used = stacks.flatMap((family) =>
    lettersOf(locale).flatMap((letter) => {
      const first = all.find((face) => face.family === family && covers(face, letter));
      return first ?? all.find((face) => face.family.includes('Arabic') && covers(face, letter)) ?? [];
    }),
  );
  return [...new Set(used)];
}

describe('fonts', () => {
  const table = themes.flatMap((theme) =>
    ['en-GB', 'fr', 'de', 'ar'].map((locale) => ({ theme, locale, limit: locale === 'ar' ? 220_000 : 120_000 })),
  );

  it.each(table)('of one page in $theme, $locale are at most $limit bytes', ({ theme, locale, limit }) => {
    const used = fetched(theme, locale);
    const bytes = used.reduce((sum, face) => sum + face.bytes, 0);
    expect(used.length).toBeGreaterThanOrEqual(2);
    expect(bytes).toBeLessThanOrEqual(limit);
  });

  it('have every face that a theme names', () => {
    for (const theme of themes) {
      const { measures } = nativeTheme({ theme, scheme: 'light', contrast: 'normal', density: 'comfortable' });
      expect(faces(theme).map(({ family }) => family)).toContain(measures['font.heading']);
    }
  });

  it('of Arabic pages are one face beside the Latin one', () => {
    expect(readFileSync(`${import.meta.dirname}/fonts.css`, 'utf8')).toMatch(
      /:root:lang\(ar\) \{\n {2}--pl-font-heading: var\(--pl-font-text\);/,
    );
  });
});
