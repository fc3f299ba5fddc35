import { mayInOrganisation } from '@plumbline/domain/access';
import { identityRoutes } from '@plumbline/contracts/identity';
import { personOf, type Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/errors.ts';
import { on, type HttpReply } from '../../platform/http/module.ts';
import { presentMe, presentMember, presentSession } from './present.ts';
import * as identity from './service.ts';
import * as sessions from './session/service.ts';

/** Puts the new session into the cookie and answers who is signed in now. */
async function signedIn(ctx: Ctx, opened: sessions.OpenedSession, http: HttpReply) {
  http.setSession(opened.token, opened.expiresAt);
  const actor = await sessions.authenticate(ctx, opened.token);
  if (!actor) throw new Error('a session that was just opened does not authenticate');
  return presentMe(await identity.whoAmI({ ...ctx, actor, regionId: actor.regionId }));
}

const device = (http: HttpReply) => http.userAgent ?? 'unknown device';

export const routes = [
  on(identityRoutes.signUp, async (ctx, { body }, http) =>
    signedIn(ctx, await identity.signUp(ctx, body, device(http)), http),
  ),

  on(identityRoutes.signIn, async (ctx, { body }, http) =>
    signedIn(ctx, await identity.signIn(ctx, body.email, body.password, device(http)), http),
  ),

  on(identityRoutes.signOut, async (ctx, _input, http) => {
    const { personId, sessionId } = personOf(ctx);
    http.clearSession();
    return { ended: await sessions.end(ctx, personId, sessionId) };
  }),

  on(identityRoutes.sessions, async (ctx) => {
    const { personId, sessionId } = personOf(ctx);
    const rows = await sessions.listOf(ctx, personId);
    return { items: rows.map((row) => presentSession(row, sessionId)) };
  }),

  on(identityRoutes.endSession, async (ctx, { params }) => {
    const ended = await sessions.end(ctx, personOf(ctx).personId, params.sessionId);
    return ended ? { ended } : refuse('access.not_found');
  }),

  on(identityRoutes.me, async (ctx) => presentMe(await identity.whoAmI(ctx))),

  on(identityRoutes.members, async (ctx, { params: { organisationId } }) => {
    const rows = await identity.members(ctx, organisationId);
    const manages = mayInOrganisation(personOf(ctx).memberships, organisationId, 'organisation:manage');
    return { items: rows.map((row) => presentMember(row, manages)) };
  }),

  on(identityRoutes.addMember, async (ctx, { params, body }) =>
    presentMember(await identity.addMember(ctx, params.organisationId, body.email, body.sets), true),
  ),
];
