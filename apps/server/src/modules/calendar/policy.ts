import { mayInOrganisation, type Permission } from '@plumbline/domain/access';
import { personOf, type Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/errors.ts';
import * as identity from '../identity/index.ts';
import * as store from './plan/store.ts';

/** Outsiders do not learn that an organisation exists; members need the permission in this very one. */
export function requireOrganisation(ctx: Ctx, organisationId: string, permission: Permission): void {
  const { memberships } = personOf(ctx);
  if (!memberships.some((membership) => membership.organisationId === organisationId)) refuse('access.not_found');
  if (!mayInOrganisation(memberships, organisationId, permission)) refuse('access.forbidden');
}

/** One's own calendar, or one of a team in which one may see calendars. */
export async function requireView(ctx: Ctx, resourceId: string): Promise<{ edit: boolean }> {
  const actor = personOf(ctx);
  if (actor.personId === resourceId) return { edit: true };
  const organisations = await organisationsOf(ctx, resourceId);
  const mayIn = (permission: Permission) =>
    organisations.some((id) => mayInOrganisation(actor.memberships, id, permission));
  return mayIn('calendar:view') ? { edit: mayIn('calendar:edit') } : refuse('access.not_found');
}

export async function requireEdit(ctx: Ctx, resourceId: string): Promise<void> {
  const { edit } = await requireView(ctx, resourceId);
  if (!edit) refuse('access.forbidden');
}

/** Those of the actor's organisations to whose team this resource belongs. */
async function organisationsOf(ctx: Ctx, resourceId: string): Promise<string[]> {
  const mine = personOf(ctx).memberships.map((membership) => membership.organisationId);
  const [resource] = await store.resourcesByIds.all(ctx, ctx.regionId, [resourceId]);
  if (resource) return mine.filter((id) => id === resource.organisation_id);
  const shared: string[] = [];
  for (const id of mine) {
    const members = await identity.membersOf(ctx, id);
    if (members.some((member) => member.person_id === resourceId)) shared.push(id);
  }
  return shared;
}
