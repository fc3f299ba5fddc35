import pg, { type Pool } from 'pg';
import type { Logger } from 'pino';
import { channels, type Channel } from './wake.ts';

export type Ears = Partial<Record<Channel, (payload: string) => void>>;

export interface Listening {
  stop(): Promise<void>;
}

const retryMs = 1000;

/**
 * Hears notifications on one connection of its own, and connects again when it breaks. NOTIFY keeps nothing for the
 * absent: `onConnect` runs after each (re)connection, to catch up from the tables.
 */
export async function listen(pool: Pool, log: Logger, ears: Ears, onConnect?: () => void): Promise<Listening> {
  let stopped = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  const connect = async () => {
    const next = new pg.Client(pool.options);
    next.on('error', (error) => lost(error));
    next.on('end', () => lost(undefined));
    next.on('notification', ({ channel, payload }) => hear(ears, channel, payload ?? ''));
    await next.connect();
    for (const name of namesOf(ears)) await next.query(`listen ${channels[name]}`);
    client = next;
    onConnect?.();
  };
  const lost = (error: Error | undefined) => {
    if (stopped || timer) return;
    log.warn({ err: error }, 'lost the connection that listens; connecting again');
    client = undefined;
    timer = setTimeout(retry, retryMs);
  };
  const retry = () => {
    timer = undefined;
    connect().catch((error: Error) => lost(error));
  };

  await connect();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}

function namesOf(ears: Ears): Channel[] {
  return (Object.keys(channels) as Channel[]).filter((name) => ears[name]);
}

function hear(ears: Ears, channel: string, payload: string): void {
  const name = namesOf(ears).find((candidate) => channels[candidate] === channel);
  if (name) ears[name]?.(payload);
}
