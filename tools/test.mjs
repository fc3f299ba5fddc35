import { findChromium } from './lib/chromium.mjs';
import { installLocked } from './lib/install.mjs';
import { node24 } from './lib/node.mjs';
import { runSuite } from './lib/run-suite.mjs';
import { suites } from './lib/suites.mjs';

// npm test [-- suite …] and npm run test:full [-- suite …]. Ends with one line, `N passed, N failed`.

const words = process.argv.slice(2);
const full = words.includes('--full');
const names = words.filter((word) => !word.startsWith('--'));

try {
  const chosen = choose(names);
  await installLocked();
  const outcomes = await runAll(chosen, node24());
  report(outcomes);
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.stdout.write('0 passed, 1 failed\n');
  process.exitCode = 1;
}

/** @param {string[]} wanted */
function choose(wanted) {
  const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    throw new Error(`No such suite: ${unknown.join(', ')}. There are: ${suites.map(({ name }) => name).join(', ')}`);
  }
  return wanted.length === 0 ? suites : suites.filter(({ name }) => wanted.includes(name));
}

/**
 * @param {import('./lib/suites.mjs').Suite[]} chosen
 * @param {string} node
 */
async function runAll(chosen, node) {
  /** @type {import('./lib/run-suite.mjs').Outcome[]} */
  const outcomes = [];
  for (const suite of chosen) {
    process.stdout.write(`\n── ${suite.name}: ${suite.what}\n`);
    outcomes.push(await runWithNeeds(suite, node));
  }
  return outcomes;
}

/**
 * @param {import('./lib/suites.mjs').Suite} suite
 * @param {string} node
 */
async function runWithNeeds(suite, node) {
  /** @type {Record<string, string>} */
  const environment = { LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent', ...(full && { PLUMBLINE_FULL: '1' }) };
  try {
    if (suite.browser) environment.CHROMIUM_PATH = await findChromium();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return { name: suite.name, passed: 0, failed: 1, skipped: 0, seconds: 0 };
  }
  return runSuite(suite, { node, environment });
}

/** @param {import('./lib/run-suite.mjs').Outcome[]} outcomes */
function report(outcomes) {
  process.stdout.write('\n');
  for (const { name, passed, failed, skipped, seconds } of outcomes) {
    const rest = skipped > 0 ? `, ${skipped} skipped` : '';
    process.stdout.write(
      `${name.padEnd(8)} ${seconds.toFixed(1).padStart(7)} s   ${passed} ok, ${failed} not ok${rest}\n`,
    );
  }
  const sum = (/** @type {'passed' | 'failed'} */ key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  process.exitCode = sum('failed') > 0 ? 1 : 0;
  process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed\n`);
}
