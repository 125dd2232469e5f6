"""Databases beside the one of the show: a look at it that holds still, and a place to put another one together.

Inside each block the default database is that other one, so that everything else works as it always does.
"""

import fcntl
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import DEFAULT_DB_ALIAS

from questions.actions.acting import Refused

SCHEMA = "querent_aside"
_PAGES_AT_ONCE = 64


@contextmanager
def alone_in(folder: Path) -> Iterator[int]:
    """Keep others from doing the same with this folder; gives its handle. Raises Refused where somebody is at it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield handle
    except BlockingIOError:
        raise Refused(f"A backup or a restore is at work in {folder} already.") from None
    finally:
        os.close(handle)


@contextmanager
def snapshot() -> Iterator[BaseDatabaseWrapper]:
    """The database as it is at this moment, whatever is written meanwhile; writers do not wait for whoever reads it."""
    usual = connections[DEFAULT_DB_ALIAS]
    if usual.vendor == "sqlite":
        with _nameless(usual, filled=True) as copy:
            yield copy
        return
    with transaction.atomic():
        with usual.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield usual


class Scratch:
    """An empty database of the same kind, out of everybody's sight."""

    def __init__(self, usual: BaseDatabaseWrapper, here: BaseDatabaseWrapper) -> None:
        self.usual, self.here = usual, here

    def take_the_place(self, last_look: Callable[[], None]) -> None:
        """Put everything that was made here where the show's database is, at once and as a whole.

        `last_look` is called when nobody else can write there any more, and finds there what was there before; if it
        raises, nothing is changed. Raises database errors, such as when others do not let go.
        """
        with default_is(self.usual):
            if self.usual.vendor == "sqlite":
                self._become_the_file(last_look)
            else:
                self._become_the_schema(last_look)

    def _become_the_file(self, last_look: Callable[[], None]) -> None:
        steps = 0

        def look_once(_status: int, _remaining: int, _total: int) -> None:
            nonlocal steps
            steps += 1
            if steps == 1:
                last_look()

        self.usual.ensure_connection()
        with closing(sqlite3.connect(self.usual.settings_dict["NAME"], timeout=60, isolation_level=None)) as file:
            # As the show's own connections do: what was there is overwritten.
            file.execute("PRAGMA secure_delete=ON")
            file.execute("PRAGMA synchronous=FULL")
            # One write transaction, from its first step on, so a crash leaves what was there before.
            self.here.connection.backup(file, pages=_PAGES_AT_ONCE, progress=look_once)
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _become_the_schema(self, last_look: Callable[[], None]) -> None:
        self.here.close()
        with transaction.atomic(), self.usual.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '60s'")
            cursor.execute("SELECT current_schema()")
            home = self.usual.ops.quote_name(cursor.fetchone()[0])
            fresh = _tables(cursor, SCHEMA)
            old = [f"{home}.{table}" for table in _tables(cursor, None) if table in fresh]
            if old:
                cursor.execute(f"LOCK TABLE {', '.join(old)} IN ACCESS EXCLUSIVE MODE")
            last_look()
            if old:
                cursor.execute(f"DROP TABLE {', '.join(old)} CASCADE")
            for table in fresh:
                cursor.execute(f"ALTER TABLE {SCHEMA}.{table} SET SCHEMA {home}")
            cursor.execute(f"DROP SCHEMA {SCHEMA}")


@contextmanager
def scratch() -> Iterator[Scratch]:
    """A place to put another database together. What was not put in the show's place is gone after the block."""
    usual = connections[DEFAULT_DB_ALIAS]
    made = _nameless(usual) if usual.vendor == "sqlite" else _schema(usual)
    with made as here:
        yield Scratch(usual, here)


@contextmanager
def _nameless(usual: BaseDatabaseWrapper, *, filled: bool = False) -> Iterator[BaseDatabaseWrapper]:
    """A file beside the show's that has no name any more: whatever happens to this process, nothing of it is left."""
    handle, name = tempfile.mkstemp(prefix=".aside-", dir=Path(usual.settings_dict["NAME"]).parent)
    os.close(handle)
    try:
        pragmas = (
            "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;"
        )
        here = _like(usual, NAME=name, OPTIONS=usual.settings_dict["OPTIONS"] | {"init_command": pragmas})
        here.ensure_connection()
        if filled:
            usual.ensure_connection()
            usual.connection.backup(here.connection)
            # The copy believes to have a log beside it, as the original has.
            here.connection.execute("PRAGMA journal_mode=DELETE")
            here.connection.execute("PRAGMA journal_mode=MEMORY")
    finally:
        Path(name).unlink()
    with closing(here), default_is(here):
        yield here


@contextmanager
def _schema(usual: BaseDatabaseWrapper) -> Iterator[BaseDatabaseWrapper]:
    options = {name: value for name, value in usual.settings_dict["OPTIONS"].items() if name != "pool"}
    path = f"{options.get('options', '')} -c search_path={SCHEMA}".strip()
    here = _like(usual, OPTIONS=options | {"options": path})
    with usual.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [SCHEMA])
        if not cursor.fetchone()[0]:
            raise Refused("Somebody else is restoring into this database at this moment.")
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        try:
            with closing(here), default_is(here):
                yield here
        finally:
            cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [SCHEMA])


def _like(usual: BaseDatabaseWrapper, **settings: Any) -> BaseDatabaseWrapper:
    return type(usual)(usual.settings_dict | settings, DEFAULT_DB_ALIAS)


@contextmanager
def default_is(connection: BaseDatabaseWrapper) -> Iterator[None]:
    before = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connection
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = before


def _tables(cursor: Any, schema: str | None) -> list[str]:
    """The tables of a schema, or of the one that is looked through first; quoted where they need it."""
    cursor.execute(
        "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = COALESCE(%s, current_schema()) ORDER BY 1",
        [schema],
    )
    return [name for (name,) in cursor.fetchall()]
