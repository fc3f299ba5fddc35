import type { CoverageItem } from '@plumbline/contracts/catalogue';
import type { Ctx } from '../../platform/ctx.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { refuse } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import * as zones from '../zones/index.ts';
import { coverageChanged } from './events.ts';
import * as policy from './policy.ts';
import * as store from './store.ts';
import type { CoverageRow } from './tables.ts';

export interface Coverage {
  items: { row: CoverageRow; zone: zones.Zone }[];
  /** True when a service has none of its own. */
  inherited: boolean;
}

/** Zones that a company serves. */
export async function coverage(ctx: Ctx, organisationId: string): Promise<Coverage> {
  policy.requireMember(ctx, organisationId, 'catalogue:view-own');
  return withZones(ctx, await store.coverageOf.all(ctx, [organisationId], []), false);
}

/** Sets the zones that a company serves. Refuses `catalogue.zone_unknown`. */
export async function setCoverage(ctx: Ctx, organisationId: string, items: readonly CoverageItem[]): Promise<Coverage> {
  policy.requireMember(ctx, organisationId, 'catalogue:edit');
  await putCoverage(ctx, organisationId, null, items);
  return withZones(ctx, await store.coverageOf.all(ctx, [organisationId], []), false);
}

/** The same for a company or one of its services, without the check of who asks. */
export async function putCoverage(
  ctx: Ctx,
  organisationId: string,
  serviceId: string | null,
  items: readonly CoverageItem[],
): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const known = new Set((await zones.zonesOf(ctx)).map(({ zoneId }) => zoneId));
    const unique = [...new Map(items.map((item) => [item.zoneId, item])).values()];
    const stranger = unique.find(({ zoneId }) => !known.has(zoneId));
    if (stranger) refuse('catalogue.zone_unknown', { zoneId: stranger.zoneId });
    await store.clearCoverage.run(ctx, organisationId, serviceId);
    await store.addCoverage.run(
      ctx,
      ctx.regionId,
      organisationId,
      serviceId,
      unique.map(newId),
      unique.map(({ zoneId }) => zoneId),
      unique.map(({ tier }) => tier),
      unique.map(({ capacity }) => capacity),
    );
    await coverageChanged(ctx, organisationId, serviceId);
  });
}

/** The coverage that counts for a service: its own where it has any, else the company's. */
export function effective(
  rows: readonly CoverageRow[],
  organisationId: string,
  serviceId: string,
): { rows: CoverageRow[]; inherited: boolean } {
  const own = rows.filter((row) => row.service_id === serviceId);
  if (own.length > 0) return { rows: own, inherited: false };
  return {
    rows: rows.filter((row) => row.service_id === null && row.organisation_id === organisationId),
    inherited: true,
  };
}

/** Rows with their zones; zones that were retired since are left out. */
export async function withZones(ctx: Ctx, rows: readonly CoverageRow[], inherited: boolean): Promise<Coverage> {
  const found = new Map(
    (
      await zones.byIds(
        ctx,
        rows.map((row) => row.zone_id),
      )
    ).map((zone) => [zone.zoneId, zone]),
  );
  const items = rows.flatMap((row) => {
    const zone = found.get(row.zone_id);
    return zone ? [{ row, zone }] : [];
  });
  return { items, inherited };
}
