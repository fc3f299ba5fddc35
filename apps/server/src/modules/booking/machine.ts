import { mayPropose, next, type BookingAct, type BookingParty } from '@plumbline/domain/booking';
import { audit } from '../../platform/audit.ts';
import type { Actor, Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { timelineKinds } from '@plumbline/contracts/booking';
import { announce, type BookingEventType } from './events.ts';
import * as policy from './policy.ts';
import * as store from './store.ts';
import type { BookingPatch, BookingRow, Side } from './tables.ts';

export type TimelineKind = (typeof timelineKinds)[number];

/** A line of the story. */
export interface Telling {
  kind: TimelineKind;
  note?: string | undefined;
  reason?: string | undefined;
  amountMinor?: bigint | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  /** Whose act it is; by the actor's side unless told. */
  side?: Side | undefined;
}

/** The booking, locked until the end of the transaction. Refuses `access.not_found`. */
export async function lock(ctx: Ctx, bookingId: string): Promise<BookingRow> {
  return (await store.lock.first(ctx, ctx.regionId, bookingId)) ?? refuse('access.not_found');
}

/**
 * Locks the booking for an act of the ctx's actor. Refuses `access.not_found`, `access.forbidden`, `booking.not_now`,
 * and `booking.changed_meanwhile` when the reader had seen another version.
 */
export async function lockFor(
  ctx: Ctx,
  bookingId: string,
  act: BookingAct,
  seen?: number,
): Promise<{ booking: BookingRow; party: BookingParty }> {
  const booking = await lock(ctx, bookingId);
  const party = policy.requireMove(ctx.actor, booking, act);
  requireSeen(booking, seen);
  return { booking, party };
}

/** Somebody else's act in between is told, not overwritten. */
export function requireSeen(booking: BookingRow, seen: number | undefined): void {
  if (seen !== undefined && seen !== booking.version) refuse('booking.changed_meanwhile', { version: booking.version });
}

export interface Move {
  act: BookingAct;
  event: BookingEventType;
  telling: Telling;
  patch?: BookingPatch;
  reason?: string | undefined;
  /** More for the listeners of the event; no personal data. */
  data?: JsonObject;
  /** Further live topics. */
  alsoTell?: readonly string[];
}

/**
 * Makes a move of the table: state, story, audit entry and event together. Who may make it has been decided before;
 * that the table has it is checked here again, whoever calls.
 */
export async function move(
  ctx: Ctx,
  booking: BookingRow,
  { act, event, telling, patch = {}, reason, data, alsoTell }: Move,
) {
  const state = next(booking.state, act);
  if (!state) return refuse('booking.not_now', { state: booking.state });
  const saved = await store.save(ctx, booking, { state, patch, event: lineOf(ctx, booking, telling) });
  if (mayPropose(booking.state, booking.kind) && !mayPropose(state, booking.kind)) {
    await store.lapseProposals.run(ctx, booking.region_id, booking.id, ctx.clock.now());
  }
  await audit(ctx, {
    act: `booking.${act}`,
    subject: `booking:${booking.id}`,
    detail: { from: booking.state, to: state, ...data },
    ...(reason ? { reason } : {}),
  });
  await announce(ctx, event, saved, data, alsoTell);
  return saved;
}

/** A change that is no move: patch, story, audit and event. */
export async function change(
  ctx: Ctx,
  booking: BookingRow,
  { act, event, telling, patch = {}, reason, data, alsoTell }: Omit<Move, 'act'> & { act: string },
): Promise<BookingRow> {
  // News of the money side change nothing that a reader decides about: their version stays good.
  const quiet = ctx.actor.kind !== 'person';
  const line = lineOf(ctx, booking, telling);
  const saved = await store.save(ctx, booking, { state: booking.state, patch, event: line, quiet });
  await audit(ctx, {
    act: `booking.${act}`,
    subject: `booking:${booking.id}`,
    detail: { state: booking.state, ...data },
    ...(reason ? { reason } : {}),
  });
  await announce(ctx, event, saved, data, alsoTell);
  return saved;
}

/** A line of the story as it is stored. */
export function lineOf(
  ctx: Ctx,
  booking: Pick<BookingRow, 'id' | 'region_id' | 'customer_id' | 'buyer_organisation_id'>,
  telling: Telling,
): store.NewEvent {
  const person = ctx.actor.kind === 'person' ? ctx.actor : undefined;
  return {
    id: newId(),
    region_id: booking.region_id,
    booking_id: booking.id,
    kind: telling.kind,
    at: ctx.clock.now(),
    by_side: telling.side ?? sideOf(ctx.actor, booking),
    person_id: person?.personId ?? null,
    person_name: person?.name ?? null,
    note: telling.note ?? null,
    reason: telling.reason ?? null,
    amount_minor: telling.amountMinor ?? null,
    from_at: telling.from ?? null,
    to_at: telling.to ?? null,
  };
}

/** On which side of the deal the actor stands. */
function sideOf(actor: Actor, booking: Pick<BookingRow, 'customer_id' | 'buyer_organisation_id'>): Side {
  if (actor.kind !== 'person') return 'platform';
  const buys = actor.memberships.some((one) => one.organisationId === booking.buyer_organisation_id);
  return actor.personId === booking.customer_id || buys ? 'customer' : 'provider';
}

/** The side of the deal of a party at the table of moves. */
export function sideOfParty(party: BookingParty): Side {
  if (party === 'customer') return 'customer';
  return party === 'provider' || party === 'lead' ? 'provider' : 'platform';
}
