import { mayInOrganisation } from '@plumbline/domain/access';
import type { PersonActor } from '../../platform/ctx.ts';
import { refuse } from '../../platform/errors.ts';

/** Whoever is not in an organisation does not learn of its papers; members need the permission in this very one. */
export function requireSubmitter(actor: PersonActor, organisationId: string): void {
  if (!actor.memberships.some((membership) => membership.organisationId === organisationId)) refuse('access.not_found');
  if (!mayInOrganisation(actor.memberships, organisationId, 'verification:submit')) refuse('access.forbidden');
}
