import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSandbox, type Sandbox } from '@plumbline/sandbox';
import { payHosted, type HostedOutcome, type Payer } from '@plumbline/sandbox/testing';
import { afterEach, beforeEach } from 'vitest';
import type { StripeConfig } from '../../platform/config.ts';
import type { Actor, Ctx, PersonActor } from '../../platform/ctx.ts';
import { query } from '../../platform/db/statement.ts';
import { fireDueDeadlines } from '../../platform/deadlines.ts';
import { isRefusal } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { registryOf } from '../../platform/registry.ts';
import type { TaskEnvelope } from '../../platform/tasks.ts';
import type { DbTest } from '../../platform/testing.ts';
import { buildAdmin, buildProvider, buildUser } from '../identity/fixtures.ts';
import * as ledger from '../ledger/index.ts';
import * as trust from '../trust/service.ts';
import { startOnboarding } from './account/service.ts';
import { accountOf } from './account/store.ts';
import { checkReport } from './check/read.ts';
import { checkChanged } from './check/service.ts';
import { startCheckout } from './checkout/service.ts';
import { payments } from './module.ts';
import { openOrder } from './order/open.ts';
import { orderById } from './order/store.ts';
import { capture } from './order/wishes.ts';
import { acceptWork, markDelivered, startService } from './order/work.ts';
import { waitingSum } from './payout/earnings.ts';
import { runPayouts } from './payout/run.ts';
import { usePsp } from './psp/client.ts';
import type { OrderRow } from './tables.ts';
import { receive } from './webhook/receive.ts';

/** Keys of a test's own sandbox. */
export const pspKeys = {
  secretKey: 'sk_test_paymentstests0000000000',
  webhookSecret: 'whsec_paymentsplatform0000000000',
  connectWebhookSecret: 'whsec_paymentsconnect00000000000',
};
export const controlKey = 'control-key-of-the-payment-tests';

