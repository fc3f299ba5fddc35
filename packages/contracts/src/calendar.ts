import { Type, type Static } from 'typebox';
import { closed, Id, Instant, LocalDate, nullable, oneOf, WallTime, ZonedInstant } from './common.ts';
import { route } from './route.ts';

export const calendarRefusals = {
  'calendar.slot_taken': 409,
  'calendar.unknown_resource': 404,
  'calendar.unknown_zone': 422,
  'calendar.hours_overlap': 422,
  'calendar.members_invalid': 422,
  'calendar.window_invalid': 422,
  'calendar.claimed_by_booking': 409,
} as const satisfies Record<string, number>;

const Zone = Type.String({ minLength: 1, maxLength: 64, description: 'IANA time zone, for example Europe/London' });

/** Open hours in local wall time; `to` at or before `from` means that the window ends on the next day. */
const Hours = closed({ from: WallTime, to: WallTime });

const WeeklyHours = closed({
  /** ISO: 1 is Monday, 7 is Sunday. */
  weekday: Type.Integer({ minimum: 1, maximum: 7 }),
  from: WallTime,
  to: WallTime,
});

const Exception = closed({
  /** The local date whose weekly hours these replace. */
  date: LocalDate,
  /** None = closed on that day. */
  hours: Type.Array(Hours, { maxItems: 6 }),
  note: Type.Optional(Type.String({ maxLength: 200 })),
});

export const calendarResourceKinds = ['person', 'crew', 'tool'] as const;

export const PlanView = closed({
  resourceId: Id,
  zone: Zone,
  weekly: Type.Array(WeeklyHours),
  exceptions: Type.Array(Exception),
  updatedAt: nullable(Instant),
  can: closed({ edit: Type.Boolean() }),
});
export type PlanView = Static<typeof PlanView>;

export const ResourceView = closed({
  resourceId: Id,
  kind: oneOf(calendarResourceKinds),
  name: Type.String(),
  zone: Zone,
  /** How many pieces of work at the same time; 1 for a person. */
  capacity: Type.Integer({ minimum: 1 }),
  memberIds: Type.Array(Id),
  leadPersonId: nullable(Id),
  hasHours: Type.Boolean(),
});
export type ResourceView = Static<typeof ResourceView>;

/** A piece of taken time as its owner may see it: never who the customer is nor where they live. */
export const ClaimView = closed({
  claimId: Id,
  resourceId: Id,
  kind: oneOf(['booking', 'block']),
  /** The booking it belongs to, for a link; absent for own blocks. */
  bookingId: Type.Optional(Id),
  label: Type.String(),
  from: ZonedInstant,
  to: ZonedInstant,
  state: oneOf(['held', 'taken']),
  can: closed({ remove: Type.Boolean() }),
});
export type ClaimView = Static<typeof ClaimView>;

const resourceParams = closed({ resourceId: Id });
const CrewBody = closed({
  name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
  memberIds: Type.Array(Id, { minItems: 1, maxItems: 20, uniqueItems: true }),
  leadPersonId: Id,
  zone: Zone,
});

export const calendarRoutes = {
  plan: route({
    name: 'calendar.plan',
    method: 'GET',
    path: '/v1/calendars/:resourceId/plan',
    permission: 'calendar:view',
    summary: 'Weekly hours and exceptions of a person or crew',
    params: resourceParams,
    reply: PlanView,
    refusals: ['access.not_found'],
  }),
  setPlan: route({
    name: 'calendar.setPlan',
    method: 'PUT',
    path: '/v1/calendars/:resourceId/plan',
    permission: 'calendar:edit',
    summary: 'Set the weekly hours',
    params: resourceParams,
    body: closed({ zone: Zone, weekly: Type.Array(WeeklyHours, { maxItems: 42 }) }),
    reply: PlanView,
    refusals: ['access.not_found', 'access.forbidden', 'calendar.unknown_zone', 'calendar.hours_overlap'],
  }),
  setException: route({
    name: 'calendar.setException',
    method: 'PUT',
    path: '/v1/calendars/:resourceId/exceptions/:date',
    permission: 'calendar:edit',
    summary: 'Other hours, or none, on one date',
    params: closed({ resourceId: Id, date: LocalDate }),
    body: closed({ hours: Type.Array(Hours, { maxItems: 6 }), note: Type.Optional(Type.String({ maxLength: 200 })) }),
    reply: PlanView,
    refusals: ['access.not_found', 'access.forbidden', 'calendar.hours_overlap'],
  }),
  removeException: route({
    name: 'calendar.removeException',
    method: 'DELETE',
    path: '/v1/calendars/:resourceId/exceptions/:date',
    permission: 'calendar:edit',
    summary: 'Back to the weekly hours on one date',
    params: closed({ resourceId: Id, date: LocalDate }),
    reply: PlanView,
    refusals: ['access.not_found', 'access.forbidden'],
  }),
  claims: route({
    name: 'calendar.claims',
    method: 'GET',
    path: '/v1/calendars/:resourceId/claims',
    permission: 'calendar:view',
    summary: 'Taken time of a person or crew',
    params: resourceParams,
    query: closed({ from: Instant, to: Instant }),
    reply: closed({ zone: Zone, items: Type.Array(ClaimView) }),
    refusals: ['access.not_found', 'calendar.window_invalid'],
  }),
  block: route({
    name: 'calendar.block',
    method: 'POST',
    path: '/v1/calendars/:resourceId/blocks',
    permission: 'calendar:edit',
    summary: 'Block a piece of one’s own time',
    params: resourceParams,
    body: closed({ from: Instant, to: Instant, label: Type.String({ minLength: 1, maxLength: 120 }) }),
    reply: ClaimView,
    status: 201,
    refusals: ['access.not_found', 'access.forbidden', 'calendar.slot_taken', 'calendar.window_invalid'],
  }),
  unblock: route({
    name: 'calendar.unblock',
    method: 'DELETE',
    path: '/v1/calendars/:resourceId/blocks/:claimId',
    permission: 'calendar:edit',
    summary: 'Remove a block',
    params: closed({ resourceId: Id, claimId: Id }),
    reply: closed({ removed: Type.Boolean() }),
    refusals: ['access.not_found', 'access.forbidden', 'calendar.claimed_by_booking'],
  }),
  resources: route({
    name: 'calendar.resources',
    method: 'GET',
    path: '/v1/organisations/:organisationId/calendars',
    permission: 'calendar:view',
    summary: 'People and crews of one’s organisation with a calendar',
    params: closed({ organisationId: Id }),
    reply: closed({ items: Type.Array(ResourceView) }),
    refusals: ['access.not_found'],
  }),
  addCrew: route({
    name: 'calendar.addCrew',
    method: 'POST',
    path: '/v1/organisations/:organisationId/crews',
    permission: 'calendar:edit',
    summary: 'Make a crew of members',
    params: closed({ organisationId: Id }),
    body: CrewBody,
    reply: ResourceView,
    status: 201,
    refusals: ['access.not_found', 'access.forbidden', 'calendar.members_invalid', 'calendar.unknown_zone'],
  }),
} as const;
