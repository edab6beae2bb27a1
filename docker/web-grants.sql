-- What the web's own user of PostgreSQL may do: read everything, add events, keep what they come to; nothing else. Run as the owner of the
-- store after each migration:  psql -v web=rasoat_web -d rasoat -f docker/web-grants.sql
-- The owner can always change the store: what he changed in the log is told by `rasoat audit --verify`.
\set ON_ERROR_STOP on
BEGIN;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM :"web";
GRANT USAGE ON SCHEMA public TO :"web";
GRANT SELECT ON ALL TABLES IN SCHEMA public TO :"web";
GRANT INSERT ON events TO :"web";
GRANT INSERT, UPDATE ON decisions_now, people, roles, submissions, confirmations TO :"web";
GRANT INSERT, UPDATE, DELETE ON sessions TO :"web";
COMMIT;
