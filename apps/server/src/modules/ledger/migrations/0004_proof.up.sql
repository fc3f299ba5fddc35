-- What must hold at every moment, whoever wrote: one row for each check. Reads all of a region, so it is for an admin
-- page and for the night, not for a posting.
create function ledger_proof(p_region text)
returns table (check_name text, currency text, expected numeric, found numeric, detail text)
language sql stable as $$
  with unfolded as (
    select account_id, count(*) filter (where posted <> 0) as entries,
      sum(case when is_debit then posted else 0 end) as debits_posted,
      sum(case when is_debit then 0 else posted end) as credits_posted,
      sum(case when is_debit then reserved else 0 end) as debits_pending,
      sum(case when is_debit then 0 else reserved end) as credits_pending
    from ledger_unfolded where region_id = p_region group by account_id
  ), counters as (
    select a.id, a.code, a.owner_id, a.currency::text as currency, a.mode, a.normal,
      coalesce(b.version, n.version) as version,
      coalesce(b.debits_posted, n.debits_posted)::numeric as folded_debits,
      coalesce(b.credits_posted, n.credits_posted)::numeric as folded_credits,
      coalesce(b.debits_posted, n.debits_posted) + coalesce(u.debits_posted, 0) as debits_posted,
      coalesce(b.credits_posted, n.credits_posted) + coalesce(u.credits_posted, 0) as credits_posted,
      coalesce(b.debits_pending, n.debits_pending) + coalesce(u.debits_pending, 0) as debits_pending,
      coalesce(b.credits_pending, n.credits_pending) + coalesce(u.credits_pending, 0) as credits_pending
    from ledger_account a
    left join ledger_held b on b.account_id = a.id and b.region_id = a.region_id
    left join ledger_snapshot n on n.account_id = a.id and n.region_id = a.region_id
    left join unfolded u on u.account_id = a.id
    where a.region_id = p_region
  ), moved as (
    select account_id, sum(case when is_debit then posted else 0 end) as debits, sum(case when is_debit then 0 else posted end) as credits
    from ledger_side where region_id = p_region group by account_id
  ), entries as (
    select account_id, count(*) as entries, max(account_version) as version, sum(amount_minor) as amount,
      (array_agg(balance_after_minor order by account_version desc))[1] as balance
    from ledger_entry where region_id = p_region group by account_id
  ), open_sides as (
    select s.account_id, sum(case when s.is_debit then p.amount_minor else 0 end) as debits,
      sum(case when s.is_debit then 0 else p.amount_minor end) as credits
    from ledger_pending p
    cross join lateral (values (p.debit_id, true), (p.credit_id, false)) s (account_id, is_debit)
    where p.region_id = p_region
      and not exists (select from ledger_pending_end e where e.pending_id = p.id and e.region_id = p_region)
    group by s.account_id
  ), judged as (
    select c.*, c.debits_posted = coalesce(m.debits, 0) and c.credits_posted = coalesce(m.credits, 0) as moves_fit,
      coalesce(e.entries, 0) = c.version and coalesce(e.version, 0) = c.version
        and coalesce(e.amount, 0) = coalesce(e.balance, 0)
        and coalesce(e.balance, 0) = case c.normal when 'credit' then c.folded_credits - c.folded_debits
          else c.folded_debits - c.folded_credits end as entries_fit,
      c.debits_pending = coalesce(o.debits, 0) and c.credits_pending = coalesce(o.credits, 0) as pendings_fit,
      c.mode = 'recording' or case c.normal when 'credit' then c.credits_posted - c.debits_posted - c.debits_pending
        else c.debits_posted - c.credits_posted - c.credits_pending end >= 0 as floor_fits
    from counters c
    left join moved m on m.account_id = c.id
    left join entries e on e.account_id = c.id
    left join open_sides o on o.account_id = c.id
  )
  select 'debits_equal_credits', j.currency, sum(j.debits_posted), sum(j.credits_posted), null from judged j group by j.currency
  union all select 'pendings_equal', j.currency, sum(j.debits_pending), sum(j.credits_pending), null from judged j group by j.currency
  union all select 'balance_is_sum_of_transfers', null, 0, count(*) filter (where not j.moves_fit),
    string_agg(j.code || ':' || j.owner_id || ' ' || j.currency, ', ') filter (where not j.moves_fit) from judged j
  union all select 'balance_is_last_entry', null, 0, count(*) filter (where not j.entries_fit and j.mode = 'authorising'),
    string_agg(j.code || ':' || j.owner_id || ' ' || j.currency, ', ') filter (where not j.entries_fit and j.mode = 'authorising')
    from judged j
  union all select 'snapshot_is_last_entry', null, 0, count(*) filter (where not j.entries_fit and j.mode = 'recording'),
    string_agg(j.code || ':' || j.owner_id || ' ' || j.currency, ', ') filter (where not j.entries_fit and j.mode = 'recording')
    from judged j
  union all select 'pending_counters_are_open_pendings', null, 0, count(*) filter (where not j.pendings_fit),
    string_agg(j.code || ':' || j.owner_id || ' ' || j.currency, ', ') filter (where not j.pendings_fit) from judged j
  union all select 'floors', null, 0, count(*) filter (where not j.floor_fits),
    string_agg(j.code || ':' || j.owner_id || ' ' || j.currency, ', ') filter (where not j.floor_fits) from judged j
$$;

select ledger_take_over('{ledger_proof}');
