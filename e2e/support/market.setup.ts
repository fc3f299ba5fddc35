import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the site under test is. */
    siteUrl: string;
    /** A folder for the cookies of those who have signed in. */
    sessions: string;
  }
}

const readyWithinMs = 180_000;

/**
 * Starts the whole product once for all journeys, exactly as `npm start` does, on a fresh data folder. While one writes
 * a journey, SITE_URL names a product that is running already.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const sessions = await mkdtemp(path.join(os.tmpdir(), 'plumbline-sessions-'));
  project.provide('sessions', sessions);
  const forget = (): Promise<void> => rm(sessions, { recursive: true, force: true });
  const running = process.env['SITE_URL'];
  if (running) {
    project.provide('siteUrl', running);
    return forget;
  }
  const dataFolder = await mkdtemp(path.join(os.tmpdir(), 'plumbline-e2e-'));
  // Else the database, which never runs as root, could not live in it and would be kept elsewhere.
  await chmod(dataFolder, 0o755);
  const port = await freePortPair();
  const child = spawn(process.execPath, ['apps/server/src/main.ts', 'up'], {
    env: {
      ...process.env,
      NODE_ENV: '',
      LOG_LEVEL: 'warn',
      PORT: String(port),
      PLUMBLINE_DATA: dataFolder,
      PLUMBLINE_LIMIT_FACTOR: '100',
      // Journeys write their own: diaries are empty when they begin.
      PLUMBLINE_DEMO_STORY: 'off',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  project.provide('siteUrl', await readyUrl(child));
  return async () => {
    await stopped(child);
    await rm(dataFolder, { recursive: true, force: true });
    await forget();
  };
}

/** Reads the output until the one line that says where the site is. */
function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => fail('not ready in time'), readyWithinMs);
    const fail = (why: string) => {
      clearTimeout(timer);
      child.kill('SIGTERM');
      reject(new Error(`${why}:\n${output}`));
    };
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const ready = /^ready (http:\/\/\S+)$/m.exec(output)?.[1];
      if (!ready) return;
      clearTimeout(timer);
      resolve(ready);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => fail(`the product ended with ${code}`));
  });
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.removeAllListeners('exit');
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

/** A free port whose successor is free too: the sandbox payment service takes that one. */
async function freePortPair(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = await listenOnce(0);
    if (port && (await listenOnce(port + 1))) return port;
  }
  throw new Error('no two free ports side by side');
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
