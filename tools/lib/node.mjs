import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './places.mjs';

const pinned = path.join(root, 'node_modules', '.bin', 'node');

/**
 * The Node 24 that runs everything: the pinned one where npm has it for this machine (Linux), else the person's own.
 * @returns {string}
 */
export function node24() {
  const found = [pinned, process.execPath].find(answers24);
  if (found) return found;
  throw new Error(
    `Plumbline needs Node 24 (24.11 or newer). npm has none for ${process.platform}-${process.arch}, and the Node here ` +
      `is ${process.version}. Install Node 24 from https://nodejs.org and run the command again.`,
  );
}

/** @param {string} program */
function answers24(program) {
  if (!existsSync(program)) return false;
  const version = program === process.execPath ? process.version : askVersion(program);
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major === 24 && minor >= 11;
}

/** @param {string} program */
function askVersion(program) {
  return spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? '';
}

/**
 * The environment for children: `node` and the tools of the tree come first on their PATH, and Node keeps what it
 * compiled: stripping the types of hundreds of files is most of a warm start.
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnvironment() {
  const bin = path.join(root, 'node_modules', '.bin');
  const paths = (process.env.PATH ?? '').split(path.delimiter).filter((entry) => entry !== bin);
  const compiled = path.join(root, 'node_modules', '.cache', 'compile');
  return { NODE_COMPILE_CACHE: compiled, ...process.env, PATH: [bin, ...paths].join(path.delimiter) };
}
