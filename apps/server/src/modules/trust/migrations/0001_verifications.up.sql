create table verification (
  id uuid primary key,
  region_id text not null,
  organisation_id uuid not null,
  kind text not null check (kind in ('identity', 'insurance', 'company', 'dbs', 'qualification')),
  state text not null check (state in ('submitted', 'in_review', 'approved', 'rejected')),
  file_id uuid not null,
  document_name text not null,
  document_type text not null,
  reference text,
  expires_on date,
  submitted_by uuid not null references person (id),
  submitted_at timestamptz not null,
  reviewed_by uuid references person (id),
  reviewed_at timestamptz,
  reason text,
  -- What a later paper of the same kind has replaced stays on record. An approved one is replaced only by the next
  -- approval, so that renewing an insurance never costs the badge of the running one.
  superseded_at timestamptz,
  foreign key (region_id, organisation_id) references organisation (region_id, id),
  check (state <> 'rejected' or reason is not null),
  check (kind not in ('insurance', 'qualification') or expires_on is not null)
);
create unique index verification_current on verification (region_id, organisation_id, kind, (state = 'approved'))
  where superseded_at is null;
create index verification_queue on verification (region_id, submitted_at, id) where superseded_at is null;
