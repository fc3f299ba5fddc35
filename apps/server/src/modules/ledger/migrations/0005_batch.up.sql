-- Many postings in one call, set-based: the drain path for releases, settlements and webhooks in groups. Each posting has an
-- outcome of its own. A pass writes all that are still in question or nothing; when some must be refused (or had been
-- posted before), it says which, is undone with all its locks, and the others are tried again. So the one order of locks
-- holds here too: keys, pendings, balances, each ascending.

-- What a leg does to one of its accounts that is authorising. `freed` is the change of what is available.
create type ledger_movement as (
  account_id bigint, is_debit boolean, is_out boolean, posted bigint, reserved bigint, freed bigint, version bigint, amount bigint,
  balance_after bigint, available bigint, n int, seq int
);

-- Ends a pass: [{ n, refusal, data } or { n, journalId }].
create function ledger_drop(p_outcomes jsonb) returns void language plpgsql as $$
begin
  raise exception using errcode = 'PL000', message = 'pass undone', detail = p_outcomes::text;
end $$;

-- The postings whose keys exist already: replays, or keys that stand for something else.
create function ledger_known(p_region text, p_postings ledger_posting[], p_legs ledger_leg[]) returns jsonb
language sql stable as $$
  select jsonb_agg(case when s.id is null
      then jsonb_build_object('n', p.n, 'refusal', 'ledger.key_reused', 'data', jsonb_build_object('idemKey', p.idem_key))
      else jsonb_build_object('n', p.n, 'journalId', s.id) end)
  from unnest(p_postings) p
  join ledger_journal j on j.idem_key = p.idem_key and j.region_id = p_region and j.id <> p.id
  cross join lateral (select ledger_same(p_region, p, p_legs) as id) s
$$;

-- The legs with their ends resolved; a leg that cannot be has the refusal as its kind.
create function ledger_endings(p_region text, p_legs ledger_leg[]) returns ledger_leg[] language plpgsql as $$
begin
  perform ledger_lock_pendings(p_region, array(select pending_id from unnest(p_legs) where kind in ('post', 'void')));
  return array(select case when l.kind not in ('post', 'void') then l
      when row_number() over (partition by l.pending_id, l.kind in ('post', 'void') order by l.n, l.seq) > 1
        then row(l.n, l.seq, 'ledger.pending_resolved', l.currency, l.amount, null, null, null, null, 0, 0, l.pending_id,
          null)::ledger_leg
      else ledger_ending(p_region, l) end
    from unnest(p_legs) l order by l.n, l.seq);
end $$;

-- Locks the balances in ascending order and plays the legs on them, each account's in the order of the batch.
create function ledger_movements(p_region text, p_legs ledger_leg[]) returns ledger_movement[] language plpgsql as $$
begin
  return (with side as (
    select s.account_id, s.is_debit, s.is_out, l.posted, l.reserved, l.n, l.seq,
      case when s.is_out then -l.posted else l.posted end as amount,
      case when s.is_out then -l.posted - l.reserved else l.posted end as freed
    from unnest(p_legs) l
    cross join lateral (values (l.debit_id, true, l.debit_normal = 'credit'),
      (l.credit_id, false, l.credit_normal = 'debit')) s (account_id, is_debit, is_out)
    where s.is_out is not null
  ), locked as (
    select b.account_id, b.version, b.in_posted - b.out_posted as balance, b.out_pending as reserved
    from ledger_balance b
    where b.account_id = any (array(select account_id from side)) and b.region_id = p_region
    order by b.account_id for no key update
  )
  select array(select row(s.account_id, s.is_debit, s.is_out, s.posted, s.reserved, s.freed,
      b.version + count(*) filter (where s.posted <> 0) over running, s.amount,
      b.balance + sum(s.amount) over running, b.balance - b.reserved + sum(s.freed) over running,
      s.n, s.seq)::ledger_movement
    from side s join locked b using (account_id)
    window running as (partition by s.account_id order by s.n, s.seq)));
end $$;

-- Which postings break a floor when they are played one after the other, each only if it can be. Balances are locked.
create function ledger_refused(p_region text, p_moves ledger_movement[]) returns jsonb language plpgsql as $$
declare
  v_accounts bigint[];
  v_free bigint[];
  v_try bigint[];
  v_move ledger_movement;
  v_n int := 0;
  v_at int;
  v_bad boolean := false;
  v_refused jsonb := '[]';
