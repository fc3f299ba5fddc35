import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { childEnvironment } from './node.mjs';
import { root } from './places.mjs';

/**
 * @typedef {{ name: string, passed: number, failed: number, skipped: number, seconds: number }} Outcome
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[] }} Report
 */

/**
 * Runs one suite and counts it. What fails outside a test counts as one failure: a file that cannot be loaded, a
 * set-up that breaks, an error that nobody caught, a suite without any test.
 * @param {import('./suites.mjs').Suite} suite
 * @param {{ node: string, environment: Record<string, string> }} options
 * @returns {Promise<Outcome>}
 */
export async function runSuite(suite, { node, environment }) {
  const file = path.join(root, '.cache', 'tests', `${suite.name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const began = performance.now();
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await run(node, [vitest, 'run', ...suite.vitest, ...reporters], environment);
  const seconds = (performance.now() - began) / 1000;
  return { name: suite.name, seconds, ...count(existsSync(file) ? readFileSync(file, 'utf8') : undefined, code) };
}

/**
 * @param {string | undefined} json
 * @param {number} code
 */
export function count(json, code) {
  if (json === undefined) return { passed: 0, failed: 1, skipped: 0 };
  /** @type {Report} */
  const report = JSON.parse(json);
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = report.numFailedTests + brokenFiles.length;
  const unexplained = code !== 0 && failed === 0;
  return {
    passed: report.numPassedTests,
    failed: unexplained || report.numPassedTests + failed === 0 ? failed + 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * @param {string} node
 * @param {string[]} options
 * @param {Record<string, string>} environment
 * @returns {Promise<number>}
 */
function run(node, options, environment) {
  return new Promise((resolve, reject) => {
    const env = { ...childEnvironment(), ...environment };
    const child = spawn(node, options, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env });
    const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    process.on('SIGTERM', forward).on('SIGINT', forward);
    child.once('error', reject);
    child.once('exit', (code) => {
      process.off('SIGTERM', forward).off('SIGINT', forward);
      resolve(code ?? 1);
    });
  });
}
