-- The moves of an order, as in packages/domain/src/order.ts (a test keeps the two equal). The log below refers to
-- it, so that a move that is not here cannot be recorded, whatever the code believes.
create table order_transition (
  from_state text not null,
  move       text not null,
  to_state   text not null,
  primary key (from_state, move, to_state)
);
insert into order_transition (from_state, move, to_state) values
  ('draft', 'open', 'awaiting_payment'),
  ('awaiting_payment', 'open_checkout', 'awaiting_payment'),
  ('awaiting_payment', 'authorise', 'authorised'),
  ('awaiting_payment', 'save_card', 'card_saved'),
  ('awaiting_payment', 'expire', 'cancelled'),
  ('card_saved', 'charge', 'held'),
  ('card_saved', 'charge_failed', 'payment_failed'),
  ('card_saved', 'cancel', 'cancelled'),
  ('payment_failed', 'open_checkout', 'payment_failed'),
  ('payment_failed', 'expire', 'payment_failed'),
  ('payment_failed', 'authorise', 'authorised'),
  ('payment_failed', 'charge', 'held'),
  ('payment_failed', 'cancel', 'cancelled'),
  ('authorised', 'capture', 'held'),
  ('authorised', 'cancel_authorisation', 'cancelled'),
  ('authorised', 'authorisation_expired', 'auth_expired'),
  ('held', 'start', 'in_service'),
  ('held', 'accept', 'release_pending'),
  ('held', 'freeze', 'disputed_internal'),
  ('held', 'refund_part', 'held'),
  ('held', 'refund_all', 'refund_pending'),
  ('held', 'keep_fee', 'partially_refunded'),
  ('in_service', 'deliver', 'delivered'),
  ('in_service', 'accept', 'release_pending'),
  ('in_service', 'freeze', 'disputed_internal'),
  ('in_service', 'refund_part', 'in_service'),
  ('in_service', 'refund_all', 'refund_pending'),
  ('in_service', 'keep_fee', 'partially_refunded'),
  ('delivered', 'accept', 'release_pending'),
  ('delivered', 'freeze', 'disputed_internal'),
  ('delivered', 'refund_part', 'delivered'),
  ('delivered', 'refund_all', 'refund_pending'),
  ('release_pending', 'release', 'released'),
  ('release_pending', 'freeze', 'disputed_internal'),
  ('release_pending', 'refund_part', 'release_pending'),
  ('release_pending', 'refund_all', 'refund_pending'),
  ('disputed_internal', 'unfreeze', 'held'),
  ('disputed_internal', 'unfreeze', 'in_service'),
  ('disputed_internal', 'unfreeze', 'delivered'),
  ('disputed_internal', 'unfreeze', 'release_pending'),
  ('disputed_internal', 'accept', 'release_pending'),
  ('disputed_internal', 'refund_all', 'refund_pending'),
  ('disputed_internal', 'split', 'resolved_split'),
  ('partially_refunded', 'release', 'released'),
  ('resolved_split', 'release', 'released'),
  ('released', 'pay_out', 'closed'),
  ('released', 'refund_part', 'released'),
  ('released', 'refund_all', 'refund_pending'),
  ('closed', 'payout_returned', 'released'),
  ('closed', 'refund_part', 'closed'),
  ('closed', 'refund_all', 'refund_pending'),
  ('refund_pending', 'refund_confirmed', 'refunded'),
  ('refunded', 'refund_failed', 'refund_pending'),
  ('held', 'refund_confirmed', 'held'),
  ('held', 'refund_failed', 'held'),
  ('in_service', 'refund_confirmed', 'in_service'),
  ('in_service', 'refund_failed', 'in_service'),
  ('delivered', 'refund_confirmed', 'delivered'),
  ('delivered', 'refund_failed', 'delivered'),
  ('release_pending', 'refund_confirmed', 'release_pending'),
  ('release_pending', 'refund_failed', 'release_pending'),
  ('disputed_internal', 'refund_confirmed', 'disputed_internal'),
  ('disputed_internal', 'refund_failed', 'disputed_internal'),
  ('partially_refunded', 'refund_confirmed', 'partially_refunded'),
  ('partially_refunded', 'refund_failed', 'partially_refunded'),
  ('resolved_split', 'refund_confirmed', 'resolved_split'),
  ('resolved_split', 'refund_failed', 'resolved_split'),
  ('released', 'refund_confirmed', 'released'),
  ('released', 'refund_failed', 'released'),
  ('closed', 'refund_confirmed', 'closed'),
  ('closed', 'refund_failed', 'closed'),
  ('refund_pending', 'refund_confirmed', 'refund_pending'),
  ('refund_pending', 'refund_failed', 'refund_pending');
