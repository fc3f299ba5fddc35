-- Posting one journal. Legs come as arrays of equal length; they are played in their order, and each one has to keep
-- every floor. Statement by statement and not set-based, because one journal has one to four legs: half the time.
--
-- Locks are taken in one order everywhere, each kind ascending: new accounts, idempotency keys, pendings, balances. So
-- two calls cannot wait for each other in a circle.

-- A posting of a batch, and a leg with its accounts; `*_normal` is null for a recording account. `posted` and
-- `reserved` are what the leg adds to the counters.
create type ledger_posting as (
  n int, id uuid, idem_key text, event_type text, order_id uuid, effective_at timestamptz, reason text, reverses uuid
);
create type ledger_leg as (
  n int, seq int, kind text, currency text, amount bigint, debit_id bigint, debit_normal text, credit_id bigint,
  credit_normal text, posted bigint, reserved bigint, pending_id uuid, expires_at timestamptz
);

create function ledger_refuse(p_refusal text, p_data jsonb) returns void language plpgsql as $$
begin
  raise exception using errcode = 'PL001', message = p_refusal, detail = p_data::text;
end $$;

-- Opens those of the accounts that do not exist yet. What the chart does not know stays unopened.
create function ledger_open(p_region text, p_currency text[], p_code text[], p_owner text[]) returns void
language plpgsql as $$
begin
  with opened as (
    insert into ledger_account (region_id, currency, code, owner_type, owner_id, normal, mode)
    select p_region, a.currency, c.code, c.owner_type, a.owner_id, c.normal, c.mode
    from (select distinct * from unnest(p_currency, p_code, p_owner)) a (currency, code, owner_id)
    join ledger_code c on c.code = a.code
    join currency u on u.code = a.currency
    where not exists (select from ledger_account k where k.owner_id = a.owner_id and k.code = a.code
      and k.currency = a.currency and k.region_id = p_region)
    order by a.owner_id, c.code, a.currency
    on conflict (owner_id, code, currency, region_id) do nothing
    returning id, region_id, normal, mode
  ), authorising as (
    insert into ledger_balance (account_id, region_id, credit_normal)
    select id, region_id, normal = 'credit' from opened where mode = 'authorising'
  )
  insert into ledger_snapshot (account_id, region_id)
  select id, region_id from opened where mode = 'recording';
end $$;

create function ledger_short(p_region text, p_account bigint) returns jsonb language sql stable as $$
  select jsonb_build_object('code', a.code, 'ownerType', a.owner_type, 'ownerId', a.owner_id, 'currency', a.currency,
    'availableMinor', (b.in_posted - b.out_posted - b.out_pending)::text)
  from ledger_account a join ledger_balance b on b.account_id = a.id and b.region_id = a.region_id
  where a.id = p_account and a.region_id = p_region
$$;

-- The pendings that legs end, locked: this lock decides who ends a pending.
create function ledger_lock_pendings(p_region text, p_pending uuid[]) returns void language plpgsql as $$
begin
  perform from ledger_pending where id = any (p_pending) and region_id = p_region order by id for no key update;
end $$;

-- A post or void with accounts and amount of its pending; `kind` becomes the refusal when it cannot be.
create function ledger_ending(p_region text, p_leg ledger_leg) returns ledger_leg language plpgsql as $$
declare
  v_pending record;
begin
  select p.*, e.pending_id as ended, case d.mode when 'authorising' then d.normal end as debit_normal,
      case c.mode when 'authorising' then c.normal end as credit_normal into v_pending
    from ledger_pending p
    join ledger_account d on d.id = p.debit_id and d.region_id = p_region
    join ledger_account c on c.id = p.credit_id and c.region_id = p_region
    left join ledger_pending_end e on e.pending_id = p.id and e.region_id = p_region
    where p.id = p_leg.pending_id and p.region_id = p_region;
  p_leg.kind := case when v_pending.id is null then 'ledger.pending_unknown'
    when v_pending.ended is not null then 'ledger.pending_resolved'
    when p_leg.kind = 'post' and p_leg.amount > v_pending.amount_minor then 'ledger.pending_exceeded'
    else p_leg.kind end;
  p_leg.currency := v_pending.currency;
  p_leg.amount := case p_leg.kind when 'post' then coalesce(p_leg.amount, v_pending.amount_minor)
    else v_pending.amount_minor end;
  p_leg.debit_id := v_pending.debit_id;
  p_leg.debit_normal := v_pending.debit_normal;
  p_leg.credit_id := v_pending.credit_id;
  p_leg.credit_normal := v_pending.credit_normal;
  p_leg.posted := case p_leg.kind when 'post' then p_leg.amount else 0 end;
  p_leg.reserved := -v_pending.amount_minor;
  return p_leg;
