import type { Ctx } from '../../platform/ctx.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Event } from '../../platform/outbox.ts';
import { enqueue } from '../../platform/tasks.ts';
import * as catalogue from '../catalogue/index.ts';
import { refreshCompany, refreshLater, refreshRegion } from './refresh.ts';

/** A service, profile, coverage or badge of a company changed. */
export async function companyChanged(ctx: Ctx, { data }: Event): Promise<void> {
  const { organisationId } = data;
  if (typeof organisationId === 'string') await refreshLater(ctx, organisationId);
}

/** Somebody's free time changed: all companies for whose services they work. */
export async function calendarChanged(ctx: Ctx, event: Event): Promise<void> {
  const serviceIds = await catalogue.serviceIdsWithPerson(ctx, event.key);
  const services = await catalogue.servicesByIds(ctx, serviceIds);
  for (const organisationId of new Set(services.map((service) => service.organisationId)))
    await refreshLater(ctx, organisationId);
}

/** Zones were imported: every listing may lie elsewhere now. */
export async function zonesChanged(ctx: Ctx): Promise<void> {
  await enqueue(ctx, 'matching.refreshRegion', {}, { key: ctx.regionId });
}

export async function refreshTask(ctx: Ctx, { organisationId }: JsonObject): Promise<void> {
  if (typeof organisationId === 'string') await refreshCompany(ctx, organisationId);
}

export async function refreshRegionTask(ctx: Ctx): Promise<void> {
  await refreshRegion(ctx);
}
