import { statement } from '../../../platform/db/statement.ts';
import { orderColumns } from '../order/store.ts';
import type { OrderRow } from '../tables.ts';
import type { Finding } from './service.ts';

export const regionsToCheck = statement<{ region_id: string }>(
  'payments.regionsToCheck',
  'select distinct region_id from money_order where checked_version <> version',
);

/** Orders that changed since they were last compared; those at work right now come next time. */
export const lockUnchecked = statement<OrderRow, [string, number]>(
  'payments.lockUnchecked',
  `select ${orderColumns} from money_order where region_id = $1 and checked_version <> version
   order by id limit $2 for no key update skip locked`,
);

export const saveCheck = statement<never, [string, number, Date, string]>(
  'payments.saveCheck',
  'update money_order set checked_version = $2, checked_at = $3, findings = $4::jsonb where id = $1',
);

export interface CheckSummary {
  checked: number;
  waiting: number;
  wrong: number;
  last_checked_at: Date | null;
}

export const summary = statement<CheckSummary, [string]>(
  'payments.checkSummary',
  `select count(*) filter (where checked_version = version)::int as checked,
     count(*) filter (where checked_version <> version)::int as waiting,
     count(*) filter (where findings <> '[]')::int as wrong,
     max(checked_at) as last_checked_at
   from money_order where region_id = $1`,
);

export interface WrongRow {
  id: string;
  reference: string;
  state: OrderRow['state'];
  findings: Finding[];
  checked_at: Date | null;
}

export const wrongOrders = statement<WrongRow, [string]>(
  'payments.wrongOrders',
  `select id, reference, state, findings, checked_at from money_order
   where region_id = $1 and findings <> '[]' order by id desc limit 100`,
);
