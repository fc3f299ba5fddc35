import { callOf, unixNow, type App, type Call } from './app.ts';
import { decideByEvidence, openCardDispute, overdue } from './flows/disputes.ts';
import { cancelIntent } from './flows/payments.ts';
import { arrivePayout, sendPayout } from './flows/payouts.ts';
import { settleRefund } from './flows/refunds.ts';
import { expireIfOpen } from './flows/sessions.ts';
import { linked } from './store/lookup.ts';
import type { DueKind } from './store/schedule.ts';
import { PLATFORM_ACCOUNT } from './version.ts';

interface DueRow {
  id: number;
  kind: DueKind;
  subject: string;
}

function expireAuthorisation(call: Call, intentId: string): void {
  const intent = linked(call, 'payment_intent', intentId).object;
  if (intent.status === 'requires_capture') cancelIntent(call, intent, 'automatic');
}

const HANDLERS: Record<DueKind, (call: Call, subject: string) => void> = {
  'authorisation.expire': expireAuthorisation,
  'dispute.decide': decideByEvidence,
  'dispute.open': openCardDispute,
  'dispute.overdue': overdue,
  'payout.arrive': arrivePayout,
  'payout.send': sendPayout,
  'refund.settle': settleRefund,
  'session.expire': expireIfOpen,
};

function runNext(app: App): boolean {
  return app.store.db.transaction(() => {
    const row = app.store.db.first<DueRow>(
      'SELECT id, kind, subject FROM due WHERE at <= ? ORDER BY at, id LIMIT 1',
      unixNow(app),
    );
    if (!row) return false;
    app.store.db.run('DELETE FROM due WHERE id = ?', row.id);
    HANDLERS[row.kind](callOf(app, PLATFORM_ACCOUNT), row.subject);
    return true;
  });
}

/** Does everything that is due by the business clock, oldest first, each in a transaction of its own. Returns how much. */
export function runDue(app: App): number {
  let done = 0;
  while (runNext(app)) done += 1;
  if (done > 0) app.poke();
  return done;
}
