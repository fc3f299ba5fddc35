import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { readConfig } from './platform/config.ts';

// Compiled code and stripped types are kept from start to start: a third of the time that a start takes.
enableCompileCache(path.resolve(import.meta.dirname, '../../../node_modules/.cache/plumbline-node'));

// One program; its parts are started by name. Each is loaded only when it is asked for: the supervisor stays small.

const usage = `usage: main.ts <part>
  up                 everything, supervised: what npm start runs
  dev                the same, rebuilt and restarted as files change
  api                the API and the pages
  worker             tasks, events, deadlines
  all                api and worker in one process
  migrate [down N]   brings the database to the newest schema, or undoes N migrations
  seed               fills an empty demo market
  story              plays the last weeks of a new demo market, before its servers start
  demo advance 3d    moves the clock of a demo market forward (s, m, h, d)
  demo clock         says what time it is there`;

const parts: Record<string, (args: string[]) => Promise<void>> = {
  up: async () => (await import('./up/supervisor.ts')).up(readConfig(process.env), { development: false }),
  dev: async () => (await import('./up/supervisor.ts')).up(readConfig(process.env), { development: true }),
  api: async () => (await import('./run.ts')).runApi(),
  worker: async () => (await import('./run.ts')).runWorker(),
  all: async () => (await import('./run.ts')).runAll(),
  migrate: async (args) => (await import('./commands.ts')).migrate(args),
  seed: async () => (await import('./commands.ts')).seed(),
  story: async () => (await import('./commands.ts')).story(),
  demo: async (args) => (await import('./commands.ts')).demo(args),
};

const [name = '', ...args] = process.argv.slice(2).filter((word) => word !== '--');
const part = parts[name];
if (!part) {
  process.stderr.write(`${usage}\n`);
  process.exitCode = 2;
} else {
  try {
    await part(args);
  } catch (error) {
    process.stderr.write(`${textOf(error)}\n`);
    process.exit(1);
  }
}

/** People read the message; who debugs wants the place as well. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return process.env['LOG_LEVEL'] === 'debug' ? (error.stack ?? error.message) : error.message;
}
