import { createHash } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openToOthers, type Owner } from './owner.ts';

/** The folders of one cluster. */
export interface Places {
  root: string;
  /** PGDATA. */
  data: string;
  socket: string;
  log: string;
  /** One file per process that uses the cluster. */
  sharing: string;
}

/** Where services of this machine keep their state; unlike the temporary folder nobody cleans it. */
const stateFolder = '/var/lib/plumbline';

/**
 * The cluster of a data folder lies in it under `postgres/`; where the server's account cannot enter the data folder
 * (root's home, a private clone) it lies in the state folder of the machine, named by a hash of the data folder's
 * path, and `<data folder>/cluster` says so.
 */
export function clusterRoot(dataFolder: string, owner: Owner | undefined): string {
  const inside = path.join(dataFolder, 'postgres');
  mkdirSync(dataFolder, { recursive: true });
  if (!owner || openToOthers(dataFolder)) return inside;
  const key = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16);
  const outside = path.join(stateFolder, key);
  writeFileSync(path.join(dataFolder, 'cluster'), `${outside}\n`);
  return outside;
}

/** Where things lie under this root. */
export function placesOf(root: string): Places {
  return {
    root,
    data: path.join(root, 'data'),
    socket: path.join(root, 'run'),
    log: path.join(root, 'postgres.log'),
    sharing: path.join(root, 'sharing'),
  };
}

/** Makes the folders: the root open for entering, what is inside for the server's account only. */
export function makePlaces(root: string, owner: Owner | undefined): Places {
  mkdirSync(root, { recursive: true, mode: 0o755 });
  const places = placesOf(root);
  mkdirSync(places.sharing, { recursive: true, mode: 0o700 });
  makePrivate(places.socket, owner);
  removeStaleDrafts(root);
  return places;
}

/** A folder that only the server's account (and root) may enter. */
export function makePrivate(folder: string, owner: Owner | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (owner) chownSync(folder, owner.uid, owner.gid);
}

export const draftPrefix = 'draft-';

/** A launcher that was killed during initdb leaves a draft; one of a living launcher is younger than ten minutes. */
function removeStaleDrafts(root: string): void {
  const oldest = Date.now() - 600_000;
  for (const name of readdirSync(root)) {
    const draft = path.join(root, name);
    const stale = name.startsWith(draftPrefix) && existsSync(draft) && statSync(draft).mtimeMs < oldest;
    if (stale) rmSync(draft, { recursive: true, force: true });
  }
}
