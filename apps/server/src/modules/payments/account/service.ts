import { config } from '../../../platform/config.ts';
import { audit } from '../../../platform/audit.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { refuse } from '../../../platform/errors.ts';
import { marketOf } from '../market.ts';
import { PspRefused, PspUnknown } from '../psp/failure.ts';
import { accountById } from '../psp/find.ts';
import { enqueueCall, record } from '../psp/intent.ts';
import { perform } from '../psp/perform.ts';
import { onboardingUrl } from '../psp/write.ts';
import { waitingFor } from '../payout/gate.ts';
import { waitingSum } from '../payout/earnings.ts';
import { applyAccount } from './apply.ts';
import * as store from './store.ts';

/**
 * The address of the PSP's own pages on which a provider says who they are and where payouts go. Makes the account at the
 * PSP when there is none. Not inside a transaction. Refuses `payments.psp_unavailable`.
 */
export async function startOnboarding(ctx: Ctx, organisationId: string, returnPath: string): Promise<string> {
  const accountId = await accountFor(ctx, organisationId);
  const back = `${config().publicUrl}${returnPath}`;
  try {
    return await onboardingUrl(accountId, back, back);
  } catch (error) {
    if (error instanceof PspRefused || error instanceof PspUnknown) return unavailable(ctx, error);
    throw error;
  }
}

function unavailable(ctx: Ctx, error: Error): never {
  ctx.log.error({ err: error }, 'the PSP gave no address for onboarding');
  return refuse('payments.psp_unavailable');
}

async function accountFor(ctx: Ctx, organisationId: string): Promise<string> {
  const known = await store.accountOf.first(ctx, ctx.regionId, organisationId);
  if (known?.psp_account_id) return known.psp_account_id;
  const callId = await inTransaction(ctx, (inner) => intendAccount(inner, organisationId));
  await perform(ctx, callId);
  const made = await store.accountOf.first(ctx, ctx.regionId, organisationId);
  return made?.psp_account_id ?? refuse('payments.psp_unavailable');
}

async function intendAccount(ctx: Ctx, organisationId: string): Promise<string> {
  const { country } = await marketOf(ctx);
  await store.insertAccount.run(ctx, ctx.regionId, organisationId, ctx.clock.now());
  await audit(ctx, { act: 'payment_account.open', subject: `organisation:${organisationId}` });
  const callId = await record(ctx, {
    kind: 'account',
    dedupeKey: `account:${organisationId}`,
    subjectId: organisationId,
    params: { organisationId, country },
  });
  await enqueueCall(ctx, callId, 60);
  return callId;
}

/** Asks the PSP how an account stands. Not inside a transaction. */
export async function refreshAccount(ctx: Ctx, pspAccountId: string): Promise<void> {
  const news = await accountById(pspAccountId);
  await inTransaction(ctx, (inner) => applyAccount(inner, news));
}

/** Whether a provider could be paid, were there money; with the reason when not. */
export async function payability(ctx: Ctx, organisationId: string): Promise<{ payable: boolean; reason?: string }> {
  const { net } = await waitingSum.one(ctx, ctx.regionId, organisationId);
  const account = await store.accountOf.first(ctx, ctx.regionId, organisationId);
  const minimum = BigInt((await marketOf(ctx)).numbers.payout.minimumMinor);
  const waiting = await waitingFor(ctx, organisationId, net > minimum ? net : minimum);
  return waiting ? { payable: false, reason: waiting.reason } : { payable: account !== undefined };
}

/** Stops payouts to a provider until they are let go again (a risk decision). */
export async function freezePayouts(ctx: Ctx, organisationId: string, reason: string): Promise<void> {
  await store.setFrozen.run(ctx, ctx.regionId, organisationId, reason);
}

export async function unfreezePayouts(ctx: Ctx, organisationId: string): Promise<void> {
  await store.setFrozen.run(ctx, ctx.regionId, organisationId, null);
}
