import { mkdirSync, watch } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { castMembers, demoPassword } from '@plumbline/testkit/cast';
import type { Config } from '../platform/config.ts';
import { openDatabase, prepare, type Database } from '../database.ts';
import { isSeeded } from '../seeded.ts';
import { keepRunning, runOnce, type Child, type ChildPlan } from './child.ts';
import { installationSecrets } from './secrets.ts';
import { ensureWebBuild } from './web-build.ts';

interface UpOptions {
  /** Build pages as they are asked for and restart the servers as their files change. */
  development: boolean;
}

const source = path.resolve(import.meta.dirname, '..');
const repository = path.resolve(source, '../../..');
const program = path.join(source, 'main.ts');
const sandboxProgram = path.join(repository, 'packages/sandbox/src/main.ts');

const say = (line: string) => void process.stdout.write(`${line}\n`);

/**
 * The whole product: database, schema, demo market, web build, then the API, the worker and the sandbox payment
 * service as children that are kept running. Stops all of it on SIGTERM, SIGINT, or when its own parent is gone.
 */
export async function up(config: Config, options: UpOptions): Promise<void> {
  const running: Stoppable[] = [];
  const stop = stopOnce(running);
  stopOn(stop);
  try {
    await start(config, options, running);
  } catch (error) {
    await stopAll(running);
    throw error;
  }
}

interface Stoppable {
  stop(): Promise<void>;
}

async function start(config: Config, options: UpOptions, running: Stoppable[]): Promise<void> {
  await Promise.all([requireFreePort(config.port, config.host), requireFreePort(sandboxPort(config), config.host)]);
  const [database] = await Promise.all([
    readyMarket(config, options, running),
    config.web === 'built' && !options.development ? ensureWebBuild(say) : undefined,
  ]);
  const children = await startChildren(config, options, database, running);
  if (options.development) running.push(restartOnChange(children));
  announce(config);
}

/** The database with its market in it; pages are built meanwhile. */
async function readyMarket(config: Config, { development }: UpOptions, running: Stoppable[]): Promise<Database> {
  const database = await readyDatabase(config, running);
  if (!config.demo || (await isSeeded(database.url))) return database;
  const plan = planner(config, childEnvironment(config, database.url, development));
  say('seeding the demo market (once)');
  await runOnce(plan('seed', [program, 'seed']));
  if (config.demoStory && usesSandbox()) await tellStory(plan('story', [program, 'story']));
  return database;
}

/** A market without a past is worth more than no market. */
async function tellStory(plan: ChildPlan): Promise<void> {
  say('playing its last weeks (once)');
  await runOnce(plan).catch((error: unknown) => say(`the story broke off, the market goes on. ${String(error)}`));
}

type Planner = (name: string, args: string[]) => ChildPlan;

function planner({ dataFolder }: Config, env: NodeJS.ProcessEnv): Planner {
  const logs = path.join(dataFolder, 'logs');
  mkdirSync(logs, { recursive: true });
  return (name, args) => ({ name, args, env, logFile: path.join(logs, `${name}.log`), onRestart: say });
}

async function readyDatabase(config: Config, running: Stoppable[]): Promise<Database> {
  const database = await openDatabase(config, say);
  running.push({ stop: () => database.close() });
  await prepare(database.url, say);
  return database;
}

const sandboxPort = ({ port }: Config) => port + 1;
const usesSandbox = () => !process.env['STRIPE_SECRET_KEY'];

/** The servers and the sandbox, all at once; whichever fails to start ends the attempt. */
async function startChildren(
  config: Config,
  { development }: UpOptions,
  database: Database,
  running: Stoppable[],
): Promise<Child[]> {
  const plan = planner(config, childEnvironment(config, database.url, development));
  const plans = [
    plan('api', [program, 'api']),
    plan('worker', [program, 'worker']),
    ...(usesSandbox() ? [plan('sandbox', [sandboxProgram])] : []),
  ];
  const outcomes = await Promise.allSettled(plans.map(keepRunning));
  const children = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  // The servers stop before the database that they use.
  running.unshift({ stop: async () => void (await Promise.all(children.map((child) => child.stop()))) });
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return children;
}

