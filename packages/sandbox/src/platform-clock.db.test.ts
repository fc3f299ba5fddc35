import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { followPlatformClock, type PlatformClock } from './platform-clock.ts';

declare module 'vitest' {
  interface ProvidedContext {
    clusterUrl: string;
  }
}

const HOUR = 3_600_000;

let url: string;
let client: pg.Client;
let clock: PlatformClock;
let logged: Record<string, unknown>[];

async function onCluster(sql: string): Promise<void> {
  const admin = new pg.Client({ connectionString: inject('clusterUrl') });
  await admin.connect();
  await admin.query(sql);
  await admin.end();
}

function urlOf(name: string): string {
  // The cluster's address names a socket folder, which URL cannot take apart without a host.
  const parsed = new URL(inject('clusterUrl').replace('@/', '@socket/'));
  parsed.pathname = `/${name}`;
  return parsed.toString().replace('@socket/', '@/');
}

beforeEach(async () => {
  const name = `sandbox_${randomUUID().replaceAll('-', '')}`;
  await onCluster(`create database ${name} template template0`);
  url = urlOf(name);
  client = new pg.Client({ connectionString: url });
  await client.connect();
  logged = [];
  clock = followPlatformClock(url, (entry) => logged.push(entry));
});
afterEach(async () => {
  await clock.close();
  await client.end();
});

function ahead(): number {
  return Math.round((clock.now().getTime() - Date.now()) / 1000) * 1000;
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 5000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('it did not happen');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it('runs on real time before the table exists, then follows the row', async () => {
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect([ahead(), logged]).toEqual([0, []]);
  await client.query('create table platform_clock (offset_ms bigint not null)');
  await client.query(`insert into platform_clock values (${HOUR})`);
  await until(() => ahead() === HOUR);
  await client.query(`update platform_clock set offset_ms = ${25 * HOUR}`);
  await clock.refresh();
  expect(ahead()).toBe(25 * HOUR);
});

it('keeps the last offset while the connection is lost, says so, and comes back', async () => {
  await client.query('create table platform_clock (offset_ms bigint not null)');
  await client.query(`insert into platform_clock values (${HOUR})`);
  await until(() => ahead() === HOUR);
  await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sandbox-clock' and datname = current_database()",
  );
  await until(() => logged.length > 0);
  expect(ahead()).toBe(HOUR);
  await client.query(`update platform_clock set offset_ms = ${2 * HOUR}`);
  await until(() => ahead() === 2 * HOUR);
});
