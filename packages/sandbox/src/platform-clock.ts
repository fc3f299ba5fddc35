import pg from 'pg';
import type { Clock } from './options.ts';

export interface PlatformClock extends Clock {
  refresh(): Promise<void>;
  close(): Promise<void>;
}

const POLL_MS = 250;
const RETRY_MS = 2000;
/** The table is not there yet, or may not be read yet: the platform has not been migrated. */
const NOT_YET = new Set(['42P01', '3D000', '42501', '57P03']);

const OFFSET = { name: 'platform_clock', text: 'SELECT offset_ms::text FROM platform_clock LIMIT 1' };

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

function messageOf(error: unknown): string {
  // A refused connection may come as several errors without a message of their own.
  const inner = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  return inner instanceof Error ? inner.message : String(inner);
}

function openPool(connectionString: string): pg.Pool {
  return new pg.Pool({ connectionString, max: 1, connectionTimeoutMillis: 2000, application_name: 'sandbox-clock' });
}

/**
 * Real time plus the platform's offset row: read every 250 ms, so that work falls due, and before a request, so that a caller
 * who has just moved the clock is not answered out of the past. While the row cannot be read the last known offset holds
 * (none at first); what is not simply "not yet" is logged once per message.
 */
export function followPlatformClock(databaseUrl: string, log: (entry: Record<string, unknown>) => void): PlatformClock {
  const pool = openPool(databaseUrl);
  let offsetMs = 0;
  let healthy = false;
  let reading: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let complaint = '';

  function complain(error: unknown): void {
    healthy = false;
    const message = messageOf(error);
    if (NOT_YET.has(codeOf(error)) || message === complaint) return;
    complaint = message;
    log({ msg: 'platform clock cannot be read', error: message });
  }

  // An idle connection that breaks is replaced by the next poll.
  pool.on('error', complain);

  async function query(): Promise<void> {
    const answer = await pool.query<{ offset_ms: string }>(OFFSET);
    offsetMs = Number(answer.rows[0]?.offset_ms ?? 0);
    healthy = true;
    complaint = '';
  }

  function read(): Promise<void> {
    reading ??= query()
      .catch(complain)
      .finally(() => {
        reading = undefined;
      });
    return reading;
  }

  /** A reading that begins after now: one under way may have seen the row before it changed. */
  function readAfresh(): Promise<void> {
    if (!reading) return read();
    next ??= reading.then(() => {
      next = undefined;
      return read();
    });
    return next;
  }

  async function poll(): Promise<void> {
    await read();
    if (!closed) timer = setTimeout(() => void poll(), healthy ? POLL_MS : RETRY_MS);
  }

  void poll();
  return {
    now: () => new Date(Date.now() + offsetMs),
    refresh: async () => {
      // Without the database a request must not wait for a connection that does not come.
      if (healthy && !closed) await readAfresh();
    },
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await reading;
      await pool.end();
    },
  };
}
