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
  v_is_debit boolean;
  v_is_out boolean;
  v_normal text;
  v_account bigint;
  v_version bigint;
  v_after bigint;
  v_debit_version bigint;
  v_debit_after bigint;
  v_credit_version bigint;
  v_credit_after bigint;
begin
  if cardinality(p_kind) = 0 then
    perform ledger_refuse('ledger.bad_posting', '{"legs": 0}');
  end if;
  for i in 1..cardinality(p_kind) loop
    if p_amount[i] <= 0 then
      perform ledger_refuse('ledger.bad_posting', jsonb_build_object('leg', i));
    end if;
    v_leg := row(1, i, p_kind[i], p_currency[i], p_amount[i], null, null, null, null, 0, 0, p_pending[i], p_expires[i]);
    if p_kind[i] in ('posted', 'pending') then
      for v_try in 1..2 loop
        select d.id, case d.mode when 'authorising' then d.normal end, c.id, case c.mode when 'authorising' then c.normal end
          into v_leg.debit_id, v_leg.debit_normal, v_leg.credit_id, v_leg.credit_normal
          from ledger_account d, ledger_account c
          where d.owner_id = p_debit_owner[i] and d.code = p_debit_code[i] and d.currency = p_currency[i]
            and d.region_id = p_region and c.owner_id = p_credit_owner[i] and c.code = p_credit_code[i]
            and c.currency = p_currency[i] and c.region_id = p_region;
        exit when found and v_leg.debit_id <> v_leg.credit_id and p_amount[i] is not null;
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
    continue when p_kind[i] = 'posted';
    if p_kind[i] = 'pending' then
      v_leg := v_legs[i];
      insert into ledger_pending
          (id, region_id, journal_id, seq, currency, debit_id, credit_id, amount_minor, expires_at)
        values (v_leg.pending_id, p_region, p_id, i, v_leg.currency, v_leg.debit_id, v_leg.credit_id, v_leg.amount,
          v_leg.expires_at);
      continue;
    end if;
    v_leg := ledger_ending(p_region, v_legs[i]);
    if v_leg.kind <> p_kind[i] then
      perform ledger_refuse(v_leg.kind, jsonb_build_object('pendingId', p_pending[i]));
    end if;
    v_legs[i] := v_leg;
    insert into ledger_pending_end (pending_id, region_id, journal_id, seq) values (p_pending[i], p_region, p_id, i);
  end loop;

  if cardinality(p_kind) > 1 then
    perform from ledger_balance
      where account_id in (select unnest(array[debit_id, credit_id]) from unnest(v_legs)) and region_id = p_region
      order by account_id for no key update;
  end if;
  foreach v_leg in array v_legs loop
    v_debit_version := null;
    v_debit_after := null;
    v_credit_version := null;
    v_credit_after := null;
    for v_turn in 1..2 loop
      v_is_debit := (v_turn = 1) = (v_leg.debit_id < v_leg.credit_id);
      v_normal := case when v_is_debit then v_leg.debit_normal else v_leg.credit_normal end;
      continue when v_normal is null;
      v_account := case when v_is_debit then v_leg.debit_id else v_leg.credit_id end;
      -- Against its normal direction: the floor may refuse it.
      v_is_out := v_is_debit = (v_normal = 'credit');
      update ledger_balance set
          in_posted = in_posted + case when v_is_out then 0 else v_leg.posted end,
          out_posted = out_posted + case when v_is_out then v_leg.posted else 0 end,
          in_pending = in_pending + case when v_is_out then 0 else v_leg.reserved end,
          out_pending = out_pending + case when v_is_out then v_leg.reserved else 0 end,
          version = version + (v_leg.posted <> 0)::int
        where account_id = v_account and region_id = p_region
          and (not v_is_out or in_posted - out_posted - out_pending >= v_leg.posted + v_leg.reserved)
        returning version, in_posted - out_posted into v_version, v_after;
      if not found then
        perform ledger_refuse('ledger.short', ledger_short(p_region, v_account));
      end if;
      continue when v_leg.posted = 0;
      if v_is_debit then
        v_debit_version := v_version;
        v_debit_after := v_after;
      else
        v_credit_version := v_version;
        v_credit_after := v_after;
      end if;
    end loop;
    insert into ledger_transfer (debit_id, credit_id, amount_minor, debit_version, debit_after_minor, credit_version,
        credit_after_minor, journal_id, seq, region_id, currency, kind)
      values (v_leg.debit_id, v_leg.credit_id, v_leg.amount, v_debit_version, v_debit_after, v_credit_version,
        v_credit_after, p_id, v_leg.seq, p_region, v_leg.currency, v_leg.kind);
  end loop;
  o_journal_id := p_id;
  o_replayed := false;
end $$;

