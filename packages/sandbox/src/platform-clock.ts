import pg from 'pg';
import type { Clock } from './options.ts';

export interface PlatformClock extends Clock {
  close(): Promise<void>;
}

const POLL_MS = 250;
const RETRY_MS = 2000;
/** The table is not there yet, or may not be read yet: the platform has not been migrated. */
const NOT_YET = new Set(['42P01', '3D000', '42501', '57P03', '28P01', '28000']);

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/**
 * Real time plus the platform's offset row, read every 250 ms. While the row cannot be read the last known offset holds
 * (none at first); what is not simply "not yet" is logged once per message.
 */
export function followPlatformClock(databaseUrl: string, log: (entry: Record<string, unknown>) => void): PlatformClock {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 1,
    connectionTimeoutMillis: 2000,
    application_name: 'sandbox-clock',
  });
  let offsetMs = 0;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let complaint = '';

  function complain(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (NOT_YET.has(codeOf(error)) || message === complaint) return;
    complaint = message;
    log({ msg: 'platform clock cannot be read', error: message });
  }

  // An idle connection that breaks is replaced by the next poll.
  pool.on('error', complain);

  async function read(): Promise<number> {
    const answer = await pool.query<{ offset_ms: string }>({
      name: 'platform_clock',
      text: 'SELECT offset_ms::text FROM platform_clock LIMIT 1',
    });
    return Number(answer.rows[0]?.offset_ms ?? 0);
  }

  async function poll(): Promise<void> {
    let wait = POLL_MS;
    try {
      offsetMs = await read();
      complaint = '';
    } catch (error) {
      complain(error);
      wait = RETRY_MS;
    }
    if (!closed) timer = setTimeout(() => void poll(), wait);
  }

  void poll();
  return {
    now: () => new Date(Date.now() + offsetMs),
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await pool.end();
    },
  };
}
