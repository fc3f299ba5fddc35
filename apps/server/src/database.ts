import type { Config } from './platform/config.ts';
import { ensureDatabase, launchCluster } from './platform/db/embedded.ts';
import { migrateUp } from './platform/db/migrate.ts';
import { installQueues } from './platform/queues.ts';

/** Where the data are, for as long as a process needs them. */
export interface Database {
  /** As the owner of the tables. */
  url: string;
  /** Stops an embedded server unless another process uses it. */
  close(): Promise<void>;
}

type Progress = (line: string) => void;

/** The database of DATABASE_URL, or the embedded PostgreSQL of the data folder, started or adopted. */
export async function openDatabase(config: Config, progress: Progress = () => undefined): Promise<Database> {
  if (config.databaseUrl !== undefined) return { url: config.databaseUrl, close: async () => undefined };
  const cluster = await launchCluster({ dataFolder: config.dataFolder, progress });
  await ensureDatabase(cluster, 'plumbline');
  return {
    url: cluster.url('plumbline'),
    close: async () => {
      await cluster.stop();
    },
  };
}

/** Brings the schema and the task queues to what this version of the program expects. */
export async function prepare(url: string, progress: Progress): Promise<void> {
  await migrateUp(url, { progress });
  await installQueues(url);
}
