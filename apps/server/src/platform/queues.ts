import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import pg from 'pg';
import type { PgBoss, Queue } from 'pg-boss';
import { appRole } from './db/pool.ts';

/** Money never waits behind pictures and mails: two queues with workers of their own, tasks named in the data. */
export const queues = ['money', 'default'] as const;
export type QueueName = (typeof queues)[number];

export const deadLetterOf = (queue: QueueName) => `${queue}_dead`;

/** The queue of a task, by the module in its name. */
export function queueOf(task: string): QueueName {
  return /^(payments|ledger)\./.test(task) ? 'money' : 'default';
}

/**
 * A killed worker is noticed after 10 s without a heartbeat, at the next look of the monitor (2 s): its task runs
 * again within about 15 s. `expireInSeconds` is the hard cap of one try; `short` is "one queued per key".
 */
const settings = {
  policy: 'short',
  heartbeatSeconds: 10,
  expireInSeconds: 120,
  retryLimit: 8,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 300,
  retentionSeconds: 14 * 86_400,
  deleteAfterSeconds: 86_400,
} as const satisfies Omit<Queue, 'name'>;

const deadSettings = { retentionSeconds: 90 * 86_400, deleteAfterSeconds: 0 } as const;

const quiet = { supervise: false, schedule: false, registerInstance: false } as const;

/**
 * Makes or upgrades the tables of the task queue and the queues themselves. Part of migrating; safe to repeat and
 * to run in two processes at once. What was installed is remembered, so that a usual start does nothing here.
 */
export async function installQueues(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const wanted = fingerprint();
    const { rows } = await owner.query<{ value: string }>(`select value from installation where name = 'queues'`);
    if (rows[0]?.value === wanted) return;
    await install(ownerUrl);
    await owner.query(
      `insert into installation (name, value) values ('queues', $1)
       on conflict (name) do update set value = excluded.value`,
      [wanted],
    );
  } finally {
    await owner.end();
  }
}

/** What the installed queues depend on: our settings and the version of the library. */
function fingerprint(): string {
  const entry = createRequire(import.meta.url).resolve('pg-boss');
  const { version } = JSON.parse(readFileSync(path.join(path.dirname(entry), '../package.json'), 'utf8')) as {
    version: string;
  };
  return createHash('sha256')
    .update(JSON.stringify([version, queues, settings, deadSettings]))
    .digest('hex');
}

async function install(ownerUrl: string): Promise<void> {
  const { PgBoss } = await import('pg-boss');
  const boss = new PgBoss({
    connectionString: ownerUrl,
    // The application's role owns the schema, so that workers may keep it in order.
    options: `-c role=${appRole}`,
    createSchema: false,
    max: 1,
    ...quiet,
  });
  // Without a listener an error event would end the process; what matters is thrown by the calls below.
  boss.on('error', (error) => process.stderr.write(`task queue: ${String(error)}\n`));
  await boss.start();
  try {
    for (const name of queues) await installQueue(boss, name);
  } finally {
    await boss.stop({ graceful: false });
  }
}

async function installQueue(boss: PgBoss, name: QueueName): Promise<void> {
  const deadLetter = deadLetterOf(name);
  const wanted = { ...settings, deadLetter };
  await boss.createQueue(deadLetter, { ...deadSettings });
  await boss.createQueue(name, wanted);
  const { policy: _, ...changeable } = wanted;
  await boss.updateQueue(name, changeable);
}
