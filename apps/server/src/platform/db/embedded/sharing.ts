import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { alive } from './postmaster.ts';

/**
 * Who stops a cluster that two processes use? The last one. Each process that launched or adopted it leaves a file
 * with its pid here; whoever stops takes its own away and stops the server only if no living process is left.
 */
export function signIn(folder: string, pid: number = process.pid): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(path.join(folder, String(pid)), startOf(pid));
}

/** Takes our file away. True when no other living process uses the cluster. */
export function signOut(folder: string, pid: number = process.pid): boolean {
  rmSync(path.join(folder, String(pid)), { force: true });
  return livingSharers(folder).length === 0;
}

/** The processes that use the cluster now; files of dead ones are removed. */
export function livingSharers(folder: string): number[] {
  if (!existsSync(folder)) return [];
  const living: number[] = [];
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    if (isSameProcess(Number(name), file)) living.push(Number(name));
    else rmSync(file, { force: true });
  }
  return living;
}

function isSameProcess(pid: number, file: string): boolean {
  return alive(pid) && readQuietly(file) === startOf(pid);
}

/** When a process began, in ticks since the machine's start: tells it from a later one with the same pid. */
function startOf(pid: number): string {
  const stat = readQuietly(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function readQuietly(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // No /proc here, or the process has just ended.
    return '';
  }
}
