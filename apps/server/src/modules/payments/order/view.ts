import type { OrderView } from '@plumbline/contracts/payments';
import { escrowStates, terminalStates, windowStates, type OrderState } from '@plumbline/domain/order';
import type { LineRow, OrderRow, RefundRow } from '../tables.ts';
import { moment, money } from '../shape.ts';
import { leftInEscrow, providerShare, sharesOf, sumOf } from './lines.ts';

export interface Abilities {
  pay: boolean;
  refund: boolean;
  retryRefund: boolean;
  approveRelease: boolean;
}

/** What the view needs beside the order itself. */
export interface ViewContext {
  now: Date;
  chargeSavedCardDaysBefore: number;
  nextPayoutRun: Date;
  can: Abilities;
}

/** An order as people see it. */
export function orderView(order: OrderRow, lines: LineRow[], refunds: RefundRow[], context: ViewContext): OrderView {
  const split = splitOf(order, lines);
  const amount = money(order.currency);
  return {
    orderId: order.id,
    reference: order.reference,
    regionId: order.region_id,
    organisationId: order.organisation_id,
    subject: { kind: order.subject_kind, id: order.subject_id },
    state: order.state,
    mode: order.mode,
    zone: order.zone,
    amounts: {
      agreed: amount(order.agreed_minor),
      agreedIsCeiling: order.is_ceiling,
      captured: amount(order.captured_minor),
      held: amount(sumOf(lines, leftInEscrow)),
      refunded: amount(order.refunded_minor),
      provider: amount(split.provider),
    },
    split: {
      commissionBp: order.commission_bp,
      commission: amount(split.commission),
      vatOnCommission: amount(split.vat),
      provider: amount(split.provider),
    },
    rail: railOf(order, split.provider),
    next: nextOf(order, refunds, context),
    lines: lines.map((line) => ({
      lineId: line.id,
      title: line.title,
      amount: amount(line.amount_minor),
      vatRateBp: line.vat_rate_bp,
    })),
    refunds: refunds.map((refund) => refundView(refund, order.zone)),
    card: order.card_last4 === null ? null : { brand: order.card_brand ?? 'card', last4: order.card_last4 },
    can: context.can,
  };
}

const refundView = (refund: RefundRow, zone: string): OrderView['refunds'][number] => ({
  refundId: refund.id,
  amount: money(refund.currency)(refund.amount_minor),
  state: refund.state,
  reason: refund.reason,
  requestedAt: moment(refund.requested_at, zone),
  confirmedAt: refund.confirmed_at && moment(refund.confirmed_at, zone),
});

/** The posted division, or, before acceptance, how it would divide now. */
function splitOf(order: OrderRow, lines: LineRow[]): { provider: bigint; commission: bigint; vat: bigint } {
  if (order.accepted_minor > 0n) {
    return {
      provider: providerShare(lines),
      commission: sumOf(lines, (line) => line.commission_minor - line.back_commission),
      vat: sumOf(lines, (line) => line.vat_minor - line.back_vat),
    };
  }
  const gross = (line: LineRow) => (order.captured_minor > 0n ? leftInEscrow(line) : line.amount_minor);
  const parts = isOver(order) ? [] : lines.map((line) => sharesOf(order, line, gross(line)));
  return {
    provider: sumOf(parts, (part) => part.provider),
    commission: sumOf(parts, (part) => part.commission),
    vat: sumOf(parts, (part) => part.vat),
  };
}

const isOver = ({ state }: OrderRow): boolean =>
  state === 'refund_pending' || (state !== 'closed' && terminalStates.includes(state));

type Stage = OrderView['rail'][number];

function railOf(order: OrderRow, provider: bigint): Stage[] {
  const amount = money(order.currency);
  const taken = order.captured_minor > 0n ? order.captured_minor : order.agreed_minor;
  const left = leftOf(order, taken);
  const agreedAt =
    order.state === 'awaiting_payment' ? null : (order.authorised_at ?? order.held_at ?? order.opened_at);
  const reached: [Stage['stage'], Date | null, bigint][] = [
    ['agreed', neverPaid(order) ? null : agreedAt, order.agreed_minor],
    ['held', order.held_at, left],
    ['work_done', order.delivered_at ?? order.accepted_at, left],
    ['accepted', order.accepted_at, left],
    ['paid_out', order.closed_at, provider],
  ];
  const current = isOver(order) ? -1 : reached.findIndex(([, at]) => at === null);
  return reached.map(([stage, at, sum], index) => ({
    stage,
    status: at ? 'done' : isOver(order) ? 'stopped' : index === current ? 'current' : 'waiting',
    at: at && moment(at, order.zone),
    amount: amount(sum),
  }));
}

