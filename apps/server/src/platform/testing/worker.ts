import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

export const templateName = 'app_template';

/** Any number; the same in every worker. */
const cloneLock = 4_017_311_945;

/** URL of a database of the test cluster, as its superuser. */
export function databaseUrl(name: string): string {
  const url = new URL(inject('clusterUrl').replace('postgres://postgres@/', 'postgres://postgres@socket/'));
  url.pathname = `/${name}`;
  return url.toString().replace('@socket/', '@/');
}

/** This worker's clone of the template, made by the first test file that the worker runs. */
export async function workerDatabase(): Promise<string> {
  const name = `worker_${process.env['VITEST_POOL_ID'] ?? '1'}`;
  await cloneTemplate(name);
  return databaseUrl(name);
}

/** A clone for one test alone, for example for processes that it starts and kills. */
export async function freshDatabase(): Promise<string> {
  const name = `fresh_${randomUUID().replaceAll('-', '')}`;
  await cloneTemplate(name);
  return databaseUrl(name);
}

/** A database without any table, for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<string> {
  const name = `empty_${randomUUID().replaceAll('-', '')}`;
  await onCluster((client) => client.query(`create database ${name} template template0`));
  return databaseUrl(name);
}

async function cloneTemplate(name: string): Promise<void> {
  await onCluster(async (client) => {
    // Two clones at once would each find the template in use.
    await client.query('select pg_advisory_lock($1)', [cloneLock]);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (!rowCount) await client.query(`create database ${name} template ${templateName}`);
  });
}

async function onCluster(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: inject('clusterUrl') });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
