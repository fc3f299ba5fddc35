import type { AdminSet, OrganisationKind, OrganisationSet, SignUpRole } from '@plumbline/domain/access';
import type { Ctx, PersonActor } from '../../platform/ctx.ts';
import { newId } from '../../platform/ids.ts';
import * as identity from './service.ts';
import * as sessions from './session/service.ts';

/** People and organisations for tests: each is signed in, so their actor is what a request would carry. */

export const buildUser = (ctx: Ctx, name = 'Amira Khan') => buildPerson(ctx, name, 'user');

export async function buildProvider(ctx: Ctx, { name = 'Novak Plumbing', owner = 'Bea Novak' } = {}) {
  return buildOrganisation(ctx, 'provider', name, owner);
}

export async function buildEnterprise(ctx: Ctx, { name = 'Harbour Estates', owner = 'Estelle Marsh' } = {}) {
  return buildOrganisation(ctx, 'enterprise', name, owner);
}

export async function buildServiceman(ctx: Ctx, organisationId: string, name = 'Tom Baker'): Promise<PersonActor> {
  return buildMember(ctx, organisationId, ['member'], name);
}

export async function buildMember(
  ctx: Ctx,
  organisationId: string,
  sets: OrganisationSet[],
  name = 'Tom Baker',
): Promise<PersonActor> {
  const person = await buildPerson(ctx, name, 'serviceman');
  await identity.join(ctx, organisationId, person.personId, sets);
  return again(ctx, person.personId);
}

export async function buildAdmin(ctx: Ctx, sets: AdminSet[] = ['owner'], name = 'Ada Reyes'): Promise<PersonActor> {
  const person = await buildPerson(ctx, name, 'user');
  const expiresAt = new Date('2100-01-01T00:00:00Z');
  await identity.grantStaff(ctx, { personId: person.personId, sets, grantedBy: null, reason: 'test', expiresAt });
  return again(ctx, person.personId);
}

async function buildOrganisation(ctx: Ctx, kind: OrganisationKind, name: string, ownerName: string) {
  const person = await buildPerson(ctx, ownerName, kind);
  const organisationId = await identity.createOrganisation(ctx, { kind, name, ownerId: person.personId });
  return { organisationId, owner: await again(ctx, person.personId) };
}

async function buildPerson(ctx: Ctx, name: string, role: SignUpRole): Promise<PersonActor> {
  const email = `${newId()}@example.test`;
  const personId = await identity.createPerson(ctx, { name, email });
  await identity.grantRole(ctx, personId, role, 'test');
  return again(ctx, personId);
}

/** The token of a new session of this person, as their browser's cookie would carry it. */
export async function tokenOf(ctx: Ctx, { personId, regionId }: PersonActor): Promise<string> {
  const { token } = await sessions.open(ctx, { id: personId, region_id: regionId }, 'test');
  return token;
}

/** A fresh session, read back as the next request would. */
async function again(ctx: Ctx, personId: string): Promise<PersonActor> {
  const [person] = await identity.peopleByIds(ctx, [personId]);
  if (!person) throw new Error(`no person ${personId}`);
  const { token } = await sessions.open(ctx, person, 'test');
  const actor = await sessions.authenticate(ctx, token);
  if (!actor) throw new Error('the session does not authenticate');
  return actor;
}