/** Of what was taken, what did not go back before the acceptance; when all of it went back, what it had been. */
function leftOf(order: OrderRow, taken: bigint): bigint {
  if (isOver(order)) return taken;
  return order.accepted_minor > 0n ? order.accepted_minor : taken - order.refunded_minor;
}

const neverPaid = (order: OrderRow): boolean =>
  order.state === 'cancelled' && !order.authorised_at && !order.saved_card_id;

type Next = NonNullable<OrderView['next']>;

const simple: Partial<Record<OrderState, Pick<Next, 'act' | 'who'>>> = {
  awaiting_payment: { act: 'pay', who: 'customer' },
  payment_failed: { act: 'pay_again', who: 'customer' },
  card_saved: { act: 'charge_card', who: 'platform' },
  authorised: { act: 'confirm', who: 'provider' },
  held: { act: 'work', who: 'provider' },
  in_service: { act: 'work', who: 'provider' },
  delivered: { act: 'accept', who: 'customer' },
  disputed_internal: { act: 'decide', who: 'platform' },
  release_pending: { act: 'release', who: 'platform' },
  partially_refunded: { act: 'release', who: 'platform' },
  resolved_split: { act: 'release', who: 'platform' },
  released: { act: 'pay_out', who: 'platform' },
  refund_pending: { act: 'refund_arrives', who: 'platform' },
};

function nextOf(order: OrderRow, refunds: RefundRow[], context: ViewContext): OrderView['next'] {
  const isComing = refunds.some((refund) => refund.state === 'requested');
  const next = simple[order.state] ?? (isComing ? { act: 'refund_arrives', who: 'platform' } : undefined);
  if (!next) return null;
  const by = whenOf(order, context);
  const waitsForPeople = next.act === 'release' && order.two_people && by !== null && by <= context.now;
  return { who: next.who, act: waitsForPeople ? 'approve_release' : next.act, by: by && moment(by, order.zone) };
}

const day = 86_400_000;

function whenOf(order: OrderRow, context: ViewContext): Date | null {
  if (order.state === 'card_saved')
    return new Date(order.starts_at.getTime() - context.chargeSavedCardDaysBefore * day);
  if (order.state === 'authorised') return order.capture_before;
  if (order.state === 'held') return order.starts_at;
  if (windowStates.includes(order.state)) return order.release_at;
  return order.state === 'released' ? context.nextPayoutRun : null;
}

/** The money facts of an order as other modules use them. */
export interface OrderFacts {
  orderId: string;
  state: OrderState;
  mode: 'pay_now' | 'save_card';
  currency: string;
  /** The price agreed, or the ceiling of an on-demand job. */
  grossMinor: bigint;
  capturedMinor: bigint;
  refundedMinor: bigint;
  /** What the provider kept of a cancelled booking. */
  feeMinor?: bigint;
  heldAt?: Date;
  /** End of the hold window. */
  releaseAt?: Date;
  /** Paid out, or the run that would pay it. */
  payoutAt?: Date;
  /** True while the money lies in escrow and nothing is decided about it. */
  held: boolean;
}

export function orderFacts(order: OrderRow, nextRun: Date): OrderFacts {
  const payoutAt = order.closed_at ?? (order.state === 'released' ? nextRun : undefined);
  return {
    orderId: order.id,
    state: order.state,
    mode: order.mode,
    currency: order.currency,
    grossMinor: order.agreed_minor,
    capturedMinor: order.captured_minor,
    refundedMinor: order.refunded_minor,
    ...(order.fee_minor > 0n && { feeMinor: order.fee_minor }),
    ...(order.held_at && { heldAt: order.held_at }),
    ...(order.release_at && { releaseAt: order.release_at }),
    ...(payoutAt && { payoutAt }),
    held: escrowStates.includes(order.state),
  };
}
