-- Every call to the PSP that changes something there: written before it is made, answered after. Its id is the
-- idempotency key and goes along as metadata, so that an unknown outcome can be asked for.
create table psp_call (
  id            uuid primary key,
  region_id     text not null,
  kind          text not null check (kind in (
    'customer', 'checkout', 'expire_checkout', 'charge', 'capture', 'cancel', 'refund',
    'account', 'transfer', 'payout', 'reversal')),
  -- One intent per thing to be done: the second wish for the same finds the first.
  dedupe_key    text not null unique,
  subject_id    uuid not null,
  params        jsonb not null,
  state         text not null check (state in ('intended', 'done', 'unknown', 'failed')),
  attempts      integer not null default 0,
  -- Rises when the PSP has stored an error of its own under the key and asking shows that nothing was done.
  generation    integer not null default 0,
  object_id     text,
  error         text,
  error_code    text,
  business_at   timestamptz not null,
  -- Real time: the outside world does not follow the business clock.
  intended_at   timestamptz not null default clock_timestamp(),
  called_at     timestamptz,
  locked_until  timestamptz,
  settled_at    timestamptz
);
create index psp_call_open on psp_call (intended_at) where state in ('intended', 'unknown');
create index psp_call_by_subject on psp_call (subject_id, kind);

create table checkout (
  id             uuid primary key,
  region_id      text not null,
  order_id       uuid not null references money_order (id),
  call_id        uuid not null references psp_call (id),
  mode           text not null check (mode in ('payment', 'setup')),
  state          text not null check (state in ('opening', 'open', 'complete', 'expired')),
  psp_session_id text unique,
  url            text,
  opened_at      timestamptz not null
);
create index checkout_by_order on checkout (order_id, id);
create unique index checkout_one_open on checkout (order_id) where state in ('opening', 'open');

-- Messages of the PSP as they came. `received_at`, `next_at` and `settled_at` are real time.
create table webhook_event (
  id          uuid primary key,
  region_id   text not null,
  endpoint    text not null check (endpoint in ('platform', 'connect')),
  event_id    text not null,
  type        text not null,
  object_id   text,
  account_id  text,
  raw         bytea not null,
  signature   text not null,
  verified    boolean not null check (verified),
  received_at timestamptz not null,
  state       text not null check (state in ('received', 'done', 'ignored', 'superseded', 'deferred', 'dead')),
  attempts    integer not null default 0,
  next_at     timestamptz,
  error       text,
  settled_at  timestamptz,
  unique (endpoint, event_id)
);
create index webhook_event_by_region on webhook_event (region_id, id);
create index webhook_event_open on webhook_event (received_at) where state in ('received', 'deferred');

-- Where a provider's payouts go: an account at the PSP.
create table payment_account (
  organisation_id   uuid primary key,
  region_id         text not null,
  psp_account_id    text unique,
  details_submitted boolean not null default false,
  payouts_enabled   boolean not null default false,
  transfers_active  boolean not null default false,
  requirements      text[] not null default '{}',
  bank_name         text,
  bank_last4        text,
  bank_id           text,
  -- Since when payouts may reckon with this bank account (business time).
  method_since      timestamptz,
  method_failed     boolean not null default false,
  frozen_reason     text,
  created_at        timestamptz not null,
  changed_at        timestamptz not null,
  foreign key (region_id, organisation_id) references organisation (region_id, id)
);