revoke insert, update, delete, truncate on order_transition from plumbline_app;

-- Customers at the PSP and their saved cards. Card data itself never comes here: the PSP keeps it.
create table psp_customer (
  region_id  text not null,
  person_id  uuid not null,
  psp_id     text not null unique,
  created_at timestamptz not null,
  primary key (region_id, person_id),
  foreign key (region_id, person_id) references person (region_id, id)
);

create table saved_card (
  id                    uuid primary key,
  region_id             text not null,
  person_id             uuid not null,
  psp_payment_method_id text not null unique,
  brand                 text not null,
  last4                 text not null,
  created_at            timestamptz not null,
  foreign key (region_id, person_id) references psp_customer (region_id, person_id)
);

create table money_order (
  id                    uuid primary key,
  region_id             text not null references region (id),
  reference             text not null,
  customer_id           uuid not null,
  buyer_organisation_id uuid,
  -- The provider; unknown while an on-demand job looks for one.
  organisation_id       uuid,
  subject_kind          text not null check (subject_kind in ('booking')),
  subject_id            uuid not null,
  category_id           text not null,
  currency              char(3) not null,
  -- Whose VAT is due on the commission, and under which name the commission is earned.
  jurisdiction          text not null,
  product               text not null,
  mode                  text not null check (mode in ('pay_now', 'save_card')),
  zone                  text not null,
  starts_at             timestamptz not null,
  is_ceiling            boolean not null,
  state                 text not null,
  version               integer not null check (version > 0),

  agreed_minor          bigint not null check (agreed_minor > 0),
  authorised_minor      bigint not null default 0,
  captured_minor        bigint not null default 0,
  refunded_minor        bigint not null default 0,
  refunds_open_minor    bigint not null default 0 check (refunds_open_minor >= 0),
  accepted_minor        bigint not null default 0,
  fee_minor             bigint not null default 0,
  check (captured_minor between 0 and agreed_minor),
  check (refunded_minor between 0 and captured_minor),
  check (accepted_minor between 0 and captured_minor),

  -- The terms with which the order began: a later change of the numbers does not touch it.
  numbers_version       integer not null,
  commission_bp         integer not null check (commission_bp between 0 and 10000),
  commission_level      text not null,
  commission_vat_bp     integer not null check (commission_vat_bp between 0 and 10000),
  hold_days             integer not null,
  two_people            boolean not null,

  payment_intent_id     text,
  charge_id             text,
  capture_before        timestamptz,
  saved_card_id         uuid references saved_card (id),
  card_brand            text,
  card_last4            text,

  -- A wish that the PSP has not answered yet; the answer decides, and the wish is not forgotten meanwhile.
  capture_wanted_minor  bigint,
  cancel_reason         text,
  expiry_wanted         boolean not null default false,

  frozen_from           text,
  frozen_reason         text,
  window_left_ms        bigint,
  release_at            timestamptz,

  opened_at             timestamptz not null,
  authorised_at         timestamptz,
  held_at               timestamptz,
  delivered_at          timestamptz,
  accepted_at           timestamptz,
  accepted_by           text,
  released_at           timestamptz,
  closed_at             timestamptz,
  ended_at              timestamptz,

  -- The consistency check: the version that was last compared with the ledger, and what did not agree.
  checked_version       integer not null default 0,
  checked_at            timestamptz,
  findings              jsonb not null default '[]',

  unique (region_id, reference),
  foreign key (region_id, customer_id) references person (region_id, id),
  foreign key (region_id, organisation_id) references organisation (region_id, id)
);
create index money_order_by_subject on money_order (subject_id);
create index money_order_by_region on money_order (region_id, id);
create index money_order_by_state on money_order (region_id, state, id);
create index money_order_by_organisation on money_order (organisation_id, state);
create unique index money_order_by_intent on money_order (payment_intent_id) where payment_intent_id is not null;
create index money_order_unchecked on money_order (region_id, id) where checked_version <> version;
create index money_order_wrong on money_order (region_id, id) where findings <> '[]';

