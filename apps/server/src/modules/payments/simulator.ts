import { isRefusal } from '../../platform/errors.ts';
import { query } from '../../platform/db/statement.ts';
import type { OrderState } from '@plumbline/domain/order';
import { onboard, openAnOrder, type Deal } from './fixtures.ts';
import { cancelAuthorisation, capture, requestExpiry } from './order/wishes.ts';
import { acceptWork, freeze, markDelivered, startService, unfreeze } from './order/work.ts';
import { runPayouts, retryPayout } from './payout/run.ts';
import { startCheckout } from './checkout/service.ts';
import type { PspTest } from './psp-fixtures.ts';
import { refund } from './refund/make.ts';
import { retry } from './refund/apply.ts';
import { askAbout, janitor } from './tasks.ts';

/** A generator of the same numbers for the same seed (mulberry32): a run can be repeated by its seed. */
export function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

export interface Simulation {
  psp: PspTest;
  deal: Deal;
  draw: (below: number) => number;
  orders: string[];
  log: string[];
}

type Step = (s: Simulation) => Promise<void>;
type Act = (s: Simulation, orderId: string) => Promise<unknown>;

const pick = <T>(s: Simulation, items: readonly T[]): T => items[s.draw(items.length)] as T;

const cards = [
  '4242 4242 4242 4242',
  '5555 5555 5555 4444',
  '4000 0000 0000 0002',
  '4000 0025 0000 3155',
  '4000 0000 0000 0341',
  '4000 0000 0000 5126',
];
const callPaths = [
  '/v1/checkout/sessions',
  '/v1/checkout/sessions/*/expire',
  '/v1/payment_intents',
  '/v1/payment_intents/*/capture',
  '/v1/payment_intents/*/cancel',
  '/v1/refunds',
  '/v1/transfers',
  '/v1/payouts',
  '/v1/customers',
  '/v1/transfers/*/reversals',
];
const callFaults = ['error_after_success', 'cut_after_success', 'error_before'];

/** An act on an order that is open; which one does not matter, it may well be refused. */
const onOrder = (name: string, act: Act): [string, Step] => [
  name,
  async (s) => {
    if (s.orders.length > 0) await act(s, pick(s, s.orders));
  },
];

const amountOf = (s: Simulation): bigint => BigInt(1 + s.draw(13_000));

const opening: [string, Step] = [
  'open',
  async (s) =>
    void s.orders.push(
      await openAnOrder(s.psp, s.deal, {
        daysAhead: pick(s, [1, 3, 90]),
        ceiling: s.draw(5) === 0,
        vatRateBp: pick(s, [0, 2000]),
        lines: Array.from({ length: 1 + s.draw(3) }, () => BigInt(1_000 + s.draw(20_000))),
      }),
    ),
];

const steps: [string, Step][] = [
  opening,
  onOrder('pay', (s, id) => s.psp.pay(id, { card: pick(s, cards) })),
  onOrder('pay', (s, id) => s.psp.pay(id)),
  onOrder('page', (s, id) => startCheckout(s.psp.ctx(), id, { returnPath: '/x' })),
  onOrder('expire', (s, id) => requestExpiry(s.psp.ctx(), id)),
  onOrder('capture', (s, id) => captureSome(s, id)),
  onOrder('capture', (s, id) => captureSome(s, id)),
  onOrder('cancel', (s, id) =>
    s.draw(3) === 0 ? cancelAuthorisation(s.psp.ctx(), id, 'customer') : Promise.resolve(),
  ),
  onOrder('start', (s, id) => startService(s.psp.ctx(), id)),
  onOrder('deliver', (s, id) => markDelivered(s.psp.ctx(), id)),
  onOrder('accept', (s, id) => acceptWork(s.psp.ctx(), id, { by: pick(s, ['customer', 'silence', 'admin'] as const) })),
  onOrder('freeze', (s, id) => freeze(s.psp.ctx(), id, 'a problem')),
  onOrder('unfreeze', (s, id) => unfreeze(s.psp.ctx(), id)),
  onOrder('refund part', (s, id) => refund(s.psp.ctx(), id, { amountMinor: amountOf(s), reason: 'agreed' })),
  onOrder('refund all', async (s, id) => {
    const { captured_minor, refunded_minor } = await s.psp.order(id);
    await refund(s.psp.ctx(), id, { amountMinor: captured_minor - refunded_minor, reason: 'agreed' });
  }),
  onOrder('keep a fee', async (s, id) => {
    const { captured_minor, refunded_minor } = await s.psp.order(id);
    const left = captured_minor - refunded_minor;
    await refund(s.psp.ctx(), id, { amountMinor: left - left / 10n, feeMinor: left / 10n, reason: 'cancelled' });
  }),
  ['payouts', async (s) => void (await runPayouts(s.psp.ctx()))],
  ['hours', (s) => s.psp.pass({ hours: 1 + s.draw(30) })],
  ['days', (s) => s.psp.pass({ days: 1 + s.draw(4) })],
  ['settle', (s) => s.psp.settle()],
  [
    'lost answer',
    async (s) =>
      void (await s.psp.control('POST', '/faults', {
        kind: pick(s, callFaults),
        path: pick(s, callPaths),
        method: 'POST',
        times: 1 + s.draw(2),
        status: 500,
      })),
  ],
  ['lost message', async (s) => void (await s.psp.control('POST', '/faults', { kind: 'drop', times: 1 + s.draw(3) }))],
  [
    'doubled message',
    async (s) => void (await s.psp.control('POST', '/faults', { kind: 'double', times: 1 + s.draw(5) })),
  ],
  ['held messages', async (s) => void (await s.psp.control('POST', '/hold'))],
  ['messages in reverse', async (s) => void (await s.psp.control('POST', '/release', { order: 'reversed' }))],
  [
    'another bank',
    (s) => onboard(s.psp, s.deal.owner, s.deal.organisationId, pick(s, ['00012345', 'GB00FAIL', '00067890'])),
  ],
];