end $$;

-- The journal that already has this key, if it says the same; null when it says something else.
create function ledger_same(p_region text, p_posting ledger_posting, p_legs ledger_leg[]) returns uuid
language sql stable as $$
  select j.id from ledger_journal j
    left join ledger_reversal r on r.reversed_by = j.id and r.region_id = p_region
    where j.idem_key = p_posting.idem_key and j.region_id = p_region and j.event_type = p_posting.event_type
      and j.order_id is not distinct from p_posting.order_id
      and r.journal_id is not distinct from p_posting.reverses
      and (select jsonb_agg(jsonb_build_array(t.kind, t.currency, t.amount_minor, t.debit_id, t.credit_id, e.pending_id)
            order by t.seq)
          from ledger_transfer t
          left join ledger_pending_end e on e.journal_id = t.journal_id and e.seq = t.seq
          where t.journal_id = j.id and t.region_id = p_region)
        = (select jsonb_agg(jsonb_build_array(l.kind, coalesce(p.currency, l.currency),
              case l.kind when 'void' then p.amount_minor else coalesce(l.amount, p.amount_minor) end,
              coalesce(p.debit_id, l.debit_id), coalesce(p.credit_id, l.credit_id), p.id) order by l.seq)
          from unnest(p_legs) l
          left join ledger_pending p on p.id = l.pending_id and p.region_id = p_region and l.kind in ('post', 'void')
          where l.n = p_posting.n)
$$;

-- Moves one side of a leg on an authorising account and writes its entry; `p_out` is against its normal direction. Whoever
-- has not locked the row before queues on an advisory lock: waiting for the row alone, all of them would wake at every new
-- version of it. (With the row locked the queue would be a circle.) The row stays locked to the end.
create function ledger_move(
  p_region text, p_journal uuid, p_seq int, p_account bigint, p_out boolean, p_posted bigint, p_reserved bigint,
  p_queue boolean
) returns void language plpgsql as $$
declare
  v_version bigint;
  v_balance bigint;
begin
  if p_queue and pg_advisory_xact_lock(1818518631, (p_account & 2147483647)::int) is null then
    return;
  end if;
  if p_out then
    update ledger_balance set out_posted = out_posted + p_posted, out_pending = out_pending + p_reserved,
        version = version + (p_posted <> 0)::int
      where account_id = p_account and region_id = p_region
        and in_posted - out_posted - out_pending >= p_posted + p_reserved
      returning version, in_posted - out_posted into v_version, v_balance;
    if not found then
      perform ledger_refuse('ledger.short', ledger_short(p_region, p_account));
    end if;
  else
    update ledger_balance set in_posted = in_posted + p_posted, in_pending = in_pending + p_reserved,
        version = version + (p_posted <> 0)::int
      where account_id = p_account and region_id = p_region
      returning version, in_posted - out_posted into v_version, v_balance;
  end if;
  if p_posted <> 0 then
    insert into ledger_entry
        (account_id, account_version, amount_minor, balance_after_minor, journal_id, seq, region_id)
      values (p_account, v_version, case when p_out then -p_posted else p_posted end, v_balance, p_journal, p_seq,
        p_region);
  end if;
end $$;

-- Writes one journal. Refusals are raised as PL001: the refusal is the message, its data the detail as JSON.
create function ledger_post(
  p_region text, p_actor text, p_id uuid, p_key text, p_event text, p_order uuid, p_at timestamptz, p_reason text,
  p_reverses uuid, p_kind text[], p_currency text[], p_amount bigint[], p_debit_code text[], p_debit_owner text[],
  p_credit_code text[], p_credit_owner text[], p_pending uuid[], p_expires timestamptz[],
  out o_journal_id uuid, out o_replayed boolean
) language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_legs ledger_leg[] := '{}';
  v_leg ledger_leg;
  v_first boolean;
  v_queue constant boolean := cardinality(p_kind) = 1;
