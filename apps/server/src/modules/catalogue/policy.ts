import { mayInOrganisation, type Permission } from '@plumbline/domain/access';
import { personOf, type Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/errors.ts';

/** Whoever is not in a company does not learn of its drafts; members need the permission in this very one. */
export function requireMember(ctx: Ctx, organisationId: string, permission: Permission): void {
  const { memberships } = personOf(ctx);
  if (!memberships.some((membership) => membership.organisationId === organisationId)) refuse('access.not_found');
  if (!mayInOrganisation(memberships, organisationId, permission)) refuse('access.forbidden', { permission });
}

export const mayEdit = (ctx: Ctx, organisationId: string): boolean =>
  ctx.actor.kind === 'person' && mayInOrganisation(ctx.actor.memberships, organisationId, 'catalogue:edit');
