import type { FastifyInstance } from 'fastify';
import { refuse } from '../errors.ts';
import type { ServerParts } from './server.ts';

/** `/livez`: the process answers. `/readyz`: it can do its work, that is, reach the database. */
export function installHealth(app: FastifyInstance, { db, log }: ServerParts): void {
  const options = { config: { plain: true as const } };
  app.get('/livez', options, () => ({ status: 'ok' }));
  app.get('/readyz', options, async () => {
    try {
      await db.pool.query('select 1');
    } catch (error) {
      log.error({ err: error }, 'not ready: the database does not answer');
      refuse('request.unavailable');
    }
    return { status: 'ok' };
  });
}
