"""A backup is made while people ask and take back; it holds no word in the clear; going back to it forgets again."""

import os
import shutil
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.drills.crowd import is_known
from tests.drills.database import PostgreSQL, SQLite
from tests.drills.site import Site, new_keys
from tests.drills.visitors import Visitor, asker, take_time

ASKERS, AT_ONCE = 60, 8


@pytest.fixture
def elsewhere(site: Site, tmp_path: Path) -> Site:
    """Another machine with the same keys, and nothing else."""
    folder = tmp_path / "elsewhere"
    folder.mkdir(mode=0o700)
    database = PostgreSQL(os.environ["DATABASE_URL"], name="querent_elsewhere") if site.database.url else None
    return Site(folder, site.keys, database or SQLite(folder / "home"))


def test_what_was_asked_is_there_again_what_was_taken_back_is_not_and_no_word_lies_in_the_open(
    site: Site, elsewhere: Site, figures: list[str], tmp_path: Path
) -> None:
    way = site.ways[0]
    askers = [asker(Visitor(site, way, address=f"198.18.9.{at}")) for at in range(ASKERS)]
    for at, someone in enumerate(askers):
        someone.looks_over(f"Zweizahnwurmfarn number {at}, may I?")
    take_time()
    codes: list[tuple[int, str]] = []
    lock, over = threading.Lock(), threading.Event()

    def sends(first: int) -> None:
        for at in range(first, ASKERS, AT_ONCE):
            askers[at].presses("send")
            with lock:
                codes.append((at, askers[at].code))
            if over.is_set():
                time.sleep(0.01)

    crowd = [threading.Thread(target=sends, args=[first]) for first in range(AT_ONCE)]
    for each in crowd:
        each.start()
    until = time.monotonic() + 60
    while len(codes) < ASKERS // 3 and time.monotonic() < until:
        time.sleep(0.01)
    with lock:
        before = list(codes)
    began = time.monotonic()
    site.manage("backup", str(tmp_path / "backups"))
    took = time.monotonic() - began
    for each in crowd:
        each.join()
    (backup,) = (tmp_path / "backups").glob("*.backup")
    content = backup.read_bytes()
    for canary in (b"Zweizahnwurmfarn", b"zweizahnwurmfarn", *(key.encode() for key in site.keys.values())):
        assert canary not in content
    taken_back = before[0]
    gone = asker(Visitor(site, way, address="198.18.9.200")).returns_with(taken_back[1])
    gone.presses("withdraw").presses("withdraw-for-good")
    assert not is_open(site, way, *taken_back)
    elsewhere_start(site, elsewhere, backup)
    try:
        opened = [is_open(elsewhere, "granian", at, code) for at, code in before[1:]]
        figures.append(
            f"backup while {AT_ONCE} people sent: {took:.1f} s, {len(content) / 1e6:.2f} MB; {sum(opened)} of "
            f"{len(opened)} tickets shown before it open elsewhere, the one taken back since does not"
        )
        assert all(opened)
        assert not is_open(elsewhere, "granian", *taken_back)
    finally:
        elsewhere.stop()
        elsewhere.database.close()


def elsewhere_start(site: Site, elsewhere: Site, backup: Path) -> None:
    """Restore there, with what this machine remembers of what was taken away, and serve."""
    elsewhere.manage("restore", str(backup), "--also", str(site.home / "taken-away"))
    elsewhere.start()


def is_open(site: Site, way: str, at: int, code: str) -> bool:
    """Whether the code opens the question with its words."""
    page = Visitor(site, way, address="192.0.2.12").post("/receipt/", {"code": code})
    return page.status_code == 200 and f"Zweizahnwurmfarn number {at}," in page.content.decode()


def test_keys_are_changed_while_people_send_and_the_old_one_can_go(site: Site, figures: list[str]) -> None:
    way, old = site.ways[0], site.keys["QUERENT_SEALING_KEYS"]
    fresh = new_keys()["QUERENT_SEALING_KEYS"]
    codes: list[str] = []
    someone = asker(Visitor(site, way, address="198.18.10.1"))
    someone.looks_over("Zweizahnwurmfarn number 900, may I?")
    take_time()
    codes.append(someone.presses("send").code)
    site.keys["QUERENT_SEALING_KEYS"] = f"{fresh},{old}"
    site.stop("granian")
    site.start_server()
    over = threading.Event()

    def sends() -> None:
        number = 0
        while not over.is_set():
            number += 1
            with suppress(OSError, StopIteration):
                writer = asker(Visitor(site, way, address=f"198.18.11.{number % 250}"))
                writer.looks_over(f"Sent while keys were changed {number}?").presses("send")
                codes.append(writer.code)

    writing = threading.Thread(target=sends)
    writing.start()
    began = time.monotonic()
    said = site.manage("rotate_keys")
    took = time.monotonic() - began
    over.set()
    writing.join()
    assert "Done: nothing here needs an older key" in said
    site.keys["QUERENT_SEALING_KEYS"] = fresh
    site.stop("granian")
    site.start_server()
    figures.append(
        f"keys changed in {took:.1f} s while {len(codes) - 1} questions were sent; all open with the new one"
    )
    assert len(codes) > 1
    assert all(is_known(site, way, code) for code in codes)


def test_what_lies_on_the_disk_without_its_keys_says_nothing(site: Site, tmp_path: Path) -> None:
    """A stolen disk image: the whole home but for the keys, the printed pages and the logs."""
    copy = tmp_path / "image"
    # Files that come and go while somebody serves would not let themselves be copied.
    with site.without_server():
        shutil.copytree(site.home, copy / "home", symlinks=True)
        shutil.copytree(site.cache, copy / "cache", symlinks=True)
        site.database.copies(copy)
    for path in copy.rglob("*"):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            assert b"weizahnwurmfarn" not in content, path
            assert not any(key.encode() in content for key in site.keys.values()), path