export interface PspTest {
  /** As `t.ctx` or, for a test that commits, `t.commitCtx`. */
  ctx(actor?: Actor): Ctx;
  readonly sandbox: Sandbox;
  readonly config: StripeConfig;
  /** What the PSP can be told: faults, holding of messages, decisions of banks. */
  control(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
  /** Makes the next calls of the SDK to this path go wrong. */
  fail(kind: 'error_after_success' | 'cut_after_success', path: string, times?: number): Promise<void>;
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

interface Running {
  sandbox: Sandbox;
  server: Server;
}

const registry = registryOf([payments]);

/** A real sandbox PSP on the test's clock, whose messages reach the module over HTTP. Call it at the top, after `dbTest()`. */
export function pspTest(t: DbTest, { commit = false } = {}): PspTest {
  let running: Running | undefined;
  const current = () => running ?? fail();
  const ctx = (actor?: Actor) => (commit ? t.commitCtx(actor) : t.ctx(actor));
  const config = (): StripeConfig => ({ ...pspKeys, apiUrl: current().sandbox.url });

  beforeEach(async () => {
    const server = await listen(() => ctx());
    running = { server, sandbox: await startSandbox(t, (server.address() as AddressInfo).port) };
    usePsp(config());
  });
  afterEach(async () => {
    await current().sandbox.close();
    current().server.closeAllConnections();
    current().server.close();
    running = undefined;
  });

  const settle = async (options: { delayed?: boolean } = {}) => {
    for (let busy = true; busy;) busy = await settleOnce(ctx(), current().sandbox, options.delayed ?? false);
  };
  const control = (method: string, path: string, body?: object) => tell(current().sandbox, method, path, body);
  return {
    ctx,
    get sandbox() {
      return current().sandbox;
    },
    get config() {
      return config();
    },
    control,
    settle,
    fail: async (kind, path, times = 1) => {
      await control('POST', '/faults', { kind, path, times });
    },
    pass: async (by) => {
      t.clock.advance(by);
      await settle();
    },
    pay: async (orderId, payer) => {
      const { url } = await startCheckout(ctx(), orderId, { returnPath: '/bookings/one' });
      const outcome = await payHosted(url, payer);
      await settle();
      return outcome;
    },
    order: (orderId) => orderById.one(ctx(), orderId),
    events: (key) => eventsOf(ctx(), key),
  };
}

function fail(): never {
  throw new Error('pspTest() gives its sandbox inside a test only');
}

function startSandbox(t: DbTest, port: number): Promise<Sandbox> {
  const base = `http://127.0.0.1:${port}`;
  return createSandbox({
    clock: t.clock,
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

/** The two addresses of our API that the PSP knows. */
async function listen(ctx: () => Ctx): Promise<Server> {
  const server = createServer((request, response) => {
    const endpoint = request.url === '/connect' ? 'connect' : 'platform';
    bytesOf(request)
      .then((raw) => receive(ctx(), endpoint, raw, String(request.headers['stripe-signature'])))
      .then(
        () => response.writeHead(200).end('{}'),
        (error: unknown) => response.writeHead(isRefusal(error) ? error.status : 500).end(),
      );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
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

/** A customer, a provider who may be paid, and staff. */
export interface Deal {
  customer: PersonActor;
  owner: PersonActor;
  finance: PersonActor;
  organisationId: string;
}

const paper = { bytes: Buffer.from('%PDF-1.4\n%%EOF\n'), name: 'paper.pdf' };

/** People of a deal. The provider's papers are approved; a bank account is there and old enough unless told otherwise. */
export async function buildDeal(t: DbTest, psp: PspTest, { bank = '00012345' as string | null } = {}): Promise<Deal> {
  const ctx = psp.ctx();
  const customer = await buildUser(ctx);
  const { organisationId, owner } = await buildProvider(ctx);
  const finance = await buildAdmin(ctx, ['finance', 'operations']);
  for (const kind of ['identity', 'insurance'] as const) {
    await trust.submitFor(ctx, organisationId, owner.personId, {
      kind,
      document: paper,
      reference: undefined,
      expiresOn: kind === 'insurance' ? '2099-12-31' : undefined,
    });
  }
  for (const { row } of await trust.reviews(ctx, 'open', undefined, 100)) await trust.decide(ctx, row.id, 'approve');
  if (bank !== null) {
    await onboard(psp, owner, organisationId, bank);
    t.clock.advance({ hours: 25 });
  }
  return { customer, owner, finance, organisationId };
}

/** Sets up where payouts go, as the owner would on the PSP's pages. */
export async function onboard(psp: PspTest, owner: PersonActor, organisationId: string, bank: string): Promise<void> {
  await startOnboarding(psp.ctx(owner), organisationId, '/studio/money');
  const account = await accountOf.one(psp.ctx(), owner.regionId, organisationId);
  await psp.control('POST', `/accounts/${account.psp_account_id}/onboarding`, {
    account_number: bank,
    name: 'Novak Plumbing',
  });
  await psp.settle();
}

export interface OrderChanges {
  amountMinor?: bigint;
  vatRateBp?: number;
  /** From now to the start of the work. */
  daysAhead?: number;
  ceiling?: boolean;
  lines?: bigint[];
}

/** Opens an order of 120.00 for tomorrow, as booking does; answers its id. */
export async function openAnOrder(psp: PspTest, deal: Deal, changes: OrderChanges = {}): Promise<string> {
  const ctx = psp.ctx(deal.customer);
  const { amountMinor = 12_000n, vatRateBp = 2000, daysAhead = 1, ceiling = false } = changes;
  const orderId = newId();
  await openOrder(ctx, {
    orderId,
    customerId: deal.customer.personId,
    ...(!ceiling && { organisationId: deal.organisationId }),
    subject: { kind: 'booking', id: newId() },
    lines: (changes.lines ?? [amountMinor]).map((amount, index) => ({
      id: newId(),
      title: `Leaking tap repaired, part ${index + 1}`,
      amountMinor: amount,
      vatRateBp,
    })),
    currency: 'GBP',
    categoryId: 'plumbing',
    startsAt: new Date(ctx.clock.now().getTime() + daysAhead * 86_400_000),
    zone: 'Europe/London',
    ...(ceiling && { ceiling }),
    lineKind: 'service',
  });
  return orderId;
}

export type Stage =
  | 'open'
  | 'authorised'
  | 'held'
  | 'in_service'
  | 'delivered'
  | 'release_pending'
  | 'released'
  | 'closed';

/** An order that has come so far by its real way: paid on the PSP's page, captured, done, accepted, released, paid out. */
export async function orderAt(psp: PspTest, deal: Deal, stage: Stage, changes: OrderChanges = {}): Promise<string> {
  const orderId = await openAnOrder(psp, deal, changes);
  const steps: [Stage, () => Promise<unknown>][] = [
    ['open', async () => undefined],
    ['authorised', () => psp.pay(orderId)],
    ['held', () => capture(psp.ctx(), orderId).then(() => psp.settle())],
    ['in_service', () => startService(psp.ctx(), orderId)],
    ['delivered', () => markDelivered(psp.ctx(), orderId)],
    ['release_pending', () => acceptWork(psp.ctx(), orderId, { by: 'customer' })],
    ['released', () => psp.pass({ days: 3 })],
    [
      'closed',
      async () => {
        await runPayouts(psp.ctx());
        await psp.settle();
        await psp.pass({ days: 2 });
      },
    ],
  ];
  for (const [name, step] of steps) {
    await step();
    if (name === stage) break;
  }
  return orderId;
}

/** What the books say, in minor units. */
export async function books(ctx: Ctx, organisationId: string) {
  const of = async (account: ledger.AccountRef) => (await ledger.balance(ctx, account, 'GBP')).balanceMinor;
  return {
    psp: await of(ledger.account.pspClearing('stripe')),
    window: await of(ledger.account.providerPending(organisationId)),
    available: await of(ledger.account.providerAvailable(organisationId)),
    receivable: await of(ledger.account.providerReceivable(organisationId)),
    commission: await of(ledger.account.commission('service')),
    vat: await of(ledger.account.vatPayable('GB')),
    fees: await of(ledger.account.pspFee('stripe')),
    inTransit: await of(ledger.account.payoutInTransit('stripe')),
  };
}

/**
 * Everything that must hold whatever happened: the ledger proves itself, every order agrees with it, and what a provider
 * has available is what their waiting earnings sum to. Answers what does not hold.
 */
export async function audited(ctx: Ctx, organisationIds: string[]): Promise<string[]> {
  await ledger.fold(ctx);
  await checkChanged(ctx);
  const proof = (await ledger.proof(ctx)).filter((row) => !row.holds).map((row) => `${row.check}: ${row.detail}`);
  const { findings } = await checkReport(ctx);
  const orders = findings.map((finding) => `${finding.state} ${finding.orderId}: ${JSON.stringify(finding.findings)}`);
  const providers: string[] = [];
  for (const id of organisationIds) {
    const { availableMinor } = await ledger.balance(ctx, ledger.account.providerAvailable(id), 'GBP');
    const { net } = await waitingSum.one(ctx, ctx.regionId, id);
    if (availableMinor !== net) providers.push(`provider ${id}: ${availableMinor} available, earnings of ${net}`);
  }
  return [...proof, ...orders, ...providers];
}
