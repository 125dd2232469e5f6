"""Bring the database up to date before a server starts, or let it start without where there is none to be reached."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

LOCK = 0x51756572656E74
"""The number by which servers of one show know that one of them is migrating."""
LONGEST_WAIT = 2
"""Seconds for which a migration waits for a table. Everybody who comes after it waits behind it meanwhile."""
TRIES = 60
LOCK_NOT_AVAILABLE = "55P03"


class Command(migrate.Command):
    help = "Migrate as `migrate` does. A database that cannot be reached is no failure: the server serves what it can."

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        try:
            connection.ensure_connection()
        except OperationalError as error:
            self.stderr.write(f"The database cannot be reached, and was not migrated: {type(error).__name__}")
            return
        with one_at_a_time(connection):
            self._patiently(connection, *args, **options)

    def _patiently(self, connection: BaseDatabaseWrapper, *args: Any, **options: Any) -> None:
        """Let whoever uses a table finish, such as a backup, and stand in nobody's way until then."""
        for tried in range(1, TRIES + 1):
            try:
                super().handle(*args, **options)
                return
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", None) != LOCK_NOT_AVAILABLE or tried == TRIES:
                    raise
            time.sleep(LONGEST_WAIT)
            connection.close()
            connection.ensure_connection()


@contextmanager
def one_at_a_time(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Servers that start at once migrate one after the other; the later ones find that nothing is left to be done."""
    if connection.vendor != "postgresql":
        with (Path(settings.HOME) / "migrating.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        return
    waiting, options = connection.copy(), connection.settings_dict["OPTIONS"]
    try:
        with waiting.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        limit = f"{options.get('options', '')} -c lock_timeout={LONGEST_WAIT}s".strip()
        connection.settings_dict["OPTIONS"] = {**options, "options": limit}
        connection.close()
        yield
    finally:
        waiting.close()
        connection.settings_dict["OPTIONS"] = options
        connection.close()
