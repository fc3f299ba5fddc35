import { mayAsStaff, type Permission } from '@plumbline/domain/access';
import { personOf, type Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/errors.ts';

/** Staff of another region, or without the set that carries the permission, change nothing here. */
export function requireStaff(ctx: Ctx, permission: Permission): void {
  if (!mayAsStaff(personOf(ctx).grants, ctx.regionId, permission)) refuse('access.forbidden', { permission });
}

export const isStaffFor = (ctx: Ctx, permission: Permission): boolean =>
  ctx.actor.kind === 'person' && mayAsStaff(ctx.actor.grants, ctx.regionId, permission);
