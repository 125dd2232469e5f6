"""What a first visit costs a reader: bytes, requests to others, cookies, and a page that jumps."""

import gzip
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, Response
from pytest_django.live_server_helper import LiveServer

from advice.small_files import smaller
from questions.demo.loading import put_on
from questions.models import Episode
from tests.factories import shipped_lines

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

KB = 1024
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HEAVIEST_EPISODE = 30 * KB

SHIFTS = """() => new Promise(resolve => {
    let sum = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) sum += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(sum), 400);
})"""


@pytest.fixture
def show(live_server: LiveServer) -> None:
    put_on("eleven quiet herons")
    shipped_lines()


def sent(responses: list[Response]) -> int:
    """The bytes of these answers as an installation sends them: made smaller, and compressed.

    What lines of headers cost over HTTP/2 is for `make bench` to say, which counts all of it.
    """
    bodies = ((urlsplit(response.url).path, response.body().decode()) for response in responses)
    return sum(len(gzip.compress(smaller(name, body).encode(), 6)) for name, body in bodies)


def test_an_episode_costs_thirty_kilobytes_all_in_and_nothing_jumps(page: Page, show: None) -> None:
    costs = {}
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    for slug in sorted(Episode.objects.released(timezone.now()).values_list("slug", flat=True)):
        responses.clear()
        page.goto(f"/episodes/{slug}/")
        page.wait_for_load_state("networkidle")
        costs[slug] = sent(responses)
        assert page.evaluate(SHIFTS) == 0, slug
        assert page.context.cookies() == [], slug
    assert {slug: cost for slug, cost in costs.items() if cost > HEAVIEST_EPISODE} == {}


@pytest.mark.parametrize("address", ["/", "/episodes/", "/topics/", "/search/?q=talk", "/your-device/"])
def test_no_page_jumps_or_leaves_a_cookie(page: Page, show: None, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert (page.evaluate(SHIFTS), page.context.cookies()) == (0, [])


def test_no_public_page_asks_anybody_else_for_anything(page: Page, show: None, strangers: list[str]) -> None:
    told = ElementTree.fromstring(Client().get("/sitemap.xml").content)  # noqa: S314 - it is our own
    addresses = {urlsplit(place.text or "").path for place in told.iter(f"{SITEMAP}loc")}
    for address in sorted(addresses | {"/search/?q=talk", "/your-device/", "/ask/", "/receipt/", "/nowhere/"}):
        page.goto(address)
        assert (strangers, page.context.cookies()) == ([], []), address
