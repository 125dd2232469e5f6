"""The machine's clock is set back by a day, as after a dead battery, and then set right: nothing is lost by either."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.drills.crowd import is_known
from tests.drills.site import Site
from tests.drills.visitors import Host, Visitor, asker, take_time

FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
MAKE = "from tests import factories; factories.published_episode('Kept whole', number=1, slug='kept-whole')"

pytestmark = pytest.mark.skipif(
    not FAKETIME, reason="NOT DRILLED: a clock that is wrong, since there is no libfaketime"
)


@contextmanager
def a_day_behind(site: Site) -> Iterator[None]:
    """The server starts again on a machine whose clock is wrong."""
    wrong = {"LD_PRELOAD": str(FAKETIME), "FAKETIME": "-1d", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    with site.without_server():
        site.keys.update(wrong)
    try:
        yield
    finally:
        with site.without_server():
            for name in wrong:
                del site.keys[name]


def test_a_clock_that_is_set_back_loses_nothing(site: Site, figures: list[str]) -> None:
    way = site.ways[0]
    site.manage("shell", "-v0", "-c", MAKE)
    before = asker(Visitor(site, way, address="198.18.40.1"))
    before.looks_over("Asked at the right time?")
    across = asker(Visitor(site, way, address="198.18.40.2"))
    across.looks_over("Looked over at the right time, sent at the wrong one?")
    take_time()
    before.presses("send")
    host = Host(site, way)
    ref = site.newest_question()
    host.decides(ref, "keep")
    visitor = Visitor(site, way, address="192.0.2.30")
    assert visitor.get("/episodes/kept-whole/").status_code == 200
    with a_day_behind(site):
        assert is_known(site, way, before.code)
        across.presses("send")
        assert is_known(site, way, across.code)
        wrong = asker(Visitor(site, way, address="198.18.40.3"))
        wrong.looks_over("Asked at the wrong time?")
        take_time()
        wrong.presses("send")
        assert is_known(site, way, wrong.code)
        page = host.visitor.get("/desk/house/well/")
        assert "The clock is wrong, or was" in page.content.decode()
        host.decides(ref, "claim")
        statuses = {path: visitor.get(path).status_code for path in ("/", "/episodes/", "/episodes/kept-whole/")}
        figures.append(f"clock a day behind: readers get {statuses}")
        assert set(statuses.values()) <= {200, 404}
        site.manage("tick")
        assert site.manage("verify_history").strip()
    assert all(is_known(site, way, someone.code) for someone in (before, across, wrong))
    host.decides(ref, "unclaim")
    assert visitor.get("/episodes/kept-whole/").status_code == 200
    assert "Kept whole" in visitor.get("/episodes/").content.decode()
    assert site.manage("verify_history").strip()
