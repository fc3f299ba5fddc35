-- The kinds of work; the list of the domain, here for foreign keys and reports.
create table category (
  id       text primary key,
  number   smallint not null unique,
  position smallint not null
);
insert into category (id, number, position) values
  ('plumbing', 1, 1), ('electrical', 2, 2), ('heating', 3, 3), ('cleaning', 4, 4), ('painting', 5, 5),
  ('carpentry', 6, 6), ('gardening', 7, 7), ('roofing', 8, 8), ('handyperson', 9, 9), ('locksmith', 10, 10),
  ('removals', 11, 11), ('appliances', 12, 12);

create table provider_profile (
  region_id       text not null,
  organisation_id uuid primary key,
  display_name    text not null,
  tagline         text not null,
  about           text not null,
  base_lat        double precision not null,
  base_lng        double precision not null,
  languages       text[] not null,
  vat_registered  boolean not null,
  vat_number      text,
  founded_year    integer,
  updated_at      timestamptz not null,
  foreign key (region_id, organisation_id) references organisation (region_id, id)
);

-- A service: the draft that its owners edit, and the copy that customers see.
create table service (
  id                uuid primary key,
  region_id         text not null,
  organisation_id   uuid not null,
  slug              text not null,
  state             text not null check (state in ('draft', 'in_review', 'published', 'paused', 'archived')),
  category_id       text not null references category (id),
  currency          char(3) not null,
  -- Rises with every edit.
  edit_version      integer not null default 1,
  draft             jsonb not null,
  published         jsonb,
  published_version integer,
  submitted_at      timestamptz,
  findings          text[] not null default '{}',
  review_note       text,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  unique (region_id, id),
  foreign key (region_id, organisation_id) references organisation (region_id, id),
  check ((published is null) = (published_version is null)),
  check (state not in ('published', 'paused') or published is not null),
  check (state <> 'in_review' or submitted_at is not null)
);
create index service_by_organisation on service (region_id, organisation_id, id);
create index service_to_review on service (region_id, submitted_at, id) where submitted_at is not null;

-- Every version that customers have seen.
create table service_version (
  region_id    text not null,
  service_id   uuid not null,
  version      integer not null check (version > 0),
  content      jsonb not null,
  published_at timestamptz not null,
  primary key (service_id, version),
  foreign key (region_id, service_id) references service (region_id, id)
);

-- Who does the work of a service.
create table service_team (
  region_id  text not null,
  service_id uuid not null,
  person_id  uuid not null,
  primary key (service_id, person_id),
  foreign key (region_id, service_id) references service (region_id, id),
  foreign key (region_id, person_id) references person (region_id, id)
);
create index service_team_by_person on service_team (person_id);

-- Zones that a company serves; rows with a service are that service's own and take the place of the company's.
create table coverage (
  id              uuid primary key,
  region_id       text not null,
  organisation_id uuid not null,
  service_id      uuid,
  zone_id         uuid not null,
  tier            text not null check (tier in ('primary', 'secondary', 'standby')),
  capacity        integer check (capacity > 0),
  foreign key (region_id, organisation_id) references organisation (region_id, id),
  foreign key (region_id, service_id) references service (region_id, id),
  foreign key (region_id, zone_id) references zone (region_id, id),
  unique nulls not distinct (organisation_id, service_id, zone_id)
);
create index coverage_by_zone on coverage (zone_id);
