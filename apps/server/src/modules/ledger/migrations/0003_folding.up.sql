-- Recording accounts: their balance is a snapshot and what came after it. A fold takes only journals whose transaction
-- is below pg_snapshot_xmin: nothing can commit among them any more. Taking "all up to now" would skip what commits late.

-- What each transfer does to both of its accounts.
create view ledger_side as
select t.journal_id, t.seq, t.region_id, t.currency, s.account_id, s.is_debit,
  case when t.kind in ('posted', 'post') then t.amount_minor else 0 end as posted,
  case t.kind when 'pending' then t.amount_minor when 'posted' then 0 else -p.amount_minor end as reserved
from ledger_transfer t
left join ledger_pending_end e on e.journal_id = t.journal_id and e.seq = t.seq and t.kind in ('post', 'void')
left join ledger_pending p on p.id = e.pending_id and p.region_id = t.region_id
cross join lateral (values (t.debit_id, true), (t.credit_id, false)) s (account_id, is_debit);

-- Account movements in the account's normal direction, with a gap-free version for each account. Those of authorising
-- accounts lie in the transfers, those of recording accounts are written by the fold.
create view ledger_entry as
select t.debit_id as account_id, t.debit_version as account_version, t.debit_after_minor as balance_after_minor,
  case a.normal when 'debit' then t.amount_minor else -t.amount_minor end as amount_minor, t.journal_id, t.seq, t.region_id
from ledger_transfer t join ledger_account a on a.id = t.debit_id and a.region_id = t.region_id
where t.debit_version is not null
union all
select t.credit_id, t.credit_version, t.credit_after_minor,
  case a.normal when 'credit' then t.amount_minor else -t.amount_minor end, t.journal_id, t.seq, t.region_id
from ledger_transfer t join ledger_account a on a.id = t.credit_id and a.region_id = t.region_id
where t.credit_version is not null
union all
select account_id, account_version, balance_after_minor, amount_minor, journal_id, seq, region_id
from ledger_folded_entry;

-- The counters of authorising accounts by debit and credit.
create view ledger_held as
select account_id, region_id, version,
  case when credit_normal then out_posted else in_posted end as debits_posted,
  case when credit_normal then in_posted else out_posted end as credits_posted,
  case when credit_normal then out_pending else in_pending end as debits_pending,
  case when credit_normal then in_pending else out_pending end as credits_pending
from ledger_balance;

-- Sides on recording accounts that are not folded yet.
create view ledger_unfolded as
select s.*, j.commit_token, a.normal
from ledger_journal j
left join ledger_progress g on g.region_id = j.region_id
join ledger_side s on s.journal_id = j.id and s.region_id = j.region_id
join ledger_account a on a.id = s.account_id and a.region_id = s.region_id and a.mode = 'recording'
where j.commit_token >= coalesce(g.folded_to, 0);

-- The counters of an account, exact at this moment.
create function ledger_counters(
  p_region text, p_account bigint, p_mode text,
  out debits_posted bigint, out credits_posted bigint, out debits_pending bigint, out credits_pending bigint
) language plpgsql stable as $$
begin
  if p_mode = 'authorising' then
    select b.debits_posted, b.credits_posted, b.debits_pending, b.credits_pending
      into debits_posted, credits_posted, debits_pending, credits_pending
      from ledger_held b where b.account_id = p_account and b.region_id = p_region;
    return;
  end if;
  select n.debits_posted + coalesce(sum(u.posted) filter (where u.is_debit), 0),
      n.credits_posted + coalesce(sum(u.posted) filter (where not u.is_debit), 0),
      n.debits_pending + coalesce(sum(u.reserved) filter (where u.is_debit), 0),
      n.credits_pending + coalesce(sum(u.reserved) filter (where not u.is_debit), 0)
    into debits_posted, credits_posted, debits_pending, credits_pending
    from ledger_snapshot n
    left join ledger_unfolded u on u.account_id = n.account_id and u.region_id = n.region_id
    where n.account_id = p_account and n.region_id = p_region
    group by n.account_id, n.region_id;
end $$;

-- Up to which token a sequencer may go now, at most `p_limit` journals from where it stands.
create function ledger_safe_to(p_region text, p_from bigint, p_limit int) returns bigint language plpgsql as $$
declare
  v_safe bigint;
begin
  if (select system_identifier from pg_control_system()) <> (select system_identifier from ledger_era) then
    raise exception using errcode = 'PL003', message = 'this database was moved or restored from another cluster',
      hint = 'Run select ledger_new_era() as the owner, before anything is posted.';
  end if;
  select e.era * 281474976710656 + pg_snapshot_xmin(pg_current_snapshot())::text::bigint into v_safe from ledger_era e;
  return least(v_safe, (select commit_token + 1 from ledger_journal
    where region_id = p_region and commit_token >= p_from order by commit_token offset p_limit - 1 limit 1));
end $$;

-- Folds the next journals of a region into entries and snapshots. Answers how many journals; 0 when nothing is left.
create function ledger_fold(p_region text, p_limit int) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_from bigint;
  v_to bigint;
  v_folded int;
