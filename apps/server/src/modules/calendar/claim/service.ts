import { attempt, inTransaction } from '../../../platform/db/transaction.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { isRefusal, pgCode, refuse } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { announce } from '../events.ts';
import * as store from './store.ts';

export interface Range {
  from: Date;
  to: Date;
}

export interface NewClaim {
  /** A person, a crew or a tool. */
  resourceId: string;
  /** Half-open, buffers included. */
  during: Range;
  /** What it is for; `kind` and id of the owner's own row. */
  subject: { kind: string; id: string };
  /** How the owner's calendar calls it; never who the customer is. */
  label: string;
  /** While the payment is awaited; without it the time is taken at once. */
  holdUntil?: Date;
}

/**
 * Takes a piece of time, of a crew together with that of its members. Refuses `calendar.slot_taken` (data: resourceId)
 * when somebody has any of it; then nothing is taken and the caller's transaction may go on. Answers the claim's id.
 */
export async function claim(ctx: Ctx, wanted: NewClaim): Promise<string> {
  return inTransaction(ctx, async (ctx) => {
    for (let unit = 0, capacity = 1; unit < capacity; unit += 1) {
      const claimId = newId();
      const found = await insertAll(ctx, wanted, claimId, unit);
      capacity = found.capacity;
      if (found.written === found.family.length) {
        await announce(ctx, [...found.family, ...found.crews]);
        return claimId;
      }
      if (found.written > 0) await store.remove.run(ctx, ctx.regionId, claimId);
    }
    return refuse('calendar.slot_taken', { resourceId: wanted.resourceId });
  });
}

/** The first of these resources that is free gets it. Refuses `calendar.slot_taken` when none is. */
export async function claimAny(
  ctx: Ctx,
  wanted: Omit<NewClaim, 'resourceId'>,
  resourceIds: readonly string[],
): Promise<{ claimId: string; resourceId: string }> {
  return inTransaction(ctx, async (ctx) => {
    for (const resourceId of resourceIds) {
      const claimId = await unlessTaken(() => claim(ctx, { ...wanted, resourceId }));
      if (claimId) return { claimId, resourceId };
    }
    return refuse('calendar.slot_taken');
  });
}

async function unlessTaken<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (isRefusal(error, 'calendar.slot_taken')) return undefined;
    throw error;
  }
}

function insertAll(ctx: Ctx, wanted: NewClaim, claimId: string, unit: number): Promise<store.ClaimedRow> {
  const { resourceId, during, subject, label, holdUntil } = wanted;
  return store.insert.one(
    ctx,
    ctx.regionId,
    claimId,
    resourceId,
    unit,
    during.from,
    during.to,
    holdUntil ? 'held' : 'taken',
    holdUntil ?? null,
    subject.kind,
    subject.id,
    label,
    ctx.clock.now(),
  );
}

/** The payment is there: a held claim becomes a taken one. Nothing happens to one that is taken already. */
export async function take(ctx: Ctx, claimId: string): Promise<void> {
  await store.setState.run(ctx, ctx.regionId, claimId, ['held'], 'taken', null);
}

/**
 * Makes sure that the claim stands and is taken, also when it had been freed. Refuses `calendar.slot_taken` when
 * somebody else has the time by now; the caller's transaction may go on.
 */
export async function reclaim(ctx: Ctx, claimId: string): Promise<void> {
  await arbitrated(ctx, async (ctx) => {
    const changed = await store.setState.all(ctx, ctx.regionId, claimId, ['held', 'freed'], 'taken', null);
    await announceRows(ctx, changed);
  });
}

/** Gives the time back. Nothing happens when it was given back already. */
export async function free(ctx: Ctx, claimId: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await announceRows(ctx, await store.setState.all(ctx, ctx.regionId, claimId, ['held', 'taken'], 'freed', null));
  });
}

/** The same claim at another time. Refuses `calendar.slot_taken`; then it stays where it was. */
export async function move(ctx: Ctx, claimId: string, to: Range): Promise<void> {
  await arbitrated(ctx, async (ctx) => {
    await announceRows(ctx, await store.setRange.all(ctx, ctx.regionId, claimId, to.from, to.to));
  });
}

/** Updates meet the constraint as SQLSTATE 23P01, which undoes this part of the transaction alone. */
async function arbitrated(ctx: Ctx, change: (ctx: Ctx) => Promise<void>): Promise<void> {
  try {
    await attempt(ctx, change);
  } catch (error) {
    if (pgCode(error) === '23P01') refuse('calendar.slot_taken');
    throw error;
  }
}

async function announceRows(ctx: Ctx, rows: readonly { resource_id: string }[]): Promise<void> {
  if (rows.length > 0)
    await announce(
      ctx,
      rows.map((row) => row.resource_id),
    );
}
