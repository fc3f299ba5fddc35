import type { CoverageItem, ServiceBody, ServicePatch } from '@plumbline/contracts/catalogue';
import type { ListingState } from '@plumbline/domain/listing';
import type { Ctx } from '../../platform/ctx.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { refuse } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import * as identity from '../identity/index.ts';
import * as zones from '../zones/index.ts';
import { changedContent, missingIn, newContent, slugOf, type ReadinessCode } from './content.ts';
import { effective, putCoverage, withZones, type Coverage } from './coverage.ts';
import { serviceChanged } from './events.ts';
import * as policy from './policy.ts';
import * as store from './store.ts';
import type { PackageContent, ServiceContent, ServiceRow } from './tables.ts';

/** A service with everything that its own side sees of it. */
export interface OwnService {
  row: ServiceRow;
  teamPersonIds: string[];
  coverage: Coverage;
  missing: ReadinessCode[];
  mayEdit: boolean;
}

/** One of one's own services. Refuses `access.not_found` to those who are not in its company. */
export async function own(ctx: Ctx, serviceId: string): Promise<OwnService> {
  const row = (await store.serviceById.first(ctx, serviceId)) ?? refuse('access.not_found');
  policy.requireMember(ctx, row.organisation_id, 'catalogue:view-own');
  return describe(ctx, row);
}

/** A page of a company's services, newest first, with what each lacks. */
export async function list(
  ctx: Ctx,
  organisationId: string,
  state: ListingState | undefined,
  after: string | undefined,
  limit: number,
) {
  policy.requireMember(ctx, organisationId, 'catalogue:view-own');
  const rows = await store.servicesOf.all(ctx, ctx.regionId, organisationId, state ?? null, after ?? null, limit);
  const ids = rows.map(({ id }) => id);
  const teams = await store.teamsOf.all(ctx, ids);
  const coverage = await store.coverageOf.all(ctx, [organisationId], ids);
  const hasProfile = (await store.profilesOf.all(ctx, [organisationId])).length > 0;
  return rows.map((row) => {
    const team = teams.filter(({ service_id }) => service_id === row.id).length;
    const { length } = effective(coverage, organisationId, row.id).rows;
    return { row, missing: missingIn(row.draft, { hasProfile, zones: length, team }) };
  });
}

/** Begins a service as a draft; whoever begins it is its first team. */
export async function create(ctx: Ctx, organisationId: string, body: ServiceBody): Promise<OwnService> {
  policy.requireMember(ctx, organisationId, 'catalogue:edit');
  const serviceId = await createFor(ctx, organisationId, body, ctx.actor.kind === 'person' ? [ctx.actor.personId] : []);
  return own(ctx, serviceId);
}

/** The same without the check of who asks; answers its id. For seeds and fixtures. */
export async function createFor(
  ctx: Ctx,
  organisationId: string,
  body: ServiceBody,
  teamPersonIds: readonly string[],
): Promise<string> {
  const content = newContent(body);
  return inTransaction(ctx, async (ctx) => {
    const { currency } = await zones.region(ctx);
    const id = newId();
    await store.insertService.run(
      ctx,
      id,
      ctx.regionId,
      organisationId,
      slugOf(content.title),
      content.categoryId,
      currency,
      JSON.stringify(content),
      ctx.clock.now(),
    );
    await store.addTeam.run(ctx, ctx.regionId, id, [...teamPersonIds]);
    await serviceChanged(ctx, id, organisationId);
    return id;
  });
}

/** Changes the draft. Customers see it when it is published again. `seen` is the version that the person had read. */
export async function edit(ctx: Ctx, serviceId: string, changes: ServicePatch, seen?: number): Promise<OwnService> {
  return change(ctx, serviceId, async (ctx, row) => {
    if (seen !== undefined && seen !== row.edit_version)
      refuse('catalogue.changed_meanwhile', { version: row.edit_version });
    await saveDraft(ctx, row, changedContent(row.draft, changes as Partial<ServiceContent>));
  });
}

