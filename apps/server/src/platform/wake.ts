import type { Db } from './db/db.ts';

/** Channels of NOTIFY: who sleeps on them, and what the payload says. */
export const channels = {
  /** The dispatcher: there are events to dispatch. No payload. */
  outbox: 'plumbline_outbox',
  /** The workers: there are tasks. No payload. */
  tasks: 'plumbline_tasks',
  /** The API processes: events were dispatched, up to this sequence number. */
  live: 'plumbline_live',
  /** The API processes: this session, or all sessions of this person, may have changed. */
  session: 'plumbline_session',
} as const;

export type Channel = keyof typeof channels;

/** Wake-ups that are about to be sent, so that a burst of commits sends one. */
const pending = new WeakMap<object, Set<Channel>>();

/**
 * Wakes sleepers of a channel. It runs outside any transaction: NOTIFY takes a lock over the whole cluster at
 * commit, which no money transaction should wait for. Nobody waits for it, and it may be lost: the sleepers poll too.
 */
export function wake(db: Db, channel: 'outbox' | 'tasks'): void {
  // A test's transaction never commits, so there is nobody to wake.
  if (db.around) return;
  const waiting = pending.get(db.pool) ?? new Set<Channel>();
  pending.set(db.pool, waiting);
  if (waiting.has(channel)) return;
  waiting.add(channel);
  setImmediate(() => {
    waiting.delete(channel);
    // A failure means that the database is away, which the next statement of any request reports.
    notify(db, channel, '').catch(() => undefined);
  });
}

/** Sends one notification at once. */
export async function notify(db: Db, channel: Channel, payload: string): Promise<void> {
  await db.pool.query('select pg_notify($1, $2)', [channels[channel], payload]);
}
