import { castMembers, demoPassword, type CastMember } from '@plumbline/testkit/cast';
import { systemCtx, type Ctx, type PersonActor } from '../../platform/ctx.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { hashPassword } from './password.ts';
import * as identity from './service.ts';
import * as sessions from './session/service.ts';
import * as store from './store.ts';

const demoRegion = 'gb';

/** Brings the cast of the demo market in, with the organisations that they belong to. */
export async function seedCast(base: Ctx): Promise<void> {
  const passwordHash = await hashPassword(demoPassword);
  await inTransaction(systemCtx(base, 'seed', demoRegion), async (ctx) => {
    const organisations = new Map<string, string>();
    for (const member of castMembers) {
      const { id } = await identity.addPerson(ctx, member, passwordHash);
      await identity.grantRole(ctx, id, member.role, 'demo market');
      await seat(ctx, member, id, organisations);
    }
  });
}

/** The founder of an organisation comes first in the cast; those after them join it. */
async function seat(ctx: Ctx, member: CastMember, personId: string, organisations: Map<string, string>): Promise<void> {
  const { organisation, staff } = member;
  if (organisation) {
    const { name, kind, sets } = organisation;
    const known = organisations.get(name);
    if (known) await identity.join(ctx, known, personId, sets);
    else organisations.set(name, await identity.createOrganisation(ctx, { name, kind, ownerId: personId }));
  }
  if (!staff) return;
  const yearMs = 365 * 86_400_000;
  const expiresAt = new Date(ctx.clock.now().getTime() + yearMs);
  await identity.grantStaff(ctx, { personId, sets: staff, grantedBy: null, reason: 'founding of the demo', expiresAt });
}

/** A customer of the demo market who has no password: nobody can sign in as them. */
export async function addCustomer(ctx: Ctx, person: { name: string; email: string }): Promise<string> {
  return inTransaction(ctx, async (ctx) => {
    const { id } = await identity.addPerson(ctx, person, null);
    await identity.grantRole(ctx, id, 'user', 'demo market');
    return id;
  });
}

/** A person of the demo market with the rights that they have, as their own request would carry them. */
export async function actAs(ctx: Ctx, personId: string): Promise<PersonActor> {
  const [person] = await identity.peopleByIds(ctx, [personId]);
  if (!person) throw new Error(`no person ${personId}`);
  const { token, sessionId } = await sessions.open(ctx, person, 'demo story');
  const actor = await sessions.authenticate(ctx, token);
  if (!actor) throw new Error(`${person.name} cannot act`);
  await sessions.end(ctx, personId, sessionId);
  return actor;
}

/** The member of the cast behind an e-mail address. */
export async function castActor(ctx: Ctx, email: string): Promise<PersonActor> {
  const person = await store.personForSignIn.first(ctx, email);
  if (!person) throw new Error(`${email} is not in this market`);
  return actAs(ctx, person.id);
}

/** Throws when a member of the demo's cast, whose password is public, can sign in here. */
export async function refuseCast(ctx: Ctx): Promise<void> {
  for (const { email } of castMembers) {
    if (await store.personForSignIn.first(ctx, email)) {
      throw new Error(`${email} of the demo market is in this database: production does not start with it`);
    }
  }
}
