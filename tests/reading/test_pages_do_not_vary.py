"""A page is the same bytes for everyone, costs a fixed number of queries and loads nothing from elsewhere."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.factories import approved_answer, published_episode, topic, verdict
from tests.reading import seen
from tests.reading.addresses import every_public_address

pytestmark = pytest.mark.django_db

LISTS = [
    "/", "/episodes/", "/topics/", "/topics/sleep/", "/seasons/1/", "/people/tomas/", "/people/noor/",
    "/verdicts/you/", "/about/", "/episodes/episode-1-1/", "/feeds/episodes.rss", "/sitemap.xml",
    "/episodes/episode-1-1/episode.epub", "/books/topics/sleep.epub", "/books/seasons/1.epub",
]  # fmt: skip


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def publish(number: int) -> None:
    published_episode(
        f"Number {number}", number=number, at=datetime(2026, 1, number, tzinfo=UTC), verdict=verdict().words,
        topics=[topic("Sleep")], answers=[approved_answer("Once?"), approved_answer("Twice?")],
    )  # fmt: skip


@pytest.mark.parametrize("address", LISTS)
def test_a_page_costs_the_same_queries_with_two_episodes_and_with_four(client: Client, address: str) -> None:
    publish(1)
    publish(2)
    of_two = queries_of(client, address)
    publish(3)
    publish(4)
    assert queries_of(client, address) == of_two
    assert of_two <= 25


def test_a_host_who_is_signed_in_gets_the_same_bytes_as_anybody(client: Client) -> None:
    publish(1)
    host = cast.signed_in(cast.noor())
    for address in every_public_address():
        theirs, ours = host.get(address), client.get(address)
        assert theirs.content == ours.content, address
        assert "Set-Cookie" not in theirs.headers
        assert theirs.cookies == {}
        assert "Cookie" not in theirs.headers.get("Vary", ""), address
        assert b"csrfmiddlewaretoken" not in theirs.content


def test_a_page_loads_nothing_from_anybody_else(client: Client) -> None:
    publish(1)
    loading = {"img", "script", "iframe", "video", "audio", "source", "embed", "object"}
    for address in every_public_address():
        response = client.get(address)
        if response.headers["Content-Type"].startswith("text/html") and response.content:
            for element in seen.elements(response):
                is_sheet = element.tag == "link" and element.attributes["rel"] in ("stylesheet", "icon")
                is_data = element.attributes.get("type") in ("application/ld+json", "text/html")
                if (element.tag in loading and not is_data) or is_sheet:
                    assert (element.attributes.get("src") or element.attributes["href"]).startswith("/static/")
