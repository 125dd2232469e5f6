-- Run on the primary as a superuser, once the standby follows: psql -d querent -f deploy/postgresql/primary.sql
-- Nobody is told that a question was received before the standby has it too. While no standby follows, nothing new is
-- received. With two standbys write 'ANY 1 (*)', and one of them may be away.
ALTER SYSTEM SET synchronous_standby_names = '*';
ALTER SYSTEM SET synchronous_commit = 'on';
SELECT pg_reload_conf();
