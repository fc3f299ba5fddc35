import { config } from '../../../platform/config.ts';
import { systemCtx, type Ctx } from '../../../platform/ctx.ts';
import { enqueue } from '../../../platform/tasks.ts';
import * as identity from '../../identity/index.ts';
import * as zones from '../../zones/index.ts';
import { pspSettings } from '../psp/client.ts';
import { refreshAccount, startOnboarding } from './service.ts';
import * as store from './store.ts';

/** In a demo the providers of the seeded market have been paid before: their accounts at the sandbox are complete and old. */

export const openDemoAccountsTask = 'payments.open_demo_accounts';
export const openDemoAccountTask = 'payments.open_demo_account';

const month = 30 * 86_400_000;

/** Seeds: the market is not founded yet at this point and the PSP is never called while seeding, so a task does it. */
export async function seedAccounts(ctx: Ctx): Promise<void> {
  await enqueue(ctx, openDemoAccountsTask, {}, { key: 'all' });
}

/** Task: one task for each provider of every market, oldest first. */
export async function openDemoAccounts(ctx: Ctx): Promise<void> {
  for (const regionId of await zones.regionIds(ctx)) {
    const own = systemCtx(ctx, 'payments.demo', regionId);
    for (const organisationId of await identity.providerOrganisationIds(own)) {
      await enqueue(own, openDemoAccountTask, { organisationId }, { key: organisationId });
    }
  }
}

/** Numbers that the sandbox's bank takes: a sort code goes with the British one, the others are IBANs. */
const banks: Record<string, string> = { gb: '00012345', ie: 'IE29AIBK93115212345678', ae: 'AE070331234567890123456' };

/** Task: opens a provider's account and fills the sandbox's page in, as they once did themselves. */
export async function openDemoAccount(ctx: Ctx, organisationId: string): Promise<void> {
  if (!config().demo || !pspSettings().apiUrl) return;
  const known = await store.accountOf.first(ctx, ctx.regionId, organisationId);
  if (known?.payouts_enabled) return;
  const [organisation] = await identity.organisationsByIds(ctx, [organisationId]);
  if (!organisation) return;
  // Only here: nothing of the sandbox is loaded where there is none.
  const { finishOnboarding } = await import('@plumbline/sandbox/testing');
  const url = await startOnboarding(ctx, organisationId, '/');
  const outcome = await finishOnboarding(url, { name: organisation.name, account: banks[ctx.regionId] ?? '00012345' });
  if (outcome.kind !== 'returned') throw new Error(`the sandbox refused the onboarding of ${organisation.name}`);
  const account = await store.accountOf.one(ctx, ctx.regionId, organisationId);
  if (account.psp_account_id) await refreshAccount(ctx, account.psp_account_id);
  await store.ageMethod.run(ctx, ctx.regionId, organisationId, new Date(ctx.clock.now().getTime() - month));
}
