import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readEnv } from './env.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const SECRET = 'x'.repeat(32);

let folder: string;
let children: ChildProcess[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-main-'));
  children = [];
});
afterEach(async () => {
  for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

function environment(more: Record<string, string> = {}): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    PLUMBLINE_DATA: folder,
    SANDBOX_CONNECT_WEBHOOK_SECRET: `whsec_${SECRET}`,
    SANDBOX_CONNECT_WEBHOOK_URL: 'http://127.0.0.1:9/connect',
    SANDBOX_CONTROL_KEY: SECRET,
    SANDBOX_PLATFORM_WEBHOOK_SECRET: `whsec_${SECRET}`,
    SANDBOX_PLATFORM_WEBHOOK_URL: 'http://127.0.0.1:9/platform',
    SANDBOX_PORT: '0',
    SANDBOX_SECRET_KEY: `sk_test_${SECRET}`,
    ...more,
  };
}

interface Run {
  child: ChildProcess;
  /** The first log line with this message. */
  says(message: string): Promise<Record<string, unknown>>;
  exit: Promise<number | null>;
}

function start(env: Record<string, string>): Run {
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  children.push(child);
  const lines: Record<string, unknown>[] = [];
  let rest = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString('utf8')).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts.map((line) => JSON.parse(line) as Record<string, unknown>));
    child.emit('line');
  });
  return {
    child,
    exit: new Promise((resolve) => {
      child.once('exit', resolve);
    }),
    says: (message) =>
      new Promise((resolve) => {
        const look = () => {
          const found = lines.find((line) => line['msg'] === message);
          if (found) resolve(found);
        };
        child.on('line', look);
        look();
      }),
  };
}

it('starts, answers, keeps its file in the data folder and stops on SIGTERM', async () => {
  const run = start(environment());
  const { url } = await run.says('sandbox ready');
  const health = await fetch(`${String(url)}/_sandbox/health`);
  expect(await health.json()).toEqual({ status: 'ok' });
  const made = await fetch(`${String(url)}/v1/customers`, {
    method: 'POST',
    headers: { Authorization: `Bearer sk_test_${SECRET}` },
  });
  expect(made.status).toBe(200);
  expect((await stat(join(folder, 'sandbox', 'psp.sqlite'))).size).toBeGreaterThan(0);
  run.child.kill('SIGTERM');
  expect(await run.exit).toBe(0);
});

it('survives kill -9: what was answered is there again', async () => {
  const headers = { Authorization: `Bearer sk_test_${SECRET}` };
  const first = start(environment());
  const { url } = await first.says('sandbox ready');
  const made = (await (await fetch(`${String(url)}/v1/customers`, { method: 'POST', headers })).json()) as {
    id: string;
  };
  first.child.kill('SIGKILL');
  await first.exit;
  const second = start(environment());
  const { url: again } = await second.says('sandbox ready');
  const found = await fetch(`${String(again)}/v1/customers/${made.id}`, { headers });
  expect(found.status).toBe(200);
});

it('stops when the process that started it goes away', async () => {
  const run = start(environment());
  await run.says('sandbox ready');
  run.child.disconnect();
  expect(await run.exit).toBe(0);
});

it('runs on real time while the database cannot be reached', async () => {
  const run = start(environment({ DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' }));
  const { url } = await run.says('sandbox ready');
  await run.says('platform clock cannot be read');
  const made = await fetch(`${String(url)}/v1/customers`, {
    method: 'POST',
    headers: { Authorization: `Bearer sk_test_${SECRET}` },
  });
  const { created } = (await made.json()) as { created: number };
  expect(Math.abs(created - Date.now() / 1000)).toBeLessThan(30);
});

it.each([
  ['SANDBOX_SECRET_KEY', 'sk_live_' + SECRET, 'must start with sk_test_'],
  ['SANDBOX_CONTROL_KEY', 'short', 'SANDBOX_CONTROL_KEY is too short'],
  ['SANDBOX_PLATFORM_WEBHOOK_SECRET', '', 'SANDBOX_PLATFORM_WEBHOOK_SECRET is not set'],
  ['SANDBOX_PORT', 'http', 'SANDBOX_PORT is not a port'],
])('refuses %s=%s', (name, value, message) => {
  expect(() => readEnv(environment({ [name]: value }))).toThrow(message);
});

it('exits with 1 and the name of what is missing', async () => {
  const run = start(environment({ SANDBOX_CONTROL_KEY: '' }));
  expect(await run.says('sandbox cannot start')).toMatchObject({ error: 'SANDBOX_CONTROL_KEY is not set' });
  expect(await run.exit).toBe(1);
});
