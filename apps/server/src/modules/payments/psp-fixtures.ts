import { createSandbox, type Sandbox } from '@plumbline/sandbox';
import { payHosted, type HostedOutcome, type Payer } from '@plumbline/sandbox/testing';
import { afterEach, beforeEach } from 'vitest';
import type { StripeConfig } from '../../platform/config.ts';
import type { Actor, Clock, Ctx } from '../../platform/ctx.ts';
import { query } from '../../platform/db/statement.ts';
import { fireDueDeadlines } from '../../platform/deadlines.ts';
import { registryOf } from '../../platform/registry.ts';
import type { TaskEnvelope } from '../../platform/tasks.ts';
import type { DbTest } from '../../platform/testing.ts';
import { startCheckout } from './checkout/service.ts';
import { payments } from './module.ts';
import { orderById } from './order/store.ts';
import { usePsp } from './psp/client.ts';
import type { OrderRow } from './tables.ts';
import { listenForMessages } from './webhook/listen.ts';

/** Keys of a test's own sandbox. */
export const pspKeys = {
  secretKey: 'sk_test_paymentstests00000000000000000',
  webhookSecret: 'whsec_paymentsplatform0000000000000',
  connectWebhookSecret: 'whsec_paymentsconnect000000000000000',
};
export const controlKey = 'control-key-of-the-payment-tests';

export interface PspTest {
  /** As `t.ctx` or, for a test that commits, `t.commitCtx`. */
  ctx(actor?: Actor): Ctx;
  readonly sandbox: Sandbox;
  readonly config: StripeConfig;
  /** What the PSP can be told: faults, holding of messages, decisions of banks. */
  control(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
  /** Delivers messages, runs tasks and due deadlines until nothing is left to do. Retries that wait count with `delayed`. */
  settle(options?: { delayed?: boolean }): Promise<void>;
  /** Lets business time pass and settles. */
  pass(by: { days?: number; hours?: number; minutes?: number }): Promise<void>;
  /** Opens the payment page and pays on it. */
  pay(orderId: string, payer?: Payer): Promise<HostedOutcome>;
  order(orderId: string): Promise<OrderRow>;
  /** Types of what was announced about a thing, in order. */
  events(key: string): Promise<string[]>;
}

const registry = registryOf([payments]);

/** A sandbox PSP and the two addresses of our API that it knows, for as long as a test needs them. */
export interface RunningPsp extends PspTest {
  close(): Promise<void>;
}

/** Starts a real sandbox PSP on this clock, whose messages reach the module over HTTP with this ctx. */
export async function startPsp(ctx: (actor?: Actor) => Ctx, clock: Clock): Promise<RunningPsp> {
  const messages = await listenForMessages(() => ctx());
  const sandbox = await startSandbox(clock, messages.url);
  const config: StripeConfig = { ...pspKeys, apiUrl: sandbox.url };
  usePsp(config);
  const control = (method: string, path: string, body?: object) => tell(sandbox, method, path, body);
  const settle = async (options: { delayed?: boolean } = {}) => {
    for (let busy = true; busy;) busy = await settleOnce(ctx(), sandbox, options.delayed ?? false);
  };
  return {
    ctx,
    sandbox,
    config,
    control,
    settle,
    pass: async () => {
      throw new Error('this clock moves by itself');
    },
    pay: async (orderId, payer) => {
      const { url } = await startCheckout(ctx(), orderId, { returnPath: '/bookings/one' });
      const outcome = await payHosted(url, payer);
      await settle();
      return outcome;
    },
    order: (orderId) => orderById.one(ctx(), orderId),
    events: (key) => eventsOf(ctx(), key),
    close: async () => {
      await sandbox.close();
      messages.close();
    },
  };
}

/** A sandbox PSP for each test, on the test's clock. Call it at the top, after `dbTest()`. */
export function pspTest(t: DbTest, { commit = false } = {}): PspTest {
  let running: RunningPsp | undefined;
  const current = () => running ?? fail();
  const ctx = (actor?: Actor) => (commit ? t.commitCtx(actor) : t.ctx(actor));
  beforeEach(async () => {
    running = await startPsp(ctx, t.clock);
  });
  afterEach(async () => {
    await current().close();
    running = undefined;
  });
  return {
    ctx,
    get sandbox() {
      return current().sandbox;
    },
    get config() {
      return current().config;
    },
    control: (method, path, body) => current().control(method, path, body),
    settle: (options) => current().settle(options),
    pass: async (by) => {
      t.clock.advance(by);
      await current().settle();
    },
    pay: (orderId, payer) => current().pay(orderId, payer),
    order: (orderId) => current().order(orderId),
    events: (key) => current().events(key),
  };
}

function fail(): never {
  throw new Error('pspTest() gives its sandbox inside a test only');
}

function startSandbox(clock: Clock, base: string): Promise<Sandbox> {
  return createSandbox({
    clock,
    port: 0,
    dataFile: ':memory:',
    secretKey: pspKeys.secretKey,
    controlKey,
    webhooks: [
      { url: `${base}/platform`, secret: pspKeys.webhookSecret, connect: false },
      { url: `${base}/connect`, secret: pspKeys.connectWebhookSecret, connect: true },
    ],
    retry: { baseMs: 5, capMs: 40 },
  });
}

export async function tell(
  sandbox: Pick<Sandbox, 'url'>,
  method: string,
  path: string,
  body?: object,
): Promise<Record<string, unknown>> {
  const answer = await fetch(`${sandbox.url}/_sandbox${path}`, {
    method,
    headers: { authorization: `Bearer ${controlKey}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const json = (await answer.json()) as Record<string, unknown>;
  if (!answer.ok) throw new Error(`sandbox: ${answer.status} ${JSON.stringify(json)}`);
  return json;
}

async function settleOnce(ctx: Ctx, sandbox: Sandbox, delayed: boolean): Promise<boolean> {
  const due = sandbox.tick();
  await sandbox.idle();
  const ran = await runTasks(ctx, delayed);
  const fired = await fireDueDeadlines(ctx, registry.deadlines);
  return due + ran + fired > 0;
}

interface JobRow {
  id: string;
  data: TaskEnvelope;
}

/** Runs what is queued of this module, one after the other; other modules' tasks stay. Answers how many. */
export async function runTasks(ctx: Ctx, delayed: boolean): Promise<number> {
  const jobs = await query<JobRow>(
    ctx,
    `delete from pgboss.job where name = 'money' and state = 'created'
       and ($1 or start_after < clock_timestamp() + interval '500 milliseconds')
     returning id, data`,
    [delayed],
  );
  for (const { data } of jobs) {
    const run = registry.tasks.get(data.task);
    if (!run) throw new Error(`no task ${data.task}`);
    await run({ ...ctx, regionId: data.regionId }, data);
  }
  return jobs.length;
}

async function eventsOf(ctx: Ctx, key: string): Promise<string[]> {
  const rows = await query<{ type: string }>(ctx, 'select type from outbox where key = $1 order by id', [key]);
  return rows.map(({ type }) => type);
}
