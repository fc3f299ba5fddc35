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
}

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
      where region_id = $1 and organisation_id = $2) as receivable
   from open`,
);
