import { Type } from 'typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { closed } from '@plumbline/contracts/common';
import { route } from '@plumbline/contracts/route';
import type { Ctx } from '../ctx.ts';
import { refuse } from '../errors.ts';
import { listen } from '../listen.ts';
import { createLiveHub, type LiveHub } from '../live-hub.ts';
import { openStreams, type Stream, type Streams } from './live-streams.ts';
import type { LiveTopic, Module } from './module.ts';
import type { ServerParts } from './server.ts';
import type { Sessions } from './session.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Where a stream has to begin that is to tell everything after now. */
    liveCursor(): string;
  }
}

const topic = Type.String({ pattern: '^[a-z_]+:[A-Za-z0-9-]{1,64}$', description: 'For example booking:<id>' });
const cursor = Type.String({ pattern: '^[0-9]{1,18}$' });

const liveRoute = route({
  name: 'platform.live',
  method: 'GET',
  path: '/v1/live',
  permission: 'session:own',
  summary: 'Hear of changes as they happen (server-sent events; resumes by Last-Event-ID)',
  query: closed({
    topic: Type.Array(topic, { minItems: 1, maxItems: 20 }),
    after: Type.Optional(Type.String({ ...cursor, description: 'Begin after this event instead of now' })),
  }),
  reply: Type.String({ description: 'text/event-stream with the events ready, change and reset' }),
});

type LiveQuery = { topic: string[]; after?: string };

/** How often a stream that stays open is asked again whether it still may. */
const recheckMs = 60_000;

/**
 * `GET /v1/live?topic=booking:<id>`: an event `change` with `{ topic, topics, type, key }` whenever an event with one of
 * the topics was dispatched. It says that something changed, not what: readers fetch by the ordinary routes. `ready`
 * comes first; `reset` instead of missed changes when the reader was away for too long.
 */
export async function installLive(app: FastifyInstance, parts: ServerParts, sessions: Sessions): Promise<void> {
  const hub = createLiveHub(parts);
  const streams = openStreams();
  app.decorate('liveCursor', () => String(hub.cursor));
  await hearNotifications(app, parts, { hub, streams, sessions });
  const may = admission(parts.modules);
  app.route({
    method: 'GET',
    url: liveRoute.path,
    schema: { querystring: liveRoute.query },
    config: { contract: liveRoute },
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const { topic: topics, after } = request.query as LiveQuery;
      await may(request.ctx, topics);
      const from = resumePoint(request, after);
      const stream = streams.open(request, reply, new Set(topics));
      stream.stillAllowed = () => stillAllowed(request, sessions, () => may(request.ctx, topics));
      await follow(hub, stream, from);
    },
  });
}

interface LiveParts {
  hub: LiveHub;
  streams: Streams;
  sessions: Sessions;
}

async function hearNotifications(
  app: FastifyInstance,
  { db, log }: ServerParts,
  { hub, streams, sessions }: LiveParts,
): Promise<void> {
  app.addHook('preClose', async () => streams.endAll());
  // Inside a test's transaction nothing is ever committed, so there is nothing to hear.
  if (db.around) return;
  await hub.start();
  const ears = await listen(
    db.pool,
    log,
    {
      live: () => void hub.pump(),
      session: (id) => {
        sessions.forget(id);
        void streams.recheck((actorIds) => actorIds.includes(id));
      },
    },
    () => {
      sessions.forgetAll();
      void hub.pump();
    },
  );
  const timer = setInterval(() => void streams.recheck(() => true), recheckMs);
  app.addHook('onClose', async () => {
    clearInterval(timer);
    await ears.stop();
  });
}

/** Refuses `access.not_found` for a topic that nobody serves or that the caller may not hear. */
function admission(modules: readonly Module[]): (ctx: Ctx, topics: readonly string[]) => Promise<void> {
  const rules = new Map<string, LiveTopic>();
  for (const rule of modules.flatMap((module) => module.liveTopics ?? [])) {
    if (rules.has(rule.prefix)) throw new Error(`two modules serve the live topic ${rule.prefix}`);
    rules.set(rule.prefix, rule);
  }
  return async (ctx, topics) => {
    for (const each of topics) {
      const [prefix = '', id = ''] = each.split(':', 2);
      if (!(await rules.get(prefix)?.may(ctx, id))) refuse('access.not_found', { topic: each });
    }
  };
}

/** A browser that reconnects says by a header where it stood; that is later than what the page said at first. */
function resumePoint(request: FastifyRequest, after: string | undefined): bigint | undefined {
  const header = request.headers['last-event-id'];
  const text = typeof header === 'string' && /^[0-9]{1,18}$/.test(header) ? header : after;
  return text === undefined ? undefined : BigInt(text);
}

async function follow(hub: LiveHub, stream: Stream, from: bigint | undefined): Promise<void> {
  // Added before the past is read: what is dispatched meanwhile waits in the stream and comes after it.
  hub.add(stream);
  stream.onEnd(() => hub.remove(stream));
  const begin = from ?? hub.cursor;
  const past = from === undefined ? [] : await hub.since(from, stream.topics);
  stream.begin(past === undefined ? hub.cursor : begin, past);
}

async function stillAllowed(
  request: FastifyRequest,
  sessions: Sessions,
  mayTopics: () => Promise<void>,
): Promise<boolean> {
  const actor = await sessions.of(request.ctx, request);
  if (!actor) return false;
  request.ctx = { ...request.ctx, actor };
  await mayTopics();
  return true;
}
