"""Bring the database up to date before a server starts, or let it start without where there is none to be reached."""

from typing import Any

from django.core.management.commands import migrate
from django.db import OperationalError, connections


class Command(migrate.Command):
    help = "Migrate as `migrate` does. A database that cannot be reached is no failure: the server serves what it can."

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        try:
            connection.ensure_connection()
        except OperationalError as error:
            self.stderr.write(f"The database cannot be reached, and was not migrated: {type(error).__name__}")
            return
        super().handle(*args, **options)
