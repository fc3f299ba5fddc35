import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './places.mjs';
import { withProgress } from './progress.mjs';

// These files run before anything is installed and on the Node that the machine happens to have (20 or newer), so they
// are plain JavaScript without dependencies.

const lockFile = path.join(root, 'package-lock.json');
const stampFile = path.join(root, 'node_modules', '.plumbline-lock');
const treeFile = path.join(root, 'node_modules', '.package-lock.json');

/** Installs exactly what the lock file names, unless that is what lies in node_modules already. */
export async function installLocked() {
  const wanted = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  // After somebody's own `npm install` npm's record of the tree is as new as the lock file: nothing to do then.
  const current = existsSync(treeFile) && statSync(treeFile).mtimeMs >= statSync(lockFile).mtimeMs;
  if (!current) await withProgress('Installing the locked dependencies', runNpmCi());
  writeFileSync(stampFile, wanted);
}

function runNpmCi() {
  // Install scripts are not needed: the launcher makes PostgreSQL's links itself, Node comes as a package.
  const options = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const cli = process.env.npm_execpath;
  const [program, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...first, ...options], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve(undefined);
      else reject(new Error(`npm ci ended with code ${code}: is the package registry reachable?`));
    });
  });
}
