import { scoreOf, weights } from '@plumbline/domain/ranking';
import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/errors.ts';
import type { JsonObject } from '../../platform/json.ts';
import { decodeResults, encodeResults, type KeptResult } from './record.ts';
import * as store from './store.ts';

/** An answer on its way into its table. */
interface Waiting {
  id: string;
  regionId: string;
  at: Date;
  marketBookings: number;
  query: string;
  results: Buffer;
}

/** Results of an answer whose inputs are kept. */
export const keptResults = 20;
export const keptDays = 30;
/** Waiting answers go out together, after this time or when there are so many; a crash loses at most these. */
const flushAfterMs = 1000;
const flushAt = 200;

interface Buffered {
  waiting: Waiting[];
  timer: NodeJS.Timeout | undefined;
}

const buffers = new WeakMap<object, Buffered>();

const bufferOf = ({ db }: Ctx): Buffered => {
  const key = db.around ?? db.pool;
  const known = buffers.get(key) ?? { waiting: [], timer: undefined };
  buffers.set(key, known);
  return known;
};

/**
 * Keeps an answer for a replay, off the request's path: it waits in memory and is written with others. The query holds
 * words and filters, never who asked.
 */
export function keepAnswer(
  ctx: Ctx,
  answer: { id: string; query: JsonObject; marketBookings: number; results: readonly KeptResult[] },
): void {
  const buffer = bufferOf(ctx);
  const { id, query, marketBookings, results } = answer;
  buffer.waiting.push({
    id,
    regionId: ctx.regionId,
    at: ctx.clock.now(),
    marketBookings,
    query: JSON.stringify(query),
    results: encodeResults(results.slice(0, keptResults)),
  });
  if (buffer.waiting.length >= flushAt) void flushQuietly(ctx);
  else buffer.timer ??= setTimeout(() => void flushQuietly(ctx), flushAfterMs).unref();
}

async function flushQuietly(ctx: Ctx): Promise<void> {
  try {
    await flushAnswers(ctx);
  } catch (error) {
    // Nothing depends on it but a later explanation.
    ctx.log.warn({ err: error }, 'answers of the search were not kept');
  }
}

/** Writes what waits, in one statement. */
export async function flushAnswers(ctx: Ctx): Promise<number> {
  const buffer = bufferOf(ctx);
  clearTimeout(buffer.timer);
  buffer.timer = undefined;
  const waiting = buffer.waiting.splice(0);
  if (waiting.length === 0) return 0;
  await store.keepAnswers.run(
    ctx,
    waiting.map(({ id }) => id),
    waiting.map(({ regionId }) => regionId),
    waiting.map(({ at }) => at),
    waiting.map(() => weights.version),
    waiting.map(({ marketBookings }) => String(marketBookings)),
    waiting.map(({ query }) => query),
    waiting.map(({ results }) => results),
  );
  return waiting.length;
}

/** A kept answer, ranked again by today's code with the recorded inputs. Refuses `access.not_found`. */
export async function replay(ctx: Ctx, searchId: string) {
  const row = (await store.answerById.first(ctx, ctx.regionId, searchId)) ?? refuse('access.not_found');
  const bookings = Number(row.market_bookings);
  const items = decodeResults(row.results).map((result) => ({ ...result, replayed: scoreOf(result.inputs, bookings) }));
  // Equal scores may stand in either order: that part is the viewer's, who is not kept.
  const isSame = items.every(
    ({ replayed }, index) => index === 0 || replayed <= (items[index - 1]?.replayed ?? Infinity),
  );
  return { row, items, isSame };
}

/** Forgets answers older than 30 days. */
export async function pruneAnswers(ctx: Ctx): Promise<number> {
  return store.dropAnswers.run(ctx, new Date(ctx.clock.now().getTime() - keptDays * 86_400_000));
}
