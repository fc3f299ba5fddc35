import type {
  Metadata,
  PspAccount,
  PspCustomer,
  PspIntent,
  PspPayout,
  PspRefund,
  PspSession,
  PspTransfer,
} from './objects.ts';
import { stripe } from './client.ts';
import { asking } from './failure.ts';
import { accountOf, intentOf, payoutOf, refundOf, sessionOf } from './read.ts';

/** Questions to the PSP: they change nothing and may be asked at any time. */

/** Metadata key under which every object carries the id of the call that made it. */
export const callKey = 'plumbline_call';

const withSetup = ['setup_intent.payment_method'];

export const intentById = (id: string): Promise<PspIntent> =>
  asking(async () =>
    intentOf(await stripe().paymentIntents.retrieve(id, { expand: ['latest_charge.balance_transaction'] })),
  );

export const sessionById = (id: string): Promise<PspSession> =>
  asking(async () => sessionOf(await stripe().checkout.sessions.retrieve(id, { expand: withSetup })));

export const refundById = (id: string): Promise<PspRefund> =>
  asking(async () => refundOf(await stripe().refunds.retrieve(id)));

export const accountById = (id: string): Promise<PspAccount> =>
  asking(async () => accountOf(await stripe().accounts.retrieve(id)));

export const payoutById = (id: string, accountId: string): Promise<PspPayout> =>
  asking(async () => payoutOf(await stripe().payouts.retrieve(id, {}, { stripeAccount: accountId })));

/** Pages of a list are read until the one is found that the call made. */
async function made<T extends { metadata?: Metadata | null }>(
  list: AsyncIterable<T>,
  callId: string,
): Promise<T | undefined> {
  for await (const item of list) if (item.metadata?.[callKey] === callId) return item;
  return undefined;
}

/** When a call was intended, by our two clocks; the PSP's objects follow one of them. */
export interface CallTime {
  business_at: Date;
  intended_at: Date;
}

/** From an hour before the earlier of the two, so that clocks which differ a little hide nothing. */
const around = ({ business_at, intended_at }: CallTime) => ({
  gte: Math.floor(Math.min(business_at.getTime(), intended_at.getTime()) / 1000) - 3600,
});

export const sessionOfCall = (callId: string, at: CallTime): Promise<PspSession | undefined> =>
  asking(async () => {
    const found = await made(stripe().checkout.sessions.list({ created: around(at), limit: 100 }), callId);
    return found && sessionOf(found);
  });

export const customerOfCall = (callId: string, at: CallTime): Promise<PspCustomer | undefined> =>
  asking(async () => {
    const found = await made(stripe().customers.list({ created: around(at), limit: 100 }), callId);
    return found && { id: found.id, metadata: found.metadata };
  });

export const chargeOfCall = (callId: string, customerId: string): Promise<PspIntent | undefined> =>
  asking(async () => {
    const found = await made(stripe().paymentIntents.list({ customer: customerId, limit: 100 }), callId);
    return found && (await intentById(found.id));
  });

export const refundOfCall = (callId: string, intentId: string): Promise<PspRefund | undefined> =>
  asking(async () => {
    const found = await made(stripe().refunds.list({ payment_intent: intentId, limit: 100 }), callId);
    return found && refundOf(found);
  });

export const accountOfCall = (callId: string, at: CallTime): Promise<PspAccount | undefined> =>
  asking(async () => {
    const found = await made(stripe().accounts.list({ created: around(at), limit: 100 }), callId);
    return found && accountOf(found);
  });

export const transferOfCall = (callId: string, group: string): Promise<PspTransfer | undefined> =>
  asking(() => made(stripe().transfers.list({ transfer_group: group, limit: 100 }), callId));

export const reversalOfCall = (callId: string, transferId: string): Promise<PspTransfer | undefined> =>
  asking(async () => {
    const found = await made(stripe().transfers.listReversals(transferId, { limit: 100 }), callId);
    return found && { id: found.id, metadata: found.metadata ?? {} };
  });

export const payoutOfCall = (callId: string, accountId: string, at: CallTime): Promise<PspPayout | undefined> =>
  asking(async () => {
    const pages = stripe().payouts.list({ created: around(at), limit: 100 }, { stripeAccount: accountId });
    const found = await made(pages, callId);
    return found && payoutOf(found);
  });
