"""Half an hour of everything at once: the server is as large at the end as at the beginning, and nothing failed.

It takes its time, so it runs only when it is named: `make drill ARGS=tests/drills/drill_soak.py`. SOAK_MINUTES makes it
shorter or longer.
"""

import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import mean
from urllib.parse import quote_plus

import pytest

from tests.drills.crowd import Doings, Readers, dashed, is_known
from tests.drills.site import Site
from tests.drills.visitors import Host, Visitor

MINUTES = float(os.environ.get("SOAK_MINUTES", "30"))
WARM_UP = 0.25
"""The share of the time after which memory is compared: indexes are filled and every kind of page was made by then."""
FLAT = 0.05
SEARCHES = ("nap", "kept whole", "rude to", '"kept whole"', "nothing that is there", "wedding -nap")
MAKE = """
from tests import factories
for number in range(1, 41):
    factories.published_episode(f"Kept whole {number}", number=number, slug=f"kept-{number}")
factories.published_episode("Kept whole", number=41, slug="kept-whole")
"""

pytestmark = pytest.mark.skipif(
    not any("drill_soak" in word for word in sys.argv), reason="half an hour long: only when it is named"
)


def megabytes(site: Site) -> float:
    """The memory of the server and its workers, what they share counted once."""
    total = 0
    for pid in (site.processes["granian"].pid, *site.workers()):
        with suppress(OSError):
            found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
            total += int(found[1]) if found else 0
    return total / 1024


def searches(site: Site, way: str, wrong: list[str]) -> Callable[[int], None]:
    visitor = Visitor(site, way, address="198.18.50.1")

    def search(number: int) -> None:
        typed = f"{SEARCHES[number % len(SEARCHES)]} {number if number % 3 else ''}".strip()
        status = visitor.get(f"/search/?q={quote_plus(typed)}").status_code
        if status != 200:
            wrong.append(f"search {status}")
        time.sleep(0.2)

    return search


def looks_around(host: Host, wrong: list[str]) -> Callable[[int], None]:
    pages = ("/desk/", "/desk/queue/kept/", "/desk/house/well/", "/desk/search/?q=fell", "/desk/episodes/")

    def look(number: int) -> None:
        status = host.visitor.get(pages[number % len(pages)]).status_code
        if status != 200:
            wrong.append(f"{pages[number % len(pages)]} {status}")
        time.sleep(0.5)

    return look


def test_half_an_hour_of_everything_leaves_the_server_as_large_as_it_was(site: Site, figures: list[str]) -> None:
    way, wrong = site.ways[0], list[str]()
    site.manage("shell", "-v0", "-c", MAKE)
    ((episode,),) = site.rows("SELECT ref FROM questions_episode WHERE slug = 'kept-whole'")
    doings = Doings(site, way, seed=1)
    host = Host(site, way)
    visitor = Visitor(site, way, address="192.0.2.40")
    until = time.monotonic() + 60
    while visitor.get("/search/?q=nap").status_code == 503 and time.monotonic() < until:
        time.sleep(0.2)
    readers = Readers(site, pause=0.05)
    threads = [doings.again_and_again(paced(doings.asks(place), 2)) for place in (1, 2)]
    threads += [
        doings.again_and_again(paced(decides_what_is_new(site, Host(site, way), doings), 1)),
        doings.again_and_again(searches(site, way, wrong)),
        doings.again_and_again(looks_around(host, wrong)),
        doings.again_and_again(paced(doings.publishes(Host(site, way), dashed(str(episode))), 5)),
    ]
    began, taken = time.monotonic(), list[tuple[float, float]]()
    try:
        while (so_far := time.monotonic() - began) < 60 * MINUTES:
            taken.append((so_far / (60 * MINUTES), megabytes(site)))
            time.sleep(5)
    finally:
        doings.over.set()
        for thread in threads:
            thread.join()
        readers.end()
    early = mean(size for share, size in taken if WARM_UP <= share < WARM_UP + 0.15)
    late = mean(size for share, size in taken if share >= 0.85)
    figures.append(
        f"{MINUTES:.0f} minutes of everything: {readers.read:,} pages read, {len(doings.codes)} questions, "
        f"{len(doings.kept)} decisions, {len(doings.turned)} publications and retractions; "
        f"memory {early:.0f} MB, then {late:.0f} MB; failed: {dict(Counter(doings.failed).most_common(3))}"
    )
    assert wrong == []
    # The one episode that is retracted and published by turns may be either.
    assert [each for each in readers.wrong if each != "/episodes/kept-whole/ 410"] == []
    assert doings.failed == []
    assert all(is_known(site, way, code) for code, _words in doings.codes[:: max(1, len(doings.codes) // 200)])
    assert abs(late / early - 1) <= FLAT, taken[:: max(1, len(taken) // 60)]


def paced(deed: Callable[[int], None], seconds: float) -> Callable[[int], None]:
    """The deed, and then so long a rest."""

    def go(number: int) -> None:
        deed(number)
        time.sleep(seconds)

    return go


def decides_what_is_new(site: Site, host: Host, doings: Doings) -> Callable[[int], None]:
    """Somebody at the desk keeps whatever came last."""

    def decide(_number: int) -> None:
        waiting = site.rows("SELECT ref FROM questions_question WHERE state = 'waiting' ORDER BY number DESC LIMIT 1")
        if waiting:
            ref = dashed(str(waiting[0][0]))
            # Whoever sends at once, as these do, is held.
            host.decides(ref, "lift")
            host.decides(ref, "keep")
            doings.kept.append(ref)

    return decide
