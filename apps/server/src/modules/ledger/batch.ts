import type { Ctx } from '../../platform/ctx.ts';
import { attempt, inTransaction } from '../../platform/db/transaction.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Posted, Posting } from './posting.ts';
import { isRefusalCode, type LedgerRefusal } from './refusals.ts';
import { post } from './service.ts';

export type BatchOutcome =
  | ({ ok: true } & Posted)
  | { ok: false; refusal: LedgerRefusal; data: Record<string, unknown> };

/**
 * Posts many events in one transaction, in their order, each with an outcome of its own: one that is refused does not
 * fail its neighbours.
 */
export function postBatch(ctx: Ctx, postings: readonly Posting[]): Promise<BatchOutcome[]> {
  return inTransaction(ctx, async (inner) => {
    const outcomes: BatchOutcome[] = [];
    for (const posting of postings) outcomes.push(await outcomeOf(inner, posting));
    return outcomes;
  });
}

async function outcomeOf(ctx: Ctx, posting: Posting): Promise<BatchOutcome> {
  try {
    return { ok: true, ...(await attempt(ctx, (inner) => post(inner, posting))) };
  } catch (error) {
    if (error instanceof Refusal && isRefusalCode(error.code)) {
      return { ok: false, refusal: error.code, data: error.data };
    }
    throw error;
  }
}
