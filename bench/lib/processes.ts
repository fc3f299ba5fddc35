import { readdirSync, readFileSync } from 'node:fs';

// The machine is shared and its wall times waver; processor time of a process says what the work costs. Linux only.

/** The kernel counts in hundredths of a second. */
const ticksToMs = 10;

interface Times {
  parent: number;
  own: number;
  /** Of children that have ended. */
  reaped: number;
}

/** Processor milliseconds that this process has used, without its children. */
export function cpuMs(pid: number): number {
  return (timesOf(pid)?.own ?? 0) * ticksToMs;
}

/** Processor milliseconds of a process and of all that descend from it: of a postmaster, all its backends. */
export function treeCpuMs(pid: number): number {
  return familyOf(pid).reduce((sum, member) => {
    const times = timesOf(member);
    return sum + (times ? times.own + times.reaped : 0) * ticksToMs;
  }, 0);
}

/** The process and all its living descendants. */
export function familyOf(pid: number): number[] {
  const parents = new Map(allPids().map((each) => [each, timesOf(each)?.parent]));
  const family = new Set([pid]);
  for (let before = 0; before < family.size;) {
    before = family.size;
    for (const [each, parent] of parents) if (parent !== undefined && family.has(parent)) family.add(each);
  }
  return [...family];
}

/** Resident memory of a process in MB, with the libraries that it shares with others. */
export function residentMb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readOrEmpty(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
}

/** Memory of processes that share much (PostgreSQL's backends) in MB: each shared page counts once. */
export function sharedMb(pids: readonly number[]): number {
  const parts = pids.map((pid) => Number(/^Pss:\s+(\d+)/m.exec(readOrEmpty(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0));
  return parts.reduce((sum, part) => sum + part, 0) / 1024;
}

/** Its command line, words separated by spaces. */
export function commandOf(pid: number): string {
  return readOrEmpty(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
}

function allPids(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

function timesOf(pid: number): Times | undefined {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  if (stat === '') return undefined;
  // After the name in brackets, which may itself hold spaces: state, ppid, … utime stime cutime cstime.
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [, parent = 0] = fields;
  const [own = 0, system = 0, reaped = 0, reapedSystem = 0] = fields.slice(11, 15);
  return { parent, own: own + system, reaped: reaped + reapedSystem };
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // The process has ended meanwhile.
    return '';
  }
}
