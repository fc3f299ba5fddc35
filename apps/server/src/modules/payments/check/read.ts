import type { Ctx } from '../../../platform/ctx.ts';
import * as store from './store.ts';

/** How the comparison of orders with the ledger stands in the market. */
export async function checkReport(ctx: Ctx) {
  const { checked, waiting, wrong, last_checked_at } = await store.summary.one(ctx, ctx.regionId);
  const rows = wrong === 0 ? [] : await store.wrongOrders.all(ctx, ctx.regionId);
  return {
    ok: wrong === 0,
    checkedOrders: checked,
    waiting,
    lastCheckedAt: last_checked_at?.toISOString() ?? null,
    findings: rows.map(({ id, reference, state, findings, checked_at }) => ({
      orderId: id,
      reference,
      state,
      findings,
      checkedAt: checked_at?.toISOString() ?? null,
    })),
  };
}
