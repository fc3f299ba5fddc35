import type { PayoutExplanation, PayoutView } from '@plumbline/contracts/payments';
import type { Waiting } from '@plumbline/domain/payout';
import { sumOf } from '../order/lines.ts';
import { moment, money } from '../shape.ts';
import type { EarningRow, OrderRow, PayoutRow } from '../tables.ts';

/** What a list knows of a payout beside its own row. */
export interface PayoutFacts {
  orders: number;
  retried_by: string | null;
}

export interface PayoutContext {
  zone: string;
  mayManage: boolean;
  organisationName: string;
}

export function payoutView(
  payout: PayoutRow,
  facts: PayoutFacts,
  { zone, mayManage, organisationName }: PayoutContext,
): PayoutView {
  const hasFailed = payout.state === 'failed' || payout.state === 'returned';
  return {
    payoutId: payout.id,
    reference: payout.reference,
    organisationId: payout.organisation_id,
    organisationName,
    state: payout.state,
    amount: money(payout.currency)(payout.amount_minor),
    orders: facts.orders,
    createdAt: moment(payout.created_at, zone),
    arrivesAt: payout.arrives_at && moment(payout.arrives_at, zone),
    failure: payout.failure,
    retriedBy: facts.retried_by,
    can: {
      approve: mayManage && payout.state === 'draft',
      retry: mayManage && hasFailed && facts.retried_by === null,
    },
  };
}

export const waitingView = (waiting: Waiting | undefined, zone: string) =>
  waiting ? { reason: waiting.reason, until: waiting.until ? moment(waiting.until, zone) : null } : null;

export function explanation(
  view: PayoutView,
  payout: PayoutRow,
  items: EarningRow[],
  orders: ReadonlyMap<string, OrderRow>,
  titles: ReadonlyMap<string, string>,
): PayoutExplanation {
  const amount = money(payout.currency);
  const sales = items.filter((item) => item.kind !== 'recovery');
  const journals = new Set([
    ...items.map((item) => item.journal_id),
    ...(payout.paid_journal ? [payout.paid_journal] : []),
  ]);
  return {
    payout: view,
    lines: items.map((item) => lineOf(item, orders.get(item.order_id), titles.get(item.order_id), view.createdAt.zone)),
    totals: {
      gross: amount(sumOf(sales, (item) => item.gross_minor)),
      commission: amount(sumOf(sales, (item) => item.commission_minor)),
      vatOnCommission: amount(sumOf(sales, (item) => item.vat_minor)),
      recovered: amount(
        -sumOf(
          items.filter((item) => item.kind === 'recovery'),
          (item) => item.net_minor,
        ),
      ),
      net: amount(sumOf(items, (item) => item.net_minor)),
    },
    journals: [...journals],
  };
}

function lineOf(
  item: EarningRow,
  order: OrderRow | undefined,
  title: string | undefined,
  zone: string,
): PayoutExplanation['lines'][number] {
  const amount = money(item.currency);
  return {
    kind: item.kind,
    orderId: item.order_id,
    orderReference: order?.reference ?? null,
    subject: order ? { kind: order.subject_kind, id: order.subject_id } : null,
    title: title ?? '',
    at: moment(item.at, order?.zone ?? zone),
    gross: amount(item.gross_minor),
    commission: amount(item.commission_minor),
    vatOnCommission: amount(item.vat_minor),
    net: amount(item.net_minor),
  };
}
