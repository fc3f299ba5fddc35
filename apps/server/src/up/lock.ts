import { readFileSync, rmSync, writeFileSync } from 'node:fs';

const lookAgainMs = 200;

/** Runs a piece of work in one process at a time, by a file that holds the pid of who is at it. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  while (!take(file)) await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    if (!isHeld(file)) rmSync(file, { force: true });
    return false;
  }
}

function isHeld(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process (EPERM) holds it; no such process (ESRCH) or no file (ENOENT) means that nobody does.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