begin
  insert into ledger_progress (region_id) values (p_region) on conflict do nothing;
  select folded_to into v_from from ledger_progress where region_id = p_region for update;
  v_to := ledger_safe_to(p_region, v_from, p_limit);
  if v_to <= v_from then
    return 0;
  end if;
  with side as materialized (
    select * from ledger_unfolded where region_id = p_region and commit_token < v_to
  ), moved as (
    select s.account_id, n.version + row_number() over running as version,
      case when s.is_debit = (s.normal = 'credit') then -s.posted else s.posted end as amount,
      case s.normal when 'credit' then n.credits_posted - n.debits_posted else n.debits_posted - n.credits_posted end
        + sum(case when s.is_debit = (s.normal = 'credit') then -s.posted else s.posted end) over running as balance_after,
      s.journal_id, s.seq
    from side s join ledger_snapshot n on n.account_id = s.account_id and n.region_id = p_region
    where s.posted <> 0
    window running as (partition by s.account_id order by s.commit_token, s.journal_id, s.seq)
  ), written as (
    insert into ledger_folded_entry
        (account_id, account_version, amount_minor, balance_after_minor, journal_id, seq, region_id)
      select account_id, version, amount, balance_after, journal_id, seq, p_region from moved
  )
  update ledger_snapshot n set
      debits_posted = n.debits_posted + t.debits_posted, credits_posted = n.credits_posted + t.credits_posted,
      debits_pending = n.debits_pending + t.debits_pending, credits_pending = n.credits_pending + t.credits_pending,
      version = n.version + t.entries, taken_at = clock_timestamp()
    from (select account_id, count(*) filter (where posted <> 0) as entries,
        sum(case when is_debit then posted else 0 end) as debits_posted,
        sum(case when is_debit then 0 else posted end) as credits_posted,
        sum(case when is_debit then reserved else 0 end) as debits_pending,
        sum(case when is_debit then 0 else reserved end) as credits_pending
      from side group by account_id) t
    where n.account_id = t.account_id and n.region_id = p_region;
  select count(*) into v_folded from ledger_journal
    where region_id = p_region and commit_token >= v_from and commit_token < v_to;
  update ledger_progress set folded_to = v_to where region_id = p_region;
  return v_folded;
end $$;

-- The bytes that a seal vouches for: the journal with all its legs, whatever the session's settings are.
create function ledger_bytes(p_journal ledger_journal) returns bytea language sql stable as $$
  select convert_to(jsonb_build_array(p_journal.id, p_journal.region_id, p_journal.event_type, p_journal.order_id,
      p_journal.idem_key, (extract(epoch from p_journal.effective_at) * 1000000)::bigint,
      (extract(epoch from p_journal.created_at) * 1000000)::bigint, p_journal.actor, p_journal.reason,
      (select jsonb_agg(jsonb_build_array(t.seq, t.kind, t.currency, t.amount_minor, t.debit_id, t.credit_id)
          order by t.seq)
        from ledger_transfer t where t.journal_id = p_journal.id and t.region_id = p_journal.region_id))::text, 'UTF8')
$$;

-- Continues the hash chain of a region: hash = SHA-256 of the hash before and the journal's bytes. One sequencer per
-- region and never inside a posting, where the chain would be one hot row for all.
create function ledger_seal_journals(p_region text, p_limit int) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_at ledger_progress;
  v_to bigint;
  v_journal ledger_journal;
  v_hash bytea;
  v_sealed int := 0;
begin
  insert into ledger_progress (region_id) values (p_region) on conflict do nothing;
  select * into v_at from ledger_progress where region_id = p_region for update;
  v_to := ledger_safe_to(p_region, v_at.sealed_to, p_limit);
  for v_journal in select * from ledger_journal
      where region_id = p_region and commit_token >= v_at.sealed_to and commit_token < v_to order by commit_token, id loop
    v_hash := sha256(v_at.sealed_hash || ledger_bytes(v_journal));
    v_sealed := v_sealed + 1;
    insert into ledger_seal (region_id, seq, journal_id, prev_hash, hash)
      values (p_region, v_at.sealed_seq + v_sealed, v_journal.id, v_at.sealed_hash, v_hash);
    v_at.sealed_hash := v_hash;
  end loop;
  update ledger_progress set sealed_to = greatest(sealed_to, v_to), sealed_seq = sealed_seq + v_sealed,
      sealed_hash = v_at.sealed_hash
    where region_id = p_region;
  return v_sealed;
end $$;

-- Recomputes the chain. `o_broken` is the first link that does not fit: a journal that was changed, taken away or put in.
create function ledger_verify(
  p_region text, out o_sealed bigint, out o_broken bigint, out o_unsealed bigint
) language plpgsql stable as $$
declare
  v_link record;
  v_hash bytea := '\x';
begin
  o_sealed := 0;
  for v_link in select s.*, j as journal from ledger_seal s
      left join ledger_journal j on j.id = s.journal_id and j.region_id = s.region_id
      where s.region_id = p_region order by s.seq loop
    o_sealed := o_sealed + 1;
    if o_broken is null and (v_link.seq <> o_sealed or v_link.prev_hash <> v_hash or (v_link.journal).id is null
        or v_link.hash <> sha256(v_hash || ledger_bytes(v_link.journal))) then
      o_broken := v_link.seq;
    end if;
    v_hash := v_link.hash;
  end loop;
  select count(*) into o_unsealed from ledger_journal j
    where j.region_id = p_region and j.commit_token < (select sealed_to from ledger_progress where region_id = p_region)
      and not exists (select from ledger_seal s where s.journal_id = j.id and s.region_id = p_region);
end $$;

-- For a database that was restored or moved to another cluster, whose transaction ids start again: run it as the owner
-- before anything is posted there.
create function ledger_new_era() returns void language plpgsql as $$
begin
  update ledger_era set era = era + 1, system_identifier = (select system_identifier from pg_control_system());
  execute format('alter table ledger_journal alter commit_token set default %s + pg_current_xact_id()::text::bigint',
    (select era * 281474976710656 from ledger_era));
end $$;

select ledger_take_over('{ledger_fold, ledger_seal_journals, ledger_verify, ledger_bytes, ledger_counters}');
