import type { Ctx } from './ctx.ts';
import { statement } from './db/statement.ts';

/** A dispatched event as a live stream tells it: what changed, never the data themselves. */
export interface Change {
  seq: bigint;
  type: string;
  key: string;
  topics: string[];
}

export interface Subscriber {
  topics: ReadonlySet<string>;
  take(change: Change): void;
}

const batchSize = 500;

const newest = statement<{ seq: bigint }>('platform.liveNewest', 'select coalesce(max(seq), 0) as seq from outbox');
const after = statement<Change, [bigint, number]>(
  'platform.liveAfter',
  `select seq, type, key, topics from outbox where seq > $1 and topics <> '{}' order by seq limit $2`,
);
const missed = statement<Change, [bigint, string[], number]>(
  'platform.liveMissed',
  'select seq, type, key, topics from outbox where seq > $1 and topics && $2 order by seq limit $3',
);

/** A stream that was away for more than this many events starts anew instead of catching up. */
const farBehind = 10_000n;

/** Hands dispatched events to the streams of one API process: one query per burst, whatever the number of streams. */
export interface LiveHub {
  /** Sequence number up to which the streams have been told. */
  readonly cursor: bigint;
  /** Starts from the newest event; also after the connection that listens was lost, then from where it stood. */
  start(): Promise<void>;
  /** Reads what was dispatched since the last time and hands it out. */
  pump(): Promise<void>;
  add(subscriber: Subscriber): void;
  remove(subscriber: Subscriber): void;
  /** What a stream with these topics has missed since a number; undefined when that is too long ago to tell. */
  since(seq: bigint, topics: ReadonlySet<string>): Promise<Change[] | undefined>;
}

export function createLiveHub(ctx: Pick<Ctx, 'db' | 'log'>): LiveHub {
  const byTopic = new Map<string, Set<Subscriber>>();
  let cursor = 0n;
  let running: Promise<void> | undefined;
  let again = false;

  const handOut = (change: Change) => {
    const receivers = new Set(change.topics.flatMap((topic) => [...(byTopic.get(topic) ?? [])]));
    for (const receiver of receivers) receiver.take(change);
  };
  const readOn = async () => {
    do {
      again = false;
      const changes = await after.all(ctx, cursor, batchSize);
      changes.forEach(handOut);
      cursor = changes.at(-1)?.seq ?? cursor;
      again ||= changes.length === batchSize;
    } while (again);
  };

  const pump = () => {
    again = true;
    running ??= readOn()
      .catch((error: unknown) => ctx.log.error({ err: error }, 'the live streams could not be told'))
      .finally(() => {
        running = undefined;
      });
    return running;
  };

  return {
    pump,
    get cursor() {
      return cursor;
    },
    async start() {
      cursor = (await newest.one(ctx)).seq;
    },
    add(subscriber) {
      for (const topic of subscriber.topics) {
        const receivers = byTopic.get(topic) ?? new Set();
        byTopic.set(topic, receivers.add(subscriber));
      }
    },
    remove(subscriber) {
      for (const topic of subscriber.topics) {
        const receivers = byTopic.get(topic);
        receivers?.delete(subscriber);
        if (receivers?.size === 0) byTopic.delete(topic);
      }
    },
    async since(seq, topics) {
      // Another process, to which the reader was connected before, may have been quicker.
      if (seq > cursor) await pump();
      if (seq > cursor || cursor - seq > farBehind) return undefined;
      const changes = await missed.all(ctx, seq, [...topics], batchSize);
      return changes.length < batchSize ? changes : undefined;
    },
  };
}
