"""PostgreSQL servers of a drill's own, each at an address of its own: a primary, and a standby that follows it."""

import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import psycopg

from tests.drills.database import PostgreSQL

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "deploy/postgresql"


class Cluster:
    """A server with the programs and the user of the PostgreSQL that `beside` leads to; it waits for its disk."""

    def __init__(self, beside: str, folder: Path, address: str, port: int) -> None:
        with psycopg.connect(beside) as connection:
            (row,) = connection.execute("SHOW data_directory").fetchall()
        data = Path(row[0])
        pid = int((data / "postmaster.pid").read_text().split()[0])
        self.programs = Path(f"/proc/{pid}/exe").resolve().parent
        self.owner = data.stat().st_uid
        self.address, self.port = address, port
        self.data = folder / "data"
        folder.mkdir()
        shutil.chown(folder, self.owner)

    @property
    def url(self) -> str:
        return f"postgresql://postgres@{self.address}:{self.port}/postgres"

    def make(self) -> Self:
        self._run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        return self

    def follow(self, primary: "Cluster") -> Self:
        """Become a copy of the primary that goes on following it."""
        at = ("-h", primary.address, "-p", str(primary.port), "-U", "postgres")
        self._run("pg_basebackup", "-D", self.data, *at, "-R", "-X", "stream", "-C", "-S", "standby", "-c", "fast")
        return self

    def start(self) -> Self:
        settings = f"-k {self.data.parent} -c listen_addresses={self.address} -c port={self.port}"
        log = self.data.parent / "log"
        self._run("pg_ctl", "-D", self.data, "-l", log, "-o", settings, "-w", "-t", "60", "start")
        return self

    def stop(self, how: str = "immediate") -> None:
        """`immediate` is how it goes when the power does: nothing is written that was not."""
        self._run("pg_ctl", "-D", self.data, "-m", how, "-w", "stop", check=False)

    def orders(self, file: str) -> None:
        """What an operator runs with psql: one of the shipped files, statement by statement."""
        lines = (SHIPPED / file).read_text().splitlines()
        orders = "\n".join(line for line in lines if not line.startswith("--")).split(";\n")
        with psycopg.connect(self.url, autocommit=True) as connection:
            for order in filter(str.strip, orders):
                connection.execute(order.encode())

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(statement.encode()).fetchall()

    def wait_for(self, statement: str, wanted: object) -> None:
        until = time.monotonic() + 60
        while self.rows(statement) != [(wanted,)]:
            assert time.monotonic() < until, statement
            time.sleep(0.1)

    def _run(self, program: str, *args: object, check: bool = True) -> None:
        command: Sequence[str] = [str(self.programs / program), *map(str, args)]
        options: dict[str, Any] = {"user": self.owner} if os.geteuid() == 0 else {}
        subprocess.run(command, cwd=self.data.parent, check=check, stdout=subprocess.DEVNULL, **options)


class Wherever(PostgreSQL):
    """The database of several servers, on whichever of its clusters takes what is new."""

    def __init__(self, *clusters: Cluster) -> None:
        hosts = ",".join(cluster.address for cluster in clusters)
        ports = ",".join(str(cluster.port) for cluster in clusters)
        where = f"host={hosts}&port={ports}&target_session_attrs=read-write&connect_timeout=2"
        self.url = f"postgresql://postgres@/postgres?{where}"
