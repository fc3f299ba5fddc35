import { mayAsStaff, mayInOrganisation, type Permission } from '@plumbline/domain/access';
import { isActOf, mayMove, type BookingAct, type BookingParty } from '@plumbline/domain/booking';
import type { Actor, PersonActor } from '../../platform/ctx.ts';
import { refuse } from '../../platform/errors.ts';
import type { BookingRow } from './tables.ts';

/** What of a booking decides who may see it and act on it. */
export type Facts = Pick<
  BookingRow,
  | 'region_id'
  | 'kind'
  | 'state'
  | 'customer_id'
  | 'buyer_organisation_id'
  | 'organisation_id'
  | 'lead_id'
  | 'crew_ids'
  | 'requested_at'
>;

export interface View {
  /** Sides in which the actor may act; a person can be on several of one firm, never on both of the deal. */
  parties: BookingParty[];
  /** As whom the page is shown. */
  part: 'customer' | 'provider' | 'lead' | 'staff';
}

/**
 * How the actor sees this booking, undefined when not at all. The customer, and members of the buying organisation
 * with `booking:view`; those who do the work; the provider's staff once the request is paid for, or from the beginning when they
 * have to name the price; the platform's staff.
 */
export function viewOf(actor: Actor, booking: Facts): View | undefined {
  if (actor.kind === 'system') return { parties: ['system'], part: 'staff' };
  if (actor.kind !== 'person') return undefined;
  return customerView(actor, booking) ?? providerView(actor, booking) ?? staffView(actor, booking);
}

function customerView(actor: PersonActor, booking: Facts): View | undefined {
  if (actor.personId === booking.customer_id) return { parties: ['customer'], part: 'customer' };
  const buyer = booking.buyer_organisation_id;
  if (!buyer || !mayInOrganisation(actor.memberships, buyer, 'booking:view')) return undefined;
  const buys = mayInOrganisation(actor.memberships, buyer, 'booking:buy');
  return { parties: buys ? ['customer'] : [], part: 'customer' };
}

function providerView(actor: PersonActor, booking: Facts): View | undefined {
  if (!booking.requested_at && booking.kind !== 'quote') return undefined;
  const isLead = actor.personId === booking.lead_id;
  const may = (permission: Permission) =>
    booking.organisation_id !== null && mayInOrganisation(actor.memberships, booking.organisation_id, permission);
  const runs = may('booking:confirm');
  const parties: BookingParty[] = [...(runs ? (['provider'] as const) : []), ...(isLead ? (['lead'] as const) : [])];
  const works = booking.crew_ids.includes(actor.personId);
  if (parties.length === 0 && !works && !may('earnings:view')) return undefined;
  // An owner who comes to do the work themselves needs to give nobody a reason for it.
  return { parties, part: isLead || (works && !runs) ? 'lead' : 'provider' };
}

function staffView(actor: PersonActor, booking: Facts): View | undefined {
  if (!mayAsStaff(actor.grants, booking.region_id, 'booking:view')) return undefined;
  const decides = mayAsStaff(actor.grants, booking.region_id, 'dispute:decide');
  return { parties: decides ? ['admin'] : [], part: 'staff' };
}

/** Refuses `access.not_found` to whoever cannot see the booking. */
export function requireView(actor: Actor, booking: Facts): View {
  return viewOf(actor, booking) ?? refuse('access.not_found');
}

/**
 * The side in which the actor makes this move. Refuses `access.not_found` to whoever cannot see the booking,
 * `access.forbidden` when the act is not theirs in any state, `booking.not_now` when it is not possible now.
 */
export function requireMove(actor: Actor, booking: Facts, act: BookingAct): BookingParty {
  const { parties } = requireView(actor, booking);
  const able = parties.filter((party) => isActOf(act, party));
  if (able.length === 0) refuse('access.forbidden');
  // The lead's own act goes before the same act in their name.
  const now = able.toSorted(leadFirst).find((party) => mayMove(booking.state, act, party));
  return now ?? refuse('booking.not_now', { state: booking.state });
}

/** One of these sides, for acts that are no moves. */
export function requireParty(actor: Actor, booking: Facts, ...sides: BookingParty[]): BookingParty {
  const { parties } = requireView(actor, booking);
  return parties.toSorted(leadFirst).find((party) => sides.includes(party)) ?? refuse('access.forbidden');
}

const leadFirst = (a: BookingParty, b: BookingParty): number => Number(b === 'lead') - Number(a === 'lead');

/** Who buys for an organisation has to be allowed to in this very one. */
export function requireBuyer(actor: PersonActor, buyerOrganisationId: string | undefined): void {
  if (buyerOrganisationId === undefined) return;
  if (!mayInOrganisation(actor.memberships, buyerOrganisationId, 'booking:buy')) refuse('access.forbidden');
}

/** Nobody books their own firm: neither money nor reviews should go round in a circle. */
export function requireForeign(actor: PersonActor, organisationId: string): void {
  if (actor.memberships.some((membership) => membership.organisationId === organisationId))
    refuse('booking.own_service');
}

/** Whether the actor answers for this person's offers and assignments: themself, or their dispatcher. */
export function answersFor(
  actor: Actor,
  { lead_id, organisation_id }: { lead_id: string; organisation_id: string },
): 'lead' | 'provider' | undefined {
  if (actor.kind !== 'person') return undefined;
  if (actor.personId === lead_id) return 'lead';
  return mayInOrganisation(actor.memberships, organisation_id, 'booking:confirm') ? 'provider' : undefined;
}
