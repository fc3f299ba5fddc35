import type { GateAccount } from './gate.ts';
import { statement } from '../../../platform/db/statement.ts';

export interface EarningsSums {
  held: bigint;
  held_orders: number;
  in_window: bigint;
  window_orders: number;
  next_release_at: Date | null;
  available: bigint;
  in_transit: bigint;
  paid: bigint;
  receivable: bigint;
  /** Of the provider's payment account; null where there is none. */
  account_id: string | null;
  payouts_enabled: boolean | null;
  transfers_active: boolean | null;
  bank_id: string | null;
  method_since: Date | null;
  method_failed: boolean | null;
  frozen_reason: string | null;
}

/** The account as the gates of a payout look at it. */
export const accountIn = (sums: EarningsSums): GateAccount | undefined =>
  sums.account_id === null
    ? undefined
    : {
        psp_account_id: sums.account_id,
        payouts_enabled: sums.payouts_enabled ?? false,
        transfers_active: sums.transfers_active ?? false,
        bank_id: sums.bank_id,
        method_since: sums.method_since,
        method_failed: sums.method_failed ?? false,
        frozen_reason: sums.frozen_reason,
      };

/**
 * All figures of a provider by one statement. The share of what is still in escrow is worked out as `splitGross` does it:
 * each figure rounded once, half up (`round` of numeric does that for positive amounts).
 */
export const earningsSums = statement<EarningsSums, [string, string]>(
  'payments.earningsSums',
  `with lines as (
     select o.id, o.state, o.release_at, o.commission_bp, o.commission_vat_bp, l.vat_rate_bp,
       l.provider_minor - l.back_provider as share,
       l.captured_minor - l.refunded_minor as gross,
       o.state in ('held', 'in_service', 'delivered')
         or (o.state = 'disputed_internal' and o.frozen_from <> 'release_pending') as is_held,
       o.state in ('release_pending', 'partially_refunded', 'resolved_split')
         or (o.state = 'disputed_internal' and o.frozen_from = 'release_pending') as is_window
     from money_order o join order_line l on l.order_id = o.id
     where o.region_id = $1 and o.organisation_id = $2
       and o.state in ('held', 'in_service', 'delivered', 'release_pending', 'partially_refunded', 'resolved_split',
         'disputed_internal')
   ), net as (
     select *, round((gross - round(gross::numeric * vat_rate_bp / (10000 + vat_rate_bp))) * commission_bp / 10000) as commission
     from lines
   ), expected as (
     select *, gross - commission - round(commission * commission_vat_bp / 10000) as expects from net
   ), open as (
     select coalesce(sum(expects) filter (where is_held), 0)::bigint as held,
       count(distinct id) filter (where is_held)::int as held_orders,
       coalesce(sum(share) filter (where is_window), 0)::bigint as in_window,
       count(distinct id) filter (where is_window)::int as window_orders,
       min(release_at) filter (where is_window) as next_release_at
     from expected
   )
   select open.*,
     (select coalesce(sum(net_minor), 0)::bigint from earning
      where region_id = $1 and organisation_id = $2 and payout_id is null) as available,
     (select coalesce(sum(amount_minor), 0)::bigint from payout where region_id = $1 and organisation_id = $2
      and state in ('draft', 'approved', 'submitted', 'in_transit', 'unknown')) as in_transit,
     (select coalesce(sum(amount_minor), 0)::bigint from payout
      where region_id = $1 and organisation_id = $2 and state = 'paid') as paid,
     (select coalesce(sum(amount_minor - recovered_minor), 0)::bigint from receivable
      where region_id = $1 and organisation_id = $2) as receivable,
     a.psp_account_id as account_id, a.payouts_enabled, a.transfers_active, a.bank_id, a.method_since, a.method_failed,
     a.frozen_reason
   from open left join payment_account a on a.region_id = $1 and a.organisation_id = $2`,
);
