import { hoursOverlap, isZone, type Hours, type WeeklyHours } from '@plumbline/domain/slots';
import { audit } from '../../../platform/audit.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { refuse } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import * as identity from '../../identity/index.ts';
import * as zones from '../../zones/index.ts';
import { announce } from '../events.ts';
import * as policy from '../policy.ts';
import * as store from './store.ts';

/** Exceptions that the plan's page shows: from last month on, two years of them. */
const shownFrom = 31;
const shownTo = 730;

/** Weekly hours and exceptions. A person without a plan has an empty one in the market's own zone. */
export async function planOf(
  ctx: Ctx,
  resourceId: string,
): Promise<{ row: store.PlanRow & { zone: string }; mayEdit: boolean }> {
  const { edit } = await policy.requireView(ctx, resourceId);
  const [row] = await store.plansOf.all(
    ctx,
    ctx.regionId,
    [resourceId],
    dayFromNow(ctx, -shownFrom),
    dayFromNow(ctx, shownTo),
  );
  if (!row) throw new Error('plansOf answers every id');
  const zone = row.zone ?? (await marketZone(ctx));
  return { row: { ...row, zone }, mayEdit: edit };
}

/** The zone of the market, for whoever has not named one. */
export const marketZone = async (ctx: Ctx): Promise<string> => (await zones.region(ctx, ctx.regionId)).timeZone;

function dayFromNow(ctx: Ctx, days: number): string {
  const at = new Date(ctx.clock.now());
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

export async function setPlan(ctx: Ctx, resourceId: string, zone: string, weekly: WeeklyHours[]) {
  await policy.requireEdit(ctx, resourceId);
  await setPlanFor(ctx, resourceId, zone, weekly);
  return planOf(ctx, resourceId);
}

/**
 * Sets the weekly hours without asking who does it; for seeds and other modules. Refuses `calendar.unknown_zone` and
 * `calendar.hours_overlap`. Time that is claimed already stays claimed.
 */
export async function setPlanFor(ctx: Ctx, resourceId: string, zone: string, weekly: WeeklyHours[]): Promise<void> {
  if (!isZone(zone)) refuse('calendar.unknown_zone');
  if (hoursOverlap(weekly)) refuse('calendar.hours_overlap');
  await inTransaction(ctx, async (ctx) => {
    await store.putPlan.run(ctx, ctx.regionId, resourceId, zone, JSON.stringify(weekly), ctx.clock.now());
    await audit(ctx, {
      act: 'calendar.set_hours',
      subject: `calendar:${resourceId}`,
      detail: { zone, windows: weekly.length },
    });
    await announceWithCrews(ctx, resourceId);
  });
}

/** Other hours on one date, or none. Refuses `calendar.hours_overlap`. */
export async function setException(ctx: Ctx, resourceId: string, date: string, hours: Hours[], note?: string) {
  await policy.requireEdit(ctx, resourceId);
  if (hoursOverlap(hours.map((one) => ({ ...one, weekday: 1 })))) refuse('calendar.hours_overlap');
  await inTransaction(ctx, async (ctx) => {
    await store.putException.run(ctx, ctx.regionId, resourceId, date, JSON.stringify(hours), note ?? null);
    await audit(ctx, {
      act: 'calendar.set_exception',
      subject: `calendar:${resourceId}`,
      detail: { date, windows: hours.length },
    });
    await announceWithCrews(ctx, resourceId);
  });
  return planOf(ctx, resourceId);
}

export async function removeException(ctx: Ctx, resourceId: string, date: string) {
  await policy.requireEdit(ctx, resourceId);
  await inTransaction(ctx, async (ctx) => {
    await store.removeException.run(ctx, ctx.regionId, resourceId, date);
    await audit(ctx, { act: 'calendar.remove_exception', subject: `calendar:${resourceId}`, detail: { date } });
    await announceWithCrews(ctx, resourceId);
  });
  return planOf(ctx, resourceId);
}

async function announceWithCrews(ctx: Ctx, resourceId: string): Promise<void> {
  const crews = await store.crewsOf.all(ctx, ctx.regionId, resourceId);
  await announce(ctx, [resourceId, ...crews.map((crew) => crew.crew_id)]);
}

export interface Resource {
  id: string;
  kind: 'person' | 'crew' | 'tool';
  name: string;
  zone: string | null;
  capacity: number;
  members: string[];
  leadPersonId: string | null;
}

/** People and crews of an organisation. */
export async function resources(ctx: Ctx, organisationId: string): Promise<Resource[]> {
  policy.requireOrganisation(ctx, organisationId, 'calendar:view');
  return resourcesOf(ctx, organisationId);
}

/** The same without asking who wants to know; people first, then crews and tools. */
export async function resourcesOf(ctx: Ctx, organisationId: string): Promise<Resource[]> {
  const members = await identity.membersOf(ctx, organisationId);
  const today = dayFromNow(ctx, 0);
  const plans = await store.plansOf.all(
    ctx,
    ctx.regionId,
    members.map((member) => member.person_id),
    today,
    today,
  );
  const zoneOf = new Map(plans.map((plan) => [plan.resource_id, plan.zone]));
  const people = members.map((member) =>
    personResource(member.person_id, member.name, zoneOf.get(member.person_id) ?? null),
  );
  const rows = await store.resourcesOf.all(ctx, ctx.regionId, organisationId);
  return [...people, ...rows.map(toResource)];
}

const personResource = (id: string, name: string, zone: string | null): Resource => ({
  id,
  kind: 'person',
  name,
  zone,
  capacity: 1,
  members: [],
  leadPersonId: id,
});

const toResource = (row: store.ResourceRow): Resource => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  zone: row.zone,
  capacity: row.capacity,
  members: row.members,
  leadPersonId: row.lead_person_id,
});