async function captureSome(s: Simulation, orderId: string): Promise<void> {
  const order = await s.psp.order(orderId);
  if (!order.is_ceiling) return capture(s.psp.ctx(), orderId);
  const amountMinor = order.agreed_minor - BigInt(s.draw(900));
  await capture(s.psp.ctx(), orderId, { amountMinor, organisationId: s.deal.organisationId, vatRateBp: 2000 });
}

/** What would come next for an order if nothing went wrong. */
const natural: Partial<Record<OrderState, Act>> = {
  awaiting_payment: (s, id) => s.psp.pay(id),
  payment_failed: (s, id) => s.psp.pay(id),
  card_saved: (s, id) => capture(s.psp.ctx(), id),
  authorised: captureSome,
  held: (s, id) => startService(s.psp.ctx(), id),
  in_service: (s, id) => markDelivered(s.psp.ctx(), id),
  delivered: (s, id) => acceptWork(s.psp.ctx(), id, { by: 'customer' }),
  disputed_internal: (s, id) => unfreeze(s.psp.ctx(), id),
};

/** Moves one order on, as most of life does. */
async function onward(s: Simulation): Promise<void> {
  if (s.orders.length === 0) return;
  const orderId = pick(s, s.orders);
  await natural[(await s.psp.order(orderId)).state]?.(s, orderId);
  if (s.draw(2) === 0) await s.psp.settle();
}

/** Half of the steps open an order or move one on, so that many come far; the others are drawn from all there are. */
function drawStep(s: Simulation): [string, Step] {
  const kind = s.draw(10);
  if (kind < 1) return opening;
  return kind < 6 ? ['onward', onward] : pick(s, steps);
}

/** Does so many steps as they are drawn. What is refused is refused; anything else that fails is a finding. */
export async function simulate(s: Simulation, count: number): Promise<void> {
  for (let done = 0; done < count; done += 1) {
    const [name, step] = drawStep(s);
    s.log.push(name);
    try {
      await step(s);
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
  }
}

/** The world behaves again: every message is delivered or asked for, every call answered, every order brought to its end. */
export async function heal(s: Simulation): Promise<void> {
  await s.psp.control('DELETE', '/faults');
  await s.psp.control('POST', '/release', {});
  await catchUp(s);
  for (let round = 0; round < 6; round += 1) {
    for (const orderId of s.orders) await end(s, orderId);
    await catchUp(s);
    await s.psp.pass({ days: 8 });
    await catchUp(s);
    await retryFailed(s);
    await runPayouts(s.psp.ctx());
    await catchUp(s);
  }
}

async function catchUp(s: Simulation): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await query(
      s.psp.ctx(),
      `update psp_call set intended_at = intended_at - interval '2 minutes' where state in ('intended', 'unknown')`,
    );
    await janitor(s.psp.ctx());
    await s.psp.settle({ delayed: true });
    await askAbout(s.psp.ctx());
  }
}

/** The next act that brings an order nearer to its end, by the state in which it is. */
const nextAct: Partial<Record<OrderState, Act>> = {
  awaiting_payment: (s, id) => requestExpiry(s.psp.ctx(), id),
  payment_failed: (s, id) => cancelAuthorisation(s.psp.ctx(), id, 'over'),
  card_saved: (s, id) => cancelAuthorisation(s.psp.ctx(), id, 'over'),
  authorised: (s, id) => cancelAuthorisation(s.psp.ctx(), id, 'over'),
  held: (s, id) => startService(s.psp.ctx(), id),
  in_service: (s, id) => markDelivered(s.psp.ctx(), id),
  delivered: (s, id) => acceptWork(s.psp.ctx(), id, { by: 'silence' }),
  disputed_internal: (s, id) => acceptWork(s.psp.ctx(), id, { by: 'admin' }),
};

async function end(s: Simulation, orderId: string): Promise<void> {
  try {
    await nextAct[(await s.psp.order(orderId)).state]?.(s, orderId);
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
}

/** Staff look at what failed: a good bank account is named, payouts and refunds are sent again. */
async function retryFailed(s: Simulation): Promise<void> {
  const bad = await query<{ id: string }>(s.psp.ctx(), `select id from refund where state = 'failed'`);
  for (const { id } of bad) await retry(s.psp.ctx(), id);
  const failed = await query<{ id: string }>(
    s.psp.ctx(),
    `select p.id from payout p where p.state in ('failed', 'returned') and not exists (select from payout r where r.retry_of = p.id)`,
  );
  for (const { id } of failed) {
    await retryPayout(s.psp.ctx(s.deal.finance), id).catch((error: unknown) => {
      if (!isRefusal(error)) throw error;
    });
  }
}
