import { PgBoss, type ConstructorOptions } from 'pg-boss';
import type { Ctx } from './ctx.ts';

/** A task queue on connections of its own to the database of this process. Its schema is migrated elsewhere. */
export async function openBoss({ db, log }: Ctx, own: ConstructorOptions): Promise<PgBoss> {
  const { connectionString, options } = db.pool.options;
  const boss = new PgBoss({
    ...(connectionString !== undefined && { connectionString }),
    ...(options !== undefined && { options }),
    migrate: false,
    schedule: false,
    ...own,
  });
  boss.on('error', (error) => log.error({ err: error }, 'task queue'));
  boss.on('warning', (warning) => log.warn({ warning }, 'task queue'));
  return boss.start();
}
