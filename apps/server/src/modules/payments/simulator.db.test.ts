import { terminalStates } from '@plumbline/domain/order';
import { describe, expect, it } from 'vitest';
import { query } from '../../platform/db/statement.ts';
import { dbTest } from '../../platform/testing.ts';
import { audited, books, buildDeal, onboard, orderAt } from './fixtures.ts';
import { stripe } from './psp/client.ts';
import { pspTest } from './psp-fixtures.ts';
import { heal, random, simulate, type Simulation } from './simulator.ts';

const t = dbTest();
const psp = pspTest(t);

const isFull = process.env['PLUMBLINE_FULL'] === '1';
const runs = isFull ? 60 : 3;
const stepsPerRun = isFull ? 150 : 60;
/** `PLUMBLINE_SEED=…` repeats one run. */
const firstSeed = Number(process.env['PLUMBLINE_SEED'] ?? 20_260_601);
const seeds = Array.from({ length: process.env['PLUMBLINE_SEED'] ? 1 : runs }, (_, index) => firstSeed + index);

/** What the PSP says that we have there, paid and to come. */
async function balanceAtPsp(): Promise<bigint> {
  const { available, pending } = await stripe().balance.retrieve();
  return [...available, ...pending]
    .filter(({ currency }) => currency === 'gbp')
    .reduce((sum, { amount }) => sum + BigInt(amount), 0n);
}

const unsettled = async () =>
  query<{ kind: string; state: string; error: string }>(
    psp.ctx(),
    `select kind, state, error from psp_call where state in ('intended', 'unknown')`,
  );

describe('whatever happens, in whatever order, while calls and messages get lost', () => {
  it.each(seeds)(
    'the money is right and every order comes to its end (seed %i)',
    { timeout: 300_000 },
    async (seed) => {
      const deal = await buildDeal(t, psp);
      // Keeps the PSP's balance above its own fees, which a refund does not give back.
      const cushion = await orderAt(psp, deal, 'held', { amountMinor: 400_000n });
      const s: Simulation = { psp, deal, draw: random(seed), orders: [], log: [] };
      const told = () => `seed ${seed}: ${s.log.join(', ')}`;
      await simulate(s, stepsPerRun).catch((error: unknown) => {
        throw new Error(told(), { cause: error });
      });
      await onboardAtLast(s);
      await heal(s);
      expect(await audited(psp.ctx(), [deal.organisationId]), told()).toEqual([]);
      expect(await unsettled(), told()).toEqual([]);
      expect(await balanceAtPsp(), told()).toBe((await books(psp.ctx(), deal.organisationId)).psp);
      const states = await Promise.all(s.orders.map(async (id) => (await psp.order(id)).state));
      // What cannot end by itself: a refund that its bank will never take.
      const open = states.filter(
        (state) => !terminalStates.includes(state) && state !== 'refund_pending' && state !== 'released',
      );
      expect(open, told()).toEqual([]);
      expect((await psp.order(cushion)).state).toBe('held');
    },
  );
});

const onboardAtLast = async (s: Simulation) => {
  await s.psp.control('DELETE', '/faults');
  await s.psp.control('POST', '/release', {});
  await onboard(s.psp, s.deal.owner, s.deal.organisationId, '00012345');
};
