import { mayInOrganisation, type OrganisationSet } from '@plumbline/domain/access';
import type { PersonActor } from '../../platform/ctx.ts';
import { refuse } from '../../platform/errors.ts';

/** Outsiders do not learn that an organisation exists. */
export function requireMember(actor: PersonActor, organisationId: string): void {
  if (!actor.memberships.some((membership) => membership.organisationId === organisationId)) refuse('access.not_found');
}

/** Owners and managers add members; only an owner makes owners. */
export function requireManager(actor: PersonActor, organisationId: string, sets: readonly OrganisationSet[]): void {
  requireMember(actor, organisationId);
  if (!mayInOrganisation(actor.memberships, organisationId, 'organisation:manage')) refuse('access.forbidden');
  if (sets.includes('owner') && !isOwner(actor, organisationId)) refuse('access.forbidden');
}

const isOwner = (actor: PersonActor, organisationId: string): boolean =>
  actor.memberships.some(
    (membership) => membership.organisationId === organisationId && membership.sets.includes('owner'),
  );
