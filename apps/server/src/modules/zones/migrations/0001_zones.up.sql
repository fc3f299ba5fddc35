-- Markets. Reference data: a market is founded by a migration, its numbers then change by audited acts.
create table region (
  id            text primary key check (id ~ '^[a-z]{2}$'),
  name          text not null,
  city          text not null,
  country       char(2) not null,
  currency      char(3) not null,
  locale        text not null,
  direction     text not null check (direction in ('ltr', 'rtl')),
  time_zone     text not null,
  residency     text not null check (residency in ('strict', 'standard', 'flex')),
  -- Origin of the region's frame of metres; never changed, or all rings would have to be computed again.
  origin_lat    double precision not null,
  origin_lng    double precision not null,
  demo          boolean not null,
  position      smallint not null,
  -- Rises with every change of a zone; processes compare it with their copy.
  zones_version integer not null default 1
);

create table region_numbers (
  region_id  text not null references region (id),
  version    integer not null check (version > 0),
  numbers    jsonb not null,
  changed_by uuid,
  reason     text not null,
  changed_at timestamptz not null,
  primary key (region_id, version)
);

-- What lies under the zones on a map: land, and whom to name for the drawing.
create table region_map (
  region_id   text primary key references region (id),
  land        jsonb not null,
  attribution text[] not null
);

create table zone (
  id                    uuid primary key,
  region_id             text not null references region (id),
  -- How indexes name it; never used again.
  number                integer generated always as identity unique,
  slug                  text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name                  text not null check (length(trim(name)) between 1 and 80),
  demand                text not null check (demand in ('low', 'medium', 'high')),
  -- Null: the platform's own; else the provider whose zone it is.
  owner_organisation_id uuid,
  version               integer not null default 1,
  retired_at            timestamptz,
  -- The truth: coordinates of a GeoJSON MultiPolygon, in degrees.
  shape                 jsonb not null,
  -- The same, simplified for drawing together with its neighbours.
  drawing               jsonb not null,
  centre_lat            double precision not null,
  centre_lng            double precision not null,
  south                 double precision not null,
  west                  double precision not null,
  north                 double precision not null,
  east                  double precision not null,
  created_at            timestamptz not null,
  updated_at            timestamptz not null,
  unique (region_id, id)
);
create unique index zone_slug on zone (region_id, slug) where retired_at is null;

-- Every version that was in force.
create table zone_version (
  region_id  text not null,
  zone_id    uuid not null,
  version    integer not null,
  name       text not null,
  demand     text not null,
  shape      jsonb not null,
  changed_by uuid,
  reason     text not null,
  changed_at timestamptz not null,
  primary key (zone_id, version),
  foreign key (region_id, zone_id) references zone (region_id, id)
);

-- Rings in metres of the region's frame: in degrees PostgreSQL's comparison is wrong by metres near a border.
create table zone_ring (
  region_id text not null,
  zone_id   uuid not null,
  part      integer not null,
  ring      polygon not null,
  is_hole   boolean not null,
  primary key (zone_id, part),
  foreign key (region_id, zone_id) references zone (region_id, id)
);
create index zone_ring_by_place on zone_ring using gist (ring);

-- What people type for where: outcodes, names of places, names of zones.
create table place (
  region_id text not null references region (id),
  id        text not null,
  kind      text not null check (kind in ('outcode', 'place', 'zone')),
  name      text not null,
  label     text not null,
  -- Lower case without accents, for look-up.
  key       text not null,
  lat       double precision not null,
  lng       double precision not null,
  zone_id   uuid,
  primary key (region_id, id),
  foreign key (region_id, zone_id) references zone (region_id, id)
);
create index place_by_key on place using gin (key gin_trgm_ops);

insert into region
  (id, name, city, country, currency, locale, direction, time_zone, residency, origin_lat, origin_lng, demo, position)
values
  ('gb', 'United Kingdom', 'Bristol', 'GB', 'GBP', 'en-GB', 'ltr', 'Europe/London', 'strict', 51.455, -2.6, false, 1),
  ('ie', 'Ireland', 'Dublin', 'IE', 'EUR', 'en-IE', 'ltr', 'Europe/Dublin', 'standard', 53.35, -6.26, true, 2),
  ('ae', 'United Arab Emirates', 'Dubai', 'AE', 'AED', 'ar-AE', 'rtl', 'Asia/Dubai', 'flex', 25.2, 55.27, true, 3);

insert into region_numbers (region_id, version, numbers, reason, changed_at)
select region.id, 1, '{
  "commissionBp": 1200, "vatBp": 2000, "paymentMinutes": 15, "requestHours": 24, "requestHoursBeforeStart": 2,
  "silenceHours": 72, "holdDays": 3, "longHoldDays": 7, "longHoldAboveMinor": "250000",
  "twoPersonAboveMinor": "2500000",
  "cancellation": {
    "freeHoursBeforeStart": 48, "freeMinutesAfterConfirmation": 15, "lateHoursBeforeStart": 6, "earlyFeeBp": 1000,
    "lateFeeBp": 5000, "noShowFeeBp": 5000
  },
  "noShowMinutesAfterStart": 20, "farAheadDays": 60, "chargeSavedCardDaysBefore": 2, "payAgainHours": 24,
  "quoteHours": 48,
  "onDemand": { "crewsPerWave": 3, "waveSeconds": 90, "minutes": 15 },
  "payout": { "minimumMinor": "1000", "methodAgeHours": 24 },
  "penaltyPointDays": 90
}'::jsonb || case region.id
  when 'ie' then '{ "vatBp": 2300 }'::jsonb
  when 'ae' then '{ "vatBp": 500, "longHoldAboveMinor": "1000000", "twoPersonAboveMinor": "10000000",
                    "payout": { "minimumMinor": "5000", "methodAgeHours": 24 } }'::jsonb
  else '{}'::jsonb end, 'founding of the market', '2026-01-01T00:00:00Z'
from region;
