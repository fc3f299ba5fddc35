import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Pool } from 'pg';
import { createClock, type SharedClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Ctx } from './platform/ctx.ts';
import { createDb, type Db } from './platform/db/db.ts';
import { appPool } from './platform/db/pool.ts';
import type { Module } from './platform/http/module.ts';
import { createLog } from './platform/log.ts';
import { newId } from './platform/ids.ts';
import { registryOf } from './platform/registry.ts';
import { stopSender } from './platform/tasks.ts';
import type { Worker } from './platform/worker.ts';
import { loadModules } from './modules.ts';
import { platformModule } from './platform/housekeeping.ts';

/** One process of the system: its connections and its modules. */
export interface Process {
  config: Config;
  pool: Pool;
  db: Db;
  clock: SharedClock;
  log: Logger;
  modules: Module[];
  close(): Promise<void>;
}

/** Connects a process and loads the modules in the order of the map. `part` names it in logs and in PostgreSQL. */
export async function openProcess(
  config: Config,
  databaseUrl: string,
  part: string,
  { hurried = false }: { hurried?: boolean } = {},
): Promise<Process> {
  const log = createLog(config.logLevel, part);
  const pool = appPool(databaseUrl, {
    name: `plumbline ${part}`,
    hurried,
    onLost: (error) => log.warn({ err: error }, 'an idle database connection was lost'),
  });
  const db = createDb(pool);
  const clock = createClock(db, { movable: config.demo });
  const modules = [platformModule, ...(await loadModules())];
  return {
    config,
    pool,
    db,
    clock,
    log,
    modules,
    close: async () => {
      await stopSender(pool);
      await pool.end();
    },
  };
}

/** A ctx of the process itself, from which those of tasks and deadlines are made. */
export function processCtx({ config, clock, log, db }: Process, name: string): Ctx {
  return {
    actor: { kind: 'system', name },
    regionId: config.defaultRegion,
    requestId: newId(),
    clock,
    log,
    db,
  };
}

/** The API with the pages behind it, ready and not yet listening. */
export async function buildApi(process: Process): Promise<FastifyInstance> {
  // Loaded here, because a worker has no use for a server.
  const [{ buildServer }, { webMount }] = await Promise.all([
    import('./platform/http/server.ts'),
    import('./platform/http/web.ts'),
  ]);
  return buildServer({ ...process, mount: webMount(process.config) });
}

/** All background work of a process. */
export async function buildWorker(process: Process): Promise<Worker> {
  // Loaded here, because the API has no use for the half of the queue library that works tasks off.
  const { startWorker } = await import('./platform/worker.ts');
  return startWorker(processCtx(process, 'worker'), registryOf(process.modules));
}
