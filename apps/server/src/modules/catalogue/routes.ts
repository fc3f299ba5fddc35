import { catalogueRoutes } from '@plumbline/contracts/catalogue';
import { categories } from '@plumbline/domain/categories';
import { encodeCursor } from '../../platform/cursor.ts';
import { on } from '../../platform/http/module.ts';
import { coverage, setCoverage } from './coverage.ts';
import { idAfter, timeAndIdAfter } from '../../platform/cursor.ts';
import { providersByOrganisations } from './doors.ts';
import * as moves from './moves.ts';
import { mayEdit } from './policy.ts';
import { presentCoverage, presentOwn, presentPrice, presentProfile, presentRow } from './present.ts';
import { profile, setProfile } from './profile.ts';
import * as services from './service.ts';

export const routes = [
  on(catalogueRoutes.categories, async () => ({
    items: categories.map(({ id, name }, index) => ({ categoryId: id, name, position: index + 1 })),
  })),

  on(catalogueRoutes.profile, async (ctx, { params: { organisationId } }) =>
    presentProfile(await profile(ctx, organisationId), mayEdit(ctx, organisationId)),
  ),

  on(catalogueRoutes.setProfile, async (ctx, { params: { organisationId }, body }) =>
    presentProfile(await setProfile(ctx, organisationId, body), mayEdit(ctx, organisationId)),
  ),

  on(catalogueRoutes.coverage, async (ctx, { params: { organisationId } }) =>
    presentCoverage(await coverage(ctx, organisationId)),
  ),

  on(catalogueRoutes.setCoverage, async (ctx, { params: { organisationId }, body }) =>
    presentCoverage(await setCoverage(ctx, organisationId, body.items)),
  ),

  on(catalogueRoutes.services, async (ctx, { params: { organisationId }, query: { state, cursor, limit = 20 } }) => {
    const found = await services.list(ctx, organisationId, state, idAfter(cursor), limit + 1);
    const items = found.slice(0, limit).map(presentRow);
    const last = items.at(-1);
    return found.length <= limit || !last ? { items } : { items, next: encodeCursor([last.serviceId]) };
  }),

  on(catalogueRoutes.createService, async (ctx, { params: { organisationId }, body }) =>
    presentOwn(await services.create(ctx, organisationId, body)),
  ),

  on(catalogueRoutes.service, async (ctx, { params }) => presentOwn(await services.own(ctx, params.serviceId))),

  on(catalogueRoutes.editService, async (ctx, { params, body }) =>
    presentOwn(await services.edit(ctx, params.serviceId, body.changes, body.version)),
  ),

  on(catalogueRoutes.setPackages, async (ctx, { params, body }) =>
    presentOwn(await services.setPackages(ctx, params.serviceId, body.items)),
  ),

  on(catalogueRoutes.setTeam, async (ctx, { params, body }) =>
    presentOwn(await services.setTeam(ctx, params.serviceId, body.personIds)),
  ),

  on(catalogueRoutes.setServiceCoverage, async (ctx, { params, body }) =>
    presentOwn(await services.setServiceCoverage(ctx, params.serviceId, body.items)),
  ),

  on(catalogueRoutes.moveService, async (ctx, { params, body }) =>
    presentOwn(await moves.move(ctx, params.serviceId, body.act)),
  ),

  on(catalogueRoutes.versions, async (ctx, { params }) => {
    const { row, versions } = await moves.versions(ctx, params.serviceId);
    const items = versions.map(({ version, content, published_at }) => ({
      version,
      title: content.title,
      publishedAt: published_at.toISOString(),
      current: version === row.published_version,
    }));
    return { items };
  }),

  on(catalogueRoutes.restoreVersion, async (ctx, { params, body }) =>
    presentOwn(await moves.restore(ctx, params.serviceId, body.version)),
  ),

  on(catalogueRoutes.reviews, async (ctx, { query: { cursor, limit = 20 } }) => {
    const rows = await moves.toReview(ctx, timeAndIdAfter(cursor), limit + 1);
    const providers = await providersByOrganisations(
      ctx,
      rows.map((row) => row.organisation_id),
    );
    const names = new Map(providers.map(({ organisationId, name }) => [organisationId, name]));
    const items = rows.slice(0, limit).map((row) => ({
      serviceId: row.id,
      organisationId: row.organisation_id,
      providerName: names.get(row.organisation_id) ?? '',
      title: row.draft.title,
      categoryId: row.draft.categoryId,
      description: row.draft.description,
      price: presentPrice(row.draft, row.currency),
      submittedAt: row.submitted_at?.toISOString() ?? '',
      findings: row.findings,
    }));
    const last = items.at(-1);
    return rows.length <= limit || !last
      ? { items }
      : { items, next: encodeCursor([last.submittedAt, last.serviceId]) };
  }),

  on(catalogueRoutes.decideReview, async (ctx, { params, body }) => {
    const row = await moves.decide(ctx, params.serviceId, body.decision, body.reason);
    return { serviceId: row.id, state: row.state };
  }),
];
