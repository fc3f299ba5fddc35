import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { createCluster, serverEnvironment, superuserPassword } from './create.ts';
import { nativePrograms, type Native } from './native.ts';
import { serverOwner, type Owner } from './owner.ts';
import { clusterRoot, makePlaces, type Places } from './places.ts';
import { readPostmaster, whenGone, whenReady, type Postmaster } from './postmaster.ts';
import { signIn, signOut } from './sharing.ts';

export interface LaunchOptions {
  /** Absolute path of the data folder. */
  dataFolder: string;
  /** Settings of the server, for example `{ fsync: 'off' }` for tests. */
  settings?: Record<string, string>;
  progress?: (line: string) => void;
}

/** A running PostgreSQL of our own. */
export interface Cluster {
  /** URL of a database of this cluster, as its superuser. */
  url(database: string): string;
  /** Folder in which the cluster lies. */
  root: string;
  pid: number;
  /** True when it ran already and nobody started it now. */
  adopted: boolean;
  /** True when the cluster was made now. */
  created: boolean;
  /** Stops the server, unless another living process uses it (then false). */
  stop(): Promise<boolean>;
}

/**
 * Starts the PostgreSQL of a data folder, or adopts the one that runs there already: an orphan of a killed process,
 * or the server of another process. Makes the cluster when there is none. Two launchers may race.
 */
export async function launchCluster(options: LaunchOptions): Promise<Cluster> {
  const owner = serverOwner();
  const native = nativePrograms(owner);
  const places = makePlaces(clusterRoot(options.dataFolder, owner), owner);
  signIn(places.sharing);
  try {
    const orphan = await adopt(places);
    if (orphan) return describe(places, orphan, { adopted: true, created: false });
    options.progress?.(`PostgreSQL ${native.major} in ${places.root}`);
    const created = await createCluster(places, native, owner);
    const { server, ours } = await start(places, native, owner, options.settings ?? {});
    return describe(places, server, { adopted: !ours, created });
  } catch (error) {
    signOut(places.sharing);
    throw error;
  }
}

/** The server that runs there, once it is ready; undefined when none runs or it is on its way out. */
async function adopt(places: Places): Promise<Postmaster | undefined> {
  const running = readPostmaster(places);
  if (!running) return undefined;
  if (running.status !== 'stopping') return whenReady(places);
  await whenGone(running.pid, 30_000);
  return undefined;
}

async function start(
  places: Places,
  native: Native,
  owner: Owner | undefined,
  settings: Record<string, string>,
): Promise<{ server: Postmaster; ours: boolean }> {
  const all = { ...(await listening(places)), wal_level: 'logical', ...settings };
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(places.log, 'a');
  const child = spawn(native.postgres, ['-D', places.data, ...options], {
    cwd: '/',
    detached: true,
    env: serverEnvironment(),
    stdio: ['ignore', log, log],
    ...owner,
  });
  closeSync(log);
  const spawned = new Promise<never>((_, reject) => child.once('error', reject));
  child.unref();
  const server = await Promise.race([whenReady(places, child.pid), spawned]);
  if (!server) throw new Error(`PostgreSQL did not start. Its log, ${places.log}, ends with:\n${tail(places.log)}`);
  return { server, ours: server.pid === child.pid };
}

/** A socket in a private folder; loopback TCP with a password where the socket's path would be too long. */
async function listening(places: Places): Promise<Record<string, string>> {
  // The limit of the system is 108 bytes, of macOS 104.
  const fits = Buffer.byteLength(path.join(places.socket, '.s.PGSQL.5432')) <= 100;
  if (fits && process.platform !== 'win32') {
    return { listen_addresses: '', unix_socket_directories: places.socket, port: '5432' };
  }
  return { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(await freePort()) };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function describe(places: Places, server: Postmaster, how: Pick<Cluster, 'adopted' | 'created'>): Cluster {
  return {
    ...how,
    url: (database) => urlOf(places, server, database),
    root: places.root,
    pid: server.pid,
    stop: () => stop(places, server),
  };
}

function urlOf(places: Places, server: Postmaster, database: string): string {
  if (server.socketFolder !== '') {
    return `postgres://postgres@/${database}?host=${encodeURIComponent(server.socketFolder)}&port=${server.port}`;
  }
  return `postgres://postgres:${superuserPassword(places)}@127.0.0.1:${server.port}/${database}`;
}

async function stop(places: Places, server: Postmaster): Promise<boolean> {
  if (!signOut(places.sharing)) return false;
  if (readPostmaster(places)?.pid !== server.pid) return true;
  // SIGINT is PostgreSQL's fast shutdown: sessions are ended, everything is on disk.
  process.kill(server.pid, 'SIGINT');
  if (await whenGone(server.pid, 30_000)) return true;
  throw new Error(`PostgreSQL (pid ${server.pid}) has not stopped within 30 s; its log is ${places.log}`);
}

function tail(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-8).join('\n');
}
