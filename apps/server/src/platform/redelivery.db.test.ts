import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import pg from 'pg';
import { appPool } from './db/pool.ts';
import { createDb } from './db/db.ts';
import { dbTest, freshDatabase } from './testing.ts';
import { enqueue, stopSender } from './tasks.ts';

const t = dbTest();

const program = path.join(import.meta.dirname, 'testing/killed-worker.ts');
/** What we promise. By the settings it is 10 s without a heartbeat, 2 s until the monitor looks, 1 s of polling. */
const promisedMs = 30_000;

const children: ChildProcess[] = [];
afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));

function startProcess(url: string, mode: 'hang' | 'finish'): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program, url, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return new Promise((resolve, reject) => {
    child.stdout.once('data', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
  });
}

it('runs the task of a worker that was killed again within 30 seconds', { timeout: 60_000 }, async () => {
  const url = await freshDatabase();
  const pool = appPool(url);
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const notes = async (mode: string) => {
    const { rowCount } = await owner.query('select 1 from installation where name like $1', [`${mode} %`]);
    return rowCount ?? 0;
  };
  const until = async (condition: () => Promise<boolean>, withinMs: number) => {
    const end = Date.now() + withinMs;
    while (!(await condition())) {
      if (Date.now() > end) throw new Error(`not within ${withinMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  try {
    const doomed = await startProcess(url, 'hang');
    await enqueue({ ...t.ctx(), db: createDb(pool) }, 'probe.work', {});
    await until(async () => (await notes('hang')) === 1, 10_000);
    await startProcess(url, 'finish');
    const killedAt = Date.now();
    doomed.kill('SIGKILL');
    await until(async () => (await notes('finish')) === 1, promisedMs);
    const tookMs = Date.now() - killedAt;
    expect(tookMs).toBeLessThan(promisedMs);
    expect(await notes('hang')).toBe(1);
  } finally {
    await stopSender(pool);
    await pool.end();
    await owner.end();
  }
});
