import { mayInOrganisation, type OrganisationSet } from '@plumbline/domain/access';
import type { Actor, PersonActor } from '../../platform/ctx.ts';
import { refuse } from '../../platform/errors.ts';

export const isSelf = (actor: Actor, personId: string): boolean =>
  actor.kind === 'person' && actor.personId === personId;

export const isMember = (actor: Actor, organisationId: string): boolean =>
  actor.kind === 'person' && actor.memberships.some((membership) => membership.organisationId === organisationId);

/** Outsiders do not learn that an organisation exists. */
export function requireMember(actor: PersonActor, organisationId: string): void {
  if (!isMember(actor, organisationId)) refuse('access.not_found');
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
