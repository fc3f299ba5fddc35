import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { launchCluster, type Cluster } from './cluster.ts';
import { makeReady, packageFolder } from './native.ts';
import { serverOwner } from './owner.ts';
import { alive, whenGone } from './postmaster.ts';

const root = process.getuid?.() === 0;
const undo: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

describe('a cluster', () => {
  it('is made once, stops on demand, and has its rows at the next start', async () => {
    const dataFolder = newFolder();
    const first = await launch(dataFolder);
    expect(first).toMatchObject({ created: true, adopted: false });
    await ask(first, 'create table kept as select 1 as row');
    expect(await first.stop()).toBe(true);
    expect(alive(first.pid)).toBe(false);
    const second = await launch(dataFolder);
    expect(second).toMatchObject({ created: false, adopted: false });
    expect(await ask(second, 'select * from kept')).toEqual([{ row: 1 }]);
  });

  it('orders text alike on every machine and can feed a logical slot', async () => {
    const cluster = await launch(newFolder());
    const [settings] = await ask(
      cluster,
      `select datlocprovider::text as provider, datlocale as locale, current_setting('wal_level') as wal,
         current_setting('listen_addresses') as addresses from pg_database where datname = 'postgres'`,
    );
    expect(settings).toEqual({ provider: 'b', locale: 'C.UTF-8', wal: 'logical', addresses: '' });
  });

  it('lets nobody else of this machine near its socket and its data', async () => {
    const cluster = await launch(newFolder());
    for (const folder of ['run', 'data']) {
      const { mode, uid } = statSync(path.join(cluster.root, folder));
      expect(mode & 0o077).toBe(0);
      expect(uid).toBe(serverOwner()?.uid ?? process.getuid?.());
    }
  });

  it('listens on loopback with a password where the path of the socket would be too long', async () => {
    const long = path.join(newFolder(), 'x'.repeat(90));
    const cluster = await launch(long);
    const url = new URL(cluster.url('postgres'));
    expect(url.hostname).toBe('127.0.0.1');
    expect(await ask(cluster, 'select 1 as one')).toEqual([{ one: 1 }]);
    url.password = 'wrong';
    await expect(connect(url.toString())).rejects.toThrow('password authentication failed');
    const secret = statSync(path.join(cluster.root, 'data', 'plumbline.password'));
    expect(secret.mode & 0o777).toBe(0o600);
  });

  it('of another major version is refused with the way out', async () => {
    const dataFolder = newFolder();
    const cluster = await launch(dataFolder);
    await cluster.stop();
    writeFileSync(path.join(cluster.root, 'data', 'PG_VERSION'), '17\n');
    await expect(launchCluster({ dataFolder })).rejects.toThrow(/made by PostgreSQL 17.*pg_dump.*PLUMBLINE_DATA/);
  });

  it('that cannot start says why, with the end of its log', async () => {
    const failing = launchCluster({ dataFolder: newFolder(), settings: { shared_buffers: 'plenty' } });
    await expect(failing).rejects.toThrow(/did not start[\s\S]*invalid value for parameter "shared_buffers"/);
  });
});

describe('after a kill', () => {
  it('adopts the PostgreSQL that a killed launcher left behind', async () => {
    const dataFolder = newFolder();
    const child = await launchInChild(dataFolder);
    child.process.kill('SIGKILL');
    await once(child.process, 'exit');
    expect(alive(child.told.pid)).toBe(true);
    const adopted = await launch(dataFolder);
    expect(adopted).toMatchObject({ adopted: true, created: false, pid: child.told.pid });
    expect(await adopted.stop()).toBe(true);
    expect(alive(child.told.pid)).toBe(false);
  });

  it('recovers what was committed when the server was killed too', async () => {
    const dataFolder = newFolder();
    const cluster = await launch(dataFolder);
    await ask(cluster, 'create table kept as select 7 as row');
    process.kill(cluster.pid, 'SIGKILL');
    await whenGone(cluster.pid, 10_000);
    const again = await launch(dataFolder);
    expect(again).toMatchObject({ adopted: false, created: false });
    expect(await ask(again, 'select * from kept')).toEqual([{ row: 7 }]);
  });

  it('is not misled by a pid that another program has by now', async () => {
    const dataFolder = newFolder();
    const cluster = await launch(dataFolder);
    const pidFile = path.join(cluster.root, 'data', 'postmaster.pid');
    const lines = readFileSync(pidFile, 'utf8').split('\n');
    await cluster.stop();
    writeFileSync(pidFile, [String(process.pid), ...lines.slice(1)].join('\n'), { mode: 0o600 });
    const owner = serverOwner();
    if (owner) chownSync(pidFile, owner.uid, owner.gid);
    expect(await launch(dataFolder)).toMatchObject({ adopted: false });
  });
});

