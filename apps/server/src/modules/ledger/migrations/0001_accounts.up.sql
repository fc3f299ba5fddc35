-- The one writer. Roles belong to the whole cluster, so another database may have made it already.
do $$ begin
  create role ledger_owner nologin;
exception
  when duplicate_object or unique_violation then null;
end $$;

do $$ begin
  if not pg_has_role(current_user, 'ledger_owner', 'member') then
    execute format('grant ledger_owner to %I', current_user);
  end if;
end $$;

create table currency (
  code          char(3) primary key check (code ~ '^[A-Z]{3}$'),
  exponent      smallint not null check (exponent between 0 and 3),
  -- Decimals on the wire where a payment provider counts otherwise than ISO 4217.
  psp_exponent  jsonb not null default '{}',
  rounding_unit bigint not null default 1 check (rounding_unit > 0)
);

insert into currency (code, exponent)
select unnest(string_to_array(codes, ' ')), exponent from (values
  (0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'),
  (2, 'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC'),
  (2, 'CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR'),
  (2, 'JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD'),
  (2, 'NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN'),
  (2, 'SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG'),
  (3, 'BHD IQD JOD KWD LYD OMR TND')
) as list (exponent, codes);
update currency set psp_exponent = '{"stripe": 0}' where code = 'MGA';
update currency set psp_exponent = '{"stripe": 2}' where code in ('ISK', 'UGX');
-- Three-decimal amounts have to end in 0 on Stripe's wire.
update currency set rounding_unit = 10 where exponent = 3;

-- The chart of accounts. An authorising account has a balance row that is locked and may never go below zero; a
-- recording account is append-only and gets its balance from the fold, so that it never makes two postings wait.
create table ledger_code (
  code       text collate "C" primary key,
  name       text not null unique,
  owner_type text collate "C" not null,
  normal     text not null check (normal in ('debit', 'credit')),
  mode       text not null check (mode in ('authorising', 'recording'))
);

insert into ledger_code (code, name, owner_type, normal, mode) values
  ('A100', 'psp_clearing',        'psp',          'debit',  'recording'),
  ('A110', 'bank',                'bank',         'debit',  'recording'),
  ('A120', 'payout_in_transit',   'psp',          'debit',  'recording'),
  ('A130', 'dispute_receivable',  'dispute',      'debit',  'authorising'),
  ('A140', 'provider_receivable', 'provider',     'debit',  'authorising'),
  ('A190', 'suspense',            'break',        'debit',  'recording'),
  ('L200', 'escrow',              'order_line',   'credit', 'authorising'),
  ('L210', 'provider_pending',    'provider',     'credit', 'authorising'),
  ('L220', 'provider_available',  'provider',     'credit', 'authorising'),
  ('L230', 'provider_reserve',    'provider',     'credit', 'authorising'),
  ('L240', 'deposit',             'rental',       'credit', 'authorising'),
  ('L250', 'refund_payable',      'refund',       'credit', 'authorising'),
  ('L260', 'customer_credit',     'person',       'credit', 'authorising'),
  ('L270', 'vat_payable',         'jurisdiction', 'credit', 'recording'),
  ('I400', 'commission',          'product',      'credit', 'recording'),
  ('I410', 'booking_fee',         'product',      'credit', 'recording'),
  ('X500', 'psp_fee',             'psp',          'debit',  'recording'),
  ('X510', 'dispute_fee',         'psp',          'debit',  'recording'),
  ('X520', 'chargeback_loss',     'product',      'debit',  'recording'),
  ('X530', 'goodwill',            'product',      'debit',  'recording'),
  ('X540', 'bad_debt',            'product',      'debit',  'recording'),
  ('X550', 'rounding',            'product',      'debit',  'recording'),
  ('F600', 'fx_position',         'currency',     'credit', 'recording'),
  ('R700', 'inter_region',        'region',       'debit',  'recording');

-- Identity only, never updated: what changes with every posting lies in ledger_balance, so that nothing that refers
-- to an account waits for the lock on its balance.
create table ledger_account (
  id         bigint generated always as identity,
  region_id  text collate "C" not null,
  currency   char(3) not null references currency (code),
  code       text collate "C" not null references ledger_code (code),
  owner_type text collate "C" not null,
  owner_id   text collate "C" not null check (length(owner_id) between 1 and 200),
  normal     text not null,
  mode       text not null,
  opened_at  timestamptz not null default clock_timestamp(),
  primary key (id, region_id)
);
-- The code decides the type of the owner.
create unique index ledger_account_by_ref on ledger_account (owner_id, code, currency, region_id);

-- One row per authorising account. `in` is the normal direction, in which the account grows: the credits of a liability, the
-- debits of a receivable. The floor counts pendings too: what is reserved cannot be spent again. It is one short CHECK,
-- because PostgreSQL parses and prepares every CHECK anew for every statement (8 µs of 14 for one with a CASE, measured).
create table ledger_balance (
  account_id    bigint not null,
  region_id     text collate "C" not null,
  credit_normal boolean not null,
  in_posted     bigint not null default 0,
  out_posted    bigint not null default 0,
  in_pending    bigint not null default 0,
  out_pending   bigint not null default 0,
  version       bigint not null default 0,
  primary key (account_id, region_id),
  constraint ledger_balance_floor check (in_posted - out_posted - out_pending >= 0)
-- Half of every page is kept free, so that a new version of a row finds room beside the old one (HOT).
) with (fillfactor = 50);

-- Everything below is append-only. Keys hold region_id and ids are UUIDv7, so that the tables can be partitioned by
-- region, and transfer and entry by month too, without a change to those who use them (docs/adr/0007).
create table ledger_journal (
  id           uuid not null,
  region_id    text collate "C" not null,
  -- Era × 2^48 + transaction id of the writer: tells the fold what an open transaction may still add. The era is part
  -- of the default, which ledger_new_era() changes.
  commit_token bigint not null default 0 + pg_current_xact_id()::text::bigint,
  event_type   text not null,
  order_id     uuid,
  -- The first content of a key is its only content: a repetition gets the first answer.
  idem_key     text collate "C" not null,
  effective_at timestamptz not null,
  created_at   timestamptz not null default clock_timestamp(),
  actor        text not null,
  reason       text,
  primary key (id, region_id),
  constraint ledger_journal_idem unique (idem_key, region_id)
);
create index ledger_journal_by_order on ledger_journal (order_id, region_id) where order_id is not null;
create index ledger_journal_by_token on ledger_journal (region_id, commit_token);

-- One debit, one credit, one positive amount, one currency: it cannot be out of balance. It carries the entries of its
-- authorising accounts: their gap-free version and balance after it. Rows of their own for them cost two more inserts.
create table ledger_transfer (
  debit_id           bigint not null,
  credit_id          bigint not null,
  amount_minor       bigint not null,
  debit_version      bigint,
  debit_after_minor  bigint,
  credit_version     bigint,
  credit_after_minor bigint,
  journal_id         uuid not null,
  seq                smallint not null,
  region_id          text collate "C" not null,
  currency           char(3) not null,
  kind               text collate "C" not null, -- posted | pending | post | void
  primary key (journal_id, seq, region_id),
  constraint ledger_transfer_shape check (amount_minor > 0 and debit_id <> credit_id)
);

create unique index ledger_transfer_debits on ledger_transfer (debit_id, debit_version, region_id)
  where debit_version is not null;
create unique index ledger_transfer_credits on ledger_transfer (credit_id, credit_version, region_id)
  where credit_version is not null;

-- Entries of recording accounts, which get them when they are folded: movements in the account's normal direction,
-- versions gap-free.
create table ledger_folded_entry (
  account_id          bigint not null,
  account_version     bigint not null,
  amount_minor        bigint not null,
  balance_after_minor bigint not null,
  journal_id          uuid not null,
  seq                 smallint not null,
  region_id           text collate "C" not null,
  primary key (account_id, account_version, region_id)
);

create table ledger_pending (
  id           uuid not null,
  region_id    text collate "C" not null,
  journal_id   uuid not null,
  seq          smallint not null,
  currency     char(3) not null,
  debit_id     bigint not null,
  credit_id    bigint not null,
  amount_minor bigint not null,
  expires_at   timestamptz,
  primary key (id, region_id)
);
create index ledger_pending_by_journal on ledger_pending (journal_id, seq);
create index ledger_pending_by_debit on ledger_pending (debit_id);
create index ledger_pending_by_credit on ledger_pending (credit_id);

-- A pending ends once: by a post of up to its amount (the rest is free again) or by a void.
create table ledger_pending_end (
  pending_id uuid not null,
  region_id  text collate "C" not null,
  journal_id uuid not null,
  seq        smallint not null,
  primary key (pending_id, region_id)
);
create index ledger_pending_end_by_journal on ledger_pending_end (journal_id, seq);

create table ledger_reversal (
  journal_id  uuid not null,
  region_id   text collate "C" not null,
  reversed_by uuid not null,
  primary key (journal_id, region_id)
);
create unique index ledger_reversal_by on ledger_reversal (reversed_by, region_id);

-- Balances of recording accounts as far as they are folded.
create table ledger_snapshot (
  account_id      bigint not null,
  region_id       text collate "C" not null,
  debits_posted   bigint not null default 0,
  credits_posted  bigint not null default 0,
  debits_pending  bigint not null default 0,
  credits_pending bigint not null default 0,
  version         bigint not null default 0,
  taken_at        timestamptz not null default clock_timestamp(),
  primary key (account_id, region_id)
);

-- How far each region is folded and sealed: journals with a smaller commit_token are.
create table ledger_progress (
  region_id   text collate "C" primary key,
  folded_to   bigint not null default 0,
  sealed_to   bigint not null default 0,
  sealed_seq  bigint not null default 0,
  sealed_hash bytea not null default '\x'
);

-- The hash chain over the journals of a region; apart from them, so that a journal is never updated.
create table ledger_seal (
  region_id  text collate "C" not null,
  seq        bigint not null,
  journal_id uuid not null,
  prev_hash  bytea not null,
  hash       bytea not null,
  sealed_at  timestamptz not null default clock_timestamp(),
  primary key (region_id, seq)
);
create unique index ledger_seal_by_journal on ledger_seal (journal_id, region_id);

-- Transaction ids start again in a restored or moved database. The era counts such moves, so that commit_token goes
-- on rising; the system identifier tells a move that nobody announced.
create table ledger_era (
  id                smallint primary key default 1 check (id = 1),
  era               bigint not null,
  system_identifier bigint not null
);
insert into ledger_era (id, era, system_identifier) select 1, 0, system_identifier from pg_control_system();

-- Belt and braces: what is append-only refuses every change, whoever asks.
create function ledger_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception using errcode = 'PL002', message = format('%s is append-only: %s refused', tg_table_name, tg_op);
end $$;

do $$
declare
  v_table text;
begin
  foreach v_table in array array['currency', 'ledger_code', 'ledger_account', 'ledger_journal', 'ledger_transfer',
      'ledger_folded_entry', 'ledger_pending', 'ledger_pending_end', 'ledger_reversal', 'ledger_seal'] loop
    execute format('create trigger append_only before update or delete or truncate on %I
      for each statement execute function ledger_refuse_change()', v_table);
  end loop;
end $$;

-- Only functions of ledger_owner write. The application may read everything and call what is named here. Every migration
-- of this module ends with it.
create function ledger_take_over(p_callable text[]) returns void language plpgsql as $$
declare
  v_name text;
begin
  execute 'grant create on schema public to ledger_owner';
  for v_name in select oid::regclass::text from pg_class where relnamespace = 'public'::regnamespace
      and relkind in ('r', 'v') and (relname like 'ledger\_%' or relname = 'currency') loop
    execute format('revoke all on %s from plumbline_app', v_name);
    execute format('grant select on %s to plumbline_app', v_name);
    execute format('alter table %s owner to ledger_owner', v_name);
  end loop;
  for v_name in select oid::regprocedure::text from pg_proc
      where pronamespace = 'public'::regnamespace and proname like 'ledger\_%' and proname <> 'ledger_take_over' loop
    execute format('revoke all on function %s from public', v_name);
    execute format('alter function %s owner to ledger_owner', v_name);
  end loop;
  for v_name in select oid::regprocedure::text from pg_proc
      where pronamespace = 'public'::regnamespace and proname = any (p_callable) loop
    execute format('grant execute on function %s to plumbline_app', v_name);
  end loop;
  execute 'revoke create on schema public from ledger_owner';
end $$;
revoke all on function ledger_take_over from public;

select ledger_take_over('{}');