-- Writes the journal of one transfer that moves now: what most calls are, without the arrays and loops of the above, which
-- cost a quarter of its time. What is out of the ordinary (an account to open, a known key, a bad amount) goes there.
--
-- A transaction that begins with it queues on an advisory lock for each balance: waiting for the row alone, all waiters
-- would wake at every new version of it. One that has written before may hold the row that the first in the queue waits
-- for, and so must not queue.
create function ledger_post_one(
  p_region text, p_actor text, p_id uuid, p_key text, p_event text, p_order uuid, p_at timestamptz, p_reason text,
  p_currency text, p_amount bigint, p_debit_code text, p_debit_owner text, p_credit_code text, p_credit_owner text,
  out o_journal_id uuid, out o_replayed boolean
) language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_queues constant boolean := pg_current_xact_id_if_assigned() is null;
  v_debit bigint;
  v_credit bigint;
  -- How much of it is against the normal direction of the account; null for a recording account.
  v_debit_out bigint;
  v_credit_out bigint;
  v_debit_version bigint;
  v_debit_after bigint;
  v_credit_version bigint;
  v_credit_after bigint;
begin
  select d.id, case when d.mode = 'authorising' then case d.normal when 'credit' then p_amount else 0 end end,
      c.id, case when c.mode = 'authorising' then case c.normal when 'debit' then p_amount else 0 end end
    into v_debit, v_debit_out, v_credit, v_credit_out
    from ledger_account d, ledger_account c
    where d.owner_id = p_debit_owner and d.code = p_debit_code and d.currency = p_currency and d.region_id = p_region
      and c.owner_id = p_credit_owner and c.code = p_credit_code and c.currency = p_currency and c.region_id = p_region
      and d.id <> c.id and p_amount > 0;
  if found then
    insert into ledger_journal (id, region_id, event_type, order_id, idem_key, effective_at, actor, reason)
      values (p_id, p_region, p_event, p_order, p_key, p_at, p_actor, p_reason)
      on conflict on constraint ledger_journal_idem do nothing;
  end if;
  if not found then
    select * into o_journal_id, o_replayed from ledger_post(p_region, p_actor, p_id, p_key, p_event, p_order, p_at, p_reason,
      null, array['posted'], array[p_currency], array[p_amount], array[p_debit_code], array[p_debit_owner],
      array[p_credit_code], array[p_credit_owner], array[null::uuid], array[null::timestamptz]);
    return;
  end if;
  o_journal_id := p_id;
  o_replayed := false;
  if v_debit < v_credit and v_debit_out is not null then
    if v_queues then
      perform pg_advisory_xact_lock(1818518631, (v_debit & 2147483647)::int);
    end if;
    update ledger_balance set in_posted = in_posted + p_amount - v_debit_out, out_posted = out_posted + v_debit_out,
        version = version + 1
      where account_id = v_debit and region_id = p_region and in_posted - out_posted - out_pending >= v_debit_out
      returning version, in_posted - out_posted into v_debit_version, v_debit_after;
  end if;
  if v_credit_out is not null then
    if v_queues then
      perform pg_advisory_xact_lock(1818518631, (v_credit & 2147483647)::int);
    end if;
    update ledger_balance set in_posted = in_posted + p_amount - v_credit_out, out_posted = out_posted + v_credit_out,
        version = version + 1
      where account_id = v_credit and region_id = p_region and in_posted - out_posted - out_pending >= v_credit_out
      returning version, in_posted - out_posted into v_credit_version, v_credit_after;
  end if;
  if v_debit > v_credit and v_debit_out is not null then
    if v_queues then
      perform pg_advisory_xact_lock(1818518631, (v_debit & 2147483647)::int);
    end if;
    update ledger_balance set in_posted = in_posted + p_amount - v_debit_out, out_posted = out_posted + v_debit_out,
        version = version + 1
      where account_id = v_debit and region_id = p_region and in_posted - out_posted - out_pending >= v_debit_out
      returning version, in_posted - out_posted into v_debit_version, v_debit_after;
  end if;
  if v_debit_out is not null and v_debit_version is null then
    perform ledger_refuse('ledger.short', ledger_short(p_region, v_debit));
  elsif v_credit_out is not null and v_credit_version is null then
    perform ledger_refuse('ledger.short', ledger_short(p_region, v_credit));
  end if;
  insert into ledger_transfer (debit_id, credit_id, amount_minor, debit_version, debit_after_minor, credit_version,
      credit_after_minor, journal_id, seq, region_id, currency, kind)
    values (v_debit, v_credit, p_amount, v_debit_version, v_debit_after, v_credit_version, v_credit_after, p_id, 1,
      p_region, p_currency, 'posted');
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

select ledger_take_over('{ledger_post, ledger_post_one, ledger_reverse, ledger_lock}');
