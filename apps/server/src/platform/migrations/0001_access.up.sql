-- What the application may do with tables that later migrations make: read and write rows, nothing else. A module
-- that wants less (the ledger) revokes it on its own tables.
grant usage on schema public to plumbline_app;
alter default privileges in schema public grant select, insert, update, delete on tables to plumbline_app;
alter default privileges in schema public grant usage, select on sequences to plumbline_app;

-- The task queue makes and upgrades its own tables, as the application's role.
create schema pgboss authorization plumbline_app;

-- All extensions are made here, so that no module's way down takes one from under another module.
create extension if not exists btree_gist;
create extension if not exists citext;
create extension if not exists pg_trgm;
create extension if not exists unaccent;
