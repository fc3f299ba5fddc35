create table booking (
  id uuid not null,
  region_id text not null references region (id),
  -- For people: PL-7F3K2Q.
  reference text not null,
  kind text not null check (kind in ('scheduled', 'on_demand', 'quote')),
  state text not null check (state in ('quote_requested', 'awaiting_payment', 'requested', 'confirmed', 'in_progress',
    'completed', 'problem', 'accepted', 'closed', 'declined', 'cancelled', 'no_show', 'expired')),
  version integer not null default 1,

  customer_id uuid not null,
  customer_name text not null,
  buyer_organisation_id uuid,
  -- The provider; of an on-demand call known when a crew has accepted.
  organisation_id uuid,
  provider_name text,

  -- What was bought, as it was at that moment: the catalogue may change afterwards.
  service_id uuid,
  category_id text not null,
  title text not null,
  package_id uuid,
  package_title text,
  hours integer,
  price_kind text not null check (price_kind in ('fixed', 'hourly', 'quote', 'on_demand')),
  currency char(3) not null,
  price_minor bigint check (price_minor > 0),
  ceiling_minor bigint check (ceiling_minor > 0),
  vat_rate_bp integer,
  numbers_version integer not null,

  -- When: the agreed time of the work without its buffers, to be read in the job's zone.
  time_zone text not null,
  start_at timestamptz,
  end_at timestamptz,
  duration_minutes integer not null check (duration_minutes > 0),
  buffer_before_minutes integer not null default 0,
  buffer_after_minutes integer not null default 0,
  resource_id uuid,
  claim_id uuid,
  -- Who leads the work, and all who do it.
  lead_id uuid,
  crew_ids uuid[] not null default '{}',

  -- Where; the provider learns it with the confirmation.
  zone_id uuid,
  area text not null,
  address jsonb not null,
  lat double precision not null,
  lng double precision not null,
  note text,

  -- The money side.
  order_id uuid,
  pay_mode text check (pay_mode in ('pay_now', 'save_card')),
  held_at timestamptz,
  charge_at timestamptz,
  pay_again_until timestamptz,
  released_at timestamptz,
  fee_minor bigint,

  -- Until when the next act has to come.
  due_at timestamptz,
  requested_at timestamptz,
  confirmed_at timestamptz,
  started_at timestamptz,
  completed_at timestamptz,
  accepted_at timestamptz,
  ended_at timestamptz,
  completion_note text,
  problem_text text,
  problem_at timestamptz,
  problem_outcome text check (problem_outcome in ('release', 'full', 'partial')),
  cancelled_by text check (cancelled_by in ('customer', 'provider', 'platform')),

  -- On demand: until when crews are asked, and how often they have been.
  dispatch_until timestamptz,
  wave integer not null default 0,

  idempotency_key text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  sort_at timestamptz generated always as (coalesce(start_at, created_at)) stored,

  primary key (region_id, id),
  unique (region_id, reference),
  unique (region_id, idempotency_key),
  foreign key (region_id, customer_id) references person (region_id, id),
  check ((start_at is null) = (end_at is null) and (end_at is null or end_at > start_at)),
  check (state in ('quote_requested', 'expired', 'declined', 'cancelled') or order_id is not null),
  check (organisation_id is not null or kind = 'on_demand')
);
create index booking_of_customer on booking (region_id, customer_id, sort_at, id);
create index booking_of_buyer on booking (region_id, buyer_organisation_id, sort_at, id)
  where buyer_organisation_id is not null;
create index booking_of_provider on booking (region_id, organisation_id, sort_at, id);
create index booking_of_crew on booking using gin (crew_ids);
create index booking_by_time on booking (region_id, sort_at, id);
create index booking_of_order on booking (region_id, order_id);

-- The story, oldest first; nothing in it is ever changed.
create table booking_event (
  id uuid not null,
  region_id text not null,
  booking_id uuid not null,
  kind text not null,
  at timestamptz not null,
  by_side text not null check (by_side in ('customer', 'provider', 'platform')),
  person_id uuid,
  person_name text,
  note text,
  reason text,
  amount_minor bigint,
  from_at timestamptz,
  to_at timestamptz,
  primary key (region_id, booking_id, id),
  foreign key (region_id, booking_id) references booking (region_id, id)
);

create table booking_assignment (
  id uuid not null,
  region_id text not null,
  booking_id uuid not null,
  person_id uuid not null,
  person_name text not null,
  resource_id uuid not null,
  part text not null check (part in ('lead', 'support')),
  state text not null check (state in ('offered', 'accepted', 'declined', 'withdrawn')),
  reason text,
  created_at timestamptz not null,
  answered_at timestamptz,
  primary key (region_id, id),
  foreign key (region_id, booking_id) references booking (region_id, id)
);
create index booking_assignment_of_booking on booking_assignment (region_id, booking_id);
create unique index booking_assignment_one_lead on booking_assignment (region_id, booking_id)
  where part = 'lead' and state in ('offered', 'accepted');

create table time_proposal (
  id uuid not null,
  region_id text not null,
  booking_id uuid not null,
  by_side text not null check (by_side in ('customer', 'provider')),
  start_at timestamptz not null,
  end_at timestamptz not null,
  note text,
  state text not null check (state in ('open', 'accepted', 'declined', 'withdrawn', 'lapsed')),
  created_at timestamptz not null,
  answered_at timestamptz,
  primary key (region_id, id),
  foreign key (region_id, booking_id) references booking (region_id, id),
  check (end_at > start_at)
);
create unique index time_proposal_one_open on time_proposal (region_id, booking_id) where state = 'open';

create table booking_offer (
  id uuid not null,
  region_id text not null,
  booking_id uuid not null,
  wave integer not null,
  place integer not null,
  resource_id uuid not null,
  lead_id uuid not null,
  organisation_id uuid not null,
  provider_name text not null,
  service_id uuid not null,
  title text not null,
  price_minor bigint not null check (price_minor > 0),
  vat_rate_bp integer not null,
  duration_minutes integer not null check (duration_minutes > 0),
  buffer_before_minutes integer not null,
  buffer_after_minutes integer not null,
  distance_metres integer,
  state text not null check (state in ('offered', 'accepted', 'declined', 'lapsed', 'lost', 'withdrawn')),
  offered_at timestamptz not null,
  until timestamptz not null,
  answered_at timestamptz,
  primary key (region_id, id),
  -- A crew is asked once for each call.
  unique (region_id, booking_id, resource_id),
  foreign key (region_id, booking_id) references booking (region_id, id)
);
create index booking_offer_of_lead on booking_offer (region_id, lead_id) where state = 'offered';
create index booking_offer_of_organisation on booking_offer (region_id, organisation_id) where state = 'offered';
create unique index booking_offer_one_accepted on booking_offer (region_id, booking_id) where state = 'accepted';

create table booking_photo (
  region_id text not null,
  booking_id uuid not null,
  file_id uuid not null,
  by_side text not null check (by_side in ('customer', 'provider')),
  person_id uuid not null,
  at timestamptz not null,
  primary key (region_id, booking_id, file_id),
  foreign key (region_id, booking_id) references booking (region_id, id)
);

-- A provider who cancelled or did not come; counts in ranking for as long as the market's numbers say.
create table provider_penalty (
  region_id text not null,
  booking_id uuid not null,
  organisation_id uuid not null,
  points integer not null check (points > 0),
  reason text not null check (reason in ('cancelled', 'absent')),
  at timestamptz not null,
  primary key (region_id, booking_id),
  foreign key (region_id, booking_id) references booking (region_id, id)
);
create index provider_penalty_of on provider_penalty (region_id, organisation_id, at);
