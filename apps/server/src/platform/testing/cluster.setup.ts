import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { ensureDatabase, launchCluster, type Cluster } from '../db/embedded.ts';
import { migrateUp } from '../db/migrate.ts';
import { readMigrations, type Migration } from '../db/migrations.ts';
import { placesOf } from '../db/embedded/places.ts';
import { readPostmaster, whenGone } from '../db/embedded/postmaster.ts';
import { livingSharers } from '../db/embedded/sharing.ts';
import { templateName } from './worker.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the test cluster's database `postgres`, as its superuser. */
    clusterUrl: string;
  }
}

/** Nobody needs these data after the run, so nothing waits for the disk. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '64MB',
  max_connections: '200',
  autovacuum_naptime: '10s',
};

/** One PostgreSQL for the run, with a migrated template that each worker clones once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const base = path.join(os.tmpdir(), `plumbline-tests-${process.getuid?.() ?? 0}`);
  mkdirSync(base, { recursive: true, mode: 0o755 });
  await clearAbandoned(base);
  const dataFolder = mkdtempSync(path.join(base, 'run-'));
  chmodSync(dataFolder, 0o755);
  const cluster = await launchCluster({ dataFolder, settings });
  try {
    await makeTemplate(cluster);
  } catch (error) {
    await discard(cluster, dataFolder);
    throw error;
  }
  project.provide('clusterUrl', cluster.url('postgres'));
  return () => discard(cluster, dataFolder);
}

async function makeTemplate(cluster: Cluster): Promise<void> {
  await ensureDatabase(cluster, templateName);
  const url = cluster.url(templateName);
  await migrateUp(url, { migrations: chosenMigrations() });
  const queues = path.resolve(import.meta.dirname, '../queues.ts');
  if (existsSync(queues))
    await ((await import(queues)) as { installQueues(url: string): Promise<void> }).installQueues(url);
}

/** `PLUMBLINE_TEST_MODULES=zones,ledger` leaves the other modules' tables out, for work on a few. */
function chosenMigrations(): Migration[] {
  return readMigrations(process.env['PLUMBLINE_TEST_MODULES']?.split(','));
}

async function discard(cluster: Cluster, dataFolder: string): Promise<void> {
  await cluster.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}

/** A run that was killed leaves its server and its folder: end and delete them. */
async function clearAbandoned(base: string): Promise<void> {
  for (const name of readdirSync(base)) {
    const root = path.join(base, name, 'postgres');
    if (!existsSync(root)) continue;
    const places = placesOf(root);
    if (livingSharers(places.sharing).length > 0) continue;
    const server = readPostmaster(places);
    if (server) process.kill(server.pid, 'SIGQUIT');
    if (server) await whenGone(server.pid, 10_000);
    rmSync(path.join(base, name), { recursive: true, force: true });
  }
}
