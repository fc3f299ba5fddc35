import { systemCtx, type Ctx } from '../../platform/ctx.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { JsonObject } from '../../platform/json.ts';
import { enqueue } from '../../platform/tasks.ts';
import { openDemoAccount } from './account/demo.ts';
import { refreshAccount } from './account/service.ts';
import { unfinishedAccounts } from './account/store.ts';
import { closeOpenCheckouts } from './checkout/service.ts';
import { applyPayout } from './payout/apply.ts';
import { runPayouts } from './payout/run.ts';
import { overduePayouts } from './payout/store.ts';
import { payoutById, refundById } from './psp/find.ts';
import { enqueueCall } from './psp/intent.ts';
import { perform } from './psp/perform.ts';
import { staleCalls } from './psp/store.ts';
import { applyRefund } from './refund/apply.ts';
import { silentRefunds } from './refund/store.ts';
import { processWebhook } from './webhook/process.ts';
import { webhookTask } from './webhook/receive.ts';
import { idleWebhooks } from './webhook/store.ts';

const text = (data: JsonObject, name: string): string => {
  const value = data[name];
  if (typeof value !== 'string') throw new Error(`the task lacks ${name}`);
  return value;
};

export const call = async (ctx: Ctx, data: JsonObject): Promise<void> => {
  const { region_id } = await perform(ctx, text(data, 'callId'));
  ctx.log.debug({ callId: data['callId'], regionId: region_id }, 'call to the PSP');
};

export const webhook = (ctx: Ctx, data: JsonObject): Promise<void> => processWebhook(ctx, text(data, 'webhookId'));

export const demoAccount = (ctx: Ctx, data: JsonObject): Promise<void> =>
  openDemoAccount(ctx, text(data, 'organisationId'));

export const closeCheckouts = (ctx: Ctx, data: JsonObject): Promise<void> =>
  closeOpenCheckouts(ctx, text(data, 'orderId'));

export const payoutRun = async (ctx: Ctx, data: JsonObject): Promise<void> => {
  const result = await runPayouts(systemCtx(ctx, 'payments.payout_run', text(data, 'regionId')));
  ctx.log.info({ ...result, amountMinor: result.amountMinor.toString() }, 'payout run');
};

/** The janitor: takes up calls and messages whose task is lost. What it queues asks the PSP before it does anything. */
export async function janitor(ctx: Ctx): Promise<void> {
  for (const { id, region_id } of await staleCalls.all(ctx)) {
    await enqueueCall(systemCtx(ctx, 'payments.janitor', region_id), id);
  }
  for (const { id, region_id } of await idleWebhooks.all(ctx)) {
    await enqueue(systemCtx(ctx, 'payments.janitor', region_id), webhookTask, { webhookId: id }, { key: id });
  }
}

const hour = 3_600_000;

/** Asks the PSP about what should have been heard of by now: a message may never have come. */
export async function askAbout(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now().getTime();
  for (const payout of await overduePayouts.all(ctx, new Date(now - hour))) {
    await quietly(ctx, { payoutId: payout.id }, async () => {
      const news = await payoutById(payout.psp_payout_id, payout.psp_account_id);
      await inTransaction(systemCtx(ctx, 'payments.ask', payout.region_id), (inner) => applyPayout(inner, news));
    });
  }
  for (const refund of await silentRefunds.all(ctx, new Date(now - hour))) {
    await quietly(ctx, { refundId: refund.id }, async () => {
      const news = await refundById(refund.psp_refund_id);
      await inTransaction(systemCtx(ctx, 'payments.ask', refund.region_id), (inner) => applyRefund(inner, news));
    });
  }
  for (const account of await unfinishedAccounts.all(ctx, new Date(now - 72 * hour))) {
    await quietly(ctx, { account: account.psp_account_id }, () =>
      refreshAccount(systemCtx(ctx, 'payments.ask', account.region_id), account.psp_account_id),
    );
  }
}

/** One thing that cannot be asked about must not keep the others waiting; it is asked about again next time. */
async function quietly(ctx: Ctx, about: JsonObject, ask: () => Promise<void>): Promise<void> {
  try {
    await ask();
  } catch (error) {
    ctx.log.warn({ ...about, err: error }, 'the PSP could not be asked');
  }
}
