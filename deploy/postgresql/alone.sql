-- Run on a primary as a superuser whose standby is lost: psql -d querent -f deploy/postgresql/alone.sql
-- It goes on alone. What it receives from now on is on this machine only, until primary.sql is run again.
ALTER SYSTEM RESET synchronous_standby_names;
SELECT pg_reload_conf();
