import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { mayShip, unshippable } from './licences.ts';

describe('a licence', () => {
  it.each(['MIT', 'Apache-2.0', '(MIT OR GPL-3.0-only)', 'MIT AND Zlib', '(MIT AND Zlib)'])(
    'may be shipped: %s',
    (licence) => {
      expect(mayShip(licence)).toBe(true);
    },
  );

  it.each([
    'GPL-3.0-only',
    'AGPL-3.0-or-later',
    'SSPL-1.0',
    'BUSL-1.1',
    'MIT AND GPL-2.0-only',
    'UNLICENSED',
    '',
    'SEE LICENSE IN x',
  ])('may not be shipped: %s', (licence) => {
    expect(mayShip(licence)).toBe(false);
  });
});

describe('the check of all dependencies', () => {
  it('names the one that may not be shipped, and one that says nothing', () => {
    const root = mkdtempSync(path.join(os.tmpdir(), 'pl-licences-'));
    const packages = {
      '': { license: 'Apache-2.0' },
      'node_modules/good': { license: 'ISC' },
      'node_modules/good/node_modules/@deep/bad': { license: 'SSPL-1.0' },
      'node_modules/silent': {},
      'node_modules/ours': { link: true },
    };
    writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages }));
    expect(unshippable(root)).toEqual(['@deep/bad: SSPL-1.0', 'silent: unknown']);
    rmSync(root, { recursive: true });
  });
});
