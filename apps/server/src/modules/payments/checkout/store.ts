import { statement } from '../../../platform/db/statement.ts';
import type { CheckoutRow } from '../tables.ts';

const columns = 'id, region_id, order_id, call_id, mode, state, psp_session_id, url';

export const insertCheckout = statement<never, [string, string, string, string, 'payment' | 'setup', Date]>(
  'payments.insertCheckout',
  `insert into checkout (id, region_id, order_id, call_id, mode, state, opened_at) values ($1, $2, $3, $4, $5, 'opening', $6)`,
);

/** The payment pages of an order on which somebody might still pay; there is at most one. */
export const openCheckouts = statement<CheckoutRow, [string]>(
  'payments.openCheckouts',
  `select ${columns} from checkout where order_id = $1 and state in ('opening', 'open')`,
);

export const checkoutById = statement<CheckoutRow, [string]>(
  'payments.checkoutById',
  `select ${columns} from checkout where id = $1`,
);

export const checkoutOfSession = statement<CheckoutRow, [string]>(
  'payments.checkoutOfSession',
  `select ${columns} from checkout where psp_session_id = $1`,
);

export const checkoutOpened = statement<never, [string, string, string | null]>(
  'payments.checkoutOpened',
  `update checkout set state = 'open', psp_session_id = $2, url = $3 where id = $1 and state = 'opening'`,
);

export const endCheckout = statement<never, [string, 'complete' | 'expired']>(
  'payments.endCheckout',
  `update checkout set state = $2 where id = $1 and state in ('opening', 'open')`,
);

/** The order is paid: its page is complete. */
export const completeCheckouts = statement<never, [string]>(
  'payments.completeCheckouts',
  `update checkout set state = 'complete' where order_id = $1 and state in ('opening', 'open')`,
);

export const insertCustomer = statement<never, [string, string, string, Date]>(
  'payments.insertCustomer',
  `insert into psp_customer (region_id, person_id, psp_id, created_at) values ($1, $2, $3, $4) on conflict do nothing`,
);

export const customerOf = statement<{ psp_id: string }, [string, string]>(
  'payments.customerOf',
  'select psp_id from psp_customer where region_id = $1 and person_id = $2',
);

export const saveCard = statement<{ id: string }, [string, string, string, string, string, string, Date]>(
  'payments.saveCard',
  `insert into saved_card (id, region_id, person_id, psp_payment_method_id, brand, last4, created_at)
   values ($1, $2, $3, $4, $5, $6, $7)
   on conflict (psp_payment_method_id) do update set brand = excluded.brand returning id`,
);

export const savedCardById = statement<{ psp_payment_method_id: string; psp_customer_id: string }, [string]>(
  'payments.savedCardById',
  `select s.psp_payment_method_id, c.psp_id as psp_customer_id
   from saved_card s join psp_customer c using (region_id, person_id) where s.id = $1`,
);
