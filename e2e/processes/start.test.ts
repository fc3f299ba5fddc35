import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { alive, whenGone } from '../../apps/server/src/platform/db/embedded/postmaster.ts';
import { cloneRepository, deleteClone, linkInstalledTree } from '../../tools/lib/clone.ts';
import {
  freePortPair,
  leftOvers,
  postmasterOf,
  startProduct,
  type Part,
  type Product,
} from '../../tools/lib/product.ts';

const root = process.getuid?.() === 0;
const products: Product[] = [];

async function start(
  folder: string,
  port: number,
  more: Partial<Parameters<typeof startProduct>[0]> = {},
): Promise<Product> {
  const product = await startProduct({ folder, port, ...more });
  products.push(product);
  return product;
}

/** Ends what a failed test left running. */
afterEach(async () => {
  for (const product of products.splice(0)) await product.stop();
});

function newClone(parent = os.tmpdir()): string {
  const folder = mkdtempSync(path.join(parent, 'pl-clone-'));
  chmodSync(folder, 0o755);
  cloneRepository(folder);
  linkInstalledTree(folder);
  return folder;
}

async function answers(url: string): Promise<number> {
  return (await fetch(url)).status;
}

/** The end of a part's log, for the message of a failure. */
function logOf(folder: string, part: Part): string {
  return readFileSync(path.join(folder, '.data', 'logs', `${part}.log`), 'utf8').slice(-2000);
}

async function closed(url: string): Promise<boolean> {
  return fetch(url).then(
    () => false,
    () => true,
  );
}

describe('npm start in a fresh clone', () => {
  let folder = '';
  let port = 0;

  beforeAll(async () => {
    folder = newClone();
    port = await freePortPair();
  });

  afterAll(() => {
    for (const pid of leftOvers(folder)) process.kill(pid, 'SIGKILL');
    deleteClone(folder);
  });

  it('serves pages, API and its description, prints the cast, and stops without a trace', async () => {
    const product = await start(folder, port);
    expect(product.url).toBe(`http://127.0.0.1:${port}`);
    expect(product.output()).toMatch(/Sign in with the password/);
    for (const address of ['/', '/openapi.json', '/readyz']) {
      expect(await answers(product.url + address), `${address}\n${logOf(folder, 'api')}`).toBe(200);
    }
    const postgres = product.pidOf('postgres');
    expect(await product.stop()).toBe(0);
    expect(await whenGone(postgres, 1000)).toBe(true);
    expect(leftOvers(folder)).toEqual([]);
    expect(await closed(product.url)).toBe(true);
  });

  it('starts again without doing anything twice', async () => {
    const product = await start(folder, port);
    expect(product.output()).not.toMatch(/migrating|seeding|building|Installing/);
    expect(await answers(`${product.url}/readyz`)).toBe(200);
  });

  it('stops on Ctrl-C, which a terminal sends to the whole group', async () => {
    const product = await start(folder, port);
    const ended = once(product.starter, 'exit');
    const everything = (['supervisor', 'api', 'worker', 'sandbox'] as Part[]).map(product.pidOf);
    for (const pid of [product.starter.pid ?? 0, ...everything]) process.kill(pid, 'SIGINT');
    await ended;
    for (const pid of everything) expect(await whenGone(pid, 15_000)).toBe(true);
    await sleep(200);
    expect(leftOvers(folder)).toEqual([]);
  });

  it.each(['starter', 'supervisor', 'api', 'worker', 'sandbox', 'postgres'] as const)(
    'starts again after kill -9 of the %s, and has lost nothing',
    async (victim) => {
      const product = await start(folder, port);
      const others = (['supervisor', 'api', 'worker', 'sandbox'] as Part[]).map(product.pidOf);
      process.kill(victim === 'starter' ? (product.starter.pid ?? 0) : product.pidOf(victim), 'SIGKILL');
      await sleep(1500);
      await product.stop();
      for (const pid of others) expect(await whenGone(pid, 20_000), `${victim}: ${pid} has to end`).toBe(true);
      const again = await start(folder, port);
      expect(again.output()).not.toMatch(/seeding|migrating/);
      expect(await answers(`${again.url}/readyz`)).toBe(200);
      expect(await again.stop()).toBe(0);
    },
  );

  it('says which port is taken and how to take another', async () => {
    const product = await start(folder, port);
    const second = spawnSync('npm', ['start'], {
      cwd: folder,
      env: { ...process.env, PORT: String(port) },
      encoding: 'utf8',
    });
    expect(second.status).toBe(1);
    expect(second.stderr).toContain(`Port ${port} is in use`);
    expect(second.stderr).toContain(`PORT=${port + 100} npm start`);
    expect(await answers(`${product.url}/readyz`)).toBe(200);
  });

  it.runIf(systemNode() !== undefined)('hands over to Node 24 from the older Node of the machine', async () => {
    const product = await start(folder, port, { command: [systemNode() ?? '', 'tools/start.mjs'] });
    expect(await answers(`${product.url}/readyz`)).toBe(200);
    product.starter.kill('SIGKILL');
    expect(await whenGone(product.pidOf('supervisor'), 20_000)).toBe(true);
    await sleep(500);
    expect(leftOvers(folder)).toEqual([]);
  });
});

/** A Node outside of our tree that cannot run the server itself. */
function systemNode(): string | undefined {
  const paths = (process.env['PATH'] ?? '').split(path.delimiter).filter((entry) => !entry.includes('node_modules'));
  const node = paths.map((entry) => path.join(entry, 'node')).find((file) => existsSync(file));
  if (!node) return undefined;
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return /^v2[0-3]\./.test(stdout) ? node : undefined;
}

describe.runIf(root)('npm start as root', () => {
  it('works in a clone that only root may enter, and says where the database lies', async () => {
    const closedParent = mkdtempSync(path.join(os.tmpdir(), 'pl-private-'));
    chmodSync(closedParent, 0o700);
    const folder = newClone(closedParent);
    try {
      const product = await start(folder, await freePortPair());
      expect(await answers(`${product.url}/readyz`)).toBe(200);
      const cluster = readFileSync(path.join(folder, '.data', 'cluster'), 'utf8').trim();
      expect(cluster).toMatch(/^\/var\/lib\/plumbline\//);
      expect(product.output()).toContain(cluster);
      const postgres = postmasterOf(path.join(folder, '.data'));
      await product.stop();
      expect(alive(postgres)).toBe(false);
    } finally {
      deleteClone(folder);
      rmSync(closedParent, { recursive: true, force: true });
    }
  });
});

describe.runIf(root)('npm start as an ordinary user', () => {
  it('works, and everything it makes belongs to that user', async () => {
    const nobody = { uid: 65_534, gid: 65_534 };
    const folder = newClone();
    try {
      // Folders only: the linked files of the installed tree are also those of our own.
      spawnSync('find', [
        folder,
        '-path',
        '*/node_modules/*',
        '-prune',
        '-o',
        '-exec',
        'chown',
        '65534:65534',
        '{}',
        '+',
      ]);
      spawnSync('find', [
        folder,
        '-path',
        '*/node_modules/*',
        '-type',
        'd',
        '-exec',
        'chown',
        '65534:65534',
        '{}',
        '+',
      ]);
      const product = await start(folder, await freePortPair(), { account: nobody, env: { HOME: folder } });
      expect(await answers(`${product.url}/readyz`)).toBe(200);
      expect(existsSync(path.join(folder, '.data', 'postgres', 'data'))).toBe(true);
      expect(await product.stop()).toBe(0);
    } finally {
      deleteClone(folder);
    }
  });
});
