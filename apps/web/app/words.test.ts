import { refusals } from '@plumbline/contracts';
import problem from '@plumbline/i18n/en-GB/problem.json' with { type: 'json' };
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const features = path.join(import.meta.dirname, 'features');

/** In every page: the frame brings its own words, and so does the translator. */
const always = ['common', 'shell', 'ui', 'problem'];

function filesOf(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    if (statSync(file).isDirectory()) return filesOf(file);
    return /\.tsx?$/.test(name) && !/\.(test|demo)\./.test(name) ? [file] : [];
  });
}

const read = (file: string): string => readFileSync(file, 'utf8');
const catalogueFiles = readdirSync(path.resolve(import.meta.dirname, '../../../packages/i18n/src/en-GB'));
const catalogues = new Set(catalogueFiles.map((name) => name.replace('.json', '')));

/** Catalogues that a piece of code asks: the first word of each key in a call of `t`. */
function askedIn(code: string): Set<string> {
  const calls = code.match(/\bt(?:\.rich)?\(\s*[^)]*?['"`]([a-z]+)\.[^)]*\)/g) ?? [];
  const names = calls.flatMap((call) => [...call.matchAll(/['"`]([a-z]+)\./g)].map(([, name]) => name ?? ''));
  return new Set(names.filter((name) => catalogues.has(name)));
}

/** Catalogues that a feature brings, with those of the features that it imports. */
function broughtBy(feature: string, seen = new Set<string>()): Set<string> {
  if (seen.has(feature)) return new Set();
  seen.add(feature);
  const code = filesOf(path.join(features, feature)).map(read).join('\n');
  const own = [...code.matchAll(/i18n\/en-GB\/(\w+)\.json/g)].map(([, name]) => name ?? '');
  const others = [...code.matchAll(/from '\.\.\/(?:\.\.\/)?(\w+)\/index\.ts'/g)].map(([, name]) => name ?? '');
  return new Set([...own, ...others.flatMap((name) => [...broughtBy(name, seen)])]);
}

describe.each(readdirSync(features))('feature %s', (feature) => {
  const files = filesOf(path.join(features, feature));

  it('brings every catalogue that it asks', () => {
    const asked = new Set(files.flatMap((file) => [...askedIn(read(file))]));
    const brought = broughtBy(feature);
    expect([...asked].filter((name) => !always.includes(name) && !brought.has(name))).toEqual([]);
  });

  it('loads its words in every page and at its door', () => {
    const asking = askedIn(files.map(read).join('\n')).size > 0;
    const entrances = files.filter(
      (file) => /(Page\.tsx|\/index\.ts)$/.test(file) && path.dirname(file).endsWith(feature),
    );
    const without = entrances.filter((file) => asking && !read(file).includes("import './messages.ts'"));
    expect(without.map((file) => path.basename(file))).toEqual([]);
  });
});

it('has words for every refusal', () => {
  const known = new Set(Object.keys(problem));
  expect(Object.keys(refusals).filter((code) => !known.has(`problem.${code}`))).toEqual([]);
});
