import { Type, type Static } from 'typebox';
import { adminSets, organisationSets, type permissions, roles, signUpRoles } from '@plumbline/domain/access';
import { closed, Id, Instant, nullable, oneOf, Page, RegionId, Slug } from './common.ts';
import { route } from './route.ts';

export const identityRefusals = {
  'identity.email_taken': 409,
  'identity.wrong_credentials': 401,
  'identity.suspended': 403,
  'identity.password_too_short': 422,
  'identity.organisation_name_missing': 422,
  'identity.already_member': 409,
  'identity.last_owner': 409,
  'identity.busy': 503,
} as const satisfies Record<string, number>;

export const Email = Type.String({ format: 'email', maxLength: 254 });
/** 12 characters or more; no composition rules; up to 128. */
export const Password = Type.String({ minLength: 1, maxLength: 128 });
const PersonName = Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' });
const OrganisationName = Type.String({ minLength: 2, maxLength: 120, pattern: '\\S' });

const MembershipView = closed({
  organisationId: Id,
  organisationName: Type.String(),
  organisationSlug: Slug,
  kind: oneOf(['provider', 'enterprise']),
  sets: Type.Array(oneOf(organisationSets)),
});

export const Me = closed({
  personId: Id,
  name: Type.String(),
  email: Type.String(),
  regionId: RegionId,
  locale: Type.String(),
  timeZone: Type.String(),
  roles: Type.Array(oneOf(roles)),
  adminSets: Type.Array(oneOf(adminSets)),
  memberships: Type.Array(MembershipView),
  permissions: Type.Array(Type.Unsafe<keyof typeof permissions>({ type: 'string' })),
});
export type Me = Static<typeof Me>;

export const SignUp = closed({
  role: oneOf(signUpRoles),
  regionId: RegionId,
  name: PersonName,
  email: Email,
  password: Password,
  /** Needed for a provider and an enterprise; a lone serviceman's own name is taken where it is missing. */
  organisationName: Type.Optional(OrganisationName),
});
export type SignUp = Static<typeof SignUp>;

const MemberView = closed({
  personId: Id,
  name: Type.String(),
  email: nullable(Type.String()),
  sets: Type.Array(oneOf(organisationSets)),
  since: Instant,
});

const SessionView = closed({
  sessionId: Id,
  current: Type.Boolean(),
  createdAt: Instant,
  lastSeenAt: Instant,
  device: Type.String(),
});

export const identityRoutes = {
  signUp: route({
    name: 'identity.signUp',
    method: 'POST',
    path: '/v1/sign-ups',
    permission: 'public',
    summary: 'Sign up and sign in',
    body: SignUp,
    reply: Me,
    status: 201,
    limit: 'sign_in',
    refusals: [
      'identity.email_taken',
      'identity.password_too_short',
      'identity.organisation_name_missing',
      'region.unknown',
    ],
  }),
  signIn: route({
    name: 'identity.signIn',
    method: 'POST',
    path: '/v1/sessions',
    permission: 'public',
    summary: 'Sign in',
    body: closed({ email: Email, password: Password }),
    reply: Me,
    status: 201,
    limit: 'sign_in',
    refusals: ['identity.wrong_credentials', 'identity.suspended'],
  }),
  signOut: route({
    name: 'identity.signOut',
    method: 'DELETE',
    path: '/v1/sessions/current',
    permission: 'session:own',
    summary: 'Sign out',
    reply: closed({ ended: Type.Boolean() }),
  }),
  sessions: route({
    name: 'identity.sessions',
    method: 'GET',
    path: '/v1/me/sessions',
    permission: 'session:own',
    summary: 'Where one is signed in',
    reply: closed({ items: Type.Array(SessionView) }),
  }),
  endSession: route({
    name: 'identity.endSession',
    method: 'DELETE',
    path: '/v1/me/sessions/:sessionId',
    permission: 'session:own',
    summary: 'End one of one’s own sessions',
    params: closed({ sessionId: Id }),
    reply: closed({ ended: Type.Boolean() }),
    refusals: ['access.not_found'],
  }),
  me: route({
    name: 'identity.me',
    method: 'GET',
    path: '/v1/me',
    permission: 'session:own',
    summary: 'Who one is and what one may do',
    reply: Me,
  }),
  members: route({
    name: 'identity.members',
    method: 'GET',
    path: '/v1/organisations/:organisationId/members',
    permission: 'organisation:view',
    summary: 'Members of one’s organisation',
    params: closed({ organisationId: Id }),
    reply: Page(MemberView),
    refusals: ['access.not_found'],
  }),
  addMember: route({
    name: 'identity.addMember',
    method: 'POST',
    path: '/v1/organisations/:organisationId/members',
    permission: 'organisation:manage',
    summary: 'Add a signed-up person to one’s organisation',
    params: closed({ organisationId: Id }),
    body: closed({ email: Email, sets: Type.Array(oneOf(organisationSets), { minItems: 1, maxItems: 5 }) }),
    reply: MemberView,
    status: 201,
    refusals: ['access.not_found', 'identity.already_member'],
  }),
} as const;
