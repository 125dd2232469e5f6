-- Run on the standby as a superuser when the primary is lost: psql -d querent -f deploy/postgresql/promote.sql
-- First see to it that the old primary stays away: two of them would both take questions.
SELECT pg_promote(true, 60);
ALTER SYSTEM RESET synchronous_standby_names;
SELECT pg_reload_conf();
