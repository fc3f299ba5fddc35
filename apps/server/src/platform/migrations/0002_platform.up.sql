-- One row: how far business time is ahead of real time (a demo market only; production refuses to move it).
create table platform_clock (
  id         smallint primary key default 1 check (id = 1),
  offset_ms  bigint not null default 0 check (offset_ms >= 0),
  changed_at timestamptz not null default now()
);
insert into platform_clock (id) values (1);

-- What is true of this installation as a whole, for example that its demo market was seeded.
create table installation (
  name  text primary key,
  value text not null
);

-- What happened, written in the transaction in which it happened. `seq` is given by the one dispatcher, so it rises
-- in the order of delivery and a live stream can resume after it.
create table outbox (
  id            uuid primary key,
  region_id     text not null,
  type          text not null,
  key           text not null,
  topics        text[] not null default '{}',
  data          jsonb not null,
  request_id    text not null,
  occurred_at   timestamptz not null,
  recorded_at   timestamptz not null default clock_timestamp(),
  seq           bigint,
  dispatched_at timestamptz
);
create sequence outbox_seq as bigint;
create index outbox_waiting on outbox (recorded_at, id) where seq is null;
create unique index outbox_by_seq on outbox (seq) where seq is not null;

-- Which listener has handled which event: makes an at-least-once delivery an exactly-once effect.
create table outbox_handled (
  event_id   uuid not null,
  listener   text not null,
  handled_at timestamptz not null default now(),
  primary key (event_id, listener)
);

-- Business timers, polled against the business clock.
create table deadline (
  kind       text not null,
  subject_id text not null,
  region_id  text not null,
  at         timestamptz not null,
  attempts   integer not null default 0,
  not_before timestamptz not null default '-infinity',
  error      text,
  primary key (kind, subject_id)
);
create index deadline_due on deadline (at);

-- When a schedule last ran, in real time.
create table task_schedule (
  task        text primary key,
  last_run_at timestamptz not null
);

-- Who did what to what, and why. The application may add and read, nothing else.
create table audit_entry (
  id          uuid primary key,
  region_id   text not null,
  at          timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  actor_kind  text not null check (actor_kind in ('anonymous', 'system', 'person')),
  actor_id    text,
  session_id  uuid,
  act         text not null,
  subject     text not null,
  reason      text,
  detail      jsonb not null default '{}',
  request_id  text not null
);
create index audit_entry_by_subject on audit_entry (subject, id);
create index audit_entry_by_region on audit_entry (region_id, id);
create index audit_entry_by_actor on audit_entry (actor_id, id) where actor_id is not null;
revoke update, delete on audit_entry from plumbline_app;

-- Money writes: the first answer to a key is the answer to each repetition of it.
create table idempotency (
  scope           text not null,
  key             text not null,
  route           text not null,
  region_id       text not null,
  request_hash    bytea not null,
  state           text not null check (state in ('started', 'done')),
  response_status integer,
  response_body   text,
  locked_until    timestamptz,
  created_at      timestamptz not null default now(),
  primary key (scope, key),
  check ((state = 'done') = (response_status is not null))
);
create index idempotency_by_age on idempotency (created_at);

-- Counters of the rate limits that hold across all API processes. Losing them in a crash is harmless.
create unlogged table rate_window (
  key          text not null,
  window_start timestamptz not null,
  hits         integer not null,
  primary key (key)
);

-- Uploaded files: the row says what they are, the bytes lie in the data folder under the id.
create table file (
  id           uuid primary key,
  region_id    text not null,
  owner_id     uuid,
  name         text not null,
  content_type text not null,
  bytes        integer not null check (bytes > 0),
  sha256       bytea not null,
  created_at   timestamptz not null
);
