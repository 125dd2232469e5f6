"""The database stops and starts, is full, or is busy: whoever sends is told at once, keeps every word, and is not lost.

Readers get what was printed meanwhile. Servers that start at once do not stand in each other's way.
"""

import os
import shlex
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from tests.drills.cluster import Cluster, Wherever
from tests.drills.crowd import READ, Pressing, Readers
from tests.drills.database import Database, SQLite
from tests.drills.site import ROOT, Site, free_port, new_keys
from tests.drills.visitors import Visitor, asker, take_time

ADDRESS = "127.0.0.41"
MAKE = "from tests import cast, factories; cast.noor();" \
    "factories.published_episode('Kept whole', number=1, slug='kept-whole')"  # fmt: skip
ON_POSTGRESQL = bool(os.environ.get("DATABASE_URL"))


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A disk of its own that is soon full."""
    with tempfile.TemporaryDirectory(prefix="querent-small-") as name:
        mounted = subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", name], check=False)
        if mounted.returncode:
            pytest.skip("NOT DRILLED: a full disk, since nobody here may mount a small one")
        Path(name).chmod(0o755)
        try:
            yield Path(name)
        finally:
            subprocess.run(["/bin/umount", "-l", name], check=True)


@contextmanager
def a_site(folder: Path, cluster: Cluster | None) -> Iterator[Site]:
    """An installation in this folder that has something to read, on this PostgreSQL or on a file of its own."""
    folder.mkdir(exist_ok=True)
    for place in (folder, folder.parent):
        place.chmod(0o755)
    database: Database = Wherever(cluster) if cluster else SQLite(folder / "home")
    site = Site(folder, new_keys(), database)
    try:
        site.start()
        site.manage("shell", "-v0", "-c", MAKE)
        yield site
    finally:
        for name in list(site.processes):
            with suppress(Exception):
                site.stop(name)


@contextmanager
def a_cluster(folder: Path) -> Iterator[Cluster]:
    for place in (folder, *folder.parents[:2]):
        place.chmod(0o755)
    cluster = Cluster(os.environ["DATABASE_URL"], folder / "postgresql", ADDRESS, free_port()).make().start()
    try:
        yield cluster
    finally:
        cluster.stop()


def printed(site: Site) -> None:
    """Have somebody read what the readers of the drill read, so that it is printed."""
    reader = Visitor(site, site.ways[0], address="192.0.2.13")
    for path in READ:
        assert reader.get(path).status_code == 200
    # What was put there by a command is noticed within half a second, and pages are printed once more then.
    time.sleep(1)
    for path in READ:
        assert reader.get(path).status_code == 200


@pytest.mark.skipif(not ON_POSTGRESQL, reason="a file does not stop")
def test_postgresql_stops_and_starts_while_people_send_and_read(tmp_path: Path, figures: list[str]) -> None:
    with a_cluster(tmp_path) as cluster, a_site(tmp_path / "site", cluster) as site:
        sending = Pressing(site, site.ways[0], number=80)
        sending.prepare()
        sending.count()
        printed(site)
        readers = Readers(site)
        sending.begin(pause=0.7)
        for how in ("fast", "immediate", "fast", "immediate"):
            time.sleep(2)
            cluster.stop(how)
            time.sleep(3)
            cluster.start()
        sending.end()
        readers.end()
        figures.append(
            f"PostgreSQL stopped and started four times: {len(sending.codes)} tickets, {sending.told} times somebody "
            f"was told at once (slowest {sending.slowest:.1f} s) with every word; {readers.read:,} pages read, "
            f"{len(readers.wrong)} wrong, slowest {readers.slowest:.1f} s"
        )
        assert sending.told > 0, "nobody noticed, so nothing was drilled"
        assert sending.wrong == []
        assert readers.wrong == []
        assert sending.all_open()
        assert site.manage("verify_history").strip()


def test_a_full_disk_loses_nothing_and_says_so(tmp_path: Path, figures: list[str]) -> None:
    with small_disk(400 if ON_POSTGRESQL else 80) as disk:
        if ON_POSTGRESQL:
            with a_cluster(disk) as cluster, a_site(tmp_path / "site", cluster) as site:
                fill_up(site, disk, figures)
        else:
            with a_site(disk / "site", None) as site:
                fill_up(site, disk, figures)


def fill_up(site: Site, disk: Path, figures: list[str]) -> None:
    sending = Pressing(site, site.ways[0], number=40, words="Asked while the disk was full " + "and full " * 200)
    sending.prepare()
    sending.count()
    printed(site)
    readers = Readers(site)
    before = Visitor(site, "granian", address="192.0.2.14")
    filler = disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            with suppress(OSError):
                while file.write(b"\0" * size):
                    pass
    sending.begin(pause=0.2)
    time.sleep(8)
    while_full = (len(sending.codes), sending.told)
    assert before.get("/healthz").status_code == 200
    filler.unlink()
    sending.end()
    readers.end()
    figures.append(
        f"disk full for 8 s: {while_full[0]} questions still fitted, {while_full[1]} times somebody was told so with "
        f"every word (slowest {sending.slowest:.1f} s); all {len(sending.codes)} arrived when there was room; "
        f"{readers.read:,} pages read, {len(readers.wrong)} wrong"
    )
    assert while_full[1] > 0, "nobody noticed, so nothing was drilled"
    assert sending.wrong == []
    assert readers.wrong == []
    assert sending.all_open()
    assert site.manage("verify_history").strip()


@pytest.mark.skipif(ON_POSTGRESQL, reason="PostgreSQL has many writers")
@pytest.mark.parametrize(("seconds", "fits"), [(5, True), (25, False)])
def test_a_busy_file_is_waited_for_and_then_told(tmp_path: Path, figures: list[str], seconds: int, fits: bool) -> None:
    with a_site(tmp_path / "site", None) as site:
        someone = asker(Visitor(site, site.ways[0], address="198.18.31.1"))
        someone.looks_over("Is it rude to nap while it is busy?")
        take_time()
        printed(site)
        readers = Readers(site)
        with closing(sqlite3.connect(site.home / "querent.sqlite3", isolation_level=None)) as busy:
            busy.execute("BEGIN IMMEDIATE")
            result: list[float] = []

            def sends() -> None:
                began = time.monotonic()
                someone.presses("send")
                result.append(time.monotonic() - began)

            sending = threading.Thread(target=sends)
            sending.start()
            time.sleep(seconds)
            busy.execute("ROLLBACK")
            sending.join()
        readers.end()
        figures.append(f"file kept busy for {seconds} s: answered {someone.answer.status_code} after {result[0]:.1f} s")
        assert someone.answer.status_code == (200 if fits else 503)
        if not fits:
            assert "Is it rude to nap while it is busy?" in someone.answer.content.decode()
            assert someone.presses("send").code
        assert readers.wrong == []


def test_servers_that_start_at_once_on_an_empty_database_all_start(tmp_path: Path) -> None:
    if ON_POSTGRESQL:
        with a_cluster(tmp_path) as cluster:
            keys, database = new_keys(), Wherever(cluster)
            sites = []
            for at in range(3):
                (tmp_path / str(at)).mkdir()
                sites.append(Site(tmp_path / str(at), keys, database))
            start_at_once(sites)
    else:
        (tmp_path / "one").mkdir()
        site = Site(tmp_path / "one", new_keys(), SQLite(tmp_path / "one/home"))
        start_at_once([site, site, site])


def start_at_once(sites: list[Site]) -> None:
    preparing = [
        subprocess.Popen(shlex.split(site._unit("ExecStartPre")[0]), cwd=ROOT, env=site.environment) for site in sites
    ]
    assert [each.wait() for each in preparing] == [0, 0, 0]
    site = sites[0]
    try:
        site.start()
        assert Visitor(site, "granian", address="192.0.2.15").get("/ask/").status_code == 200
        assert site.manage("migrate", "--check") == ""
    finally:
        site.stop()
