import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Native } from './native.ts';
import type { Owner } from './owner.ts';
import { draftPrefix, makePrivate, type Places } from './places.ts';

const run = promisify(execFile);

const passwordFile = 'plumbline.password';

/** Lets only those in by TCP who can read this file; the socket's folder guards itself. */
export function superuserPassword(places: Places): string {
  return readFileSync(path.join(places.data, passwordFile), 'utf8').trim();
}

/**
 * Makes the cluster if there is none yet: into a draft, then renamed, so that of two launchers on a new folder one
 * wins and the other uses its cluster. Refuses a cluster of another major version.
 */
export async function createCluster(places: Places, native: Native, owner: Owner | undefined): Promise<boolean> {
  if (existsSync(places.data)) {
    checkVersion(places, native);
    return false;
  }
  const draft = path.join(places.root, `${draftPrefix}${randomUUID()}`);
  makePrivate(draft, owner);
  try {
    await initialise(draft, native, owner);
    return moveIn(draft, places.data);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function initialise(draft: string, native: Native, owner: Owner | undefined): Promise<void> {
  const password = `${draft}.password`;
  writeFileSync(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (owner) chownSync(password, owner.uid, owner.gid);
  const options = [
    '--username=postgres',
    '--auth-local=trust',
    '--auth-host=scram-sha-256',
    `--pwfile=${password}`,
    '--encoding=UTF8',
    // An order of text that depends neither on the old ICU inside nor on the C library of the machine.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    '--no-sync',
  ];
  try {
    await run(native.initdb, ['-D', draft, ...options], { cwd: '/', env: serverEnvironment(), ...owner });
    renameSync(password, path.join(draft, passwordFile));
  } finally {
    rmSync(password, { force: true });
  }
}

/** PostgreSQL speaks English and takes no setting from our environment. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { LC_ALL: 'C', PATH: process.env['PATH'], TZ: 'UTC' };
}

function moveIn(draft: string, data: string): boolean {
  try {
    renameSync(draft, data);
    return true;
  } catch (error) {
    if (existsSync(data)) return false;
    throw error;
  }
}

function checkVersion(places: Places, native: Native): void {
  const found = readFileSync(path.join(places.data, 'PG_VERSION'), 'utf8').trim();
  if (found === native.major) return;
  throw new Error(
    `${places.data} was made by PostgreSQL ${found}, this program brings ${native.major}. ` +
      'Move the data with pg_dump and pg_restore, or choose another data folder by PLUMBLINE_DATA.',
  );
}
