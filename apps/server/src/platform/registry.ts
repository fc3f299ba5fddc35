import type { DeadlineHandler } from './deadlines.ts';
import { eventOf } from './dispatcher.ts';
import type { Ctx } from './ctx.ts';
import { statement } from './db/statement.ts';
import { inTransaction } from './db/transaction.ts';
import type { Listener, Module, Schedule } from './http/module.ts';
import type { TaskEnvelope } from './tasks.ts';

export type TaskRunner = (ctx: Ctx, envelope: TaskEnvelope) => Promise<void>;

/** What the modules plug into the worker, by name. */
export interface Registry {
  tasks: Map<string, TaskRunner>;
  /** Type of event → names of the tasks of its listeners. */
  listeners: Map<string, string[]>;
  deadlines: Map<string, DeadlineHandler>;
  schedules: Schedule[];
}

const markHandled = statement<never, [string, string]>(
  'platform.markHandled',
  'insert into outbox_handled (event_id, listener) values ($1, $2) on conflict do nothing',
);

/** Collects the modules' parts. Throws when two of them use one name, or a schedule names no task. */
export function registryOf(modules: readonly Module[]): Registry {
  const registry: Registry = { tasks: new Map(), listeners: new Map(), deadlines: new Map(), schedules: [] };
  for (const module of modules) addModule(registry, module);
  for (const { task } of registry.schedules) {
    if (!registry.tasks.has(task)) throw new Error(`a schedule names the task ${task}, which no module has`);
  }
  return registry;
}

function addModule(registry: Registry, module: Module): void {
  for (const [task, run] of Object.entries(module.tasks ?? {})) {
    addOnce(registry.tasks, task, (ctx, envelope) => run(ctx, envelope.data));
  }
  for (const [type, listeners] of Object.entries(module.listeners ?? {})) {
    for (const listener of listeners) addListener(registry, module.name, type, listener);
  }
  for (const [kind, handler] of Object.entries(module.deadlines ?? {})) addOnce(registry.deadlines, kind, handler);
  registry.schedules.push(...(module.schedules ?? []));
}

function addListener(registry: Registry, module: string, type: string, listener: Listener): void {
  const task = `${module}.on.${type}.${listener.name}`;
  addOnce(registry.tasks, task, (ctx, envelope) => runListener(ctx, task, listener, envelope));
  registry.listeners.set(type, [...(registry.listeners.get(type) ?? []), task]);
}

/** Delivery is at least once; the mark in the same transaction makes the effect in our database happen once. */
async function runListener(ctx: Ctx, task: string, listener: Listener, envelope: TaskEnvelope): Promise<void> {
  const event = eventOf(envelope);
  await inTransaction(ctx, async (inner) => {
    const isNew = (await markHandled.run(inner, event.id, task)) === 1;
    if (isNew) await listener.run(inner, event);
  });
}

function addOnce<T>(map: Map<string, T>, name: string, value: T): void {
  if (map.has(name)) throw new Error(`two parts of the system are named ${name}`);
  map.set(name, value);
}