/** What the children are told: where the database is, and the keys that servers and sandbox share. */
function childEnvironment(config: Config, databaseUrl: string, development: boolean): NodeJS.ProcessEnv {
  const shared = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    PLUMBLINE_DATA: config.dataFolder,
    NODE_COMPILE_CACHE: path.join(repository, 'node_modules/.cache/plumbline-node'),
    ...(development && { PLUMBLINE_WEB: 'dev' }),
  };
  return usesSandbox() ? { ...shared, ...sandboxEnvironment(config) } : shared;
}

const sandboxUrl = (config: Config) => `http://127.0.0.1:${sandboxPort(config)}`;

function sandboxEnvironment(config: Config): NodeJS.ProcessEnv {
  const { stripeKey, controlKey, webhookSecret, connectWebhookSecret } = installationSecrets(config.dataFolder);
  const hooks = `http://127.0.0.1:${config.port}/v1/webhooks`;
  return {
    STRIPE_API_URL: sandboxUrl(config),
    STRIPE_SECRET_KEY: stripeKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_CONNECT_WEBHOOK_SECRET: connectWebhookSecret,
    SANDBOX_PORT: String(sandboxPort(config)),
    SANDBOX_HOST: config.host,
    SANDBOX_SECRET_KEY: stripeKey,
    SANDBOX_CONTROL_KEY: controlKey,
    SANDBOX_PLATFORM_WEBHOOK_URL: `${hooks}/stripe`,
    SANDBOX_PLATFORM_WEBHOOK_SECRET: webhookSecret,
    SANDBOX_CONNECT_WEBHOOK_URL: `${hooks}/stripe-connect`,
    SANDBOX_CONNECT_WEBHOOK_SECRET: connectWebhookSecret,
  };
}

/** All of it at once: whoever waits for the line that says ready has the logins with it. */
function announce(config: Config): void {
  const ready = `ready http://127.0.0.1:${config.port}`;
  say(config.demo ? [ready, ...cast(config)].join('\n') : ready);
}

function cast({ dataFolder }: Config): string[] {
  const width = Math.max(...castMembers.map(({ email }) => email.length));
  return [
    `\nSign in with the password “${demoPassword}” as`,
    ...castMembers.map(({ email, name, part }) => `  ${email.padEnd(width)}  ${name}, ${part}`),
    `\nLogs: ${path.join(dataFolder, 'logs')}. Ctrl-C stops everything.`,
  ];
}

const settleMs = 200;

/** Development: a change under the server's or a package's sources starts the servers again. */
function restartOnChange(children: Child[]): Stoppable {
  let timer: NodeJS.Timeout | undefined;
  const changed = (file: string | null) => {
    if (!file || !/\.(ts|sql|json)$/.test(file)) return;
    if (file.endsWith('.test.ts') || file.includes('node_modules')) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      say(`${file} changed: starting the servers again`);
      for (const child of children) void child.restart();
    }, settleMs);
  };
  const folders = [source, path.join(repository, 'packages')];
  const watchers = folders.map((folder) => watch(folder, { recursive: true }, (_event, file) => changed(file)));
  return {
    stop: async () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** Stops in order, and goes on when one fails: a database must not stay behind because a server did not end well. */
async function stopAll(running: Stoppable[]): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (const each of running.splice(0)) {
    try {
      await each.stop();
    } catch (error) {
      failures.push(error);
    }
  }
  return failures;
}

function stopOnce(running: Stoppable[]): () => void {
  let stopping = false;
  return () => {
    if (stopping) return;
    stopping = true;
    void stopAll(running).then((failures) => {
      for (const failure of failures) process.stderr.write(`${String(failure)}\n`);
      process.exit(failures.length === 0 ? 0 : 1);
    });
  };
}

const parentPollMs = 500;

function stopOn(stop: () => void): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
  const parent = process.env['PLUMBLINE_WATCH_PARENT'];
  if (!parent) return;
  // npm or the launcher was killed without a chance to tell us.
  setInterval(() => process.ppid !== Number(parent) && stop(), parentPollMs).unref();
}

/** Throws, naming the remedy, when a port is taken. */
function requireFreePort(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      const busy = `Port ${port} is in use. Stop what runs there, or take two others: PORT=${port + 100} npm start`;
      reject(error.code === 'EADDRINUSE' ? new Error(busy) : error);
    });
    server.listen(port, host, () => server.close(() => resolve()));
  });
}
