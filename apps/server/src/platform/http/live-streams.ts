import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Change, Subscriber } from '../live-hub.ts';

/** One open connection of server-sent events. */
export interface Stream extends Subscriber {
  /** Who listens: the ids of the session and of the person. */
  actorIds: readonly string[];
  stillAllowed: () => Promise<boolean>;
  /** Says `ready`, then what was missed (or `reset` when that is not known), then what came meanwhile. */
  begin(cursor: bigint, past: Change[] | undefined): void;
  onEnd(hook: () => void): void;
  beat(): void;
  end(): void;
}

export interface Streams {
  open(request: FastifyRequest, reply: FastifyReply, topics: ReadonlySet<string>): Stream;
  /** Asks these streams again whether they may; ends those that may not. */
  recheck(which: (actorIds: readonly string[]) => boolean): Promise<void>;
  endAll(): void;
}

const beatMs = 15_000;
const mostPerSession = 10;
/** A reader who leaves this much unread is cut off; it comes back by its last number. */
const mostUnread = 262_144;

export function openStreams(): Streams {
  const all = new Set<Stream>();
  let timer: NodeJS.Timeout | undefined;
  const beat = () => {
    for (const stream of all) stream.beat();
  };
  return {
    open(request, reply, topics) {
      const stream = openStream(request, reply, topics);
      endOldest(all, stream);
      all.add(stream);
      timer ??= setInterval(beat, beatMs).unref();
      stream.onEnd(() => all.delete(stream));
      return stream;
    },
    async recheck(which) {
      for (const stream of [...all].filter(({ actorIds }) => which(actorIds))) {
        // A refusal is a no; so is a database that cannot tell: the reader comes back and is asked again.
        const may = await stream.stillAllowed().catch(() => false);
        if (!may) stream.end();
      }
    },
    endAll() {
      clearInterval(timer);
      for (const stream of all) stream.end();
    },
  };
}

/** A browser that leaks connections loses its own oldest, not other people's. */
function endOldest(all: Set<Stream>, { actorIds }: Stream): void {
  const same = [...all].filter((stream) => stream.actorIds[0] === actorIds[0]);
  if (same.length >= mostPerSession) same[0]?.end();
}

function openStream(request: FastifyRequest, reply: FastifyReply, topics: ReadonlySet<string>): Stream {
  const { raw } = reply;
  const { actor } = request.ctx;
  const endHooks: (() => void)[] = [];
  let waiting: Change[] | undefined = [];
  let sent = 0n;

  reply.hijack();
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // Proxies of the nginx kind would hold events back.
    'x-accel-buffering': 'no',
  });
  raw.once('close', () => endHooks.forEach((hook) => hook()));

  const write = (text: string) => {
    if (raw.writableEnded || raw.destroyed) return;
    raw.write(text);
    if (raw.writableLength > mostUnread) raw.destroy();
  };
  const tell = (change: Change) => {
    if (change.seq <= sent) return;
    sent = change.seq;
    write(eventText('change', change.seq, dataOf(change, topics)));
  };

  return {
    topics,
    actorIds: actor.kind === 'person' ? [actor.sessionId, actor.personId] : [],
    stillAllowed: async () => true,
    take: (change) => (waiting ? waiting.push(change) : tell(change)),
    begin(cursor, past) {
      sent = cursor;
      write(`retry: 2000\n${eventText(past ? 'ready' : 'reset', cursor, {})}`);
      past?.forEach(tell);
      const meanwhile = waiting ?? [];
      waiting = undefined;
      meanwhile.forEach(tell);
    },
    onEnd: (hook) => endHooks.push(hook),
    beat: () => write(': still here\n\n'),
    end: () => raw.end(),
  };
}

/** Only topics that the reader asked for, and was admitted to, are named. */
function dataOf({ type, key, topics }: Change, asked: ReadonlySet<string>): Record<string, unknown> {
  const heard = topics.filter((topic) => asked.has(topic));
  return { topic: heard[0], topics: heard, type, key };
}

function eventText(event: string, id: bigint, data: Record<string, unknown>): string {
  return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
