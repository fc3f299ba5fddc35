import { accountOfCall } from '../psp/find.ts';
import type { PspAccount } from '../psp/objects.ts';
import { defineCall } from '../psp/spec.ts';
import { createAccount } from '../psp/write.ts';
import { objectOf } from '../wire.ts';
import { applyAccount, organisationKey } from './apply.ts';
import { accountMade } from './store.ts';

interface AccountParams {
  organisationId: string;
  country: string;
}

/** Makes a provider's account at the PSP. */
export const accountCall = defineCall<AccountParams, PspAccount>({
  post: (call, { organisationId, country }, key) =>
    createAccount(key, country, { ...objectOf(call), [organisationKey]: organisationId }),
  ask: (call) => accountOfCall(call.id, call),
  idOf: ({ id }) => id,
  done: async (ctx, call, { organisationId }, account) => {
    await accountMade.run(ctx, call.region_id, organisationId, account.id);
    await applyAccount(ctx, account);
  },
  refused: async (ctx, call, { organisationId }, refusal) => {
    ctx.log.error({ callId: call.id, organisationId, err: refusal }, 'the PSP refuses to make an account');
  },
});