/** Sets the packages of the draft; one that is sent with its id keeps it. */
export async function setPackages(
  ctx: Ctx,
  serviceId: string,
  items: readonly (Omit<PackageContent, 'packageId'> & { packageId?: string })[],
): Promise<OwnService> {
  return change(ctx, serviceId, async (ctx, row) => {
    const known = new Set(row.draft.packages.map(({ packageId }) => packageId));
    const packages = items.map((item) => ({
      ...item,
      packageId: item.packageId && known.has(item.packageId) ? item.packageId : newId(),
    }));
    await saveDraft(ctx, row, changedContent(row.draft, { packages }));
  });
}

/** Sets who does the work; holds at once, also for customers. Refuses `catalogue.team_invalid` for people outside the company. */
export async function setTeam(ctx: Ctx, serviceId: string, personIds: readonly string[]): Promise<OwnService> {
  return change(ctx, serviceId, async (ctx, row) => {
    const members = new Set((await identity.membersOf(ctx, row.organisation_id)).map(({ person_id }) => person_id));
    const stranger = personIds.find((id) => !members.has(id));
    if (stranger) refuse('catalogue.team_invalid', { personId: stranger });
    await store.clearTeam.run(ctx, serviceId);
    await store.addTeam.run(ctx, row.region_id, serviceId, [...new Set(personIds)]);
  });
}

/** Gives a service zones of its own; none = the company's again. Holds at once. */
export async function setServiceCoverage(
  ctx: Ctx,
  serviceId: string,
  items: readonly CoverageItem[],
): Promise<OwnService> {
  return change(ctx, serviceId, (ctx, row) => putCoverage(ctx, row.organisation_id, serviceId, items));
}

/** Locks the service, checks that it may be edited, lets the work be done and tells of it. */
async function change(
  ctx: Ctx,
  serviceId: string,
  work: (ctx: Ctx, row: ServiceRow) => Promise<void>,
): Promise<OwnService> {
  await inTransaction(ctx, async (ctx) => {
    const row = await lockOwn(ctx, serviceId);
    // What a reviewer reads must not change under their eyes: withdraw it first.
    if (row.state === 'archived' || row.state === 'in_review')
      refuse('catalogue.not_allowed_now', { state: row.state });
    await work(ctx, row);
    await serviceChanged(ctx, serviceId, row.organisation_id);
  });
  return own(ctx, serviceId);
}

/** One of one's own services, locked for a change. */
export async function lockOwn(ctx: Ctx, serviceId: string): Promise<ServiceRow> {
  const row = (await store.lockService.first(ctx, serviceId)) ?? refuse('access.not_found');
  policy.requireMember(ctx, row.organisation_id, 'catalogue:edit');
  return row;
}

async function saveDraft(ctx: Ctx, row: ServiceRow, content: ServiceContent): Promise<void> {
  await store.saveDraft.run(
    ctx,
    row.id,
    slugOf(content.title),
    content.categoryId,
    JSON.stringify(content),
    ctx.clock.now(),
  );
}

/** What a service lacks, who does it and where. */
export async function describe(ctx: Ctx, row: ServiceRow): Promise<OwnService> {
  const team = await store.teamsOf.all(ctx, [row.id]);
  const { rows, inherited } = effective(
    await store.coverageOf.all(ctx, [row.organisation_id], [row.id]),
    row.organisation_id,
    row.id,
  );
  const coverage = await withZones(ctx, rows, inherited);
  const hasProfile = (await store.profilesOf.all(ctx, [row.organisation_id])).length > 0;
  return {
    row,
    teamPersonIds: team.map(({ person_id }) => person_id),
    coverage,
    missing: missingIn(row.draft, { hasProfile, zones: coverage.items.length, team: team.length }),
    mayEdit: policy.mayEdit(ctx, row.organisation_id),
  };
}
