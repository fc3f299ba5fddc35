import { statement } from '../../../platform/db/statement.ts';
import { callColumns, type CallRow } from '../psp/store.ts';
import type { CheckoutRow } from '../tables.ts';

const columns = 'id, region_id, order_id, call_id, mode, state, psp_session_id, url';

/** Writes the intent to open a page, claimed by the writer who calls right after the commit, and the page itself. */
export const insertCheckout = statement<
  CallRow,
  [string, string, string, string, string, Date, string, 'payment' | 'setup']
>(
  'payments.insertCheckout',
  `with call as (
     insert into psp_call (id, region_id, kind, dedupe_key, subject_id, params, state, business_at, attempts, called_at,
       locked_until)
     values ($1, $2, 'checkout', $3, $4, $5, 'intended', $6, 1, clock_timestamp(),
       clock_timestamp() + interval '30 seconds')
     returning *
   ), page as (
     insert into checkout (id, region_id, order_id, call_id, mode, state, opened_at)
     select $7, region_id, subject_id, id, $8, 'opening', business_at from call
   )
   select ${callColumns} from call`,
);

export interface CheckoutParts {
  open: { id: string; call_id: string; url: string | null } | null;
  lines: { title: string; amountMinor: string }[];
}

/** What a new page is made of: the page that is open already, or the lines to be paid. */
export const checkoutParts = statement<CheckoutParts, [string]>(
  'payments.checkoutParts',
  `select
     (select jsonb_build_object('id', id, 'call_id', call_id, 'url', url) from checkout
      where order_id = $1 and state in ('opening', 'open')) as open,
     (select jsonb_agg(jsonb_build_object('title', title, 'amountMinor', amount_minor::text) order by position)
      from order_line where order_id = $1) as lines`,
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
