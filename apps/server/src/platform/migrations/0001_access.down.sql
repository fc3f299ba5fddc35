drop extension if exists unaccent;
drop extension if exists pg_trgm;
drop extension if exists citext;
drop extension if exists btree_gist;
drop schema pgboss cascade;
alter default privileges in schema public revoke usage, select on sequences from plumbline_app;
alter default privileges in schema public revoke select, insert, update, delete on tables from plumbline_app;
revoke usage on schema public from plumbline_app;
