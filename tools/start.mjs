import { spawn } from 'node:child_process';
import path from 'node:path';
import { installLocked } from './lib/install.mjs';
import { childEnvironment, node24 } from './lib/node.mjs';
import { root } from './lib/places.mjs';
import { portOf, requireFreePort } from './lib/port.mjs';

// npm start: makes the tree complete, then hands over to the server's supervisor on Node 24.

const supervisor = [path.join(root, 'apps', 'server', 'src', 'main.ts'), 'up', ...process.argv.slice(2)];

try {
  await requireFreePort(portOf(process.env.PORT), process.env.HOST || '127.0.0.1');
  await installLocked();
  handOver(node24());
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/**
 * Becomes the supervisor where Node can do that, else starts it as a child. When the process above it is killed, the
 * supervisor stops everything by itself, so that nothing is left on the port.
 * @param {string} node
 */
function handOver(node) {
  const environment = childEnvironment();
  const underNpm = process.env.npm_lifecycle_event !== undefined;
  if (typeof process.execve === 'function') {
    if (underNpm) environment.PLUMBLINE_WATCH_PARENT = String(process.ppid);
    process.execve(node, [node, ...supervisor], environment);
  }
  environment.PLUMBLINE_WATCH_PARENT = String(process.pid);
  const child = spawn(node, supervisor, { cwd: process.cwd(), stdio: 'inherit', env: environment });
  passOn(child, underNpm);
}

/**
 * Ctrl-C in a terminal reaches the child by itself; a signal sent to us does not.
 * @param {import('node:child_process').ChildProcess} child
 * @param {boolean} underNpm
 */
function passOn(child, underNpm) {
  process.on('SIGINT', () => child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGTERM'));
  const parent = process.ppid;
  const watch = setInterval(() => underNpm && process.ppid !== parent && child.kill('SIGTERM'), 500);
  child.once('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  child.once('exit', (code, signal) => {
    clearInterval(watch);
    process.exit(code ?? (signal === 'SIGTERM' || signal === 'SIGINT' ? 0 : 1));
  });
}
