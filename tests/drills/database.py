"""The database of a drill's installation, looked at and broken from outside, without Django."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

import psycopg

ROOT = Path(__file__).parents[2]
Rows = list[tuple[Any, ...]]


MOMENTS = (("questions_event", "at"), ("questions_message", "hidden_until"))
"""What keeps a host's deed from its asker for a quarter of an hour."""


class Database(Protocol):
    url: str
    """DATABASE_URL of the installation; empty for the file in its home."""

    earlier: str
    """SQL for a moment twenty minutes before the one in {column}."""

    def rows(self, statement: str) -> Rows: ...
    def change(self, statement: str) -> None: ...
    def tables(self) -> list[str]: ...
    def broken(self) -> Any:
        """A block in which the database cannot be used."""

    def copies(self, folder: Path) -> None:
        """Put what an operator's backup would hold into `folder`."""

    def files(self) -> list[Path]:
        """Folders and files in which the database keeps rows and logs."""

    def close(self) -> None: ...


def let_minutes_pass(database: Database) -> None:
    """Put back what hosts have done by twenty minutes, so that askers may read it."""
    for table, column in MOMENTS:
        database.change(f"UPDATE {table} SET {column} = {database.earlier.format(column=column)}")  # noqa: S608


@contextmanager
def broken_seal(database: Database) -> Iterator[None]:
    """What is sealed as the text of the newest question stands in another column, where it does not open."""
    ((number, token),) = database.rows("SELECT number, text FROM questions_question ORDER BY number DESC LIMIT 1")
    database.change(f"UPDATE questions_question SET text = sign_off WHERE number = {number}")  # noqa: S608
    try:
        yield
    finally:
        database.change(f"UPDATE questions_question SET text = '{token}' WHERE number = {number}")  # noqa: S608


class SQLite:
    url = ""
    earlier = "datetime({column}, '-20 minutes')"

    def __init__(self, home: Path) -> None:
        self.file = home / "querent.sqlite3"

    def rows(self, statement: str) -> Rows:
        with closing(sqlite3.connect(self.file, timeout=20)) as connection:
            return connection.execute(statement).fetchall()

    def change(self, statement: str) -> None:
        with closing(sqlite3.connect(self.file, timeout=20)) as connection, connection:
            connection.execute("PRAGMA secure_delete=ON")
            connection.execute(statement)

    def tables(self) -> list[str]:
        return [name for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]

    @contextmanager
    def broken(self) -> Iterator[None]:
        """Every file of it is put aside, and one that is no database stands in its place."""
        parts = []
        for path in self.file.parent.glob(f"{self.file.name}*"):
            # The last connection that is closed takes the write-ahead log with it.
            with suppress(FileNotFoundError):
                path.rename(path.with_name(f"aside-{path.name}"))
                parts.append(path)
        self.file.write_bytes(b"This is no database. " * 400)
        try:
            yield
        finally:
            for path in self.file.parent.glob(f"{self.file.name}*"):
                path.unlink()
            for path in parts:
                path.with_name(f"aside-{path.name}").rename(path)

    def copies(self, folder: Path) -> None:
        with closing(sqlite3.connect(self.file)) as connection:
            (folder / "dump.sql").write_text("\n".join(connection.iterdump()))
            with closing(sqlite3.connect(folder / "backup.sqlite3")) as backup:
                connection.backup(backup)

    def files(self) -> list[Path]:
        return sorted(self.file.parent.glob(f"{self.file.name}*"))

    def close(self) -> None:
        """The file goes with its folder."""


class PostgreSQL:
    """A database of its own in the cluster that `cluster` leads to, with the shipped settings for quiet logs."""

    earlier = "{column} - interval '20 minutes'"

    def __init__(self, cluster: str, name: str = "") -> None:
        self.cluster, self.name = cluster, name or f"querent_drill_{os.getpid()}"
        self._order(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        self._order(f"CREATE DATABASE {self.name}")
        self.url = urlsplit(cluster)._replace(path=f"/{self.name}").geturl()
        self.change((ROOT / "deploy/postgresql/quiet.sql").read_text())

    def _order(self, statement: str) -> None:
        with psycopg.connect(self.cluster, autocommit=True) as connection:
            connection.execute(statement.encode())

    def rows(self, statement: str) -> Rows:
        with psycopg.connect(self.url) as connection:
            return connection.execute(statement.encode()).fetchall()

    def change(self, statement: str) -> None:
        with psycopg.connect(self.url) as connection:
            connection.execute(statement.encode())

    def tables(self) -> list[str]:
        found = self.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return [*(name for (name,) in found), "pg_stat_activity", "pg_settings", "pg_description"]

    @contextmanager
    def broken(self) -> Iterator[None]:
        """Nobody gets in any more, and whoever was in is thrown out."""
        self._order(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS false")
        self._order(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self.name}'")  # noqa: S608
        try:
            yield
        finally:
            self._order(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS true")

    def copies(self, folder: Path) -> None:
        program = shutil.which("pg_dump") or next(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"))
        subprocess.run([program, self.url, "-f", folder / "dump.sql"], check=True)

    def files(self) -> list[Path]:
        """The cluster's own folder, log and write-ahead log included, where it is on this machine."""
        self._order("CHECKPOINT")
        with psycopg.connect(self.cluster) as connection:
            (row,) = connection.execute("SHOW data_directory").fetchall()
        address = psycopg.conninfo.conninfo_to_dict(self.cluster).get("host", "")
        log = Path(unquote(str(address)), "log")
        return [path for path in (Path(row[0]), log) if path.exists()]

    def close(self) -> None:
        self._order(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
