import type { CurrencyCode } from '@plumbline/money';
import type { Ctx } from '../../platform/ctx.ts';
import { newId } from '../../platform/ids.ts';
import { account, type AccountRef } from './chart.ts';
import { proof } from './proof.ts';
import { post } from './service.ts';

/** The tables of the ledger that hold what was posted, for tests that commit. */
export const ledgerTables = [
  ...['ledger_account', 'ledger_balance', 'ledger_journal', 'ledger_transfer', 'ledger_folded_entry', 'ledger_pending'],
  ...['ledger_pending_end', 'ledger_reversal', 'ledger_snapshot', 'ledger_progress', 'ledger_seal'],
];

/** Money on an account, as if a card had paid it in. */
export async function funded(
  ctx: Ctx,
  credit: AccountRef,
  amountMinor: bigint,
  currency: CurrencyCode = 'GBP',
): Promise<void> {
  const transfers = [{ debit: account.pspClearing('stripe'), credit, amountMinor }];
  await post(ctx, { eventType: 'test.funded', idemKey: newId(), currency, transfers });
}

/** What of the proof does not hold. */
export const broken = async (ctx: Ctx): Promise<string[]> =>
  (await proof(ctx))
    .filter(({ holds }) => !holds)
    .map(({ check, currency, detail }) => `${check} ${currency ?? ''} ${detail}`);

/** The same with the message of a refusal in place of a throw. */
export async function outcomeOf(act: Promise<{ replayed: boolean }>): Promise<string> {
  try {
    return (await act).replayed ? 'replayed' : 'ok';
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('ledger.')) return error.message;
    throw error;
  }
}

/**
 * Folds or seals until so many journals are done. The safe horizon waits for every transaction that is open anywhere in the
 * cluster, also for those of tests that run beside this one.
 */
export async function untilDone(work: (ctx: Ctx) => Promise<number>, ctx: Ctx, journals: number): Promise<number> {
  const end = performance.now() + 100_000;
  let done = 0;
  while (done < journals && performance.now() < end) {
    done += await work(ctx);
    if (done < journals) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return done;
}
