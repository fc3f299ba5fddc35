import type { OrganisationKind, OrganisationSet, SignUpRole } from '@plumbline/domain/access';
import type { SignUp } from '@plumbline/contracts/identity';
import { audit } from '../../platform/audit.ts';
import { personOf, type Ctx } from '../../platform/ctx.ts';
import { afterCommit, inTransaction } from '../../platform/db/transaction.ts';
import { pgCode, refuse } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { sessionChanged } from '../../platform/http/session.ts';
import { realNow } from '../../platform/real-time.ts';
import { emit } from '../../platform/outbox.ts';
import * as zones from '../zones/index.ts';
import { hashPassword, passwordMatches, requireAcceptable } from './password.ts';
import * as policy from './policy.ts';
import * as sessions from './session/service.ts';
import { freeSlug } from './slug.ts';
import * as store from './store.ts';
import { requireNotThrottled } from './throttle.ts';

export interface NewPerson {
  name: string;
  email: string;
  /** Without one nobody can sign in as this person. */
  password?: string;
}

/** Signs a person up, founds the organisation that their role brings, and opens a session. */
export async function signUp(ctx: Ctx, form: SignUp, device: string): Promise<sessions.OpenedSession> {
  requireAcceptable(form.password);
  const passwordHash = await hashPassword(form.password);
  return inTransaction({ ...ctx, regionId: form.regionId }, async (ctx) => {
    const person = await addPerson(ctx, form, passwordHash);
    await grantRole(ctx, person.id, form.role, 'signed up');
    const name = organisationNameFor(form);
    if (name) await foundOrganisation(ctx, kindFor(form.role), name, person.id);
    return sessions.open(ctx, person, device);
  });
}

/** Opens a session for the right password. Gives the same refusal whether the account exists or not. */
export async function signIn(
  ctx: Ctx,
  email: string,
  password: string,
  device: string,
): Promise<sessions.OpenedSession> {
  const key = emailKey(email);
  await requireNotThrottled(ctx, key);
  const person = await store.personForSignIn.first(ctx, key);
  if (!(await passwordMatches(person?.password_hash, password)) || !person) {
    await store.recordFailure.run(ctx, key, realNow());
    refuse('identity.wrong_credentials');
  }
  if (person.state === 'suspended') refuse('identity.suspended');
  return inTransaction({ ...ctx, regionId: person.region_id }, async (ctx) => {
    await store.forgetFailures.run(ctx, key);
    return sessions.open(ctx, person, device);
  });
}

/** Adds a person without signing them in; for seeds and tests. */
export async function createPerson(ctx: Ctx, person: NewPerson): Promise<string> {
  const passwordHash = person.password === undefined ? null : await hashPassword(person.password);
  return inTransaction(ctx, async (ctx) => (await addPerson(ctx, person, passwordHash)).id);
}

/** Founds an organisation with its first owner; answers its id. */
export async function createOrganisation(
  ctx: Ctx,
  organisation: { kind: OrganisationKind; name: string; ownerId: string },
): Promise<string> {
  return inTransaction(ctx, (ctx) =>
    foundOrganisation(ctx, organisation.kind, organisation.name, organisation.ownerId),
  );
}

/** Gives a person a role on themselves. */
export async function grantRole(ctx: Ctx, personId: string, role: SignUpRole, reason: string): Promise<void> {
  const now = ctx.clock.now();
  await store.insertGrant.run(ctx, newId(), ctx.regionId, personId, role, 'self', null, [], null, reason, now, null);
}

/** Gives staff rights over the platform. `grantedBy` is empty only for the first owner, at the founding of a market. */
export async function grantStaff(
  ctx: Ctx,
  grant: { personId: string; sets: readonly string[]; grantedBy: string | null; reason: string; expiresAt: Date },
): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await store.insertGrant.run(
      ctx,
      newId(),
      ctx.regionId,
      grant.personId,
      'admin',
      'platform',
      null,
      [...grant.sets],
      grant.grantedBy,
      grant.reason,
      ctx.clock.now(),
      grant.expiresAt,
    );
    afterCommit(ctx, () => sessionChanged(ctx.db, grant.personId));
    await audit(ctx, {
      act: 'access.grant',
      subject: `person:${grant.personId}`,
      detail: { sets: [...grant.sets] },
      reason: grant.reason,
    });
  });
}

