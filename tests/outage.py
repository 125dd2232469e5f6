"""What is not there: a database out of reach, or one that is not migrated."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


@contextmanager
def no_database(folder: Path) -> Iterator[None]:
    """Whoever opens a connection finds a place where no database is. For tests with transactions of their own."""
    connection.close()
    where = {"NAME": str(folder / "nowhere")} if connection.vendor == "sqlite" else {"HOST": str(folder)}
    before = {name: connection.settings_dict[name] for name in where}
    connection.settings_dict.update(where)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def newest_migration() -> str:
    """The last of ours."""
    ((_app, name),) = MigrationLoader(None).graph.leaf_nodes("questions")
    return str(name)


@contextmanager
def without_migration(name: str) -> Iterator[None]:
    """The database says that this migration of ours was never applied."""
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("questions", name)
    try:
        yield
    finally:
        recorder.record_applied("questions", name)


@contextmanager
def with_migration(name: str) -> Iterator[None]:
    """The database says that a migration was applied which this code does not know."""
    recorder = MigrationRecorder(connection)
    recorder.record_applied("questions", name)
    try:
        yield
    finally:
        recorder.record_unapplied("questions", name)
