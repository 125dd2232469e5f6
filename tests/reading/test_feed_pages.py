"""What a feed's newest page does not hold is on further pages, found by the links of RFC 5005, each by its own path."""

from collections.abc import Iterator
from itertools import product

import pytest
from django.test import Client

from questions.actions.acting import acting
from questions.actions.merge_topics import merge_topics
from questions.actions.topics import TopicFacts, set_topic
from questions.models import Topic
from questions.reading.feeds.answering import ITEMS_A_PAGE
from tests import cast
from tests.factories import published_episode, scheduled_episode, topic
from tests.reading.feed_documents import FORMATS, Entry, entries, links
from tests.reading.many_episodes import publish_many

pytestmark = pytest.mark.django_db

FEEDS = ["/feeds/episodes", "/feeds/topics/sleep", "/feeds/people/tomas"]
FEEDS += [feed.replace("/feeds/", "/feeds/safe/") for feed in FEEDS]


def test_following_next_reads_every_episode_once(client: Client) -> None:
    publish_many(2 * ITEMS_A_PAGE + 1)
    titles = [f"Number {number}" for number in range(2 * ITEMS_A_PAGE + 1, 0, -1)]
    for feed, format in product(FEEDS, FORMATS):
        assert [entry.title for entry in read_to_the_end(client, feed, format)] == titles


def read_to_the_end(client: Client, feed: str, format: str) -> Iterator[Entry]:
    address = f"{feed}.{format}"
    while address:
        yield from entries(client, format, address.removesuffix(f".{format}"))
        here = links(client, address)
        assert here["self"] == f"http://testserver{address}"
        address = here.get("next", "").removeprefix("http://testserver")


@pytest.mark.parametrize("format", ["rss", "atom"])
def test_every_page_leads_to_the_first_the_last_and_its_neighbours(client: Client, format: str) -> None:
    publish_many(2 * ITEMS_A_PAGE + 1)
    base = "http://testserver/feeds/episodes"
    first, second, third = f"{base}.{format}", f"{base}/page/2.{format}", f"{base}/page/3.{format}"
    ends = {"first": first, "last": third, "alternate": "http://testserver/"}
    assert links(client, f"/feeds/episodes.{format}") == {"self": first, "next": second, **ends}
    assert links(client, f"/feeds/episodes/page/2.{format}") == {
        "self": second, "next": third, "previous": first, **ends,
    }  # fmt: skip
    assert links(client, f"/feeds/episodes/page/3.{format}") == {"self": third, "previous": second, **ends}


@pytest.mark.parametrize("feed", FEEDS)
def test_the_first_page_has_one_address_and_beyond_the_last_is_nothing(client: Client, feed: str) -> None:
    published_episode(topics=[topic()])
    response = client.get(f"{feed}/page/1.rss")
    assert (response.status_code, response.headers["Location"]) == (301, f"{feed}.rss")
    for number in ("0", "2", "9" * 40):
        assert client.get(f"{feed}/page/{number}.rss").status_code == 404


@pytest.mark.parametrize("format", FORMATS)
def test_feeds_of_a_topic_are_found_under_its_former_addresses_for_ever(client: Client, format: str) -> None:
    by = acting(cast.tomas())
    old = set_topic(set_topic(Topic(), TopicFacts("Sleep"), by=by), TopicFacts("Sleep", slug="dozing"), by=by)
    into = set_topic(Topic(), TopicFacts("Rest"), by=by)
    published_episode(topics=[into])
    merge_topics(old, into=into, by=by)
    for place in ("", "safe/"):
        for page in ("", "/page/2"):
            response = client.get(f"/feeds/{place}topics/sleep{page}.{format}")
            assert (response.status_code, response.headers["Location"]) == (
                301, f"/feeds/{place}topics/rest{page}.{format}",
            )  # fmt: skip
            assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_a_former_address_says_nothing_of_a_topic_that_nobody_has_aired_yet(client: Client) -> None:
    by = acting(cast.tomas())
    moved = set_topic(set_topic(Topic(), TopicFacts("Sleep"), by=by), TopicFacts("Sleep", slug="dozing"), by=by)
    scheduled_episode(topics=[moved])
    assert client.get("/feeds/topics/sleep.rss").status_code == 404
