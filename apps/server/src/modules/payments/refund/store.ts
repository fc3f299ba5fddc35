import { statement } from '../../../platform/db/statement.ts';
import type { RefundRow } from '../tables.ts';

const columns = `id, region_id, order_id, amount_minor, currency, reason, state, psp_refund_id, confirm_journal, failure,
  requested_at, confirmed_at`;

export const insertRefund = statement<never, [string, string, string, bigint, string, string, Date, string]>(
  'payments.insertRefund',
  `insert into refund (id, region_id, order_id, amount_minor, currency, reason, state, requested_at, requested_by)
   values ($1, $2, $3, $4, $5, $6, 'requested', $7, $8)`,
);

export const refundById = statement<RefundRow, [string]>(
  'payments.refundById',
  `select ${columns} from refund where id = $1`,
);

export const refundOfPsp = statement<RefundRow, [string]>(
  'payments.refundOfPsp',
  `select ${columns} from refund where psp_refund_id = $1`,
);

export const refundsOf = statement<RefundRow, [string[]]>(
  'payments.refundsOf',
  `select ${columns} from refund where order_id = any($1::uuid[]) order by order_id, id`,
);

export const pspRefundKnown = statement<never, [string, string]>(
  'payments.pspRefundKnown',
  'update refund set psp_refund_id = $2 where id = $1',
);

export const confirmRefund = statement<never, [string, Date, string]>(
  'payments.confirmRefund',
  `update refund set state = 'confirmed', confirmed_at = $2, confirm_journal = $3, failure = null where id = $1`,
);

export const failRefund = statement<never, [string, string]>(
  'payments.failRefund',
  `update refund set state = 'failed', failure = $2, confirmed_at = null, confirm_journal = null where id = $1`,
);

export const retryRefund = statement<never, [string]>(
  'payments.retryRefund',
  `update refund set state = 'requested', failure = null, psp_refund_id = null where id = $1`,
);

export const countRefundCalls = statement<{ calls: number }, [string]>(
  'payments.countRefundCalls',
  `select count(*)::int as calls from psp_call where subject_id = $1 and kind = 'refund'`,
);

/** Refunds that the PSP has had for an hour of business time and of which nothing was heard, in any region. */
export const silentRefunds = statement<{ id: string; region_id: string; psp_refund_id: string }, [Date]>(
  'payments.silentRefunds',
  `select id, region_id, psp_refund_id from refund
   where state = 'requested' and psp_refund_id is not null and requested_at < $1 order by id limit 200`,
);
