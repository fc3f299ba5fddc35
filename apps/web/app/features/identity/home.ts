import type { Me } from '@plumbline/contracts/identity';
import { paths } from '../../paths.ts';

/** Where a person's day begins. */
export function homeOf(me: Me): string {
  const may = (permission: Me['permissions'][number]): boolean => me.permissions.includes(permission);
  if (may('ops:view')) return paths.admin();
  if (me.roles.includes('provider') || me.roles.includes('serviceman')) return paths.work();
  return paths.bookings();
}

/** Where somebody who just signed up goes on: trades have a list of things to set up first. */
export function startOf(me: Me): string {
  if (me.permissions.includes('catalogue:edit')) return paths.studio();
  return me.roles.includes('serviceman') ? paths.work() : paths.explore();
}
