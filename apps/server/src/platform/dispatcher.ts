import type { Ctx } from './ctx.ts';
import { statement } from './db/statement.ts';
import { inTransaction } from './db/transaction.ts';
import type { JsonObject } from './json.ts';
import type { Event } from './outbox.ts';
import { enqueueAll, type TaskEnvelope } from './tasks.ts';
import { notify } from './wake.ts';

/** Names of the tasks to make for each type of event. */
export type ListenerIndex = ReadonlyMap<string, readonly string[]>;

interface OutboxRow {
  id: string;
  region_id: string;
  type: string;
  key: string;
  topics: string[];
  data: JsonObject;
  request_id: string;
  occurred_at: Date;
  seq: bigint;
}

const batchSize = 200;
/** Any number; only it has to be the same in every process. */
const dispatcherLock = 4_017_311_945n;

const tryLock = statement<{ mine: boolean }, [bigint]>(
  'platform.dispatcherLock',
  'select pg_try_advisory_xact_lock($1) as mine',
);
const takeBatch = statement<OutboxRow, [number]>(
  'platform.takeOutbox',
  `with batch as materialized (
     select id from outbox where seq is null order by recorded_at, id limit $1
   ), numbered as materialized (
     select id, nextval('outbox_seq') as seq from batch
   )
   update outbox o set seq = n.seq, dispatched_at = clock_timestamp() from numbered n where o.id = n.id
   returning o.id, o.region_id, o.type, o.key, o.topics, o.data, o.request_id, o.occurred_at, o.seq`,
);

/**
 * Hands out what has been announced: numbers the events and makes one task per listener, in one transaction, then
 * tells the live streams. One process at a time does it (advisory lock), so the numbers rise in the order in which
 * they become visible, and a stream that resumes after a number misses nothing. Returns how many events went out.
 */
export async function dispatchOutbox(base: Ctx, listeners: ListenerIndex): Promise<number> {
  for (let sent = 0; ;) {
    const rows = await inTransaction(base, (ctx) => dispatchBatch(ctx, listeners));
    sent += rows.length;
    const last = rows.at(-1);
    if (last && !base.db.around) await notify(base.db, 'live', String(last.seq));
    if (rows.length < batchSize) return sent;
  }
}

async function dispatchBatch(ctx: Ctx, listeners: ListenerIndex): Promise<OutboxRow[]> {
  const { mine } = await tryLock.one(ctx, dispatcherLock);
  if (!mine) return [];
  const rows = (await takeBatch.all(ctx, batchSize)).toSorted((a, b) => (a.seq < b.seq ? -1 : 1));
  const envelopes = rows.flatMap((row) => envelopesOf(row, listeners));
  if (envelopes.length > 0) await enqueueAll(ctx, envelopes);
  return rows;
}

function envelopesOf(row: OutboxRow, listeners: ListenerIndex): (TaskEnvelope & { key: string })[] {
  const data: JsonObject = {
    id: row.id,
    type: row.type,
    key: row.key,
    topics: row.topics,
    data: row.data,
    at: row.occurred_at.toISOString(),
  };
  return (listeners.get(row.type) ?? []).map((task) => ({
    task,
    key: row.id,
    regionId: row.region_id,
    requestId: row.request_id,
    data,
  }));
}

/** The event out of a listener's task. */
export function eventOf({ data, regionId, requestId }: TaskEnvelope): Event {
  const { id, type, key, topics, at } = data;
  return {
    id: String(id),
    type: String(type),
    key: String(key),
    topics: Array.isArray(topics) ? topics.map(String) : [],
    data: asObject(data['data']),
    regionId,
    requestId,
    at: new Date(String(at)),
  };
}

function asObject(value: JsonObject[string]): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
