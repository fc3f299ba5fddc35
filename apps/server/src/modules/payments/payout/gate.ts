import { payoutGate, type PayoutFacts, type Waiting } from '@plumbline/domain/payout';
import type { Ctx } from '../../../platform/ctx.ts';
import * as trust from '../../trust/index.ts';
import { accountOf } from '../account/store.ts';
import { marketOf, type Market } from '../market.ts';
import type { AccountRow } from '../tables.ts';

/** What the gates look at. */
export type GateAccount = Pick<
  AccountRow,
  | 'psp_account_id'
  | 'payouts_enabled'
  | 'transfers_active'
  | 'bank_id'
  | 'method_since'
  | 'method_failed'
  | 'frozen_reason'
>;

/** Why this much would not be paid out now; undefined when it would. */
export async function waitingFor(ctx: Ctx, organisationId: string, payableMinor: bigint): Promise<Waiting | undefined> {
  const account = await accountOf.first(ctx, ctx.regionId, organisationId);
  return gateOf(ctx, await marketOf(ctx), organisationId, account, payableMinor);
}

/** The same for a caller that has the account, locked. */
export async function gateOf(
  ctx: Ctx,
  { numbers }: Market,
  organisationId: string,
  account: GateAccount | undefined,
  payableMinor: bigint,
): Promise<Waiting | undefined> {
  const { mayPublish } = await trust.gateOf(ctx, organisationId);
  const facts: PayoutFacts = {
    payableMinor,
    minimumMinor: BigInt(numbers.payout.minimumMinor),
    account: accountState(account),
    verified: mayPublish,
    frozen: Boolean(account?.frozen_reason),
    methodFailed: account?.method_failed ?? false,
    ...(account?.method_since && { methodSince: account.method_since }),
    methodAgeHours: numbers.payout.methodAgeHours,
    now: ctx.clock.now(),
  };
  return payoutGate(facts);
}

export function accountState(account: GateAccount | undefined): 'missing' | 'incomplete' | 'ready' {
  if (!account?.psp_account_id) return 'missing';
  return account.payouts_enabled && account.transfers_active && account.bank_id ? 'ready' : 'incomplete';
}
