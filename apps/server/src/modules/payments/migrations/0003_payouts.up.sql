-- The moves of a payout, as in packages/domain/src/payout.ts (a test keeps the two equal).
create table payout_transition (
  from_state text not null,
  move       text not null,
  to_state   text not null,
  primary key (from_state, move, to_state)
);
insert into payout_transition (from_state, move, to_state) values
  ('draft', 'approve', 'approved'),
  ('draft', 'fail', 'failed'),
  ('approved', 'submit', 'submitted'),
  ('approved', 'fail', 'failed'),
  ('submitted', 'transit', 'in_transit'),
  ('submitted', 'arrive', 'paid'),
  ('submitted', 'fail', 'failed'),
  ('submitted', 'lose_sight', 'unknown'),
  ('unknown', 'transit', 'in_transit'),
  ('unknown', 'arrive', 'paid'),
  ('unknown', 'fail', 'failed'),
  ('unknown', 'submit', 'submitted'),
  ('in_transit', 'arrive', 'paid'),
  ('in_transit', 'fail', 'failed'),
  ('paid', 'return', 'returned');
revoke insert, update, delete, truncate on payout_transition from plumbline_app;

create table payout_batch (
  id              uuid primary key,
  region_id       text not null references region (id),
  currency        char(3) not null,
  cut_off         timestamptz not null,
  numbers_version integer not null,
  started_by      text not null,
  created_at      timestamptz not null
);
create index payout_batch_by_region on payout_batch (region_id, id);

create table payout (
  id              uuid primary key,
  region_id       text not null,
  batch_id        uuid not null references payout_batch (id),
  organisation_id uuid not null references payment_account (organisation_id),
  reference       text not null,
  state           text not null,
  version         integer not null check (version >= 0),
  amount_minor    bigint not null check (amount_minor > 0),
  currency        char(3) not null,
  psp_account_id  text not null,
  -- The ledger's pending transfer.
  pending_id      uuid not null,
  transfer_id     text,
  reversal_id     text,
  psp_payout_id   text unique,
  paid_journal    uuid,
  failure         text,
  arrives_at      timestamptz,
  created_at      timestamptz not null,
  settled_at      timestamptz,
  approved_by     uuid,
  retry_of        uuid unique references payout (id),
  unique (region_id, reference)
);
create index payout_by_organisation on payout (organisation_id, id);
create index payout_by_region on payout (region_id, id);
create index payout_by_state on payout (region_id, state, id);

create table payout_event (
  payout_id  uuid not null references payout (id),
  seq        integer not null check (seq > 0),
  region_id  text not null,
  from_state text not null,
  move       text not null,
  to_state   text not null,
  at         timestamptz not null,
  actor_kind text not null,
  actor_id   text,
  note       jsonb not null default '{}',
  primary key (payout_id, seq),
  constraint payout_event_allowed foreign key (from_state, move, to_state) references payout_transition
);
revoke update, delete, truncate on payout_event from plumbline_app;

-- Each change of what a provider has available, but for payouts themselves: the lines of a future payout. Those
-- without a payout sum to the provider's available balance in the ledger.
create table earning (
  id               uuid primary key,
  region_id        text not null,
  organisation_id  uuid not null,
  order_id         uuid not null references money_order (id),
  kind             text not null check (kind in ('release', 'refund', 'recovery')),
  currency         char(3) not null,
  gross_minor      bigint not null,
  commission_minor bigint not null,
  vat_minor        bigint not null,
  net_minor        bigint not null check (kind = 'recovery' or net_minor = gross_minor - commission_minor - vat_minor),
  journal_id       uuid not null,
  at               timestamptz not null,
  payout_id        uuid references payout (id),
  check ((kind = 'release') = (net_minor >= 0))
);
create index earning_waiting on earning (organisation_id, id) where payout_id is null;
create index earning_by_order on earning (order_id);

-- What was in a payout; stays when the payout fails and its lines wait for the next one.
create table payout_item (
  region_id  text not null,
  payout_id  uuid not null references payout (id),
  earning_id uuid not null references earning (id),
  primary key (payout_id, earning_id)
);
create index payout_item_by_earning on payout_item (earning_id);

-- What a provider owes after a refund that came too late to be taken from the order itself; oldest first.
create table receivable (
  id              uuid primary key,
  region_id       text not null,
  organisation_id uuid not null,
  order_id        uuid not null references money_order (id),
  refund_id       uuid not null references refund (id) deferrable initially deferred,
  currency        char(3) not null,
  amount_minor    bigint not null check (amount_minor > 0),
  recovered_minor bigint not null default 0 check (recovered_minor between 0 and amount_minor),
  at              timestamptz not null
);
create index receivable_open on receivable (organisation_id, id) where recovered_minor < amount_minor;
