import { parse } from '@formatjs/icu-messageformat-parser';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogues } from './catalogues.ts';
import { compileCatalogue } from './compile.ts';
import { locales } from './languages.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** Every source that may ask for a message. */
function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    if (['node_modules', 'build', '.cache', '.react-router'].includes(name)) return [];
    if (statSync(file).isDirectory()) return sources(file);
    return /\.tsx?$/.test(name) && !/\.(test|demo)\./.test(name) ? [file] : [];
  });
}

const files = [...sources(path.join(root, 'apps')), ...sources(path.join(root, 'packages/i18n'))];
const code = files.map((file) => readFileSync(file, 'utf8')).join('\n');

/** Keys asked as text, and the patterns of those that are put together: `status.booking.${state}`. */
const asked = new Set([...code.matchAll(/['"`]([a-z][\w]*(?:\.[\w]+)+)['"`]/g)].map(([, key]) => key));
const patterns = [...code.matchAll(/`([a-z]\w*(?:\.\w+)*[._]?)\$\{[^`]*`/g)].map(([whole]) =>
  patternOf(whole.slice(1, -1)),
);

function patternOf(template: string): RegExp {
  const parts = template.split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/).map((part) => part.replaceAll('.', '\\.'));
  return new RegExp(`^${parts.join('[\\w.]+')}$`);
}

describe.each(locales)('%s', (locale) => {
  const messages = Object.entries(catalogues[locale]);

  it.each(messages)('%s is a valid message', (_key, text) => {
    expect(() => parse(text)).not.toThrow();
    expect(text.trim()).toBe(text);
    expect(text).not.toMatch(/escrow|protected|!/i);
    expect(text).not.toBe('');
  });

  it('has every key in the file of its feature', () => {
    const folder = path.join(import.meta.dirname, locale);
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
      const keys = Object.keys(JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as object);
      for (const key of keys) expect(key.startsWith(`${name.replace('.json', '')}.`), key).toBe(true);
    }
  });

  it('has no key that nobody asks for', () => {
    const unused = messages
      .map(([key]) => key)
      .filter((key) => !asked.has(key) && !patterns.some((pattern) => pattern.test(key)));
    expect(unused).toEqual([]);
  });
});

it('keeps plain sentences as text and parses the rest ahead of time', () => {
  const compiled = compileCatalogue({ plain: 'Sign in', filled: 'Pay {money}' });
  expect(compiled['plain']).toBe('Sign in');
  expect(Array.isArray(compiled['filled'])).toBe(true);
});
