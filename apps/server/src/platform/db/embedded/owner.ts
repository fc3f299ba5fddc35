import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** The account under which PostgreSQL runs, because it refuses to run as root. */
export interface Owner {
  uid: number;
  gid: number;
}

/** `nobody` when we are root, so that no account has to be made; otherwise ourselves (undefined). */
export function serverOwner(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (!uid || !gid) throw new Error('running as root needs the account "nobody" for PostgreSQL; /etc/passwd has none');
  return { uid: Number(uid), gid: Number(gid) };
}

/** True when any other account may read and enter this folder and all folders above it. */
export function openToOthers(folder: string): boolean {
  const readAndEnter = 0o005;
  for (let at = nearestExisting(folder); ; at = path.dirname(at)) {
    if ((statSync(at).mode & readAndEnter) !== readAndEnter) return false;
    if (at === path.dirname(at)) return true;
  }
}

function nearestExisting(folder: string): string {
  let at = path.resolve(folder);
  while (!existsSync(at)) at = path.dirname(at);
  return at;
}
