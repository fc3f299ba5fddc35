import type { Ctx } from './platform/ctx.ts';
import { statement } from './platform/db/statement.ts';
import { inTransaction } from './platform/db/transaction.ts';
import type { Module } from './platform/http/module.ts';

const markSeeded = statement<never, [string]>(
  'platform.markSeeded',
  `insert into installation (name, value) values ('seeded', $1) on conflict (name) do nothing`,
);

const hushOutbox = statement<never>(
  'platform.hushOutbox',
  `update outbox set seq = nextval('outbox_seq'), dispatched_at = clock_timestamp() where seq is null`,
);

/**
 * Lets the modules fill an empty demo market, in the order of the map and in one transaction: it is there whole or
 * not at all. Runs once for a database. Returns whether it was now.
 */
export function seedWhenEmpty(base: Ctx, modules: readonly Module[]): Promise<boolean> {
  return inTransaction(base, async (ctx) => {
    const isFirst = (await markSeeded.run(ctx, new Date().toISOString())) === 1;
    if (!isFirst) return false;
    for (const module of modules) await module.seeds?.(ctx);
    // The seeds build what listeners would: thousands of tasks at the first start would only do it twice.
    await hushOutbox.run(ctx);
    return true;
  });
}
