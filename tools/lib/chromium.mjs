import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { withProgress } from './progress.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * A Chromium for the journeys: CHROMIUM_PATH, one on the PATH, or Debian's package where we may install it.
 * @returns {Promise<string>}
 */
export async function findChromium() {
  const told = process.env.CHROMIUM_PATH;
  if (told && executable(told)) return told;
  if (told) throw new Error(`CHROMIUM_PATH=${told} cannot be run.`);
  const present = onPath(names);
  if (present) return present;
  if (process.getuid?.() === 0 && onPath(['apt-get'])) await installByApt();
  const installed = onPath(names);
  if (installed) return installed;
  throw new Error(
    'The journeys need Chromium and there is none. Install it (Debian, Ubuntu: sudo apt-get install chromium) ' +
      'or say where one is: CHROMIUM_PATH=/path/to/chrome npm test',
  );
}

/** @param {string[]} programs */
function onPath(programs) {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return programs.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(executable);
}

/** @param {string} file */
function executable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Not there, or not a program: the next candidate may be.
    return false;
  }
}

async function installByApt() {
  await withProgress('Refreshing the package lists', apt(['update', '-qq']));
  await withProgress('Installing Chromium', apt(['install', '-y', '-qq', '--no-install-recommends', 'chromium']));
}

/** @param {string[]} options */
function apt(options) {
  return new Promise((resolve) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const child = spawn('apt-get', options, { stdio: ['ignore', 'ignore', 'inherit'], env });
    // Whether it worked shows in what lies on the PATH afterwards.
    child.once('error', resolve);
    child.once('exit', resolve);
  });
}
