import { statement } from '../../platform/db/statement.ts';
import type { Ctx } from '../../platform/ctx.ts';

/** One thing that must hold, and whether it does. */
export interface ProofRow {
  check: string;
  currency: string | null;
  holds: boolean;
  expected: bigint;
  found: bigint;
  /** The two figures, and the accounts that break it. */
  detail: string;
}

interface ProofDbRow {
  check_name: string;
  currency: string | null;
  expected: string;
  found: string;
  detail: string | null;
}

const proofRows = statement<ProofDbRow, [string]>(
  'ledger.proof',
  'select check_name, currency, expected, found, detail from ledger_proof($1)',
);

interface ChainRow {
  o_sealed: bigint;
  o_broken: bigint | null;
  o_unsealed: bigint;
}

const verifyChain = statement<ChainRow, [string]>(
  'ledger.verify',
  'select o_sealed, o_broken, o_unsealed from ledger_verify($1)',
);

/**
 * Proves the books of a region: debits equal credits per currency, every balance is the sum of its transfers and its last
 * entry, pending counters are the open pendings, snapshots are their entries, no floor is broken. Reads everything.
 */
export async function proof(ctx: Ctx): Promise<ProofRow[]> {
  const rows = await proofRows.all(ctx, ctx.regionId);
  return rows.map((row) => ({
    check: row.check_name,
    currency: row.currency,
    holds: row.expected === row.found,
    expected: BigInt(row.expected),
    found: BigInt(row.found),
    detail: `${row.found} of ${row.expected}${row.detail === null ? '' : `: ${row.detail}`}`,
  }));
}

export interface Verdict {
  intact: boolean;
  /** Links in the chain. */
  sealed: bigint;
  /** The first link that does not fit: a journal was changed, taken away or put in there. */
  brokenAt?: bigint;
  /** Journals that should have been sealed and are not: they were put in afterwards. */
  unsealed: bigint;
}

/** Recomputes the hash chain of the region from its first journal. */
export async function verify(ctx: Ctx): Promise<Verdict> {
  const row = await verifyChain.one(ctx, ctx.regionId);
  return {
    intact: row.o_broken === null && row.o_unsealed === 0n,
    sealed: row.o_sealed,
    ...(row.o_broken !== null && { brokenAt: row.o_broken }),
    unsealed: row.o_unsealed,
  };
}
