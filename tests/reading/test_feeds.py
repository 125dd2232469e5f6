"""The page of feeds: which there are, for whom, in addresses that can be copied and that lead to feeds."""

import pytest
from django.test import Client

from tests import cast
from tests.factories import published_episode, scheduled_episode, topic
from tests.reading import seen

pytestmark = pytest.mark.django_db


def test_a_show_without_episodes_offers_its_feeds_of_everything(client: Client) -> None:
    page = client.get("/feeds/")
    links = seen.links(page)
    for place in ("", "safe/"):
        for format in ("rss", "atom", "json"):
            address = f"http://testserver/feeds/{place}episodes.{format}"
            assert links[address] == address
    assert [element.tag for element in seen.elements(page) if element.tag == "table"] == []


def test_each_topic_and_person_that_readers_know_of_is_listed_with_its_feeds(client: Client) -> None:
    published_episode(topics=[topic("Sleep")])
    scheduled_episode(slug="coming", topics=[topic("Secret")])
    cast.ines()
    elements = seen.elements(client.get("/feeds/"))
    assert [each.words for each in elements if each.attributes.get("scope") == "row"] == [
        "Sleep", "Noor Haddad", "Tomas Reyl",
    ]  # fmt: skip
    assert [each.words for each in elements if each.tag == "h2"] == [
        "Everything", "For screens that others can see", "By topic", "By person", "For those who write programs",
    ]  # fmt: skip
    labels = [each.attributes.get("aria-label") for each in elements if "aria-label" in each.attributes]
    assert "Atom: Sleep · Querent (safe)" in labels


def test_every_address_on_the_page_leads_to_a_feed(client: Client) -> None:
    published_episode(topics=[topic("Sleep")])
    addresses = [
        each.attributes["href"] for each in seen.elements(client.get("/feeds/"))
        if each.tag == "a" and each.attributes["href"].startswith("http://testserver/feeds/")
    ]  # fmt: skip
    assert len(addresses) == len(set(addresses)) == 6 * (1 + 1 + 2)
    for address in addresses:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200
