-- Run once as a superuser, in the show's own database: psql -d querent -f deploy/postgresql/quiet.sql
-- What an application sends while something fails stands in PostgreSQL's log, with the second. The words are sealed
-- before they get there, but with it the log would say when somebody asked.
DO $$ BEGIN
    EXECUTE format('ALTER DATABASE %I SET log_min_error_statement = panic', current_database());
    EXECUTE format('ALTER DATABASE %I SET log_min_messages = fatal', current_database());
    EXECUTE format('ALTER DATABASE %I SET log_error_verbosity = terse', current_database());
    EXECUTE format('ALTER DATABASE %I SET log_statement = none', current_database());
    EXECUTE format('ALTER DATABASE %I SET log_min_duration_statement = -1', current_database());
    EXECUTE format('ALTER DATABASE %I SET log_duration = off', current_database());
    EXECUTE format('ALTER DATABASE %I SET log_lock_waits = off', current_database());
    EXECUTE format('ALTER DATABASE %I SET log_temp_files = -1', current_database());
END $$;
