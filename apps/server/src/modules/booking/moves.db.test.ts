import {
  bookingActs,
  bookingMoves,
  bookingStates,
  isActOf,
  mayMove,
  type BookingAct,
  type BookingParty,
} from '@plumbline/domain/booking';
import { describe, expect, it } from 'vitest';
import type { Ctx } from '../../platform/ctx.ts';
import { attempt, inTransaction } from '../../platform/db/transaction.ts';
import { query } from '../../platform/db/statement.ts';
import { dbTest } from '../../platform/testing.ts';
import * as confirming from './deal/confirm.ts';
import * as ending from './deal/end.ts';
import * as problem from './deal/problem.ts';
import * as work from './deal/work.ts';
import { bookingTest, buildBooking, buildMarket, refusal, tenOClock, type Market } from './fixtures.ts';
import * as quoting from './sale/quote.ts';
import * as time from './time/service.ts';

/** Every act of a person on a booking in every state by every side, against the table of moves. */

const t = dbTest();
const psp = bookingTest(t);

type Tried = Exclude<BookingAct, 'pay' | 'expire' | 'close' | 'agree_time'>;
const tried = bookingActs.filter((act): act is Tried => !['pay', 'expire', 'close', 'agree_time'].includes(act));

const acts: Record<Tried, (ctx: Ctx, id: string) => Promise<unknown>> = {
  send_quote: (ctx, id) =>
    quoting.send(ctx, id, { amountMinor: 90_000n, start: tenOClock(ctx, 3), durationMinutes: 120 }),
  confirm: (ctx, id) => confirming.confirm(ctx, id),
  decline: (ctx, id) => confirming.decline(ctx, id),
  cancel: (ctx, id) => ending.cancel(ctx, id, { feeMinor: 1_000_000n }),
  no_show: (ctx, id) => ending.reportAbsence(ctx, id),
  start: (ctx, id) => work.start(ctx, id, { reason: 'Asked by phone' }),
  complete: (ctx, id) => work.complete(ctx, id, { note: 'Done', reason: 'Asked by phone' }),
  accept: (ctx, id) => work.accept(ctx, id),
  report_problem: (ctx, id) => problem.report(ctx, id, { text: 'It still drips as before.' }),
  resolve_release: (ctx, id) => problem.resolve(ctx, id, { outcome: 'release', reason: 'Work is fine' }),
  resolve_partial: (ctx, id) =>
    problem.resolve(ctx, id, { outcome: 'partial', refundMinor: 1000n, reason: 'Half done' }),
  resolve_full: (ctx, id) => problem.resolve(ctx, id, { outcome: 'full', reason: 'Not done' }),
};

const sides = (market: Market) => ({
  customer: market.customer,
  provider: market.owner,
  lead: market.tom,
  admin: market.finance,
});

/** Answers outcome and state afterwards, and undoes it. */
async function tryOut(
  ctx: Ctx,
  id: string,
  act: (ctx: Ctx) => Promise<unknown>,
): Promise<{ code: string | undefined; state: string | undefined }> {
  let outcome: { code: string | undefined; state: string | undefined } = { code: 'untried', state: undefined };
  const undo = new Error('undo');
  const trial = inTransaction(ctx, async (inner) => {
    const code = await refusal(attempt(inner, act));
    const [row] = await query<{ state: string }>(inner, 'select state from booking where id = $1', [id]);
    outcome = { code, state: row?.state };
    throw undo;
  });
  await trial.catch((error: unknown) => {
    if (error !== undo) throw error;
  });
  return outcome;
}

/** What the policy answers before the table is asked: what one may not see, or is never one's own. */
function refusedFirst(hasLead: boolean, paid: boolean, party: BookingParty, act: BookingAct): string | undefined {
  const hidden = party === 'lead' ? !hasLead || !paid : party === 'provider' && !paid;
  if (hidden) return 'access.not_found';
  return isActOf(act, party) ? undefined : 'access.forbidden';
}

describe.each(bookingStates)('a booking that is %s', (state) => {
  it('takes the acts of the table and no other, by those who may', { timeout: 60_000 }, async () => {
    const market = await buildMarket(t, psp, state === 'closed' ? { bank: '00012345' } : {});
    const id = await buildBooking(psp, market, state);
    const row = await psp.booking(id);
    expect(row.state).toBe(state);
    if (state === 'confirmed') await psp.pass({ days: 1, minutes: 20 });
    const seen = row.requested_at !== null || row.kind === 'quote';
    const wrong: string[] = [];
    for (const [party, actor] of Object.entries(sides(market)) as [BookingParty, Market['tom']][]) {
      for (const act of tried) {
        const { code, state: after } = await tryOut(psp.ctx(actor), id, (ctx) => acts[act](ctx, id));
        const first = refusedFirst(row.lead_id !== null, seen, party, act);
        const to = bookingMoves.find((move) => move.from === state && move.act === act)?.to;
        const expected = first ?? (mayMove(state, act, party) ? undefined : 'booking.not_now');
        const right = code === expected && after === (expected === undefined ? to : state);
        if (!right) wrong.push(`${party} ${act}: ${code} → ${after} instead of ${expected} → ${to}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('another time', () => {
  it.each(bookingStates)('can be proposed of a booking that is %s only when it can be agreed', async (state) => {
    const market = await buildMarket(t, psp, state === 'closed' ? { bank: '00012345' } : {});
    const id = await buildBooking(psp, market, state);
    const propose = time.propose(psp.ctx(market.customer), id, { start: tenOClock(psp.ctx(), 20) });
    expect(await refusal(propose)).toBe(['requested', 'confirmed'].includes(state) ? undefined : 'booking.not_now');
  });
});