begin
  if cardinality(p_kind) = 0 then
    perform ledger_refuse('ledger.bad_posting', '{"legs": 0}');
  end if;
  for i in 1..cardinality(p_kind) loop
    v_leg := row(1, i, p_kind[i], p_currency[i], p_amount[i], null, null, null, null, 0, 0, p_pending[i], p_expires[i]);
    if p_kind[i] in ('posted', 'pending') then
      for v_try in 1..2 loop
        select d.id, case d.mode when 'authorising' then d.normal end, c.id, case c.mode when 'authorising' then c.normal end
          into v_leg.debit_id, v_leg.debit_normal, v_leg.credit_id, v_leg.credit_normal
          from ledger_account d, ledger_account c
          where d.owner_id = p_debit_owner[i] and d.code = p_debit_code[i] and d.currency = p_currency[i]
            and d.region_id = p_region and c.owner_id = p_credit_owner[i] and c.code = p_credit_code[i]
            and c.currency = p_currency[i] and c.region_id = p_region;
        exit when found;
        if v_try = 2 then
          perform ledger_refuse('ledger.bad_posting', jsonb_build_object('leg', i));
        end if;
        perform ledger_open(p_region, p_currency || p_currency, p_debit_code || p_credit_code,
          p_debit_owner || p_credit_owner);
      end loop;
      if p_kind[i] = 'posted' then
        v_leg.posted := p_amount[i];
      else
        v_leg.reserved := p_amount[i];
      end if;
    elsif p_kind[i] not in ('post', 'void') then
      perform ledger_refuse('ledger.bad_posting', jsonb_build_object('leg', i));
    end if;
    v_legs[i] := v_leg;
  end loop;

  insert into ledger_journal (id, region_id, event_type, order_id, idem_key, effective_at, actor, reason)
    values (p_id, p_region, p_event, p_order, p_key, p_at, p_actor, p_reason)
    on conflict on constraint ledger_journal_idem do nothing;
  if not found then
    o_journal_id := ledger_same(p_region,
      row(1, p_id, p_key, p_event, p_order, p_at, p_reason, p_reverses)::ledger_posting, v_legs);
    if o_journal_id is null then
      perform ledger_refuse('ledger.key_reused', jsonb_build_object('idemKey', p_key));
    end if;
    o_replayed := true;
    return;
  end if;

  if p_reverses is not null then
    insert into ledger_reversal (journal_id, region_id, reversed_by) values (p_reverses, p_region, p_id)
      on conflict do nothing;
    if not found then
      perform ledger_refuse('ledger.already_reversed', jsonb_build_object('journalId', p_reverses));
    end if;
  end if;
  if 'post' = any (p_kind) or 'void' = any (p_kind) then
    perform ledger_lock_pendings(p_region, p_pending);
  end if;
  for i in 1..cardinality(p_kind) loop
    if p_kind[i] in ('post', 'void') then
      v_leg := ledger_ending(p_region, v_legs[i]);
      if v_leg.kind <> p_kind[i] then
        perform ledger_refuse(v_leg.kind, jsonb_build_object('pendingId', p_pending[i]));
      end if;
      v_legs[i] := v_leg;
      insert into ledger_pending_end (pending_id, region_id, journal_id, seq) values (p_pending[i], p_region, p_id, i);
    else
      v_leg := v_legs[i];
    end if;
    insert into ledger_transfer (debit_id, credit_id, amount_minor, journal_id, seq, region_id, currency, kind)
      values (v_leg.debit_id, v_leg.credit_id, v_leg.amount, p_id, i, p_region, v_leg.currency, v_leg.kind);
    if v_leg.kind = 'pending' then
      insert into ledger_pending
          (id, region_id, journal_id, seq, currency, debit_id, credit_id, amount_minor, expires_at)
        values (v_leg.pending_id, p_region, p_id, i, v_leg.currency, v_leg.debit_id, v_leg.credit_id, v_leg.amount,
          v_leg.expires_at);
    end if;
  end loop;

  if not v_queue then
    perform from ledger_balance
      where account_id in (select unnest(array[debit_id, credit_id]) from unnest(v_legs)) and region_id = p_region
      order by account_id for no key update;
  end if;
  foreach v_leg in array v_legs loop
    v_first := v_leg.debit_id < v_leg.credit_id;
    if v_first and v_leg.debit_normal is not null then
      perform ledger_move(p_region, p_id, v_leg.seq, v_leg.debit_id, v_leg.debit_normal = 'credit', v_leg.posted,
        v_leg.reserved, v_queue);
    end if;
    if v_leg.credit_normal is not null then
      perform ledger_move(p_region, p_id, v_leg.seq, v_leg.credit_id, v_leg.credit_normal = 'debit', v_leg.posted,
        v_leg.reserved, v_queue);
    end if;
    if not v_first and v_leg.debit_normal is not null then
      perform ledger_move(p_region, p_id, v_leg.seq, v_leg.debit_id, v_leg.debit_normal = 'credit', v_leg.posted,
        v_leg.reserved, v_queue);
    end if;
  end loop;
  o_journal_id := p_id;
  o_replayed := false;
