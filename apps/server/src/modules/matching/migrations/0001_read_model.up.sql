-- The read model of search: everything here is derived from events and doors and can be built again.

-- Sums over a market, for the rarity of words and the newcomer's bonus.
create table match_market (
  region_id text primary key references region (id),
  -- How the index names the whole market; zones have positive numbers.
  area      integer not null unique check (area < 0),
  -- In which language its words are reduced to stems.
  config    regconfig not null,
  documents integer not null default 0,
  -- Sum of the documents' lengths.
  length    bigint not null default 0,
  bookings  bigint not null default 0
);
insert into match_market (region_id, area, config) values ('gb', -1, 'english'), ('ie', -2, 'english'), ('ae', -3, 'english');

-- One row per listing that customers can see; narrow, because a search reads many of them.
create table match_listing (
  no           integer generated always as identity primary key,
  region_id    text not null,
  service_id   uuid not null unique,
  -- Static quality: the order in which candidates are taken before they are ranked.
  ord          real not null,
  -- Least price in minor units; null for a price on request.
  price        bigint,
  -- Mean of the stars × 10; 0 while there are too few.
  stars        smallint not null,
  -- Lower bound of the stars for the order by rating; 0 while there are too few.
  rating       real not null,
  -- Category, price band, rating band, insured, on demand: one number per kind of listing that facets count.
  facet        integer not null,
  -- Base in metres of the region's frame.
  x            integer not null,
  y            integer not null,
  -- What the ranking looks at, as one record of bytes (record.ts).
  record       bytea not null,
  -- First local day of `starts`, days since 1970.
  first_day    integer not null,
  -- Free starts: one number per day, bit n = half-hour n of the local day.
  starts       bigint[] not null,
  -- Sum of its words' weighted frequencies.
  length       integer not null,
  -- Its words, and ~z<area> for each area that it serves.
  words        tsvector not null
);
alter table match_listing alter column record set storage main, alter column starts set storage main;
create index match_listing_words on match_listing using gin (words);

-- One row per listing and area (a zone, or the whole market), for questions without words.
create table match_place (
  area   integer not null,
  no     integer not null references match_listing (no) on delete cascade,
  ord    real not null,
  price  bigint,
  stars  smallint not null,
  rating real not null,
  facet  integer not null,
  primary key (area, no)
);
create index match_place_best on match_place (area, ord desc, no) include (price, stars, rating, facet);
create index match_place_best_of_category on match_place (area, (facet >> 16), ord desc, no) include (price, stars, rating, facet);
create index match_place_by_listing on match_place (no);

-- How many listings of each kind an area has.
create table match_count (
  area  integer not null,
  facet integer not null,
  n     integer not null check (n >= 0),
  primary key (area, facet)
) with (fillfactor = 70);

-- What a listing looks like to customers, ready-made: on a card, and on its page.
create table match_card (
  no              integer primary key references match_listing (no) on delete cascade,
  service_id      uuid not null unique,
  organisation_id uuid not null,
  card            jsonb not null,
  page            jsonb not null
);
create index match_card_by_organisation on match_card (organisation_id);

-- A company's front, ready-made; only while it has a listing.
create table match_front (
  organisation_id uuid primary key,
  region_id       text not null,
  slug            text not null,
  front           jsonb not null,
  unique (region_id, slug)
);

-- Words of all listings of a market, to forgive typos and to complete what somebody types.
create table match_lexeme (
  region_id text not null,
  lexeme    text not null,
  -- A word of which it is the stem, for people.
  sample    text not null,
  documents integer not null check (documents >= 0),
  primary key (region_id, lexeme)
);
create index match_lexeme_alike on match_lexeme using gist (lexeme gist_trgm_ops);
create index match_lexeme_by_sample on match_lexeme (region_id, sample text_pattern_ops);

-- What is known of a company's work, from events.
create table match_signal (
  organisation_id uuid primary key,
  region_id       text not null,
  reviews         integer not null default 0,
  -- Sum of stars, for the mean that is shown.
  stars           integer not null default 0,
  -- Σ w, Σ w·stars, Σ w·stars² of the reviews as of `weighed_at`.
  weight          double precision not null default 0,
  weighted        double precision not null default 0,
  squares         double precision not null default 0,
  weighed_at      timestamptz,
  asked           integer not null default 0,
  answered_fast   integer not null default 0,
  done            integer not null default 0,
  failed          integer not null default 0,
  penalties       timestamptz[] not null default '{}',
  risk            text not null default 'clear' check (risk in ('clear', 'watched', 'held'))
);

-- Requests that wait for a company's answer: how fast was it?
create table match_request (
  booking_id      uuid primary key,
  region_id       text not null,
  organisation_id uuid not null,
  asked_at        timestamptz not null
);

-- Usual price per kind of work.
create table match_usual (
  region_id   text not null,
  category_id text not null,
  price_kind  text not null,
  minor       bigint not null,
  primary key (region_id, category_id, price_kind)
);

-- Answers as they were given, without the person: to rank them again. Kept 30 days.
create table match_answer (
  id              uuid primary key,
  region_id       text not null,
  at              timestamptz not null,
  weights_version integer not null,
  market_bookings bigint not null,
  query           jsonb not null,
  -- The first 20 results with their inputs and scores, in order (record.ts).
  results         bytea not null
);
create index match_answer_by_age on match_answer using brin (at);
