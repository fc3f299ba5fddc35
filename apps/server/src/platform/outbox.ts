import type { Ctx } from './ctx.ts';
import { statement } from './db/statement.ts';
import { afterCommit } from './db/transaction.ts';
import { newId } from './ids.ts';
import type { JsonObject } from './json.ts';
import { wake } from './wake.ts';

/** What a module announces. */
export interface NewEvent {
  /** `booking.confirmed` */
  type: string;
  /** Id of the thing that it happened to. */
  key: string;
  /** Whose live streams hear of it: `booking:<id>`, `person:<id>`, `organisation:<id>`. */
  topics?: string[];
  data: JsonObject;
}

/** An event as a listener gets it. */
export interface Event extends Required<NewEvent> {
  id: string;
  regionId: string;
  requestId: string;
  /** Business time at which it happened. */
  at: Date;
}

type Row = [string, string, string, string, string[], string, string, Date];

const insertEvent = statement<never, Row>(
  'platform.emit',
  `insert into outbox (id, region_id, type, key, topics, data, request_id, occurred_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);

/**
 * Announces an event in the transaction in which it happened; it leaves only if that commits. The dispatcher then
 * makes one task per listener and tells the live streams.
 */
export async function emit(ctx: Ctx, { type, key, topics = [], data }: NewEvent): Promise<void> {
  const row: Row = [newId(), ctx.regionId, type, key, topics, JSON.stringify(data), ctx.requestId, ctx.clock.now()];
  await insertEvent.run(ctx, ...row);
  afterCommit(ctx, () => wake(ctx.db, 'outbox'));
}
