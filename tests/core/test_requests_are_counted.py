"""Requests are counted by kind of page, by all workers together, and those of askers by the day."""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from advice.headers import COUNTED
from advice.operating import counting, tallies
from advice.operating.metrics import families
from advice.operating.tallies import BUCKETS, Kinds, Tallies, read

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]
DAY = 86_400
KINDS = Kinds(("reading", "asking"), frozenset({"asking"}))
MILLISECOND = 1_000_000

# Another worker: counts so often as it is told, says that it has, and ends when it is told something more.
OTHER_WORKER = """
import sys
from pathlib import Path
from advice.operating.tallies import Kinds, Tallies
counts = Tallies(Path(sys.argv[1]), Kinds(("reading", "asking"), frozenset({"asking"})))
for _ in range(int(sys.argv[2])):
    counts.add("reading", 2, 3_000_000)
print("counted", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time of day of everything that counts by day; a test may set it."""
    now = [100.5 * DAY]
    monkeypatch.setattr(tallies, "time", lambda: now[0])
    return now


def statuses(folder: Path, name: str) -> list[int]:
    return read(folder, KINDS)[0][name].statuses


@pytest.fixture
def other_worker(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", OTHER_WORKER, str(tmp_path), "40"],
        cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as worker:  # fmt: skip
        assert worker.stdout
        assert worker.stdout.readline() == "counted\n"
        yield worker
        worker.kill()


def test_answers_are_counted_by_status_and_by_how_long_they_took(tmp_path: Path, time: list[float]) -> None:
    counts = Tallies(tmp_path, KINDS)
    for status, milliseconds in ((2, 0.4), (2, 30), (3, 0), (5, 60_000)):
        counts.add("reading", status, int(milliseconds * MILLISECOND))
    tally = read(tmp_path, KINDS)[0]["reading"]
    assert tally.statuses == [0, 2, 1, 0, 1]
    assert {end: count for end, count in zip((*BUCKETS, None), tally.spans, strict=True) if count} == {
        0.001: 2, 0.05: 1, None: 1,
    }  # fmt: skip
    assert tally.seconds == 60.0304


def test_all_workers_are_summed_and_none_is_forgotten_when_it_ends(
    tmp_path: Path, other_worker: subprocess.Popen[str]
) -> None:
    counts = Tallies(tmp_path, KINDS)
    counts.add("reading", 2, 0)
    assert len(list(tmp_path.iterdir())) == 2
    assert statuses(tmp_path, "reading") == [0, 41, 0, 0, 0]
    assert other_worker.pid in read(tmp_path, KINDS)[1]
    other_worker.communicate("end\n")
    assert statuses(tmp_path, "reading") == [0, 41, 0, 0, 0]
    assert other_worker.pid not in read(tmp_path, KINDS)[1]
    # Whoever starts next goes on in the file that is free.
    Tallies(tmp_path, KINDS).add("reading", 2, 0)
    assert len(list(tmp_path.iterdir())) == 2
    assert statuses(tmp_path, "reading") == [0, 42, 0, 0, 0]


def test_what_askers_do_is_told_when_the_day_is_over_and_not_before(tmp_path: Path, time: list[float]) -> None:
    counts = Tallies(tmp_path, KINDS)
    counts.add("asking", 2, 0)
    assert statuses(tmp_path, "asking") == [0, 0, 0, 0, 0]
    time[0] += 1 * DAY
    # Also where nobody has asked since.
    assert statuses(tmp_path, "asking") == [0, 1, 0, 0, 0]
    counts.add("asking", 2, 0)
    counts.add("asking", 4, 0)
    assert statuses(tmp_path, "asking") == [0, 1, 0, 0, 0]
    time[0] += 3 * DAY
    assert statuses(tmp_path, "asking") == [0, 2, 0, 1, 0]


def test_no_worker_tells_more_after_a_new_start(tmp_path: Path, time: list[float]) -> None:
    first = Tallies(tmp_path, KINDS)
    first.add("asking", 2, 0)
    second = Tallies(tmp_path, KINDS)
    second.add("asking", 2, 0)
    assert statuses(tmp_path, "asking") == [0, 0, 0, 0, 0]
    time[0] += DAY
    assert statuses(tmp_path, "asking") == [0, 2, 0, 0, 0]


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "counts").write_text("a file where a folder should be")
    Tallies(tmp_path / "counts", KINDS).add("reading", 2, 0)
    assert statuses(tmp_path / "counts", "reading") == [0, 0, 0, 0, 0]


def test_a_file_that_is_damaged_does_not_count(tmp_path: Path) -> None:
    Tallies(tmp_path, KINDS).add("reading", 2, 0)
    (tmp_path / f"{KINDS.form}-9").write_bytes(b"short")
    assert statuses(tmp_path, "reading") == [0, 1, 0, 0, 0]


class Application:
    """Answers with the status it is told, or fails."""

    status = "200 OK"

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if not self.status:
            raise RuntimeError
        start(self.status, [])
        return [b"words"]


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    settings.HOME, settings.METRICS_TOKEN = tmp_path, "t" * 40
    counting.tallies.cache_clear()
    yield counting.folder()
    counting.tallies.cache_clear()


def test_each_kind_of_page_is_counted_and_receipts_are_not(folder: Path, time: list[float]) -> None:
    answer, started = counting.counted(Application()), []
    addresses = (
        "/", "/episodes/x/", "/search/", "/ask/", "/ask/about/x/", "/receipt/", "/desk/", "/desk/queue/kept/",
        "/guest/abc/", "/preview/abc/", "/join/abc/", "/sw.js", "/healthz", "/readyz", "/metrics", "/nowhere",
    )  # fmt: skip
    for address in addresses:
        body = answer({"PATH_INFO": address}, lambda *said: started.append(said))
        assert list(body) == [b"words"]
    assert started == [("200 OK", [])] * len(addresses)
    time[0] += DAY
    assert {name: tally.statuses[1] for name, tally in read(folder, counting.KINDS)[0].items()} == {
        "reading": 3, "search": 1, "asking": 2, "desk": 2, "guest": 2, "preview": 1, "worker": 1, "operating": 3,
    }  # fmt: skip


def test_an_application_that_fails_is_counted_as_a_fault(folder: Path) -> None:
    application = Application()
    answer = counting.counted(application)
    for application.status in ("503 Service Unavailable", "404 Not Found", ""):
        try:
            answer({"PATH_INFO": "/"}, lambda *said: None)
        except RuntimeError:
            assert application.status == ""
    assert read(folder, counting.KINDS)[0]["reading"].statuses == [0, 0, 0, 1, 2]


def test_without_a_token_nothing_is_counted(settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    application = Application()
    assert counting.counted(application) is application


def test_the_names_are_those_of_the_kinds_of_pages_and_nothing_that_anybody_asked_for(folder: Path) -> None:
    answer = counting.counted(Application())
    for address in ("/rosalind/", "/search/rosalind", "//", "/ask\x00"):
        answer({"PATH_INFO": address}, lambda *said: None)
    found = next(family for family in families(timezone.now()) if family.name == "querent_request_seconds")
    assert {dict(sample.labels)["kind"] for sample in found.samples} == set(COUNTED)
    last = {dict(s.labels)["kind"]: s.value for s in found.samples if s.suffix == "_count" and s.value}
    assert last == {"reading": 3, "search": 1}
