import { orderTransitions } from '@plumbline/domain/order';
import { payoutTransitions } from '@plumbline/domain/payout';
import { describe, expect, it } from 'vitest';
import { query } from '../../../platform/db/statement.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { pgCode, pgConstraint } from '../../../platform/errors.ts';
import { dbTest } from '../../../platform/testing.ts';
import { buildDeal, openAnOrder } from '../fixtures.ts';
import { pspTest } from '../psp-fixtures.ts';
import { lock, move } from './machine.ts';
import { moveOrder } from './store.ts';

const t = dbTest();
const psp = pspTest(t);

interface Row {
  from_state: string;
  move: string;
  to_state: string;
}
const text = ({ from_state, move, to_state }: Row) => `${from_state} ${move} ${to_state}`;
const stored = (table: 'order_transition' | 'payout_transition') =>
  query<Row>(psp.ctx(), `select from_state, move, to_state from ${table}`).then((rows) => rows.map(text).toSorted());

const failure = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('the tables of moves', () => {
  it('are those of the domain', async () => {
    expect(await stored('order_transition')).toEqual(
      orderTransitions.map(({ from, move, to }) => `${from} ${move} ${to}`).toSorted(),
    );
    expect(await stored('payout_transition')).toEqual(
      payoutTransitions.map(({ from, move, to }) => `${from} ${move} ${to}`).toSorted(),
    );
  });

  it('reject a move that they do not have, whatever the code believes', async () => {
    const orderId = await openAnOrder(psp, await buildDeal(t, psp, { bank: null }));
    const error = await failure(
      inTransaction(psp.ctx(), async (ctx) => {
        const order = await lock(ctx, orderId);
        const step = {
          move: 'release',
          to: 'released',
          at: ctx.clock.now(),
          actorKind: 'system',
          actorId: null,
          note: '{}',
        } as const;
        await moveOrder(ctx, order, step, {});
      }),
    );
    expect(pgConstraint(error)).toBe('order_event_allowed');
    expect((await psp.order(orderId)).state).toBe('awaiting_payment');
  });

  it.each([
    'update order_transition set to_state = from_state',
    'delete from order_transition',
    'update order_event set at = at',
    'delete from order_event',
    'delete from payout_event',
  ])('and their logs are out of the application’s reach: %s', async (sql) => {
    const error = await failure(inTransaction(psp.ctx(), (ctx) => query(ctx, sql)));
    expect(pgCode(error)).toBe('42501');
  });
});

describe('two moves from one version', () => {
  it('cannot both be recorded', async () => {
    const orderId = await openAnOrder(psp, await buildDeal(t, psp, { bank: null }));
    const error = await failure(
      inTransaction(psp.ctx(), async (ctx) => {
        const seen = await lock(ctx, orderId);
        await move(ctx, seen, 'open_checkout');
        await move(ctx, seen, 'open_checkout');
      }),
    );
    expect(String(error)).toContain('changed without its lock');
  });
});
