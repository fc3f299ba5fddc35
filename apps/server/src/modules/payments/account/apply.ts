import type { Ctx } from '../../../platform/ctx.ts';
import { announceToProvider } from '../events.ts';
import type { Taken } from '../order/apply.ts';
import type { PspAccount } from '../psp/objects.ts';
import type { AccountRow } from '../tables.ts';
import { accountState } from '../payout/gate.ts';
import * as store from './store.ts';

export const organisationKey = 'plumbline_organisation';

/**
 * Brings an account to where it stands at the PSP. Another bank account is a new method of payout: it has to age before
 * it is paid to, and an old failure does not count against it. Runs in the caller's transaction.
 */
export async function applyAccount(ctx: Ctx, news: PspAccount): Promise<Taken> {
  const account = await find(ctx, news);
  if (!account) return 'unknown';
  const bankId = news.bank?.id ?? null;
  const isNewMethod = bankId !== null && bankId !== account.bank_id;
  const now = ctx.clock.now();
  await store.saveAccount.run(
    ctx,
    account.region_id,
    account.organisation_id,
    news.detailsSubmitted,
    news.payoutsEnabled,
    news.transfersActive,
    news.requirements,
    news.bank?.name ?? null,
    news.bank?.last4 ?? null,
    bankId,
    bankId === null ? null : isNewMethod ? now : account.method_since,
    isNewMethod ? false : account.method_failed,
    now,
  );
  const after = await store.accountOf.first(ctx, account.region_id, account.organisation_id);
  if (accountState(after) === accountState(account) && !isNewMethod) return 'superseded';
  await announceToProvider(ctx, 'payments.account_changed', account.organisation_id, { state: accountState(after) });
  return 'done';
}

async function find(ctx: Ctx, news: PspAccount): Promise<AccountRow | undefined> {
  const known = await store.lockAccountOfPsp.first(ctx, news.id);
  const organisationId = news.metadata[organisationKey];
  const regionId = news.metadata['plumbline_region'];
  if (known || !organisationId || !regionId) return known;
  // The PSP's message was faster than our own record of its answer.
  await store.accountMade.run(ctx, regionId, organisationId, news.id);
  return store.lockAccountOfPsp.first(ctx, news.id);
}
