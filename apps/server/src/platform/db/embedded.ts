import pg from 'pg';
import { launchCluster, type Cluster } from './embedded/cluster.ts';

export { launchCluster, type Cluster };

/** Makes this database in a cluster unless it is there. Safe in two processes at once. */
export async function ensureDatabase(cluster: Pick<Cluster, 'url'>, name: string, template?: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: cluster.url('postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount) return false;
    const from = template ? ` template ${pg.escapeIdentifier(template)}` : '';
    await client.query(`create database ${pg.escapeIdentifier(name)}${from}`);
    return true;
  } catch (error) {
    // Another process made it in the same moment.
    if (error instanceof pg.DatabaseError && (error.code === '42P04' || error.code === '23505')) return false;
    throw error;
  } finally {
    await client.end();
  }
}
