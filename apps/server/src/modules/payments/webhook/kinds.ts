import type { Ctx } from '../../../platform/ctx.ts';
import { applyAccount } from '../account/apply.ts';
import { applySession, readSession } from '../checkout/apply.ts';
import { applyIntent, type Taken } from '../order/apply.ts';
import { applyPayout } from '../payout/apply.ts';
import { accountById, intentById, payoutById, refundById } from '../psp/find.ts';
import { applyRefund } from '../refund/apply.ts';
import type { WebhookRow } from './store.ts';

/** Takes the loaded thing in, in a transaction. */
export type Apply = (ctx: Ctx) => Promise<Taken>;
/** Loads what a message is about from the PSP, outside any transaction. */
export type Load = (row: WebhookRow) => Promise<Apply>;

const session: Load = async (row) => {
  const news = await readSession(objectOf(row));
  return (ctx) => applySession(ctx, news);
};

const intent: Load = async (row) => {
  const news = await intentById(objectOf(row));
  return (ctx) => applyIntent(ctx, news);
};

const refund: Load = async (row) => {
  const news = await refundById(objectOf(row));
  return (ctx) => applyRefund(ctx, news);
};

const account: Load = async (row) => {
  const news = await accountById(row.account_id ?? objectOf(row));
  return (ctx) => applyAccount(ctx, news);
};

const payout: Load = async (row) => {
  if (!row.account_id) throw new Error(`message ${row.event_id} about a payout names no account`);
  const news = await payoutById(objectOf(row), row.account_id);
  return (ctx) => applyPayout(ctx, news);
};

/** The types that mean something to us. Others are stored and left alone. */
const loaders: Record<string, Load> = {
  'checkout.session.completed': session,
  'checkout.session.expired': session,
  'payment_intent.amount_capturable_updated': intent,
  'payment_intent.succeeded': intent,
  'payment_intent.canceled': intent,
  'refund.updated': refund,
  'refund.failed': refund,
  'account.updated': account,
  'payout.paid': payout,
  'payout.failed': payout,
};

export const loaderOf = (type: string): Load | undefined => (Object.hasOwn(loaders, type) ? loaders[type] : undefined);

function objectOf(row: WebhookRow): string {
  if (!row.object_id) throw new Error(`message ${row.event_id} is about nothing`);
  return row.object_id;
}
