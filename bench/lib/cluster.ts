import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureDatabase, launchCluster, type Cluster } from '../../apps/server/src/platform/db/embedded.ts';
import { migrateUp } from '../../apps/server/src/platform/db/migrate.ts';

export interface BenchDatabase {
  cluster: Cluster;
  /** URL as the owner of the tables. */
  url: string;
}

/**
 * A PostgreSQL of its own for one benchmark, durable as in production (fsync on), migrated and empty; gone
 * afterwards, also when the benchmark fails.
 */
export async function withDatabase<T>(
  work: (database: BenchDatabase) => Promise<T>,
  settings: Record<string, string> = {},
): Promise<T> {
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'plumbline-bench-'));
  chmodSync(dataFolder, 0o755);
  const cluster = await launchCluster({ dataFolder, settings: { shared_buffers: '256MB', ...settings } });
  try {
    await ensureDatabase(cluster, 'plumbline');
    await migrateUp(cluster.url('plumbline'));
    return await work({ cluster, url: cluster.url('plumbline') });
  } finally {
    await cluster.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}