export interface Crew {
  resourceId: string;
  /** A crew's lead, the person themself otherwise; a tool has nobody. */
  leadId: string | undefined;
  /** All who do the work, the lead among them. */
  memberIds: string[];
}

/** Who does the work of these resources; a person is a crew of one. In the order of the ids. */
export async function crewsByResource(ctx: Ctx, resourceIds: readonly string[]): Promise<Crew[]> {
  const rows = await store.resourcesByIds.all(ctx, ctx.regionId, [...resourceIds]);
  const known = new Map(rows.map((row) => [row.id, row]));
  return resourceIds.map((resourceId) => {
    const row = known.get(resourceId);
    if (!row) return { resourceId, leadId: resourceId, memberIds: [resourceId] };
    return { resourceId, leadId: row.lead_person_id ?? undefined, memberIds: row.members };
  });
}

export interface NewCrew {
  name: string;
  memberIds: string[];
  leadPersonId: string;
  zone: string;
}

/** Makes a crew of members; it begins with the weekly hours of its lead. Refuses `calendar.members_invalid`. */
export async function addCrew(ctx: Ctx, organisationId: string, crew: NewCrew): Promise<Resource> {
  policy.requireOrganisation(ctx, organisationId, 'calendar:edit');
  return addCrewFor(ctx, organisationId, crew);
}

/** The same without asking who does it; for seeds. */
export async function addCrewFor(ctx: Ctx, organisationId: string, crew: NewCrew): Promise<Resource> {
  if (!isZone(crew.zone)) refuse('calendar.unknown_zone');
  const known = new Set((await identity.membersOf(ctx, organisationId)).map((member) => member.person_id));
  const members = new Set(crew.memberIds);
  if (!members.has(crew.leadPersonId) || crew.memberIds.some((id) => !known.has(id)))
    refuse('calendar.members_invalid');
  return inTransaction(ctx, async (ctx) => {
    const id = newId();
    const { regionId } = ctx;
    await store.insertResource.run(
      ctx,
      regionId,
      id,
      organisationId,
      'crew',
      crew.name,
      1,
      crew.leadPersonId,
      ctx.clock.now(),
    );
    await store.insertMembers.run(ctx, regionId, id, [...members]);
    await audit(ctx, {
      act: 'calendar.add_crew',
      subject: `calendar:${id}`,
      detail: { organisationId, members: members.size },
    });
    const today = dayFromNow(ctx, 0);
    const [lead] = await store.plansOf.all(ctx, regionId, [crew.leadPersonId], today, today);
    await setPlanFor(ctx, id, crew.zone, lead?.weekly ?? []);
    const resource = { id, kind: 'crew', name: crew.name, zone: crew.zone, capacity: 1 } as const;
    return { ...resource, members: [...members], leadPersonId: crew.leadPersonId };
  });
}

/** Takes a tool of which there are several pieces into the calendar. */
export async function addTool(
  ctx: Ctx,
  organisationId: string,
  tool: { name: string; pieces: number; zone: string },
): Promise<string> {
  if (!isZone(tool.zone)) refuse('calendar.unknown_zone');
  return inTransaction(ctx, async (ctx) => {
    const id = newId();
    await store.insertResource.run(
      ctx,
      ctx.regionId,
      id,
      organisationId,
      'tool',
      tool.name,
      tool.pieces,
      null,
      ctx.clock.now(),
    );
    return id;
  });
}
