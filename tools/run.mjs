import { spawn } from 'node:child_process';
import path from 'node:path';
import { installLocked } from './lib/install.mjs';
import { childEnvironment, node24 } from './lib/node.mjs';
import { root } from './lib/places.mjs';

// node tools/run.mjs <script> …: runs a TypeScript script of the repository on Node 24, with the tree installed, also
// from a fresh clone and under an older Node.

const [script = '', ...rest] = process.argv.slice(2);

try {
  await installLocked();
  run([path.join(root, script), ...rest]);
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** @param {string[]} options */
function run(options) {
  const child = spawn(node24(), options, { stdio: 'inherit', env: childEnvironment() });
  process.on('SIGINT', () => child.kill('SIGINT')).on('SIGTERM', () => child.kill('SIGTERM'));
  child.once('exit', (code) => process.exit(code ?? 1));
}
