import { mayAsStaff, mayInOrganisation } from '@plumbline/domain/access';
import { escrowStates } from '@plumbline/domain/order';
import type { Actor, PersonActor } from '../../platform/ctx.ts';
import { refuse } from '../../platform/errors.ts';
import type { OrderRow, PayoutRow } from './tables.ts';

/** The two sides of a deal and staff see its money. Crew who only do the work do not see the company's. */
export function maySeeOrder(actor: Actor, order: OrderRow): boolean {
  if (actor.kind !== 'person') return actor.kind === 'system';
  if (actor.personId === order.customer_id) return true;
  return (
    isBuyer(actor, order) || isProviderOffice(actor, order) || mayAsStaff(actor.grants, order.region_id, 'order:view')
  );
}

const isBuyer = (actor: PersonActor, { buyer_organisation_id: id }: OrderRow): boolean =>
  id !== null && mayInOrganisation(actor.memberships, id, 'order:view');

const isProviderOffice = (actor: PersonActor, { organisation_id: id }: OrderRow): boolean =>
  actor.memberships.some(
    (membership) =>
      membership.organisationId === id &&
      membership.sets.some((set) => set !== 'member') &&
      mayInOrganisation(actor.memberships, membership.organisationId, 'order:view'),
  );

/** The customer pays, or whoever buys for their organisation. */
export function mayPay(actor: Actor, order: OrderRow): boolean {
  if (actor.kind !== 'person') return false;
  if (order.buyer_organisation_id === null) return actor.personId === order.customer_id;
  return mayInOrganisation(actor.memberships, order.buyer_organisation_id, 'booking:buy');
}

/** The provider's owner gives back before release, finance staff at any time. */
export function mayRefund(actor: Actor, order: OrderRow): boolean {
  if (actor.kind !== 'person') return actor.kind === 'system';
  if (mayAsStaff(actor.grants, order.region_id, 'order:refund')) return true;
  const isBeforeRelease = escrowStates.includes(order.state) || order.state === 'release_pending';
  return (
    isBeforeRelease &&
    order.organisation_id !== null &&
    mayInOrganisation(actor.memberships, order.organisation_id, 'order:refund')
  );
}

export const mayManagePayouts = (actor: Actor, regionId: string): boolean =>
  actor.kind === 'person' && mayAsStaff(actor.grants, regionId, 'payout:manage');

/** Owners and finance of the provider, and finance staff. Others do not learn that it exists. */
export function requireEarnings(actor: PersonActor, regionId: string, organisationId: string): void {
  const may =
    mayInOrganisation(actor.memberships, organisationId, 'earnings:view') ||
    mayAsStaff(actor.grants, regionId, 'earnings:view');
  if (!may) refuse('access.not_found');
}

export function requirePayoutSeen(
  actor: PersonActor,
  payout: PayoutRow | undefined,
  regionId: string,
): asserts payout is PayoutRow {
  if (payout?.region_id !== regionId) refuse('access.not_found');
  requireEarnings(actor, regionId, payout.organisation_id);
}

/** Only an owner says where the money goes. */
export function requireAccountManager(actor: PersonActor, organisationId: string): void {
  if (mayInOrganisation(actor.memberships, organisationId, 'payment-account:manage')) return;
  const isMember = actor.memberships.some((membership) => membership.organisationId === organisationId);
  refuse(isMember ? 'access.forbidden' : 'access.not_found');
}

export function requireStaff(actor: PersonActor, regionId: string, permission: 'payout:manage' | 'ops:view'): void {
  if (!mayAsStaff(actor.grants, regionId, permission)) refuse('access.forbidden');
}
