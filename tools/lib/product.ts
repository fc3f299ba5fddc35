import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandOf, familyOf } from '../../bench/lib/processes.ts';

export interface StartOptions {
  /** The clone in which `npm start` is typed. */
  folder: string;
  port: number;
  /** Another account than ours. */
  account?: { uid: number; gid: number };
  env?: Record<string, string>;
  /** The command instead of `npm start`. */
  command?: [string, ...string[]];
  readyWithinMs?: number;
}

export type Part = 'supervisor' | 'api' | 'worker' | 'sandbox' | 'postgres';

/** A running product, as its starter in a terminal sees it. */
export interface Product {
  url: string;
  /** From the command to the line `ready`. */
  seconds: number;
  output(): string;
  /** The process that was started: npm. */
  starter: ChildProcess;
  pidOf(part: Part): number;
  /** SIGTERM to the starter; answers when it has ended. */
  stop(): Promise<number | null>;
}

/** Types `npm start` and waits for `ready`. Rejects with the output when that does not come. */
export async function startProduct(options: StartOptions): Promise<Product> {
  const { folder, port, readyWithinMs = 480_000, command = ['npm', 'start'] } = options;
  const [program, ...args] = command;
  const began = performance.now();
  const starter = spawn(program, args, {
    cwd: folder,
    env: { ...plainEnvironment(), PORT: String(port), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options.account,
  });
  let output = '';
  for (const stream of [starter.stdout, starter.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const url = await readyUrl(starter, () => output, readyWithinMs);
  return {
    url,
    seconds: (performance.now() - began) / 1000,
    starter,
    output: () => output,
    pidOf: (part) => pidOf(part, starter, folder),
    stop: () => stopStarter(starter),
  };
}

/** What a person's shell has: nothing of the npm under which we ourselves may run. */
function plainEnvironment(): Record<string, string> {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|NODE_ENV$|VITEST|PLUMBLINE_|DATABASE_URL$|LOG_LEVEL$|INIT_CWD$)/i.test(name),
  );
  const environment = Object.fromEntries(own.map(([name, value]) => [name, value ?? '']));
  const paths = (environment['PATH'] ?? '').split(path.delimiter).filter((entry) => !entry.includes('node_modules'));
  return { ...environment, PATH: paths.join(path.delimiter) };
}

async function readyUrl(starter: ChildProcess, output: () => string, patienceMs: number): Promise<string> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const url = /^ready (http:\S+)$/m.exec(output())?.[1];
    if (url) return url;
    if (starter.exitCode !== null || starter.signalCode !== null)
      throw new Error(`it ended before it was ready:\n${output()}`);
    if (performance.now() > until) {
      await stopStarter(starter);
      throw new Error(`not ready within ${patienceMs / 1000} s:\n${output()}`);
    }
    await sleep(20);
  }
}

const marks: Record<Exclude<Part, 'postgres'>, RegExp> = {
  supervisor: /server\/src\/main\.ts up/,
  api: /server\/src\/main\.ts api/,
  worker: /server\/src\/main\.ts worker/,
  sandbox: /sandbox\/src\/main\.ts/,
};

function pidOf(part: Part, starter: ChildProcess, folder: string): number {
  if (part === 'postgres') return postmasterOf(path.join(folder, '.data'));
  const family = familyOf(starter.pid ?? 0);
  const pid = family.find((member) => marks[part].test(commandOf(member)));
  if (pid === undefined) throw new Error(`no ${part} among ${family.map(commandOf).join(' | ')}`);
  return pid;
}

/** The server of a data folder, wherever its cluster lies. */
export function postmasterOf(dataFolder: string): number {
  const outside = path.join(dataFolder, 'cluster');
  const cluster = existsSync(outside) ? readFileSync(outside, 'utf8').trim() : path.join(dataFolder, 'postgres');
  return Number(readFileSync(path.join(cluster, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

async function stopStarter(starter: ChildProcess): Promise<number | null> {
  if (starter.exitCode !== null || starter.signalCode !== null) return starter.exitCode;
  const ended = once(starter, 'exit') as Promise<[number | null]>;
  starter.kill('SIGTERM');
  return (await ended)[0];
}

/** Everything that still runs out of this folder or uses a path in it. */
export function leftOvers(folder: string): number[] {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return pids.filter((pid) => pid !== process.pid && commandOf(pid).includes(`${folder}/`));
}

/** A free port whose successor is free too: the sandbox payment service takes that one. */
export async function freePortPair(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = await listenOnce(0);
    if (port !== undefined && (await listenOnce(port + 1)) !== undefined) return port;
  }
  throw new Error('no two free ports side by side');
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}
