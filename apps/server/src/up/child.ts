import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';

export interface ChildPlan {
  name: string;
  /** Arguments of Node: the program and what it is told. */
  args: string[];
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** Told when a child that had been ready ended by itself and is started again. */
  onRestart: (line: string) => void;
}

export interface Child {
  readonly pid: number | undefined;
  /** Ends the process and starts it anew. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const shortestPauseMs = 500;
/** A child that has stayed up this long may crash again without a longer pause. */
const steadyMs = 60_000;
const longestPauseMs = 30_000;
const stopWithinMs = 15_000;
const readyWithinMs = 60_000;
const mostLogBytes = 20_000_000;

/**
 * Starts a program and keeps it running: one that ends by itself is started again after a pause that doubles up to
 * half a minute. Resolves when it has said `ready` for the first time; rejects, with the end of its log, when it
 * ends before that.
 */
export async function keepRunning(plan: ChildPlan): Promise<Child> {
  let current = start(plan);
  /** The process whose end is wanted. */
  let ending: ChildProcess | undefined;
  let pauseMs = shortestPauseMs;
  let timer: NodeJS.Timeout | undefined;
  await readyOf(current, plan);
  watch(current, performance.now());

  function watch(child: ChildProcess, since: number): void {
    child.once('exit', (code, signal) => {
      if (child === ending) return;
      const steady = performance.now() - since > steadyMs;
      pauseMs = steady ? shortestPauseMs : Math.min(pauseMs * 2, longestPauseMs);
      plan.onRestart(`${plan.name} ended (${signal ?? code}); starting it again in ${pauseMs / 1000} s`);
      timer = setTimeout(startAgain, pauseMs);
    });
  }
  function startAgain(): void {
    current = start(plan);
    watch(current, performance.now());
  }
  async function stop(): Promise<void> {
    clearTimeout(timer);
    ending = current;
    await end(current);
  }

  return {
    get pid() {
      return current.pid;
    },
    stop,
    async restart() {
      await stop();
      startAgain();
    },
  };
}

/** Runs a program to its end. Rejects, with the end of its log, when it fails. */
export function runOnce(plan: ChildPlan): Promise<void> {
  const from = sizeOf(plan.logFile);
  const child = start(plan);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${plan.name} failed (${signal ?? code}):\n${tail(plan.logFile, from)}`));
    });
  });
}

function start({ args, env, logFile }: ChildPlan): ChildProcess {
  if (sizeOf(logFile) > mostLogBytes) renameSync(logFile, `${logFile}.old`);
  const log = openSync(logFile, 'a');
  try {
    // The channel tells the child when we are gone, however we went.
    return spawn(process.execPath, args, { env, stdio: ['ignore', log, log, 'ipc'] });
  } finally {
    closeSync(log);
  }
}

function readyOf(child: ChildProcess, { name, logFile }: ChildPlan): Promise<void> {
  const from = sizeOf(logFile);
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      child.removeAllListeners();
    };
    const fail = (why: string) => {
      settle();
      child.kill('SIGKILL');
      reject(new Error(`${name} ${why}. Its log, ${logFile}, says:\n${tail(logFile, from)}`));
    };
    const timer = setTimeout(() => fail('is not ready after a minute'), readyWithinMs);
    child.once('error', (error) => fail(`did not start: ${error.message}`));
    child.once('exit', (code, signal) => fail(`ended while starting (${signal ?? code})`));
    const succeed = () => {
      settle();
      resolve();
    };
    child.on('message', (message) => {
      if (typeof message === 'object' && message !== null && 'ready' in message) succeed();
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  const ended = gone(child);
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
  await ended;
  clearTimeout(timer);
}

function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

const sizeOf = (file: string) => (existsSync(file) ? statSync(file).size : 0);

/** The last lines that were written since `from`. */
function tail(file: string, from: number): string {
  return readFileSync(file).subarray(from).toString('utf8').trimEnd().split('\n').slice(-15).join('\n');
}
