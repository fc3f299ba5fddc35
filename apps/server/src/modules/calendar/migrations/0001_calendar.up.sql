-- Crews and tools. A person needs no row: their calendar's id is their person's id.
create table calendar_resource (
  id uuid primary key,
  region_id text not null references region (id),
  organisation_id uuid not null,
  kind text not null check (kind in ('crew', 'tool')),
  name text not null check (length(trim(name)) between 1 and 80),
  -- How many pieces of work at the same time.
  capacity integer not null default 1 check (capacity between 1 and 100),
  lead_person_id uuid,
  created_at timestamptz not null,
  unique (region_id, id),
  foreign key (region_id, organisation_id) references organisation (region_id, id),
  check (kind <> 'crew' or (lead_person_id is not null and capacity = 1))
);
create index calendar_resource_of_organisation on calendar_resource (region_id, organisation_id);

create table crew_member (
  region_id text not null,
  crew_id uuid not null,
  person_id uuid not null,
  primary key (region_id, crew_id, person_id),
  foreign key (region_id, crew_id) references calendar_resource (region_id, id),
  foreign key (region_id, person_id) references person (region_id, id)
);
create index crew_member_person on crew_member (region_id, person_id);

-- Local wall times with their zone; moments are made from them only when somebody asks.
create table weekly_plan (
  region_id text not null references region (id),
  resource_id uuid not null,
  zone text not null,
  weekly jsonb not null check (jsonb_typeof(weekly) = 'array'),
  updated_at timestamptz not null,
  primary key (region_id, resource_id)
);

create table plan_exception (
  region_id text not null,
  resource_id uuid not null,
  on_date date not null,
  hours jsonb not null check (jsonb_typeof(hours) = 'array'),
  note text,
  primary key (region_id, resource_id, on_date)
);

-- A piece of taken time; buffers are part of the range. A claim on a crew has one row for the crew and one for each
-- member, all with the same claim_id. Capacity above one is one unit per row.
create table calendar_claim (
  id uuid not null,
  region_id text not null references region (id),
  claim_id uuid not null,
  resource_id uuid not null,
  unit integer not null default 0,
  during tstzrange not null,
  state text not null check (state in ('held', 'taken', 'freed')),
  hold_until timestamptz,
  subject_kind text not null,
  subject_id uuid not null,
  label text not null,
  created_at timestamptz not null,
  primary key (region_id, id),
  constraint calendar_claim_range check (
    not isempty(during) and lower_inc(during) and not upper_inc(during)
    and not lower_inf(during) and not upper_inf(during)
  ),
  constraint calendar_claim_hold check ((state = 'held') = (hold_until is not null) or state = 'freed'),
  -- The only arbiter of who has the time.
  constraint calendar_claim_no_overlap exclude using gist (
    region_id with =, resource_id with =, unit with =, during with &&
  ) where (state <> 'freed')
);
create index calendar_claim_group on calendar_claim (region_id, claim_id);
create index calendar_claim_subject on calendar_claim (region_id, subject_kind, subject_id);
