import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ctx } from '../ctx.ts';
import { statement } from '../db/statement.ts';
import { inTransaction } from '../db/transaction.ts';
import { isRefusal, refuse, Refusal } from '../errors.ts';
import { canonicalJson } from '../json.ts';
import type { LooseInput } from './module.ts';
import { problemText } from './problems.ts';

/** An answer as it was, or is being, given. */
export interface Answer {
  status: number;
  /** JSON text as it crosses the wire. */
  body: string;
  replayed: boolean;
}

interface Claim {
  scope: string;
  key: string;
  route: string;
  hash: Buffer;
}

interface StoredRow {
  request_hash: Buffer;
  state: 'started' | 'done';
  response_status: number | null;
  response_body: string | null;
}

/** For this long a claim that was committed on its own is believed to be at work; then a retry takes it over. */
const lockedMs = 60_000;

const tryLock = statement<{ mine: boolean }, [string]>(
  'platform.idemLock',
  'select pg_try_advisory_xact_lock(hashtextextended($1, 7)) as mine',
);
const insertClaim = statement<never, [string, string, string, string, Buffer, Date]>(
  'platform.idemClaim',
  `insert into idempotency (scope, key, route, region_id, request_hash, state, locked_until)
   values ($1, $2, $3, $4, $5, 'started', $6) on conflict (scope, key) do nothing`,
);
const takeOver = statement<never, [string, string, Date, Date]>(
  'platform.idemTakeOver',
  `update idempotency set locked_until = $4
   where scope = $1 and key = $2 and state = 'started' and locked_until < $3`,
);
const readClaim = statement<StoredRow, [string, string]>(
  'platform.idemRead',
  'select request_hash, state, response_status, response_body from idempotency where scope = $1 and key = $2',
);
const storeAnswer = statement<never, [string, string, number, string]>(
  'platform.idemStore',
  `update idempotency set state = 'done', response_status = $3, response_body = $4, locked_until = null
   where scope = $1 and key = $2`,
);
const release = statement<never, [string, string]>(
  'platform.idemRelease',
  `update idempotency set locked_until = '-infinity' where scope = $1 and key = $2 and state = 'started'`,
);

/** Visible ASCII, so that it can stand in a header; long enough for a UUID or two. */
const keyPattern = /^[\x21-\x7e]{8,200}$/;

/** What a caller's key claims. Refuses when there is none: a money write that cannot be repeated safely is not taken. */
export function claimOf(ctx: Ctx, request: FastifyRequest, route: string, input: LooseInput): Claim {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !keyPattern.test(key)) refuse('request.idempotency_key_missing');
  const scope = ctx.actor.kind === 'person' ? `person:${ctx.actor.personId}` : 'anonymous';
  const hash = createHash('sha256')
    .update(canonicalJson([route, input]))
    .digest();
  return { scope, key, route, hash };
}

/** The key as services see it: unique over all callers, so that nobody can meet another's key. */
export function serviceKey({ scope, key }: Claim): string {
  return createHash('sha256').update(`${scope}\n${key}`).digest('base64url');
}

/**
 * Claim, work and stored answer in one transaction: nothing can be lost between them, and a refusal leaves nothing.
 * For handlers that touch only our own database.
 */
export function runInside(ctx: Ctx, claim: Claim, work: (ctx: Ctx) => Promise<Answer>): Promise<Answer> {
  return inTransaction(ctx, async (inner) => {
    const { mine } = await tryLock.one(inner, `${claim.scope}\n${claim.key}`);
    if (!mine) refuse('request.idempotency_in_flight');
    const isNew = (await insert(inner, claim)) === 1;
    if (!isNew) return replay(await readClaim.one(inner, claim.scope, claim.key), claim);
    const answer = await work(inner);
    await storeAnswer.run(inner, claim.scope, claim.key, answer.status, answer.body);
    return answer;
  });
}

/**
 * The claim is committed before the work and the answer after it, for handlers that also call an outside service.
 * A refusal is an answer too and is replayed. When the process dies in between, a retry after a minute runs the
 * handler again with the same key.
 */
export async function runOutside(ctx: Ctx, claim: Claim, work: (ctx: Ctx) => Promise<Answer>): Promise<Answer> {
  if (!(await claimAlone(ctx, claim))) {
    const row = await readClaim.one(ctx, claim.scope, claim.key);
    return replay(row, claim);
  }
  try {
    const answer = await work(ctx);
    await storeAnswer.run(ctx, claim.scope, claim.key, answer.status, answer.body);
    return answer;
  } catch (error) {
    await storeRefusal(ctx, claim, error);
    throw error;
  }
}

async function claimAlone(ctx: Ctx, claim: Claim): Promise<boolean> {
  if ((await insert(ctx, claim)) === 1) return true;
  const row = await readClaim.one(ctx, claim.scope, claim.key);
  refuseOther(row, claim);
  const now = Date.now();
  return (await takeOver.run(ctx, claim.scope, claim.key, new Date(now), new Date(now + lockedMs))) === 1;
}

async function storeRefusal(ctx: Ctx, claim: Claim, error: unknown): Promise<void> {
  if (isRefusal(error) && error.status < 500) {
    await storeAnswer.run(ctx, claim.scope, claim.key, error.status, problemText(error, ctx.requestId));
  } else {
    await release.run(ctx, claim.scope, claim.key);
  }
}

function insert(ctx: Ctx, { scope, key, route, hash }: Claim): Promise<number> {
  return insertClaim.run(ctx, scope, key, route, ctx.regionId, hash, new Date(Date.now() + lockedMs));
}

function replay(row: StoredRow, claim: Claim): Answer {
  refuseOther(row, claim);
  if (row.response_status === null || row.response_body === null) refuse('request.idempotency_in_flight');
  return { status: row.response_status, body: row.response_body, replayed: true };
}

function refuseOther(row: StoredRow, claim: Claim): void {
  if (!row.request_hash.equals(claim.hash)) throw new Refusal('request.idempotency_key_reused');
}

/** Sends an answer that is already text. */
export function sendAnswer(reply: FastifyReply, { status, body, replayed }: Answer): FastifyReply {
  if (replayed) reply.header('idempotent-replayed', 'true');
  const type = status >= 400 ? 'application/problem+json; charset=utf-8' : 'application/json; charset=utf-8';
  return reply.code(status).type(type).send(body);
}
