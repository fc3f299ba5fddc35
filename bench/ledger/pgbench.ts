import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { treeCpuMs } from '../lib/processes.ts';

const run = promisify(execFile);

/** What one round of pgbench measured. */
export interface Round {
  /** Transactions a second. */
  tps: number;
  /** Processor microseconds of the server for each transaction. */
  cpuUs: number;
  /** Mean milliseconds that a client waited. */
  latencyMs: number;
}

/** PostgreSQL's own benchmark client. Installs Debian's package where we are root and apt is there. */
export function findPgbench(): string {
  const found = installed();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    // Debian ships it with its server, which would make and start a cluster that nobody wants here.
    mkdirSync('/etc/postgresql-common', { recursive: true });
    writeFileSync('/etc/postgresql-common/createcluster.conf', 'create_main_cluster = false\n', { flag: 'a' });
    execFileSync('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'postgresql-contrib'], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const now = installed();
    if (now) return now;
  }
  throw new Error(
    'pgbench is missing: install the package postgresql-contrib (Debian, Ubuntu), or put pgbench on the PATH',
  );
}

function installed(): string | undefined {
  const versions = '/usr/lib/postgresql';
  // Debian's /usr/bin/pgbench is a wrapper that picks a cluster; the programs themselves lie by version.
  const ofDebian = existsSync(versions) ? readdirSync(versions).map((each) => path.join(versions, each, 'bin')) : [];
  const folders = [...ofDebian.toReversed(), ...(process.env['PATH'] ?? '').split(path.delimiter)];
  return folders.map((folder) => path.join(folder, 'pgbench')).find((file) => existsSync(file));
}

export interface Target {
  pgbench: string;
  url: string;
  /** The postmaster, whose backends' time is counted. */
  serverPid: number;
}

/** Fills the tables of the TPC-B-like transaction. */
export async function fillTpcb({ pgbench, url }: Target, scale: number): Promise<void> {
  await run(pgbench, ['-i', '-q', '-s', String(scale), url]);
}

/** So long, or so many transactions for each connection. */
type Length = { seconds: number } | { transactions: number };

const lengthOf = (length: Length): string[] =>
  'seconds' in length ? ['-T', String(length.seconds)] : ['-t', String(length.transactions)];

/** One round; without a script it is the built-in TPC-B-like transaction. */
export async function play(
  { pgbench, url, serverPid }: Target,
  { connections, script, ...length }: { connections: number; script?: string } & Length,
): Promise<Round> {
  const before = treeCpuMs(serverPid);
  const threads = Math.min(connections, 2);
  const { stdout } = await run(pgbench, [
    ...['-n', '-M', 'prepared', '-c', String(connections), '-j', String(threads), ...lengthOf(length)],
    ...(script ? ['-f', script] : []),
    url,
  ]);
  const spent = treeCpuMs(serverPid) - before;
  const number = (pattern: RegExp) => Number(pattern.exec(stdout)?.[1] ?? Number.NaN);
  const done = number(/actually processed: (\d+)/);
  return {
    tps: number(/tps = ([\d.]+)/),
    cpuUs: (spent * 1000) / done,
    latencyMs: number(/latency average = ([\d.]+)/),
  };
}

/** Writes a pgbench script and answers its path. */
export function scriptFile(folder: string, name: string, text: string): string {
  const file = path.join(folder, `${name}.sql`);
  writeFileSync(file, text);
  return file;
}