create table order_line (
  id                uuid primary key,
  region_id         text not null,
  order_id          uuid not null references money_order (id),
  position          integer not null,
  title             text not null check (length(trim(title)) between 1 and 300),
  vat_rate_bp       integer not null check (vat_rate_bp between 0 and 10000),
  amount_minor      bigint not null check (amount_minor > 0),
  -- The ledger's pending transfer of the authorisation.
  pending_id        uuid,
  captured_minor    bigint not null default 0,
  refunded_minor    bigint not null default 0,
  -- What left escrow for the provider's side, and how it was divided.
  accepted_minor    bigint not null default 0,
  provider_minor    bigint not null default 0,
  commission_minor  bigint not null default 0,
  vat_minor         bigint not null default 0,
  -- What was given back of that after acceptance.
  back_provider     bigint not null default 0,
  back_commission   bigint not null default 0,
  back_vat          bigint not null default 0,
  unique (order_id, position),
  check (captured_minor between 0 and amount_minor),
  check (refunded_minor + accepted_minor - back_provider - back_commission - back_vat <= captured_minor),
  check (provider_minor + commission_minor + vat_minor = accepted_minor),
  check (back_provider between 0 and provider_minor),
  check (back_commission between 0 and commission_minor),
  check (back_vat between 0 and vat_minor)
);

-- The log of moves. The number is unique per order: two moves from the same version cannot both be recorded.
create table order_event (
  order_id   uuid not null references money_order (id),
  seq        integer not null check (seq > 0),
  region_id  text not null,
  from_state text not null,
  move       text not null,
  to_state   text not null,
  at         timestamptz not null,
  actor_kind text not null,
  actor_id   text,
  note       jsonb not null default '{}',
  primary key (order_id, seq),
  constraint order_event_allowed foreign key (from_state, move, to_state) references order_transition
);
revoke update, delete, truncate on order_event from plumbline_app;

create table release_approval (
  order_id   uuid not null references money_order (id),
  person_id  uuid not null,
  region_id  text not null,
  at         timestamptz not null,
  primary key (order_id, person_id)
);

create table refund (
  id             uuid primary key,
  region_id      text not null,
  order_id       uuid not null references money_order (id),
  amount_minor   bigint not null check (amount_minor > 0),
  currency       char(3) not null,
  reason         text not null,
  state          text not null check (state in ('requested', 'confirmed', 'failed')),
  psp_refund_id  text unique,
  confirm_journal uuid,
  failure        text,
  requested_at   timestamptz not null,
  requested_by   text not null,
  confirmed_at   timestamptz
);
create index refund_by_order on refund (order_id, id);

-- More particular rates of commission than the region's own.
create table commission_rule (
  id         uuid primary key,
  region_id  text not null references region (id),
  level      text not null check (level in ('campaign', 'provider_tier', 'category_zone', 'category')),
  -- The campaign, tier, category and zone, or category that it is for.
  subject    text not null,
  rate_bp    integer not null check (rate_bp between 0 and 10000),
  unique (region_id, level, subject)
);
