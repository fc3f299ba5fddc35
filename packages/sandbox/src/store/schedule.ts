import type { Call } from '../app.ts';

/** What can fall due on the business clock. */
export type DueKind =
  | 'session.expire'
  | 'authorisation.expire'
  | 'payout.send'
  | 'payout.arrive'
  | 'refund.settle'
  | 'dispute.open'
  | 'dispute.overdue'
  | 'dispute.decide';

/** Remembers to do `kind` for `subject` at a Unix time; an earlier appointment of the same kind is replaced. */
export function schedule(call: Call, kind: DueKind, subject: string, at: number): void {
  call.store.db.run(
    'INSERT INTO due (at, kind, subject) VALUES (?, ?, ?) ON CONFLICT (kind, subject) DO UPDATE SET at = excluded.at',
    at,
    kind,
    subject,
  );
}

export function unschedule(call: Call, kind: DueKind, subject: string): void {
  call.store.db.run('DELETE FROM due WHERE kind = ? AND subject = ?', kind, subject);
}
