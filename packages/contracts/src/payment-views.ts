import { Type, type Static } from 'typebox';
import { orderStates } from '@plumbline/domain/order';
import { payoutStates, waitingReasons } from '@plumbline/domain/payout';
import { closed, Id, Money, nullable, oneOf, RegionId, ZonedInstant } from './common.ts';

/** The rail that a deal runs along, the same five stages for everyone. */
export const railStages = ['agreed', 'held', 'work_done', 'accepted', 'paid_out'] as const;

/** `stopped`: this stage will not come (cancelled, refunded). */
export const railStatuses = ['done', 'current', 'waiting', 'stopped'] as const;

/** What happens next to the money. */
export const nextActs = [
  'pay',
  'pay_again',
  'confirm',
  'charge_card',
  'work',
  'accept',
  'decide',
  'approve_release',
  'release',
  'pay_out',
  'refund_arrives',
] as const;

export const refundStates = ['requested', 'confirmed', 'failed'] as const;

export const RefundView = closed({
  refundId: Id,
  amount: Money,
  state: oneOf(refundStates),
  reason: Type.String(),
  requestedAt: ZonedInstant,
  confirmedAt: nullable(ZonedInstant),
});
export type RefundView = Static<typeof RefundView>;

const RailStage = closed({
  stage: oneOf(railStages),
  status: oneOf(railStatuses),
  /** When it was reached. */
  at: nullable(ZonedInstant),
  /** The amount that this stage is about: the price, what is held, what goes to the provider. */
  amount: Money,
});

const OrderLine = closed({
  lineId: Id,
  title: Type.String(),
  amount: Money,
  /** VAT in the price, in basis points; 0 when the provider is not registered. */
  vatRateBp: Type.Integer({ minimum: 0 }),
});

/** How the price divides: an estimate until acceptance, then the posted figures. Shown to both sides. */
const SplitView = closed({
  commissionBp: Type.Integer({ minimum: 0 }),
  commission: Money,
  vatOnCommission: Money,
  provider: Money,
});

export const OrderView = closed({
  orderId: Id,
  reference: Type.String({ description: 'For people, for example PL-7F3K2Q' }),
  regionId: RegionId,
  /** The provider; null while an on-demand job looks for one. */
  organisationId: nullable(Id),
  subject: closed({ kind: oneOf(['booking']), id: Id }),
  state: oneOf(orderStates),
  /** `save_card`: the start is far ahead, the card is saved now and charged shortly before. */
  mode: oneOf(['pay_now', 'save_card']),
  /** The job's time zone; every moment here carries it. */
  zone: Type.String(),
  amounts: closed({
    /** The price agreed, or the ceiling of an on-demand job. */
    agreed: Money,
    agreedIsCeiling: Type.Boolean(),
    /** Taken from the card. */
    captured: Money,
    /** Still held for the customer: neither accepted nor given back. */
    held: Money,
    /** Given back or on its way back. */
    refunded: Money,
    /** What the provider has been or will be credited with for this order. */
    provider: Money,
  }),
  split: SplitView,
  rail: Type.Array(RailStage, { minItems: 5, maxItems: 5 }),
  next: nullable(
    closed({
      act: oneOf(nextActs),
      who: oneOf(['customer', 'provider', 'platform']),
      /** When it happens or must have happened, where a moment is set. */
      by: nullable(ZonedInstant),
    }),
  ),
  lines: Type.Array(OrderLine),
  refunds: Type.Array(RefundView),
  card: nullable(closed({ brand: Type.String(), last4: Type.String() })),
  can: closed({
    /** A payment page may be opened (POST of the booking's checkout). */
    pay: Type.Boolean(),
    refund: Type.Boolean(),
    /** A refund of it failed and may be sent again. */
    retryRefund: Type.Boolean(),
    approveRelease: Type.Boolean(),
  }),
});
export type OrderView = Static<typeof OrderView>;

const Waiting = closed({
  reason: oneOf(waitingReasons),
  /** When the reason ends by itself, where it does. */
  until: nullable(ZonedInstant),
});

export const EarningsView = closed({
  organisationId: Id,
  /** Everything that will be paid out as things stand: held + in the hold window + available, less what is owed to us. */
  owed: Money,
  /** Your share of what customers have paid for work that is not accepted yet. */
  held: closed({ amount: Money, orders: Type.Integer() }),
  /** Accepted, waiting for the end of the hold window. */
  inHoldWindow: closed({ amount: Money, orders: Type.Integer(), nextReleaseAt: nullable(ZonedInstant) }),
  available: Money,
  /** On its way to the bank. */
  inTransit: Money,
  /** Paid to the bank, ever. */
  paid: Money,
  /** What the provider owes the platform after a late refund; taken first from the next payout. */
  receivable: Money,
  nextPayout: closed({
    at: ZonedInstant,
    /** What the next run would pay if it were now. */
    amount: Money,
    waiting: nullable(Waiting),
  }),
});
export type EarningsView = Static<typeof EarningsView>;

export const PayoutView = closed({
  payoutId: Id,
  reference: Type.String(),
  organisationId: Id,
  organisationName: Type.String(),
  state: oneOf(payoutStates),
  amount: Money,
  orders: Type.Integer({ description: 'How many orders are in it' }),
  createdAt: ZonedInstant,
  /** Expected at the bank while in transit; arrived when paid. */
  arrivesAt: nullable(ZonedInstant),
  /** The PSP's word for what went wrong. */
  failure: nullable(Type.String()),
  retriedBy: nullable(Id),
  can: closed({ approve: Type.Boolean(), retry: Type.Boolean() }),
});
export type PayoutView = Static<typeof PayoutView>;

const PayoutLine = closed({
  /** `release`: an order's share; `refund`: given back after release; `recovery`: taken for what was owed. */
  kind: oneOf(['release', 'refund', 'recovery']),
  orderId: nullable(Id),
  orderReference: nullable(Type.String()),
  subject: nullable(closed({ kind: oneOf(['booking']), id: Id })),
  title: Type.String(),
  at: ZonedInstant,
  gross: Money,
  commission: Money,
  vatOnCommission: Money,
  /** gross − commission − VAT on it; negative for a refund or a recovery. */
  net: Money,
});

/** “Explain this payout”: the nets sum to the amount, to the penny. */
export const PayoutExplanation = closed({
  payout: PayoutView,
  lines: Type.Array(PayoutLine),
  totals: closed({ gross: Money, commission: Money, vatOnCommission: Money, recovered: Money, net: Money }),
  /** Journals of the ledger behind it, for auditors. */
  journals: Type.Array(Id),
});
export type PayoutExplanation = Static<typeof PayoutExplanation>;

export const PaymentAccountView = closed({
  organisationId: Id,
  state: oneOf(['missing', 'incomplete', 'ready']),
  /** What the PSP still wants to know, in its words. */
  requirements: Type.Array(Type.String()),
  bank: nullable(closed({ name: nullable(Type.String()), last4: Type.String() })),
  /** When payouts to this bank account may begin. */
  payableFrom: nullable(ZonedInstant),
  waiting: nullable(Waiting),
});
export type PaymentAccountView = Static<typeof PaymentAccountView>;
