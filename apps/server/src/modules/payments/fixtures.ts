import { newId } from '../../platform/ids.ts';
import type { Ctx, PersonActor } from '../../platform/ctx.ts';
import { buildAdmin, buildProvider, buildUser } from '../identity/fixtures.ts';
import * as ledger from '../ledger/index.ts';
import * as trust from '../trust/service.ts';
import { startOnboarding } from './account/service.ts';
import { accountOf } from './account/store.ts';
import { checkReport } from './check/read.ts';
import { checkChanged } from './check/service.ts';
import { openOrder } from './order/open.ts';
import { capture } from './order/wishes.ts';
import { acceptWork, markDelivered, startService } from './order/work.ts';
import { waitingSum } from './payout/earnings.ts';
import { runPayouts } from './payout/run.ts';
import type { PspTest } from './psp-fixtures.ts';

/** A customer, a provider who may be paid, and staff. */
export interface Deal {
  customer: PersonActor;
  owner: PersonActor;
  finance: PersonActor;
  organisationId: string;
}

const paper = { bytes: Buffer.from('%PDF-1.4\n%%EOF\n'), name: 'paper.pdf' };

/** People of a deal. The provider's papers are approved; a bank account is there and old enough unless told otherwise. */
export async function buildDeal(
  t: { clock: { advance(by: { hours: number }): void } },
  psp: PspTest,
  { bank = '00012345' as string | null } = {},
): Promise<Deal> {
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
