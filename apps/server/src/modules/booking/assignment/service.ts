import type { Ctx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { isRefusal, refuse } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import * as calendar from '../../calendar/index.ts';
import * as identity from '../../identity/index.ts';
import { change, lock, requireSeen } from '../machine.ts';
import * as policy from '../policy.ts';
import { claimedRange } from '../sale/slots.ts';
import { json } from '../store.ts';
import type { BookingPatch, BookingRow } from '../tables.ts';
import * as store from './store.ts';

/** Columns of the booking that say who does the work. */
export type Staffing = Required<Pick<BookingPatch, 'resource_id' | 'claim_id' | 'lead_id' | 'crew_ids'>>;

/**
 * Gives the work to whoever the booking's calendar belongs to: a crew's lead and members, or one person. The lead has
 * agreed when they act themselves or took an offer; else they are asked. Answers what the booking is to remember.
 */
export async function staff(ctx: Ctx, booking: BookingRow, { agreed }: { agreed: boolean }): Promise<Staffing> {
  if (!booking.resource_id) throw new Error(`booking ${booking.id} has nobody's calendar`);
  const [crew] = await calendar.crewsByResource(ctx, [booking.resource_id]);
  if (!crew?.leadId) throw new Error(`nobody leads ${booking.resource_id}`);
  const people = await identity.peopleByIds(ctx, crew.memberIds);
  const nameOf = new Map(people.map((person) => [person.id, person.name]));
  const now = ctx.clock.now();
  const actsThemself = ctx.actor.kind === 'person' && ctx.actor.personId === crew.leadId;
  const leadState = agreed || actsThemself ? 'accepted' : 'offered';
  const rows = crew.memberIds.map((personId) => ({
    id: newId(),
    region_id: booking.region_id,
    booking_id: booking.id,
    person_id: personId,
    person_name: nameOf.get(personId) ?? '',
    resource_id: crew.resourceId,
    part: personId === crew.leadId ? 'lead' : 'support',
    state: personId === crew.leadId ? leadState : 'accepted',
    created_at: now,
    answered_at: personId === crew.leadId && leadState === 'offered' ? null : now,
  }));
  await store.insert.run(ctx, json(rows));
  return { resource_id: crew.resourceId, claim_id: booking.claim_id, lead_id: crew.leadId, crew_ids: crew.memberIds };
}

/**
 * Gives the work to somebody else of the provider: their time is claimed before the old claim is let go. Refuses
 * `booking.assignee_invalid` for whoever is no member, `booking.slot_taken` when they are busy.
 */
export async function handOver(ctx: Ctx, booking: BookingRow, personId: string): Promise<BookingRow> {
  await requireMember(ctx, booking, personId);
  if (booking.resource_id === personId) return booking;
  const { start_at: from, end_at: to } = booking;
  if (!from || !to) throw new Error(`booking ${booking.id} has no time`);
  // The crew that has the time now may contain the new person: its claim has to go first. All or nothing happens.
  if (booking.claim_id) await calendar.free(ctx, booking.claim_id);
  const buffers = { before: booking.buffer_before_minutes, after: booking.buffer_after_minutes };
  const claimId = await claimOrRefuse(ctx, {
    resourceId: personId,
    during: claimedRange({ from, to }, buffers),
    subject: { kind: 'booking', id: booking.id },
    label: booking.title,
  });
  return { ...booking, claim_id: claimId, resource_id: personId };
}

async function requireMember(ctx: Ctx, booking: BookingRow, personId: string): Promise<void> {
  const members = booking.organisation_id ? await identity.membersOf(ctx, booking.organisation_id) : [];
  if (!members.some((member) => member.person_id === personId)) refuse('booking.assignee_invalid');
}

async function claimOrRefuse(ctx: Ctx, wanted: calendar.NewClaim): Promise<string> {
  try {
    return await calendar.claim(ctx, wanted);
  } catch (error) {
    if (isRefusal(error, 'calendar.slot_taken')) return refuse('booking.slot_taken', { alternatives: [] });
    throw error;
  }
}

/** Gives a confirmed booking to somebody else of the team. */
export async function assign(ctx: Ctx, bookingId: string, personId: string, seen?: number): Promise<BookingRow> {
  return inTransaction(ctx, async (ctx) => {
    const booking = await lock(ctx, bookingId);
    policy.requireParty(ctx.actor, booking, 'provider');
    if (booking.state !== 'confirmed') refuse('booking.not_now', { state: booking.state });
    requireSeen(booking, seen);
    const given = await handOver(ctx, booking, personId);
    await store.withdrawAll.run(ctx, booking.region_id, booking.id, ctx.clock.now());
    const patch = await staff(ctx, given, { agreed: false });
    return change(ctx, booking, {
      act: 'assign',
      event: 'booking.assigned',
      telling: { kind: 'assigned' },
      patch,
      data: { personId },
    });
  });
}

/**
 * The person's yes or no to an assignment, or their dispatcher's in their name with a reason. After a no the provider
 * has to find somebody else; the time stays claimed until then.
 */
export async function answer(
  ctx: Ctx,
  bookingId: string,
  assignmentId: string,
  { answer, reason }: { answer: 'accept' | 'decline'; reason?: string | undefined },
): Promise<BookingRow> {
  return inTransaction(ctx, async (ctx) => {
    const booking = await lock(ctx, bookingId);
    const party = policy.requireParty(ctx.actor, booking, 'lead', 'provider');
    const found = await store.byId.first(ctx, booking.region_id, booking.id, assignmentId);
    if (!found) refuse('access.not_found');
    if (found.state !== 'offered' || booking.state !== 'confirmed') refuse('booking.not_now', { state: found.state });
    if (party === 'provider' && !reason) refuse('booking.reason_missing');
    const yes = answer === 'accept';
    await store.answer.run(
      ctx,
      booking.region_id,
      found.id,
      yes ? 'accepted' : 'declined',
      reason ?? null,
      ctx.clock.now(),
    );
    return change(ctx, booking, {
      act: yes ? 'accept_assignment' : 'decline_assignment',
      event: 'booking.assignment_answered',
      telling: { kind: yes ? 'assignment_accepted' : 'assignment_declined', reason },
      patch: yes ? {} : { lead_id: null, crew_ids: booking.crew_ids.filter((id) => id !== found.person_id) },
      reason,
      data: { personId: found.person_id },
    });
  });
}
