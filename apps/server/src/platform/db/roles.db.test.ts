import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { dbTest } from '../testing.ts';
import { appRole } from './pool.ts';
import { ensureRoles } from './roles.ts';

const t = dbTest();

/** What PostgreSQL gives to a role that creates another without being a superuser. */
const creatorOnly = 'with admin true, inherit false, set false';

describe('the role of the application', () => {
  it('may be taken by an owner that is no superuser', async () => {
    const client = new pg.Client({ connectionString: t.ownerUrl });
    await client.connect();
    try {
      await client.query('begin');
      await client.query(`create role plain_owner createrole; grant ${appRole} to plain_owner ${creatorOnly}`);
      await client.query('set local role plain_owner');
      const mayTake = `select pg_has_role(current_user, '${appRole}', 'set') as may`;
      expect((await client.query(mayTake)).rows).toEqual([{ may: false }]);
      await ensureRoles(client);
      expect((await client.query(mayTake)).rows).toEqual([{ may: true }]);
    } finally {
      await client.query('rollback');
      await client.end();
    }
  });
});
