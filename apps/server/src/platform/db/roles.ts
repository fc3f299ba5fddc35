import type { ClientBase } from 'pg';
import { appRole } from './pool.ts';

/**
 * Makes sure that the application's role exists and that the owner may take it. Roles belong to the whole cluster,
 * not to a database, so this cannot be a migration: two databases of one cluster share the role.
 */
export async function ensureRoles(owner: ClientBase): Promise<void> {
  await owner.query(`do $$ begin
    create role ${appRole} nologin;
  exception
    -- A second process may create it at the same time.
    when duplicate_object or unique_violation then null;
  end $$`);
  await owner.query(`do $$ begin
    -- An owner that is no superuser may administer the role that it made, but not take it unless it grants it to itself.
    if not pg_has_role(current_user, '${appRole}', 'set') then
      execute format('grant ${appRole} to %I', current_user);
    end if;
  end $$`);
}
