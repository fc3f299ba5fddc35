import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { migrateDown, migrateUp } from '../src/platform/db/migrate.ts';
import { mapOrder, readMigrations, type Migration } from '../src/platform/db/migrations.ts';
import { emptyDatabase, freshDatabase } from '../src/platform/testing.ts';
import { schemaOf } from './support/schema.ts';

const all = readMigrations(process.env['PLUMBLINE_TEST_MODULES']?.split(','));
const up = (url: string, migrations = all) => migrateUp(url, { migrations });

describe('the migrations', () => {
  it('run in the order of the module map, the platform first', () => {
    const owners = all.map(({ name }) => name.split('/')[0] ?? '');
    const inOrder = ['platform', ...mapOrder()].flatMap((owner) => owners.filter((one) => one === owner));
    expect(owners).toEqual(inOrder);
  });

  it('each undo exactly what they did, and can be done again', async () => {
    const url = await emptyDatabase();
    const before: string[][] = [];
    for (const [index, { name }] of all.entries()) {
      before.push(await schemaOf(url));
      expect(await up(url, all.slice(0, index + 1))).toEqual([name]);
    }
    const complete = await schemaOf(url);
    for (const { name } of all.toReversed()) {
      expect(await migrateDown(url, { steps: 1, migrations: all })).toEqual([name]);
      expect(await schemaOf(url), `after undoing ${name}`).toEqual(before.pop());
    }
    expect(await up(url)).toEqual(all.map(({ name }) => name));
    expect(await schemaOf(url)).toEqual(complete);
  });

  it('run once when two processes start at the same time', async () => {
    const url = await emptyDatabase();
    const done = await Promise.all([up(url), up(url), up(url)]);
    expect(done.flat().toSorted()).toEqual(all.map(({ name }) => name).toSorted());
    expect(await up(url)).toEqual([]);
  });

  it('leave nothing behind when one fails', async () => {
    const url = await emptyDatabase();
    const empty = await schemaOf(url);
    const broken: Migration = { name: 'platform/9999_broken', up: 'select 1 / 0', down: '', checksum: 'x' };
    await expect(up(url, [...all, broken])).rejects.toThrow(
      'migration platform/9999_broken up: error: division by zero',
    );
    expect(await schemaOf(url)).toEqual(empty);
  });

  it('are not run again under the same name after a change', async () => {
    const url = await emptyDatabase();
    await up(url);
    const changed = all.map((migration, index) => (index === 0 ? { ...migration, checksum: 'other' } : migration));
    await expect(up(url, changed)).rejects.toThrow('changed after having run on this database');
  });

  it('find their place in a database that is older than a lower module', async () => {
    const url = await emptyDatabase();
    const low: Migration = {
      name: 'zones/9999_late',
      up: 'create table late ()',
      down: 'drop table late',
      checksum: 'x',
    };
    await up(url);
    expect(await up(url, [low, ...all])).toEqual(['zones/9999_late']);
    expect(await migrateDown(url, { steps: 1, migrations: [low, ...all] })).toEqual(['zones/9999_late']);
  });

  it('go down and up again on a database full of a demo market, and leave the same schema', async () => {
    const url = await freshDatabase();
    const complete = await schemaOf(url);
    await seed(url);
    expect(await rowsOf(url, 'region')).toBeGreaterThan(0);
    expect(await rowsOf(url, 'organisation')).toBeGreaterThan(0);
    expect(await migrateDown(url)).toEqual(all.map(({ name }) => name).toReversed());
    expect(await schemaOf(url)).toEqual(await schemaOf(await emptyDatabase()));
    expect(await up(url)).toHaveLength(all.length);
    expect(await schemaOf(url)).toEqual(complete);
  });
});

/** As `npm start` does on an empty database, in a process of its own. */
async function seed(databaseUrl: string): Promise<void> {
  const data = mkdtempSync(path.join(os.tmpdir(), 'pl-seed-'));
  const program = path.resolve(import.meta.dirname, '../src/main.ts');
  const env = { ...process.env, DATABASE_URL: databaseUrl, PLUMBLINE_DATA: data, NODE_ENV: '' };
  try {
    await promisify(execFile)(process.execPath, [program, 'seed'], { env });
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

async function rowsOf(url: string, table: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ rows: number }>(
      `select count(*)::int as rows from ${pg.escapeIdentifier(table)}`,
    );
    return rows[0]?.rows ?? 0;
  } finally {
    await client.end();
  }
}
