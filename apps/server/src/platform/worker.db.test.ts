import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ctx } from './ctx.ts';
import { clearDeadline, fireDueDeadlines, setDeadline } from './deadlines.ts';
import { dispatchOutbox } from './dispatcher.ts';
import { inTransaction } from './db/transaction.ts';
import { query } from './db/statement.ts';
import { defineModule } from './http/module.ts';
import { emit } from './outbox.ts';
import { registryOf } from './registry.ts';
import { enqueue } from './tasks.ts';
import { dbTest } from './testing.ts';
import { startWorker, type Worker } from './worker.ts';

const t = dbTest();

const waitMs = 10_000;

async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + waitMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

interface Job {
  name: string;
  task: string;
}

const jobs = (ctx: Ctx) =>
  query<Job>(ctx, `select name, data->>'task' as task from pgboss.job order by created_on, id`);

describe('enqueue', () => {
  it('leaves no task when its transaction rolls back', async () => {
    const ctx = t.ctx();
    await expect(
      inTransaction(ctx, async (inner) => {
        await enqueue(inner, 'probe.work', {});
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await jobs(ctx)).toEqual([]);
  });

  it('queues a key once, tasks without a key each, and money apart', async () => {
    const ctx = t.ctx();
    await enqueue(ctx, 'probe.work', {}, { key: 'a' });
    await enqueue(ctx, 'probe.work', {}, { key: 'a' });
    await enqueue(ctx, 'probe.work', {}, { key: 'b' });
    await enqueue(ctx, 'probe.other', {});
    await enqueue(ctx, 'probe.other', {});
    await enqueue(ctx, 'payments.capture', {});
    const counts = Map.groupBy(await jobs(ctx), ({ name, task }) => `${name} ${task}`);
    expect([...counts].map(([key, rows]) => `${key} ${rows.length}`).toSorted()).toEqual([
      'default probe.other 2',
      'default probe.work 2',
      'money payments.capture 1',
    ]);
  });
});

describe('the dispatcher', () => {
  const registry = registryOf([
    defineModule({ name: 'a', listeners: { 'probe.done': [{ name: 'tell', run: async () => undefined }] } }),
    defineModule({ name: 'b', listeners: { 'probe.done': [{ name: 'tell', run: async () => undefined }] } }),
  ]);

  it('makes one task per listener and numbers the events in the order in which they came', async () => {
    const ctx = t.ctx();
    for (const key of ['1', '2', '3']) await emit(ctx, { type: 'probe.done', key, data: {} });
    await emit(ctx, { type: 'probe.unheard', key: '4', data: {} });
    expect(await dispatchOutbox(ctx, registry.listeners)).toBe(4);
    expect(await dispatchOutbox(ctx, registry.listeners)).toBe(0);
    const tasks = (await jobs(ctx)).map(({ task }) => task).toSorted();
    expect(tasks).toEqual([...Array(3).fill('a.on.probe.done.tell'), ...Array(3).fill('b.on.probe.done.tell')]);
    const rows = await query<{ key: string }>(ctx, 'select key from outbox order by seq');
    expect(rows.map(({ key }) => key)).toEqual(['1', '2', '3', '4']);
  });
});

describe('a deadline', () => {
  const at = (hours: number) => new Date(t.clock.now().getTime() + hours * 3_600_000);

  it('fires once when the business clock reaches it, earliest first', async () => {
    const fired: string[] = [];
    const handlers = new Map([['probe.end', async (_ctx: Ctx, id: string) => void fired.push(id)]]);
    const ctx = t.ctx();
    await setDeadline(ctx, { kind: 'probe.end', subjectId: 'late', at: at(3) });
    await setDeadline(ctx, { kind: 'probe.end', subjectId: 'soon', at: at(2) });
    await setDeadline(ctx, { kind: 'probe.end', subjectId: 'cleared', at: at(1) });
    await setDeadline(ctx, { kind: 'probe.end', subjectId: 'replaced', at: at(1) });
    await setDeadline(ctx, { kind: 'probe.end', subjectId: 'replaced', at: at(9) });
    await clearDeadline(ctx, 'probe.end', 'cleared');
    expect(await fireDueDeadlines(ctx, handlers)).toBe(0);
    t.clock.advance({ hours: 4 });
    expect(await fireDueDeadlines(ctx, handlers)).toBe(2);
    expect(await fireDueDeadlines(ctx, handlers)).toBe(0);
    expect(fired).toEqual(['soon', 'late']);
  });

  it('is kept with its error when its handler fails, and holds up no other', async () => {
    const fired: string[] = [];
    const run = async (ctx: Ctx, id: string) => {
      await emit(ctx, { type: 'probe.fired', key: id, data: {} });
      if (id === 'bad') throw new Error('not today');
      fired.push(id);
    };
    const ctx = t.ctx();
    await setDeadline(ctx, { kind: 'probe.end', subjectId: 'bad', at: at(-2) });
    await setDeadline(ctx, { kind: 'probe.end', subjectId: 'good', at: at(-1) });
    await fireDueDeadlines(ctx, new Map([['probe.end', run]]));
    expect(fired).toEqual(['good']);
    const [row] = await query<{ attempts: number; error: string }>(ctx, 'select attempts, error from deadline');
    expect(row).toMatchObject({ attempts: 1, error: expect.stringContaining('not today') });
    expect(await query(ctx, `select key from outbox where type = 'probe.fired'`)).toEqual([{ key: 'good' }]);
  });

  it('may set the next of its own kind', async () => {
    const ctx = t.ctx();
    await setDeadline(ctx, { kind: 'probe.wave', subjectId: 'x', at: at(-1) });
    const again = async (inner: Ctx, subjectId: string) =>
      setDeadline(inner, { kind: 'probe.wave', subjectId, at: at(1) });
    expect(await fireDueDeadlines(ctx, new Map([['probe.wave', again]]))).toBe(1);
    expect(await query(ctx, 'select subject_id from deadline')).toEqual([{ subject_id: 'x' }]);
  });
});

describe('a task that fails', () => {
  it('is tried again and ends among the dead letters with its data', async () => {
    t.truncateAfter('pgboss.job', 'task_schedule');
    const ctx = t.commitCtx();
    let tries = 0;
    const fail = async () => {
      tries += 1;
      throw new Error('never works');
    };
    const failing = await startWorker(
      ctx,
      registryOf([defineModule({ name: 'probe', tasks: { 'probe.fail': fail } })]),
    );
    try {
      await enqueue(ctx, 'probe.fail', { n: 7 }, { retries: 1 });
      await until('it lies among the dead letters', async () => (await deadLetters(ctx)).length === 1);
    } finally {
      await failing.stop();
    }
    expect(tries).toBe(2);
    expect(await deadLetters(ctx)).toMatchObject([{ name: 'default_dead', task: 'probe.fail', n: '7' }]);
  });
});

const deadLetters = (ctx: Ctx) =>
  query<Job & { n: string }>(
    ctx,
    `select name, data->>'task' as task, data->'data'->>'n' as n from pgboss.job where name like '%\\_dead'`,
  );

describe('a running worker', () => {
  let worker: Worker | undefined;
  beforeEach(() => t.truncateAfter('outbox', 'outbox_handled', 'deadline', 'task_schedule', 'pgboss.job'));
  afterEach(() => worker?.stop());

  it('runs tasks, listeners and deadlines, each effect once', async () => {
    const seen: string[] = [];
    const ctx = t.commitCtx();
    const note = async (what: string) => void seen.push(what);
    const registry = registryOf([
      defineModule({
        name: 'probe',
        tasks: { 'probe.work': (_ctx, data) => note(`task ${String(data['n'])}`), 'probe.tick': () => note('tick') },
        listeners: {
          'probe.done': [{ name: 'tell', run: (inner, event) => note(`heard ${event.key} in ${inner.regionId}`) }],
        },
        deadlines: { 'probe.end': (_ctx, id) => note(`deadline ${id}`) },
        schedules: [{ task: 'probe.tick', everySeconds: 3600 }],
      }),
    ]);
    worker = await startWorker(ctx, registry);
    await inTransaction(ctx, async (inner) => {
      await enqueue(inner, 'probe.work', { n: 1 });
      await emit(inner, { type: 'probe.done', key: 'k', data: {} });
      await setDeadline(inner, { kind: 'probe.end', subjectId: 's', at: t.clock.now() });
    });
    await until('four things have happened', () => seen.length === 4);
    // A second delivery of the same event does nothing.
    await query(ctx, `update outbox set seq = null`);
    await until('it was dispatched again', async () => {
      const rows = await query(
        ctx,
        `select 1 from pgboss.job where data->>'task' like 'probe.on.%' and state = 'completed'`,
      );
      return rows.length === 2;
    });
    expect(seen.toSorted()).toEqual(['deadline s', 'heard k in gb', 'task 1', 'tick']);
  });
});
