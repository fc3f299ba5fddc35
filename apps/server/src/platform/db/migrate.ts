import pg from 'pg';
import { readMigrations, type Migration } from './migrations.ts';
import { ensureRoles } from './roles.ts';

export interface MigrateOptions {
  /** Told each migration before it runs. */
  progress?: (line: string) => void;
  /** Those of the repository unless told. */
  migrations?: Migration[];
}

/** Any number; only it has to be the same in every process that migrates. */
const migrationLock = 4_017_311_944;

/**
 * Brings a database to the newest schema: runs, in map order, every migration that has not run yet, all in one
 * transaction. Safe to call from two processes at once: the second waits and then finds nothing to do. Returns the
 * names of those that ran. Throws when one that already ran was changed afterwards.
 */
export async function migrateUp(ownerUrl: string, options: MigrateOptions = {}): Promise<string[]> {
  return withLock(ownerUrl, async (client) => {
    const migrations = options.migrations ?? readMigrations();
    const done = await executed(client);
    refuseChanged(migrations, done);
    const pending = migrations.filter(({ name }) => !done.has(name));
    for (const migration of pending) {
      options.progress?.(`migrating ${migration.name}`);
      await runSql(client, migration.name, 'up', migration.up);
      await client.query(`insert into migration (name, checksum) values ($1, $2)`, [
        migration.name,
        migration.checksum,
      ]);
    }
    return pending.map(({ name }) => name);
  });
}

/** Undoes the last `steps` migrations (all unless told), newest first. Returns their names. */
export async function migrateDown(
  ownerUrl: string,
  options: MigrateOptions & { steps?: number } = {},
): Promise<string[]> {
  return withLock(ownerUrl, async (client) => {
    const known = new Map((options.migrations ?? readMigrations()).map((migration) => [migration.name, migration]));
    const newestFirst = [...(await executed(client)).keys()].toReversed().slice(0, options.steps ?? Infinity);
    for (const name of newestFirst) {
      const migration = known.get(name);
      if (!migration) throw new Error(`migration ${name} has run here, but its file is gone`);
      if (migration.down === undefined) throw new Error(`migration ${name} has no way back`);
      options.progress?.(`undoing ${name}`);
      await runSql(client, name, 'down', migration.down);
      await client.query(`delete from migration where name = $1`, [name]);
    }
    return newestFirst;
  });
}

async function withLock<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'plumbline migrate' });
  await client.connect();
  try {
    await ensureRoles(client);
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [migrationLock]);
    await client.query(`create table if not exists migration (
      position bigint generated always as identity, name text primary key,
      checksum text not null, executed_at timestamptz not null default clock_timestamp())`);
    const result = await work(client);
    await client.query('commit');
    return result;
  } finally {
    // Ending the connection rolls back whatever has not been committed.
    await client.end();
  }
}

/** Names of what has run, with its checksum, oldest first. */
async function executed(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from migration order by position',
  );
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

function refuseChanged(migrations: Migration[], done: Map<string, string>): void {
  const changed = migrations.filter(({ name, checksum }) => done.has(name) && done.get(name) !== checksum);
  if (changed.length === 0) return;
  const names = changed.map(({ name }) => name).join(', ');
  throw new Error(
    `changed after having run on this database: ${names}. ` +
      'Write a new migration instead; on a database of your own without value, delete the data folder (.data).',
  );
}

async function runSql(client: pg.Client, name: string, direction: 'up' | 'down', sql: string): Promise<void> {
  try {
    await client.query(sql);
  } catch (error) {
    const place = error instanceof pg.DatabaseError && error.position ? ` at character ${error.position}` : '';
    throw new Error(`migration ${name} ${direction}: ${String(error)}${place}`, { cause: error });
  }
}
