import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Places } from './places.ts';

/** What `postmaster.pid` says of the server that holds the data folder. */
export interface Postmaster {
  pid: number;
  port: number;
  /** Empty when it listens by TCP only. */
  socketFolder: string;
  status: string;
}

/** The living server of this data folder; undefined when there is none, whatever a stale pid file says. */
export function readPostmaster(places: Places): Postmaster | undefined {
  const file = path.join(places.data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid = '', , , port = '', socketFolder = '', , , status = ''] = readIfThere(file).split('\n');
  const server = {
    pid: Number(pid),
    port: Number(port),
    socketFolder: socketFolder.trim(),
    status: status.trim(),
  };
  return server.pid > 0 && isServerOf(server.pid, places.data) ? server : undefined;
}

/** Waits until the server of this folder says `ready`; undefined when it ended before. */
export async function whenReady(places: Places, pid?: number): Promise<Postmaster | undefined> {
  for (;;) {
    const server = readPostmaster(places);
    if (server?.status === 'ready') return server;
    if (!server && (pid === undefined || !alive(pid))) return undefined;
    await sleep(10);
  }
}

/** Waits until this process has ended; false when it still lives after so many milliseconds. */
export async function whenGone(pid: number, patienceMs: number): Promise<boolean> {
  const until = performance.now() + patienceMs;
  while (alive(pid)) {
    if (performance.now() > until) return false;
    await sleep(10);
  }
  return true;
}

/** True when a process of this id runs (a zombie does not). */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return !/^State:\s+Z/m.test(readIfThere(`/proc/${pid}/status`));
}

/** A pid may have been given to another program since: its command line has to be postgres with this folder. */
function isServerOf(pid: number, data: string): boolean {
  if (!alive(pid)) return false;
  // Without /proc (macOS) the pid has to do; the connection that follows tells the rest.
  if (!existsSync('/proc/self/cmdline')) return true;
  const [program = '', ...options] = readIfThere(`/proc/${pid}/cmdline`).split('\0');
  return path.basename(program) === 'postgres' && options.includes(data);
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // It vanished between the look and the reading, as files of ending processes do.
    return '';
  }
}
