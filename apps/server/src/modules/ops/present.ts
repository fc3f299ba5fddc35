import type { Static } from 'typebox';
import type { opsRoutes, Overview } from '@plumbline/contracts/ops';
import type { AuditRow, DeadTaskRow } from '../../platform/inspection.ts';
import type { clockState, overview } from './service.ts';

type Clock = ReturnType<typeof clockState>;
type Standing = Awaited<ReturnType<typeof overview>>;

export const presentClock = ({ now, ...rest }: Clock) => ({ now: now.toISOString(), ...rest });

const presentSum = (row: Standing['orders'][number]) => ({
  state: row.state,
  count: row.count,
  amount: { minor: String(row.amountMinor), currency: row.currency },
});

export const presentOverview = (standing: Standing): Overview => ({
  clock: presentClock(standing.clock),
  bookings: standing.bookings,
  orders: standing.orders.map(presentSum),
  payouts: standing.payouts.map(presentSum),
  proofs: standing.proofs.map(({ check, currency, holds, detail }) => ({ check, currency, holds, detail })),
  tasks: {
    waiting: standing.tasks.waiting,
    running: standing.tasks.running,
    dead: standing.tasks.dead,
    deadlinesDue: standing.tasks.deadlines_due,
    outboxLagSeconds: standing.tasks.outbox_lag_seconds,
  },
  documentsToReview: standing.documentsToReview,
});

type DeadTask = Static<(typeof opsRoutes)['deadTasks']['reply']>['items'][number];

export const presentDeadTask = (row: DeadTaskRow): DeadTask => ({
  taskId: row.id,
  name: row.data.task,
  failedAt: row.created_on.toISOString(),
  error: messageOf(row.source_output),
});

type AuditEntry = Static<(typeof opsRoutes)['audit']['reply']>['items'][number];

export const presentAudit = ({ row, actor }: { row: AuditRow; actor: string }): AuditEntry => ({
  entryId: row.id,
  at: row.at.toISOString(),
  act: row.act,
  subject: row.subject,
  actor,
  reason: row.reason,
});

/** What the queue kept of the last error. */
function messageOf(output: unknown): string {
  if (output && typeof output === 'object' && 'message' in output) return String(output.message);
  return output ? JSON.stringify(output) : 'unknown';
}
