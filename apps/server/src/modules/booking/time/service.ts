import { mayPropose } from '@plumbline/domain/booking';
import type { Ctx } from '../../../platform/ctx.ts';
import { attempt, inTransaction } from '../../../platform/db/transaction.ts';
import { isRefusal, refuse } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import * as calendar from '../../calendar/index.ts';
import * as zones from '../../zones/index.ts';
import { agreed, planCharge } from '../deal/confirm.ts';
import { watch } from '../deal/unattended.ts';
import { requireRoomFor } from '../capacity/service.ts';
import { change, lock, move, requireSeen, sideOfParty } from '../machine.ts';
import * as policy from '../policy.ts';
import { alternativesFor, claimedRange } from '../sale/slots.ts';
import type { BookingRow, ProposalRow } from '../tables.ts';
import * as store from './store.ts';

/** Another time: one side proposes, the other agrees. The same booking moves; it costs nothing. */

const minuteMs = 60_000;
const dayMs = 86_400_000;

export interface Proposal {
  version?: number | undefined;
  start: Date;
  note?: string | undefined;
}

/**
 * Proposes another time. Nothing is claimed for it; that it is free now is looked up by moving the claim and undoing
 * it. Refuses `booking.slot_taken`, `booking.too_early`, `booking.too_far_ahead`, and `booking.proposal_open` while
 * another proposal waits.
 */
export async function propose(ctx: Ctx, bookingId: string, { version, start, note }: Proposal): Promise<BookingRow> {
  return inTransaction(ctx, async (ctx) => {
    const booking = await lock(ctx, bookingId);
    const side =
      policy.requireParty(ctx.actor, booking, 'customer', 'provider') === 'customer' ? 'customer' : 'provider';
    requireOpen(booking);
    requireSeen(booking, version);
    const window = windowFrom(booking, start);
    await requirePossible(ctx, booking, window);
    await requireFree(ctx, booking, window);
    const now = ctx.clock.now();
    await store.lapse.run(ctx, booking.region_id, booking.id, now, now);
    const row = await store.insert.first(
      ctx,
      newId(),
      booking.region_id,
      booking.id,
      side,
      window.from,
      window.to,
      note ?? null,
      now,
    );
    if (!row) refuse('booking.proposal_open');
    return change(ctx, booking, {
      act: 'propose_time',
      event: 'booking.time_proposed',
      telling: { kind: 'time_proposed', note, side, ...window },
      data: { by: side, proposalId: row.id },
    });
  });
}

function requireOpen(booking: BookingRow): void {
  if (!mayPropose(booking.state, booking.kind)) refuse('booking.not_now', { state: booking.state });
}

function windowFrom(booking: BookingRow, start: Date): calendar.Range {
  return { from: start, to: new Date(start.getTime() + booking.duration_minutes * minuteMs) };
}

/** Money that is held has to be paid out within the PSP's 90 days: a taken payment cannot wait for a far start. */
async function requirePossible(ctx: Ctx, booking: BookingRow, window: calendar.Range): Promise<void> {
  const now = ctx.clock.now().getTime();
  if (window.from.getTime() <= now) refuse('booking.too_early');
  const { farAheadDays } = await zones.numbers(ctx);
  const taken = booking.held_at !== null || booking.pay_mode === 'pay_now';
  if (taken && window.from.getTime() - now > farAheadDays * dayMs)
    refuse('booking.too_far_ahead', { days: farAheadDays });
}

class Undo extends Error {}

async function requireFree(ctx: Ctx, booking: BookingRow, window: calendar.Range): Promise<void> {
  try {
    await attempt(ctx, async (ctx) => {
      await moveClaim(ctx, booking, window);
      throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
}

async function moveClaim(ctx: Ctx, booking: BookingRow, window: calendar.Range): Promise<void> {
  await requireRoomFor(ctx, booking, window.from);
  if (!booking.claim_id) throw new Error(`booking ${booking.id} holds no time`);
  const buffers = { before: booking.buffer_before_minutes, after: booking.buffer_after_minutes };
  try {
    await calendar.move(ctx, booking.claim_id, claimedRange(window, buffers));
  } catch (error) {
    if (!isRefusal(error, 'calendar.slot_taken')) throw error;
    refuse('booking.slot_taken', { alternatives: await alternativesFor(ctx, { ...booking, start_at: window.from }) });
  }
}

export type Answer = 'accept' | 'decline' | 'withdraw';

/** Agrees to the other side's time, declines it, or takes back one's own. */
export async function answer(
  ctx: Ctx,
  bookingId: string,
  proposalId: string,
  { version, answer }: { version?: number | undefined; answer: Answer },
): Promise<BookingRow> {
  return inTransaction(ctx, async (ctx) => {
    const booking = await lock(ctx, bookingId);
    const party = policy.requireParty(ctx.actor, booking, 'customer', 'provider');
    const found = await store.byId.first(ctx, booking.region_id, booking.id, proposalId);
    if (!found) refuse('access.not_found');
    const isOwn = found.by_side === sideOfParty(party);
    if (isOwn !== (answer === 'withdraw')) refuse('access.forbidden');
    requireOpen(booking);
    if (found.state !== 'open') refuse('booking.not_now', { state: found.state });
    requireSeen(booking, version);
    return answer === 'accept' ? agree(ctx, booking, found) : turnDown(ctx, booking, found, answer);
  });
}

async function turnDown(
  ctx: Ctx,
  booking: BookingRow,
  { id, start_at: from, end_at: to }: ProposalRow,
  answer: Answer,
): Promise<BookingRow> {
  await store.close.run(ctx, booking.region_id, id, answer === 'withdraw' ? 'withdrawn' : 'declined', ctx.clock.now());
  return change(ctx, booking, {
    act: `${answer}_time`,
    event: 'booking.time_declined',
    telling: { kind: 'time_declined', from, to },
    data: { proposalId: id, answer },
  });
}

/** In a request the agreement is the confirmation too: whoever offered the time has agreed to it. */
async function agree(
  ctx: Ctx,
  booking: BookingRow,
  { id, start_at: from, end_at: to }: ProposalRow,
): Promise<BookingRow> {
  const window = { from, to };
  await requirePossible(ctx, booking, window);
  await moveClaim(ctx, booking, window);
  await store.close.run(ctx, booking.region_id, id, 'accepted', ctx.clock.now());
  const patch = { start_at: from, end_at: to };
  const telling = { kind: 'time_agreed', ...window } as const;
  if (booking.state === 'requested') return agreed(ctx, booking, { act: 'agree_time', telling, patch });
  const moved = { ...booking, ...patch };
  await watch(ctx, moved);
  const waitsForCharge = booking.pay_mode === 'save_card' && !booking.held_at && booking.order_id !== null;
  const charge =
    waitsForCharge && booking.order_id ? { charge_at: await planCharge(ctx, moved, booking.order_id) } : {};
  return move(ctx, booking, {
    act: 'agree_time',
    event: 'booking.time_agreed',
    telling,
    patch: { ...patch, ...charge },
    data: { proposalId: id, from: from.toISOString() },
  });
}
