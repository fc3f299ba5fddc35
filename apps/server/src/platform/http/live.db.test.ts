import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import type { Ctx, PersonActor } from '../ctx.ts';
import { inTransaction } from '../db/transaction.ts';
import { dispatchOutbox } from '../dispatcher.ts';
import { emit } from '../outbox.ts';
import { dbTest } from '../testing.ts';
import { defineModule } from './module.ts';
import { buildActor, serverOf } from './probe.fixtures.ts';
import { sessionChanged } from './session.ts';

const t = dbTest();

const actor = buildActor();
let sessions: Map<string, PersonActor>;
const probe = defineModule({
  name: 'probe',
  authenticate: async (_ctx, token) => sessions.get(token),
  liveTopics: [{ prefix: 'probe', may: async (_ctx, id) => id.startsWith('mine') }],
});

let app: FastifyInstance;
let streams: Reader[];
beforeEach(async () => {
  t.truncateAfter('outbox');
  sessions = new Map([['good', actor]]);
  streams = [];
  app = await serverOf(t.commitCtx(), [probe]);
  await app.listen({ port: 0, host: '127.0.0.1' });
});
afterEach(async () => {
  for (const stream of streams) stream.leave();
  await app.close();
});

interface Message {
  id: string;
  event: string;
  data: Record<string, unknown>;
}

interface Reader {
  status: number;
  /** The next message; fails when none comes within 5 s. */
  next(): Promise<Message>;
  /** Resolves when the server has ended the stream. */
  ended: Promise<void>;
  leave(): void;
}

function addressOf(query: string): string {
  const { port } = app.server.address() as AddressInfo;
  return `http://127.0.0.1:${port}/v1/live?${query}`;
}

async function open(query: string, headers: Record<string, string> = {}): Promise<Reader> {
  const abort = new AbortController();
  const response = await fetch(addressOf(query), { headers: { cookie: 'sid=good', ...headers }, signal: abort.signal });
  const waiting: ((message: Message) => void)[] = [];
  const come: Message[] = [];
  const ended = read(response, (message) => {
    const receiver = waiting.shift();
    if (receiver) receiver(message);
    else come.push(message);
  });
  const reader: Reader = {
    status: response.status,
    ended,
    leave: () => abort.abort(),
    next: () =>
      new Promise((resolve, reject) => {
        const first = come.shift();
        if (first) return resolve(first);
        const timer = setTimeout(() => reject(new Error('nothing came within 5 s')), 5000);
        waiting.push((message) => {
          clearTimeout(timer);
          resolve(message);
        });
      }),
  };
  streams.push(reader);
  return reader;
}

async function read(response: Response, take: (message: Message) => void): Promise<void> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      parts.filter((part) => part.includes('data: ')).forEach((part) => take(messageOf(part)));
    }
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
  }
}

function messageOf(text: string): Message {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? '';
  return { id: field('id'), event: field('event'), data: JSON.parse(field('data')) as Record<string, unknown> };
}

async function announce(key: string, topics: string[], ctx: Ctx = t.commitCtx()): Promise<void> {
  await inTransaction(ctx, (inner) => emit(inner, { type: 'probe.changed', key, topics, data: { secret: 'inside' } }));
  await dispatchOutbox(ctx, new Map());
}

describe('a live stream', () => {
  it('tells what changed on its topics, and nothing of others', async () => {
    const stream = await open('topic=probe:mine-1&topic=probe:mine-2');
    expect((await stream.next()).event).toBe('ready');
    await announce('a', ['probe:theirs']);
    await announce('b', ['probe:mine-2', 'person:somebody']);
    const { event, data } = await stream.next();
    expect(event).toBe('change');
    expect(data).toEqual({ topic: 'probe:mine-2', topics: ['probe:mine-2'], type: 'probe.changed', key: 'b' });
  });

  it('resumes after the last event that the reader has seen', async () => {
    const first = await open('topic=probe:mine');
    await first.next();
    await announce('a', ['probe:mine']);
    const seen = await first.next();
    first.leave();
    await announce('b', ['probe:mine']);
    await announce('c', ['probe:other']);
    await announce('d', ['probe:mine']);
    const second = await open('topic=probe:mine', { 'last-event-id': seen.id });
    const came = [await second.next(), await second.next(), await second.next()];
    expect(came.map(({ event, data }) => `${event} ${String(data['key'] ?? '')}`)).toEqual([
      'ready ',
      'change b',
      'change d',
    ]);
    await announce('e', ['probe:mine']);
    expect((await second.next()).data['key']).toBe('e');
  });

  it('can begin where a page stood when it was made', async () => {
    const cursor = app.liveCursor();
    await announce('a', ['probe:mine']);
    const stream = await open(`topic=probe:mine&after=${cursor}`);
    await stream.next();
    expect((await stream.next()).data['key']).toBe('a');
  });

  it('says that it starts anew when the past is not known', async () => {
    const stream = await open('topic=probe:mine', { 'last-event-id': '999999999999' });
    expect((await stream.next()).event).toBe('reset');
  });

  it('is for those who may hear the topic', async () => {
    const codes = [
      await open('topic=probe:theirs'),
      await open('topic=nothing:mine'),
      await open('topic=probe:mine', { cookie: '' }),
      await open('topic=Bad%20topic'),
      await open(''),
    ].map(({ status }) => status);
    expect(codes).toEqual([404, 404, 401, 422, 422]);
  });

  it('ends with the session', async () => {
    const stream = await open('topic=probe:mine');
    await stream.next();
    sessions.clear();
    await sessionChanged(t.commitCtx().db, actor.sessionId);
    await expect(stream.ended).resolves.toBeUndefined();
  });

  it('goes on when the session changed and still may', async () => {
    const stream = await open('topic=probe:mine');
    await stream.next();
    await sessionChanged(t.commitCtx().db, actor.personId);
    await announce('a', ['probe:mine']);
    expect((await stream.next()).data['key']).toBe('a');
  });

  it('lets the server close', async () => {
    const stream = await open('topic=probe:mine');
    await stream.next();
    await app.close();
    await expect(stream.ended).resolves.toBeUndefined();
  });
});
