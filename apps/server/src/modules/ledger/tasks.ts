import { systemCtx, type Ctx } from '../../platform/ctx.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { statement, type Statement } from '../../platform/db/statement.ts';
import { proof, verify } from './proof.ts';

interface Done {
  done: number;
}

const foldNext = statement<Done, [string, number]>('ledger.fold', 'select ledger_fold($1, $2) as done');
const sealNext = statement<Done, [string, number]>('ledger.seal', 'select ledger_seal_journals($1, $2) as done');

/** Short transactions: the fold's lock is held by nobody else, but a long one would hold back every horizon. */
const journalsAtOnce = 2_000;

/** Brings the balances of recording accounts up to what can no longer change. Answers how many journals it took in. */
export const fold = (ctx: Ctx): Promise<number> => untilDone(ctx, foldNext);

/** Continues the hash chain over the journals of the region. Answers how many it sealed. */
export const seal = (ctx: Ctx): Promise<number> => untilDone(ctx, sealNext);

async function untilDone(ctx: Ctx, next: Statement<Done, [string, number]>): Promise<number> {
  let total = 0;
  let done: number;
  do {
    done = (await inTransaction(ctx, (inner) => next.one(inner, ctx.regionId, journalsAtOnce))).done;
    total += done;
  } while (done > 0);
  return total;
}

/** The nightly proof: fails, and so is seen by those on duty, when the books or their chain do not hold. */
export async function prove(ctx: Ctx): Promise<void> {
  const broken = (await proof(ctx)).filter((row) => !row.holds);
  const chain = await verify(ctx);
  if (broken.length === 0 && chain.intact) return;
  const found = broken.map((row) => `${row.check} ${row.currency ?? ''} ${row.detail}`);
  const link = chain.intact ? [] : [`chain broken at ${chain.brokenAt ?? 'an unsealed journal'}`];
  throw new Error(`the ledger of ${ctx.regionId} does not hold: ${[...found, ...link].join('; ')}`);
}

/** The regions that have postings, by skipping along the index instead of reading it. */
const regionsWithJournals = statement<{ region_id: string }>(
  'ledger.regions',
  `with recursive seen as (
     select min(region_id) as region_id from ledger_journal
     union all
     select (select min(j.region_id) from ledger_journal j where j.region_id > r.region_id) from seen r
     where r.region_id is not null)
   select region_id from seen where region_id is not null`,
);

/** A task of the schedule does its work in every region. */
export const inEveryRegion = (work: (ctx: Ctx) => Promise<unknown>) => async (ctx: Ctx) => {
  for (const { region_id } of await regionsWithJournals.all(ctx)) await work(systemCtx(ctx, 'ledger', region_id));
};
