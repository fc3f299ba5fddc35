create table person (
  id uuid primary key,
  region_id text not null references region (id),
  name text not null check (length(trim(name)) between 1 and 120),
  email text not null,
  password_hash text,
  locale text not null,
  time_zone text not null,
  state text not null default 'active' check (state in ('active', 'suspended')),
  created_at timestamptz not null,
  unique (region_id, id)
);

-- The one directory over all regions: which region a sign-in name belongs to.
create table person_login (
  email_key text primary key,
  region_id text not null,
  person_id uuid not null,
  foreign key (region_id, person_id) references person (region_id, id)
);

create table organisation (
  id uuid primary key,
  region_id text not null references region (id),
  kind text not null check (kind in ('provider', 'enterprise')),
  name text not null check (length(trim(name)) between 2 and 120),
  slug text not null,
  created_at timestamptz not null,
  unique (region_id, id),
  unique (region_id, slug)
);

create table membership (
  region_id text not null,
  organisation_id uuid not null,
  person_id uuid not null,
  sets text[] not null check (cardinality(sets) > 0),
  created_at timestamptz not null,
  primary key (region_id, organisation_id, person_id),
  foreign key (region_id, organisation_id) references organisation (region_id, id),
  foreign key (region_id, person_id) references person (region_id, id)
);
create index membership_person on membership (person_id);

create table role_grant (
  id uuid primary key,
  region_id text not null references region (id),
  person_id uuid not null references person (id),
  role text not null check (role in ('user', 'serviceman', 'provider', 'enterprise', 'admin')),
  scope_kind text not null check (scope_kind in ('platform', 'region', 'organisation', 'self')),
  scope_id text,
  sets text[] not null default '{}',
  granted_by uuid references person (id),
  reason text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  check ((scope_kind in ('region', 'organisation')) = (scope_id is not null)),
  check (role = 'admin' or cardinality(sets) = 0),
  check (granted_by is distinct from person_id)
);
create index role_grant_person on role_grant (person_id) where revoked_at is null;

-- Only the hash of a session's secret is kept, so that a stolen copy of this table opens nothing.
create table session (
  id uuid primary key,
  region_id text not null references region (id),
  person_id uuid not null references person (id),
  secret_hash bytea not null check (length(secret_hash) = 32),
  device text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  idle_until timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index session_person on session (person_id) where revoked_at is null;

create table sign_in_failure (
  email_key text not null,
  at timestamptz not null
);
create index sign_in_failure_recent on sign_in_failure (email_key, at);
