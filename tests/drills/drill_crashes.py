"""The server is killed while people send. Whoever was shown a ticket has a question with us."""

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path

import pytest

from tests.asking.asker import Asker
from tests.drills.crowd import NOT_SENT, is_known
from tests.drills.site import ROOT, Site
from tests.drills.visitors import Visitor, asker, take_time

ASKERS = 200
AT_ONCE = 16


def test_whoever_saw_a_ticket_is_in_the_database_and_nobody_is_twice(site: Site, way: str, figures: list[str]) -> None:
    askers = [asker(Visitor(site, way, address=f"198.18.{number}.7")) for number in range(ASKERS)]
    ((before,),) = site.rows("SELECT count(*) FROM questions_question")
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        list(crowd.map(lambda someone: someone.looks_over(f"Sent while it fell over, {way}?"), askers))
        take_time()
        killer = threading.Thread(target=kill_about, args=(site,))
        killer.start()
        sent = list(crowd.map(send, askers))
        killer.join()
        codes, times = zip(*sent, strict=True)
        figures.append(
            f"server killed through {way}, one worker, the other, then all: "
            f"{sum(time > 1 for time in times)} of {ASKERS} had to press again"
        )
        assert max(times) > 1, "nobody noticed, so nothing was drilled"
        assert len(set(codes)) == ASKERS
        assert all(crowd.map(lambda code: is_known(site, way, code), codes))
    ((after,),) = site.rows("SELECT count(*) FROM questions_question")
    assert after - before == ASKERS


def send(someone: Asker) -> tuple[str, int]:
    """Press “Send it” on this page until there is a ticket: its code, and how often it took."""
    page = someone.answer
    for times in range(1, 200):
        someone.answers.append(page)
        with suppress(*NOT_SENT):
            someone.presses("send")
            if someone.answer.status_code == HTTPStatus.OK:
                return someone.code, times
        time.sleep(0.2)
    raise AssertionError("no ticket in 200 times")


def kill_about(site: Site) -> None:
    """One worker, then the other, which the server replaces; then all of it, which systemd would start again."""
    for number in range(2):
        time.sleep(0.5)
        os.kill(site.workers()[number], signal.SIGKILL)
    time.sleep(1)
    pids = [site.processes["granian"].pid, *site.workers()]
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    site.processes.pop("granian").wait()
    site.start_server()


def wait_for_workers(site: Site) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        visitor = Visitor(site, "granian", address="192.0.2.10")
        try:
            if len(site.workers()) == 2 and all(visitor.get("/ask/").status_code == 200 for _ in range(10)):
                return
        except NOT_SENT:
            pass
        time.sleep(0.2)
    raise AssertionError("the killed workers were not replaced")


def unlimited() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def cores_in(folder: Path) -> list[Path]:
    return [path for path in folder.glob("core*") if path.is_file() and path.read_bytes()[:4] == b"\x7fELF"]


def test_a_crash_leaves_no_picture_of_memory(site: Site, tmp_path: Path) -> None:
    if resource.getrlimit(resource.RLIMIT_CORE)[1] != resource.RLIM_INFINITY:
        pytest.skip("NOT DRILLED: this account may not allow core dumps, so none could be missed")
    subprocess.run([sys.executable, "-c", "import os; os.abort()"], cwd=tmp_path, preexec_fn=unlimited, check=False)
    if not cores_in(tmp_path):
        pytest.skip("NOT DRILLED: this machine pipes core dumps elsewhere, so none could be seen")
    before = cores_in(ROOT)
    os.kill(site.workers()[0], signal.SIGABRT)
    wait_for_workers(site)
    assert cores_in(ROOT) == before
    assert cores_in(site.folder) == []
