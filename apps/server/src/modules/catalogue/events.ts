import type { Ctx } from '../../platform/ctx.ts';
import { emit } from '../../platform/outbox.ts';

const topicsOf = (organisationId: string) => [`organisation:${organisationId}`];

/** What customers see of a service, its state or its team has changed. */
export const serviceChanged = (ctx: Ctx, serviceId: string, organisationId: string): Promise<void> =>
  emit(ctx, {
    type: 'catalogue.service_changed',
    key: serviceId,
    topics: topicsOf(organisationId),
    data: { serviceId, organisationId },
  });

export const providerChanged = (ctx: Ctx, organisationId: string): Promise<void> =>
  emit(ctx, {
    type: 'catalogue.provider_changed',
    key: organisationId,
    topics: topicsOf(organisationId),
    data: { organisationId },
  });

/** Of a company, or of one service of it. */
export const coverageChanged = (ctx: Ctx, organisationId: string, serviceId: string | null): Promise<void> =>
  emit(ctx, { type: 'catalogue.coverage_changed', key: organisationId, data: { organisationId, serviceId } });