describe('two launchers', () => {
  it('that race on a new folder get one cluster; the last to leave stops it', async () => {
    const dataFolder = newFolder();
    const [one, two] = await Promise.all([launchInChild(dataFolder), launchInChild(dataFolder)]);
    expect(one.told.pid).toBe(two.told.pid);
    expect([one.told.created, two.told.created].filter(Boolean)).toHaveLength(1);
    expect(await one.stop()).toBe(false);
    expect(alive(one.told.pid)).toBe(true);
    expect(await two.stop()).toBe(true);
    expect(alive(one.told.pid)).toBe(false);
  });
});

describe.runIf(root)('as root', () => {
  it('keeps the cluster of a private data folder where the server can enter, and says where', async () => {
    const closed = newFolder();
    chmodSync(closed, 0o700);
    const dataFolder = path.join(closed, '.data');
    const cluster = await launch(dataFolder);
    undo.unshift(() => rmSync(cluster.root, { recursive: true, force: true }));
    expect(cluster.root).toMatch(/^\/var\/lib\/plumbline\/[0-9a-f]{16}$/);
    expect(readFileSync(path.join(dataFolder, 'cluster'), 'utf8').trim()).toBe(cluster.root);
    expect(await ask(cluster, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('runs a copy of the programs, with their links made, when they lie in a private folder', async () => {
    const closed = newFolder();
    const { folder, version } = packageFolder();
    const hidden = path.join(closed, 'package');
    cpSync(folder, hidden, { recursive: true, verbatimSymlinks: true });
    const links = JSON.parse(readFileSync(path.join(hidden, 'native', 'pg-symlinks.json'), 'utf8')) as {
      target: string;
    }[];
    for (const { target } of links) unlinkSync(path.join(hidden, target));
    chmodSync(closed, 0o700);
    const native = makeReady({ folder: hidden, version }, serverOwner());
    const copy = path.resolve(native.postgres, '../../..');
    undo.push(() => rmSync(copy, { recursive: true, force: true }));
    expect(copy.startsWith(closed)).toBe(false);
    const child = spawn(native.initdb, ['--version'], { cwd: '/', ...serverOwner() });
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(makeReady({ folder: hidden, version }, serverOwner())).toEqual(native);
  });

  it('refuses a copy of the programs that somebody else could have written', () => {
    const closed = newFolder();
    chmodSync(closed, 0o700);
    cpSync(path.join(packageFolder().folder, 'package.json'), path.join(closed, 'package.json'));
    const packed = { folder: closed, version: '18.0.0' };
    const copy = path.resolve(makeReady(packed, serverOwner()).postgres, '../../..');
    undo.push(() => rmSync(copy, { recursive: true, force: true }));
    chmodSync(copy, 0o777);
    expect(() => makeReady(packed, serverOwner())).toThrow('is not ours alone');
    rmSync(copy, { recursive: true });
    symlinkSync('/etc', copy);
    expect(() => makeReady(packed, serverOwner())).toThrow('is not ours alone');
  });

  it('is not needed: an ordinary account launches its own cluster', async () => {
    const dataFolder = newFolder();
    const { uid, gid } = serverOwner()!;
    chownSync(dataFolder, uid, gid);
    const child = await launchInChild(dataFolder, { uid, gid });
    expect(child.told).toMatchObject({ created: true, root: path.join(dataFolder, 'postgres') });
    expect(statSync(path.join(dataFolder, 'postgres')).uid).toBe(uid);
    expect(await child.stop()).toBe(true);
  });
});

function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'pl-launch-'));
  chmodSync(folder, 0o755);
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function launch(dataFolder: string): Promise<Cluster> {
  const cluster = await launchCluster({ dataFolder, settings: { fsync: 'off' } });
  undo.push(async () => void (await cluster.stop()));
  return cluster;
}

async function ask(cluster: Cluster, sql: string): Promise<unknown[]> {
  const client = await connect(cluster.url('postgres'));
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  // A server that is killed under an idle client tells it so; the test has seen enough by then.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

interface Told {
  pid: number;
  adopted: boolean;
  created: boolean;
  root: string;
}

interface Child {
  process: ChildProcess;
  told: Told;
  stop(): Promise<boolean>;
}

async function launchInChild(dataFolder: string, account: { uid?: number; gid?: number } = {}): Promise<Child> {
  const script = path.resolve(import.meta.dirname, '../../testing/launch-child.ts');
  const child = spawn(process.execPath, [script, dataFolder], {
    cwd: '/',
    stdio: ['pipe', 'pipe', 'inherit'],
    ...account,
  });
  const lines = createInterface({ input: child.stdout });
  undo.push(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  const told = (await nextLine(lines)) as Told;
  undo.push(() => void (alive(told.pid) && process.kill(told.pid, 'SIGQUIT')));
  const stop = async () => {
    child.stdin.write('stop\n');
    return ((await nextLine(lines)) as { stopped: boolean }).stopped;
  };
  return { process: child, told, stop };
}

async function nextLine(lines: Interface): Promise<unknown> {
  const [line] = (await once(lines, 'line')) as [string];
  return JSON.parse(line);
}
