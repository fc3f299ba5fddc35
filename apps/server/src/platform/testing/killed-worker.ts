import { createLog } from '../log.ts';
import type { Ctx } from '../ctx.ts';
import { createDb } from '../db/db.ts';
import { appPool } from '../db/pool.ts';
import { statement } from '../db/statement.ts';
import { defineModule } from '../http/module.ts';
import { newId } from '../ids.ts';
import { registryOf } from '../registry.ts';
import { startWorker } from '../worker.ts';

// A worker as a process of its own, for the test that kills one in the middle of a task.
// Arguments: URL of the database, and `hang` or `finish`: what it does with the task.

const [url = '', mode] = process.argv.slice(2);
const note = statement<never, [string, string]>('probe.note', 'insert into installation (name, value) values ($1, $2)');

const pool = appPool(url, { name: `probe ${mode}` });
const ctx: Ctx = {
  actor: { kind: 'system', name: 'probe' },
  regionId: 'gb',
  requestId: newId(),
  clock: { now: () => new Date() },
  log: createLog('silent', 'probe'),
  db: createDb(pool),
};

const work = async (inner: Ctx) => {
  await note.run(inner, `${mode} ${newId()}`, new Date().toISOString());
  if (mode === 'hang') await new Promise<never>(() => undefined);
};

await startWorker(ctx, registryOf([defineModule({ name: 'probe', tasks: { 'probe.work': work } })]));
process.stdout.write('ready\n');