begin
  select array_agg(account_id), array_agg(available - freed) into v_accounts, v_free
    from (select distinct on (account_id) * from unnest(p_moves) order by account_id, n, seq) m;
  v_try := v_free;
  for v_move in select * from unnest(p_moves) order by n, seq loop
    if v_move.n <> v_n then
      v_free := case when v_bad then v_free else v_try end;
      v_try := v_free;
      v_n := v_move.n;
      v_bad := false;
    end if;
    continue when v_bad;
    v_at := array_position(v_accounts, v_move.account_id);
    v_try[v_at] := v_try[v_at] + v_move.freed;
    if v_try[v_at] < 0 then
      v_bad := true;
      v_refused := v_refused || jsonb_build_object('n', v_n, 'refusal', 'ledger.short', 'data',
        ledger_short(p_region, v_move.account_id)
          || jsonb_build_object('availableMinor', (v_try[v_at] - v_move.freed)::text));
    end if;
  end loop;
  return v_refused;
end $$;

-- What is no posting at all, or ends what it cannot end.
create function ledger_malformed(p_region text, p_legs ledger_leg[]) returns jsonb language sql stable as $$
  select jsonb_agg(jsonb_build_object('n', b.n,
    'refusal', case when b.kind like 'ledger.%' then b.kind else 'ledger.bad_posting' end,
    'data', case when b.kind like 'ledger.%' then jsonb_build_object('pendingId', b.pending_id)
      else jsonb_build_object('leg', b.seq) end))
  from (select distinct on (l.n) l.* from unnest(p_legs) l
  where l.kind not in ('posted', 'pending', 'post', 'void')
    or l.kind in ('posted', 'pending') and (l.debit_id is null or l.credit_id is null or l.debit_id = l.credit_id)
    or l.kind in ('posted', 'pending') and coalesce(l.amount, 0) <= 0 or l.amount <= 0
    or l.kind = 'pending' and (l.pending_id is null
      or exists (select from ledger_pending p where p.id = l.pending_id and p.region_id = p_region))
  order by l.n, l.seq) b
$$;

create function ledger_pass(p_region text, p_actor text, p_postings ledger_posting[], p_legs ledger_leg[]) returns void
language plpgsql as $$
declare
  v_legs ledger_leg[] := p_legs;
  v_moves ledger_movement[];
  v_new text[];
  v_pending boolean;
  v_ends boolean;
  v_bad jsonb;
begin
  select bool_or(kind = 'pending'), bool_or(kind in ('post', 'void')) into v_pending, v_ends from unnest(p_legs);
  with written as (
    insert into ledger_journal (id, region_id, event_type, order_id, idem_key, effective_at, actor, reason)
    select id, p_region, event_type, order_id, idem_key, effective_at, p_actor, reason from unnest(p_postings)
    order by idem_key
    on conflict on constraint ledger_journal_idem do nothing
    returning idem_key
  )
  select array_agg(idem_key) into v_new from written;
  if coalesce(cardinality(v_new), 0) < cardinality(p_postings) then
    perform ledger_drop(ledger_known(p_region,
      array(select p from unnest(p_postings) p where p.idem_key <> all (coalesce(v_new, '{}'))), p_legs));
  end if;
  if v_ends then
    v_legs := ledger_endings(p_region, p_legs);
  end if;
  v_bad := ledger_malformed(p_region, v_legs);
  if v_bad is not null then
    perform ledger_drop(v_bad);
  end if;
  if v_pending then
    insert into ledger_pending
        (id, region_id, journal_id, seq, currency, debit_id, credit_id, amount_minor, expires_at)
      select l.pending_id, p_region, p.id, l.seq, l.currency, l.debit_id, l.credit_id, l.amount, l.expires_at
      from unnest(v_legs) l join unnest(p_postings) p on p.n = l.n where l.kind = 'pending';
  end if;
  if v_ends then
    insert into ledger_pending_end (pending_id, region_id, journal_id, seq)
      select l.pending_id, p_region, p.id, l.seq
      from unnest(v_legs) l join unnest(p_postings) p on p.n = l.n where l.kind in ('post', 'void');
  end if;
  v_moves := ledger_movements(p_region, v_legs);
  if exists (select from unnest(v_moves) where available < 0) then
    perform ledger_drop(ledger_refused(p_region, v_moves));
  end if;
  update ledger_balance b set
      in_posted = b.in_posted + t.in_posted, out_posted = b.out_posted + t.out_posted,
      in_pending = b.in_pending + t.in_pending, out_pending = b.out_pending + t.out_pending, version = t.version
    from (select account_id, max(version) as version,
        sum(case when is_out then 0 else posted end) as in_posted,
        sum(case when is_out then posted else 0 end) as out_posted,
        sum(case when is_out then 0 else reserved end) as in_pending,
        sum(case when is_out then reserved else 0 end) as out_pending
      from unnest(v_moves) group by account_id) t
    where b.account_id = t.account_id and b.region_id = p_region;
  insert into ledger_transfer (debit_id, credit_id, amount_minor, debit_version, debit_after_minor, credit_version,
      credit_after_minor, journal_id, seq, region_id, currency, kind)
    select l.debit_id, l.credit_id, l.amount, d.version, d.balance_after, c.version, c.balance_after, p.id, l.seq, p_region,
      l.currency, l.kind
    from unnest(v_legs) l
    join unnest(p_postings) p on p.n = l.n
    left join unnest(v_moves) d on d.n = l.n and d.seq = l.seq and d.is_debit and d.posted <> 0
    left join unnest(v_moves) c on c.n = l.n and c.seq = l.seq and not c.is_debit and c.posted <> 0;