end $$;

-- The reversing journal of a journal (posting rule 18): its legs turned round, last one first; an open pending is
-- voided. A leg whose pending has ended is reversed by reversing the journal that ended it.
create function ledger_reverse(
  p_region text, p_actor text, p_id uuid, p_key text, p_journal uuid, p_at timestamptz, p_reason text,
  out o_journal_id uuid, out o_replayed boolean
) language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_event text;
  v_order uuid;
  v record;
begin
  select event_type, order_id into v_event, v_order from ledger_journal where id = p_journal and region_id = p_region;
  if not found then
    perform ledger_refuse('ledger.journal_unknown', jsonb_build_object('journalId', p_journal));
  end if;
  if exists (select from ledger_transfer where journal_id = p_journal and region_id = p_region and kind = 'void') then
    perform ledger_refuse('ledger.bad_posting', jsonb_build_object('journalId', p_journal, 'kind', 'void'));
  end if;
  select array_agg(case t.kind when 'pending' then 'void' else 'posted' end order by t.seq desc) as kind,
      array_agg(t.currency::text order by t.seq desc) as currency,
      array_agg(case t.kind when 'pending' then null else t.amount_minor end order by t.seq desc) as amount,
      array_agg(c.code order by t.seq desc) as debit_code, array_agg(c.owner_id order by t.seq desc) as debit_owner,
      array_agg(d.code order by t.seq desc) as credit_code, array_agg(d.owner_id order by t.seq desc) as credit_owner,
      array_agg(p.id order by t.seq desc) as pending, array_agg(null::timestamptz) as expires
    into v
    from ledger_transfer t
    join ledger_account d on d.id = t.debit_id and d.region_id = p_region
    join ledger_account c on c.id = t.credit_id and c.region_id = p_region
    left join ledger_pending p on p.journal_id = t.journal_id and p.seq = t.seq and t.kind = 'pending'
    where t.journal_id = p_journal and t.region_id = p_region;
  select * into o_journal_id, o_replayed from ledger_post(p_region, p_actor, p_id, p_key, 'ledger.reversal:' || v_event,
    v_order, p_at, p_reason, p_journal, v.kind, v.currency, v.amount, v.debit_code, v.debit_owner, v.credit_code,
    v.credit_owner, v.pending, v.expires);
end $$;

-- Opens and locks accounts in ascending order until the transaction ends, for a decision by their balances.
create function ledger_lock(p_region text, p_currency text, p_code text[], p_owner text[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform ledger_open(p_region, array_fill(p_currency, array[cardinality(p_code)]), p_code, p_owner);
  perform from ledger_balance where region_id = p_region and account_id in (
      select a.id from unnest(p_code, p_owner) r (code, owner_id)
      join ledger_account a on a.code = r.code and a.owner_id = r.owner_id and a.currency = p_currency
        and a.region_id = p_region)
    order by account_id for no key update;
end $$;

select ledger_take_over('{ledger_post, ledger_reverse, ledger_lock}');
