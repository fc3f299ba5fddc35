import { Type, type Static } from 'typebox';
import { closed, Cursor, Id, Instant, Limit, Money, nullable, Page } from './common.ts';
import { route } from './route.ts';

export const opsRefusals = {
  'ops.clock_is_real': 409,
  'ops.not_replayable': 409,
} as const satisfies Record<string, number>;

const StateCount = closed({ state: Type.String(), count: Type.Integer() });
const StateSum = closed({ state: Type.String(), count: Type.Integer(), amount: Money });

const ClockView = closed({
  /** Business time of this market. */
  now: Instant,
  /** How far it is ahead of real time. */
  aheadSeconds: Type.Integer(),
  movable: Type.Boolean(),
});

const ProofView = closed({
  /** Stable name of what is proved, for example `debits_equal_credits`. */
  check: Type.String(),
  currency: nullable(Type.String()),
  holds: Type.Boolean(),
  /** What was counted or summed. */
  detail: Type.String(),
});

export const Overview = closed({
  clock: ClockView,
  bookings: Type.Array(StateCount),
  orders: Type.Array(StateSum),
  payouts: Type.Array(StateSum),
  proofs: Type.Array(ProofView),
  tasks: closed({
    waiting: Type.Integer(),
    running: Type.Integer(),
    dead: Type.Integer(),
    deadlinesDue: Type.Integer(),
    /** Age of the oldest event that has not reached its listeners. */
    outboxLagSeconds: Type.Integer(),
  }),
  documentsToReview: Type.Integer(),
});
export type Overview = Static<typeof Overview>;

const DeadTask = closed({
  taskId: Id,
  name: Type.String(),
  failedAt: Instant,
  error: Type.String(),
});

const AuditView = closed({
  entryId: Id,
  at: Instant,
  act: Type.String(),
  subject: Type.String(),
  /** Name of the person, or of the system's part that acted. */
  actor: Type.String(),
  reason: nullable(Type.String()),
});

export const opsRoutes = {
  overview: route({
    name: 'ops.overview',
    method: 'GET',
    path: '/v1/admin/overview',
    permission: 'ops:view',
    summary: 'How the market stands: deals, money, proofs, tasks',
    reply: Overview,
  }),
  advanceClock: route({
    name: 'ops.advanceClock',
    method: 'POST',
    path: '/v1/admin/clock/advances',
    permission: 'ops:clock',
    summary: 'Move the clock of a demo market forward',
    body: closed({
      /** For example 15m, 3h or 3d; at most 90 days. */
      by: Type.String({ pattern: '^[1-9][0-9]{0,4}[mhd]$' }),
    }),
    reply: ClockView,
    status: 201,
    refusals: ['ops.clock_is_real'],
  }),
  deadTasks: route({
    name: 'ops.deadTasks',
    method: 'GET',
    path: '/v1/admin/tasks/dead',
    permission: 'ops:view',
    summary: 'Tasks that failed for good',
    reply: closed({ items: Type.Array(DeadTask) }),
  }),
  replayTask: route({
    name: 'ops.replayTask',
    method: 'POST',
    path: '/v1/admin/tasks/dead/:taskId/replay',
    permission: 'ops:clock',
    summary: 'Try a dead task again',
    params: closed({ taskId: Id }),
    reply: closed({ replayed: Type.Boolean() }),
    refusals: ['access.not_found', 'ops.not_replayable'],
  }),
  audit: route({
    name: 'ops.audit',
    method: 'GET',
    path: '/v1/admin/audit',
    permission: 'audit:view',
    summary: 'Who did what, newest first',
    query: closed({
      subject: Type.Optional(Type.String({ maxLength: 100 })),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(Limit),
    }),
    reply: Page(AuditView),
  }),
} as const;
