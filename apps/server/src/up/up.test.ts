import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepRunning, runOnce, type Child, type ChildPlan } from './child.ts';
import { withLock } from './lock.ts';
import { installationSecrets } from './secrets.ts';

let folder: string;
const children: Child[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'plumbline-up-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) await child.stop();
  rmSync(folder, { recursive: true, force: true });
});

const restarts: string[] = [];

function plan(program: string): ChildPlan {
  return {
    name: 'probe',
    args: ['--input-type=module', '-e', program],
    env: process.env,
    logFile: path.join(folder, 'probe.log'),
    onRestart: (line) => restarts.push(line),
  };
}

const running = `process.send({ ready: 'probe' }); setInterval(() => {}, 1000);`;

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const isAlive = (pid: number | undefined) => {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a child', () => {
  it('is started again when it was killed, and not when it was stopped', async () => {
    const child = await keepRunning(plan(running));
    children.push(child);
    const first = child.pid;
    process.kill(first ?? 0, 'SIGKILL');
    await until(() => child.pid !== first && isAlive(child.pid));
    expect(restarts.at(-1)).toMatch(/probe ended \(SIGKILL\); starting it again/);
    const second = child.pid;
    await child.stop();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect([isAlive(second), child.pid]).toEqual([false, second]);
  });

  it('is another process after a restart', async () => {
    const child = await keepRunning(plan(running));
    children.push(child);
    const first = child.pid;
    await child.restart();
    expect(child.pid).not.toBe(first);
    expect(isAlive(first)).toBe(false);
  });

  it('tells by its log why it did not start', async () => {
    const starting = keepRunning(plan(`console.error('no such file'); process.exit(3);`));
    await expect(starting).rejects.toThrow(/probe ended while starting \(3\)[^]*no such file/);
  });

  it('hears that we are gone', async () => {
    // A supervisor that is killed starts a child; the child ends by itself.
    const file = path.join(folder, 'pid');
    const grandchild = `process.on('disconnect', () => process.exit(0)); setInterval(() => {}, 1000);`;
    const program = `
      import { spawn } from 'node:child_process';
      import { writeFileSync } from 'node:fs';
      const args = ['--input-type=module', '-e', ${JSON.stringify(grandchild)}];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
      writeFileSync(${JSON.stringify(file)}, String(child.pid));
      ${running}`;
    const child = await keepRunning(plan(program));
    children.push(child);
    const pid = Number(readFileSync(file, 'utf8'));
    expect(isAlive(pid)).toBe(true);
    process.kill(child.pid ?? 0, 'SIGKILL');
    await until(() => !isAlive(pid));
    expect(isAlive(pid)).toBe(false);
  });
});

describe('a program that runs once', () => {
  it('fails with the end of its log', async () => {
    await expect(runOnce(plan(''))).resolves.toBeUndefined();
    await expect(runOnce(plan(`console.error('broken'); process.exit(1)`))).rejects.toThrow(/broken/);
  });
});

describe('a lock', () => {
  it('lets one work at a time and is taken over from the dead', async () => {
    const file = path.join(folder, 'lock');
    // No process has this pid: it is above the system's limit.
    writeFileSync(file, '4194999');
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 30));
      inside -= 1;
    };
    await Promise.all([withLock(file, work), withLock(file, work), withLock(file, work)]);
    expect(most).toBe(1);
    expect(existsSync(file)).toBe(false);
  });
});

describe('the secrets of an installation', () => {
  it('are made once and are for the owner of the process alone', () => {
    const first = installationSecrets(folder);
    expect(installationSecrets(folder)).toEqual(first);
    expect(first.stripeKey).toMatch(/^sk_test_[\w-]{32}$/);
    expect(statSync(path.join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  });
});
