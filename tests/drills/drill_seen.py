"""How the server is, is told to this machine and to nobody else, and by all workers together."""

import re
from secrets import token_hex

import pytest

from tests.drills.site import NGINX, Site
from tests.drills.visitors import Visitor

TOKEN = token_hex(20)
ADDRESSES = ("/healthz", "/readyz", "/metrics")
PAGES = 40


@pytest.fixture(autouse=True, scope="module")
def counting(site: Site) -> None:
    """The server counts from now on."""
    with site.without_server():
        site.keys["QUERENT_METRICS_TOKEN"] = TOKEN


def statuses(visitor: Visitor) -> list[int]:
    return [
        visitor.send("GET", address, None, {"Authorization": f"Bearer {TOKEN}"}).status_code for address in ADDRESSES
    ]


@pytest.mark.skipif(not NGINX, reason="NOT DRILLED: there is no nginx on this machine")
def test_from_outside_only_the_address_that_says_nothing_answers(site: Site) -> None:
    assert statuses(Visitor(site, "nginx", address="198.51.100.7")) == [200, 403, 403]
    assert statuses(Visitor(site, "nginx", address="127.0.0.1")) == [200, 200, 200]


def test_whichever_worker_answers_tells_the_same_of_all(site: Site, way: str) -> None:
    visitor = Visitor(site, way, address="127.0.0.1")

    def counted() -> set[int]:
        found = set()
        for _ in range(12):
            said = visitor.send("GET", "/metrics", None, {"Authorization": f"Bearer {TOKEN}"}).content.decode()
            (count,) = re.findall(r'^querent_requests_total\{kind="search",status="2xx"\} (\d+)$', said, re.MULTILINE)
            found.add(int(count))
        return found

    visitor.get("/search/")
    (before,) = counted()
    for _ in range(PAGES):
        assert visitor.get("/search/").status_code == 200
    assert counted() == {before + PAGES}
