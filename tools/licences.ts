import { readFileSync, existsSync } from 'node:fs';
import path from 'node:path';

/** Licences of dependencies that a product under Apache-2.0 may ship, with their notices. */
const shippable = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  // Weak, by file: we ship such packages unchanged.
  'MPL-2.0',
  // Fonts, embedded unchanged.
  'OFL-1.1',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** Packages whose package.json says nothing usable, each with the licence that was read in its files. */
const readByHand: Record<string, string> = {};

interface LockedPackage {
  license?: string;
  link?: boolean;
}

/**
 * True when an SPDX expression allows us to ship: of `A OR B` one side is enough, of `A AND B` both are needed.
 * Unknown words (`UNLICENSED`, `SEE LICENSE IN …`) are not shippable.
 */
export function mayShip(expression: string): boolean {
  const bare = expression.trim().replace(/^\((.*)\)$/, '$1');
  const either = bare.split(/\s+OR\s+/);
  return either.some((side) =>
    side.split(/\s+AND\s+/).every((word) => shippable.has(word.replace(/[()]/g, '').trim())),
  );
}

/** Every locked dependency that we may not ship, as `name: licence`. */
export function unshippable(root: string): string[] {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  const foreign = Object.entries(lock.packages).filter(([place, { link }]) => place.includes('node_modules/') && !link);
  return foreign.flatMap(([place, { license }]) => {
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const found = license ?? readByHand[name] ?? licenceOnDisk(path.join(root, place)) ?? 'unknown';
    return mayShip(found) ? [] : [`${name}: ${found}`];
  });
}

function licenceOnDisk(folder: string): string | undefined {
  const file = path.join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  const { license } = JSON.parse(readFileSync(file, 'utf8')) as { license?: unknown };
  return typeof license === 'string' ? license : undefined;
}