/** Adds a person who has signed up to an organisation; only its managers may, and only an owner makes owners. */
export async function addMember(ctx: Ctx, organisationId: string, email: string, sets: OrganisationSet[]) {
  return inTransaction(ctx, async (ctx) => {
    policy.requireManager(personOf(ctx), organisationId, sets);
    const person = await store.personForSignIn.first(ctx, emailKey(email));
    if (!person || person.region_id !== ctx.regionId) refuse('access.not_found');
    await join(ctx, organisationId, person.id, sets);
    await audit(ctx, {
      act: 'organisation.member_added',
      subject: `organisation:${organisationId}`,
      detail: { personId: person.id, sets },
    });
    const members = await store.membersOf.all(ctx, organisationId);
    return members.find((member) => member.person_id === person.id) ?? refuse('access.not_found');
  });
}

/** Puts a person into an organisation; for seeds and for `addMember`. */
export async function join(ctx: Ctx, organisationId: string, personId: string, sets: OrganisationSet[]): Promise<void> {
  try {
    await store.insertMembership.run(ctx, ctx.regionId, organisationId, personId, sets, ctx.clock.now());
  } catch (error) {
    if (pgCode(error) === '23505') refuse('identity.already_member');
    throw error;
  }
  await emit(ctx, { type: 'identity.member_joined', key: organisationId, data: { organisationId, personId, sets } });
  afterCommit(ctx, () => sessionChanged(ctx.db, personId));
}

/** Who is in an organisation. Refuses `access.not_found` to those who are not in it themselves. */
export async function members(ctx: Ctx, organisationId: string) {
  policy.requireMember(personOf(ctx), organisationId);
  return store.membersOf.all(ctx, organisationId);
}

export const membersOf = (ctx: Ctx, organisationId: string) => store.membersOf.all(ctx, organisationId);
export const peopleByIds = (ctx: Ctx, ids: string[]) => store.peopleByIds.all(ctx, ids);
export const organisationsByIds = (ctx: Ctx, ids: string[]) => store.organisationsByIds.all(ctx, ids);
export const organisationBySlug = (ctx: Ctx, slug: string) => store.organisationBySlug.first(ctx, ctx.regionId, slug);

/** The providers of the region, oldest first; for seeds and runs over all of them. */
export const providerOrganisationIds = async (ctx: Ctx): Promise<string[]> =>
  (await store.providerOrganisations.all(ctx, ctx.regionId)).map((row) => row.id);

/** The signed-in person and their memberships, for `me`. */
export async function whoAmI(ctx: Ctx) {
  const actor = personOf(ctx);
  const [person] = await store.peopleByIds.all(ctx, [actor.personId]);
  if (!person) refuse('access.sign_in_required');
  return { actor, person, memberships: await store.membershipsOf.all(ctx, actor.personId) };
}

const emailKey = (email: string) => email.trim().normalize('NFC').toLowerCase();

/** Adds a person by the hash of their password; null for someone who cannot sign in. */
export async function addPerson(ctx: Ctx, { name, email }: NewPerson, passwordHash: string | null) {
  const region = await zones.region(ctx, ctx.regionId);
  const id = newId();
  await store.insertPerson.run(
    ctx,
    id,
    region.id,
    name.trim(),
    email.trim(),
    passwordHash,
    region.locale,
    region.timeZone,
    ctx.clock.now(),
  );
  try {
    await store.insertLogin.run(ctx, emailKey(email), region.id, id);
  } catch (error) {
    if (pgCode(error) === '23505') refuse('identity.email_taken');
    throw error;
  }
  return { id, region_id: region.id };
}

async function foundOrganisation(ctx: Ctx, kind: OrganisationKind, name: string, ownerId: string): Promise<string> {
  const id = newId();
  const slug = await freeSlug(ctx, name);
  await store.insertOrganisation.run(ctx, id, ctx.regionId, kind, name.trim(), slug, ctx.clock.now());
  await emit(ctx, { type: 'identity.organisation_founded', key: id, data: { organisationId: id, kind, name, slug } });
  await join(ctx, id, ownerId, ['owner']);
  return id;
}

const kindFor = (role: SignUpRole): OrganisationKind => (role === 'enterprise' ? 'enterprise' : 'provider');

/** A serviceman who signs up alone gets an organisation of one, named like them unless told otherwise. */
function organisationNameFor(form: SignUp): string | undefined {
  if (form.role === 'user') return undefined;
  if (form.organisationName) return form.organisationName;
  return form.role === 'serviceman' ? form.name : refuse('identity.organisation_name_missing');
}
