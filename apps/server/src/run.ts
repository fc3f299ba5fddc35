import { config as readProcessConfig } from './platform/config.ts';
import { buildApi, buildWorker, openProcess, processCtx, type Process } from './app.ts';
import { warmSender } from './platform/tasks.ts';
import { openDatabase, type Database } from './database.ts';
import * as identity from './modules/identity/index.ts';

/** Something that runs until it is told to stop. */
interface Running {
  stop(): Promise<void>;
}

/** The API and the pages, on PORT. */
export const runApi = () => run('api', startApi);

/** Background work. */
export const runWorker = () => run('worker', startWorker);

/** Both in one process, for small machines. */
export const runAll = () =>
  run('all', async (opened) => {
    const running = [await startApi(opened), await startWorker(opened)];
    return { stop: async () => void (await Promise.all(running.map((each) => each.stop()))) };
  });

/** Whoever starts all processes at once waits for the processor: what no answer needs yet comes after that. */
const warmAfterMs = 2000;

function warm({ pool, log }: Process): void {
  warmSender(pool, log).catch((error: unknown) => log.error({ err: error }, 'the task queue is not ready'));
}

async function startApi(opened: Process): Promise<Running> {
  const { port, host } = opened.config;
  const app = await buildApi(opened);
  await app.listen({ port, host });
  const warming = setTimeout(() => warm(opened), warmAfterMs);
  return {
    stop: () => {
      clearTimeout(warming);
      return app.close();
    },
  };
}

function startWorker(opened: Process): Promise<Running> {
  return buildWorker(opened);
}

/** Opens, starts, says `ready`, and stops cleanly on SIGTERM, SIGINT or when the supervisor is gone. */
async function run(part: string, start: (opened: Process) => Promise<Running>): Promise<void> {
  const settings = readProcessConfig();
  const database = await openDatabase(settings);
  const opened = await openProcess(settings, database.url, part);
  if (settings.production) await identity.refuseCast(processCtx(opened, part));
  const running = await start(opened);
  opened.log.info({ port: settings.port }, 'ready');
  process.send?.({ ready: part });
  onStop(() => close(opened, running, database));
}

async function close(opened: Process, running: Running, database: Database): Promise<void> {
  opened.log.info('stopping');
  await running.stop();
  await opened.close();
  await database.close();
}

function onStop(stop: () => Promise<void>): void {
  let stopping = false;
  const once = () => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, once);
  process.on('disconnect', once);
}
