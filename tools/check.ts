import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { unshippable } from './licences.ts';

// npm run check [-- name …]: everything that can be said about the code without running the product.

interface Check {
  name: string;
  /** Runs it; answers what is wrong, nothing when all is well. */
  run: () => Promise<string>;
}

interface Outcome {
  name: string;
  wrong: string;
  seconds: number;
}

const root = path.resolve(import.meta.dirname, '..');
const bin = path.join(root, 'node_modules', '.bin');
const sources = ['apps', 'packages', 'bench', 'e2e', 'tools'];

/** Workspaces and the root, each with its own tsconfig. */
function typeChecks(): Check[] {
  const workspaces = ['apps', 'packages'].flatMap((folder) =>
    readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`),
  );
  const typed = ['.', ...workspaces].filter((folder) => existsSync(path.join(root, folder, 'tsconfig.json')));
  return typed.map((folder) => ({ name: `types ${folder}`, run: () => types(folder) }));
}

async function types(folder: string): Promise<string> {
  // The routes' own types (`./+types/…`) are generated.
  if (folder === 'apps/web') {
    const wrong = await tool('react-router', ['typegen'], path.join(root, folder));
    if (wrong) return wrong;
  }
  const memory = path.join(root, '.cache', 'tsc', `${folder.replaceAll('/', '-')}.tsbuildinfo`);
  return tool('tsc', ['-p', folder, '--incremental', '--tsBuildInfoFile', memory]);
}

const checks: Check[] = [
  // The longest first: two run at a time.
  { name: 'tidy', run: () => tool('vitest', ['run', '--project', 'tidy', '--reporter=dot']) },
  ...typeChecks().toSorted((a, b) => weight(b) - weight(a)),
  { name: 'walls', run: () => tool('depcruise', ['--config', '.dependency-cruiser.mjs', ...sources]) },
  { name: 'dead code', run: () => tool('knip', ['--no-progress', '--no-config-hints']) },
  { name: 'lint', run: () => tool('oxlint', ['--deny-warnings', '--report-unused-disable-directives']) },
  { name: 'format', run: () => tool('oxfmt', ['--list-different']) },
  { name: 'one tree', run: () => tool('npm', ['ls', '--all', '--loglevel=error', '--parseable'], root, 'errors') },
  {
    name: 'licences',
    run: async () =>
      unshippable(root)
        .map((line) => `may not be shipped: ${line}\n`)
        .join(''),
  },
];

function weight({ name }: Check): number {
  return Number(name.startsWith('types apps'));
}

/** Runs a tool of the tree and answers its output when it fails. */
function tool(name: string, options: string[], cwd: string = root, keep: 'all' | 'errors' = 'all'): Promise<string> {
  const own = path.join(bin, name);
  const [program, args] = existsSync(own) ? [process.execPath, [own, ...options]] : [name, options];
  return new Promise((resolve, reject) => {
    const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`, LOG_LEVEL: 'silent' };
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: string[] = [];
    if (keep === 'all') child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
    else child.stdout.resume();
    child.stderr.setEncoding('utf8').on('data', (text: string) => output.push(text));
    child.once('error', reject);
    child.once('close', (code) =>
      resolve(code === 0 ? '' : output.join('').trim() || `${name} ended with code ${code}`),
    );
  });
}

async function measured({ name, run }: Check): Promise<Outcome> {
  const began = performance.now();
  const wrong = await run();
  const seconds = (performance.now() - began) / 1000;
  console.log(`${wrong ? '✗' : '✓'} ${name.padEnd(24)} ${seconds.toFixed(1).padStart(6)} s`);
  return { name, wrong, seconds };
}

async function inPairs(todo: Check[]): Promise<Outcome[]> {
  const queue = [...todo];
  const outcomes: Outcome[] = [];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) outcomes.push(await measured(next));
  };
  await Promise.all([work(), work()]);
  return outcomes;
}

const wanted = process.argv.slice(2);
const chosen = checks.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)));
mkdirSync(path.join(root, '.cache', 'tsc'), { recursive: true });
const began = performance.now();
const outcomes = await inPairs(chosen);
const failed = outcomes.filter(({ wrong }) => wrong);
for (const { name, wrong } of failed) console.log(`\n── ${name}\n${wrong}`);
const seconds = ((performance.now() - began) / 1000).toFixed(0);
console.log(`\n${outcomes.length - failed.length} of ${outcomes.length} checks hold, ${seconds} s`);
process.exitCode = failed.length > 0 || chosen.length === 0 ? 1 : 0;