end $$;

-- Postings as arrays of equal length; legs too, each with the number of its posting (from 1) and its place in it. A key or
-- a pending is named once in a call: what comes back to one goes into the next call.
create function ledger_post_batch(
  p_region text, p_actor text, p_id uuid[], p_key text[], p_event text[], p_order uuid[], p_at timestamptz[],
  p_reason text[], p_of int[], p_seq int[], p_kind text[], p_currency text[], p_amount bigint[], p_debit_code text[],
  p_debit_owner text[], p_credit_code text[], p_credit_owner text[], p_pending uuid[], p_expires timestamptz[],
  out o_n int, out o_journal_id uuid, out o_replayed boolean, out o_refusal text, out o_data jsonb
) returns setof record language plpgsql security definer
-- Plans for any batch, made once; a plan made for one batch's arrays costs more than it saves.
set search_path = public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
declare
  v_postings ledger_posting[];
  v_legs ledger_leg[];
  v_missing boolean;
  v_detail text;
  v_outcomes jsonb;
begin
  for v_try in 1..2 loop
    select array_agg(row(l.n, l.seq, l.kind, l.currency, l.amount,
        d.id, case d.mode when 'authorising' then d.normal end, c.id, case c.mode when 'authorising' then c.normal end,
        case l.kind when 'posted' then l.amount else 0 end, case l.kind when 'pending' then l.amount else 0 end,
        l.pending, l.expires)::ledger_leg),
        bool_or(d.id is null and l.debit_code is not null or c.id is null and l.credit_code is not null)
      into v_legs, v_missing
      from unnest(p_of, p_seq, p_kind, p_currency, p_amount, p_debit_code, p_debit_owner, p_credit_code, p_credit_owner,
        p_pending, p_expires)
        l (n, seq, kind, currency, amount, debit_code, debit_owner, credit_code, credit_owner, pending, expires)
      left join ledger_account d on d.owner_id = l.debit_owner and d.code = l.debit_code
        and d.currency = l.currency and d.region_id = p_region
      left join ledger_account c on c.owner_id = l.credit_owner and c.code = l.credit_code
        and c.currency = l.currency and c.region_id = p_region;
    exit when not v_missing;
    perform ledger_open(p_region, p_currency || p_currency, p_debit_code || p_credit_code, p_debit_owner || p_credit_owner);
  end loop;
  select array_agg(row(p.n, p.id, p.idem_key, p.event_type, p.order_id, p.effective_at, p.reason, null)::ledger_posting)
    into v_postings
    from unnest(p_id, p_key, p_event, p_order, p_at, p_reason) with ordinality
      p (id, idem_key, event_type, order_id, effective_at, reason, n);
  select coalesce(jsonb_agg(jsonb_build_object('n', n, 'refusal', 'ledger.bad_posting', 'data', '{"legs": 0}'::jsonb)), '[]')
    into v_outcomes from unnest(v_postings) where n <> all (p_of);
  loop
    if v_outcomes <> '[]' then
      v_postings := array(select p from unnest(v_postings) p
        where p.n not in (select (o->>'n')::int from jsonb_array_elements(v_outcomes) o));
      v_legs := array(select l from unnest(v_legs) l
        where l.n not in (select (o->>'n')::int from jsonb_array_elements(v_outcomes) o));
    end if;
    exit when cardinality(v_postings) = 0;
    begin
      perform ledger_pass(p_region, p_actor, v_postings, v_legs);
      exit;
    exception when sqlstate 'PL000' then
      get stacked diagnostics v_detail = pg_exception_detail;
      v_outcomes := v_outcomes || v_detail::jsonb;
    end;
  end loop;
  return query select p.n::int, case when o.refusal is null then coalesce(o."journalId", p.id) end,
      o."journalId" is not null, o.refusal, o.data
    from unnest(p_id) with ordinality p (id, n)
    left join jsonb_to_recordset(v_outcomes) o (n int, "journalId" uuid, refusal text, data jsonb) on o.n = p.n
    order by p.n;
end $$;

select ledger_take_over('{ledger_post_batch}');
