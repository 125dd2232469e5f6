"""What programs are told: canonical addresses, previews that are never explicit, sitemap, robots."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client

from questions.models import ContentLevel
from tests.factories import published_episode, scheduled_episode, the_time, topic, verdict
from tests.reading import seen

pytestmark = pytest.mark.django_db

PLACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.mark.parametrize("address", ["/", "/episodes/", "/episodes/naps/", "/about/", "/help-now/"])
def test_a_page_names_its_one_address_whatever_was_added_to_it(client: Client, address: str) -> None:
    published_episode(slug="naps")
    response = client.get(f"{address}?utm_source=letter")
    [canonical] = [each for each in seen.elements(response) if each.attributes.get("rel") == "canonical"]
    assert canonical.attributes["href"] == f"http://testserver{address}"


def test_a_preview_elsewhere_has_title_and_summary(client: Client) -> None:
    published_episode("Naps", slug="naps", summary="When, and where.", text_level=ContentLevel.RACY)
    response = client.get("/episodes/naps/")
    assert seen.named(response, "og:title") == "Naps"
    assert seen.named(response, "og:description") == "When, and where."
    assert seen.named(response, "description") == "When, and where."
    assert seen.named(response, "og:type") == "article"
    assert seen.named(response, "og:url") == "http://testserver/episodes/naps/"


def test_a_preview_of_what_is_not_safe_has_the_number_and_the_note(client: Client) -> None:
    published_episode("Naps", slug="naps", summary="When, and where.", note="Frank.", text_level=ContentLevel.NOT_SAFE)
    response = client.get("/episodes/naps/")
    assert seen.named(response, "og:title") == "Season 1, episode 1"
    assert seen.named(response, "og:description") == "Text not safe for work. No video. No pictures. Frank."
    assert seen.named(response, "description") == seen.named(response, "og:description")


def sitemap_of(client: Client) -> dict[str, str | None]:
    response = client.get("/sitemap.xml")
    assert response.headers["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(response.content)  # noqa: S314 - it is our own
    return {
        url.findtext(f"{PLACE}loc", "").removeprefix("http://testserver"): url.findtext(f"{PLACE}lastmod")
        for url in root
    }


def test_the_sitemap_lists_what_can_be_read_and_when_it_changed(client: Client) -> None:
    published_episode(slug="old", at=datetime(2026, 1, 2, 3, tzinfo=UTC), topics=[topic("Sleep")])
    published_episode(slug="new", at=datetime(2026, 2, 3, 4, tzinfo=UTC), verdict=verdict().words)
    old, new = "2026-01-02T03:00:00+00:00", "2026-02-03T04:00:00+00:00"
    assert sitemap_of(client) == {
        "/": new, "/episodes/": new, "/episodes/new/": new, "/episodes/old/": old, "/seasons/1/": new,
        "/topics/sleep/": old, "/verdicts/you/": new, "/people/noor/": new, "/people/tomas/": new,
        "/topics/": None, "/about/": None, "/privacy/": None, "/house-rules/": None, "/help-now/": None,
        "/feeds/": None,
    }  # fmt: skip


def test_an_episode_that_was_scheduled_changed_when_it_was_released(client: Client) -> None:
    friday = datetime(2040, 11, 23, 9, tzinfo=UTC)
    scheduled_episode(slug="friday", at=friday)
    with the_time(friday):
        assert sitemap_of(client)["/episodes/friday/"] == "2040-11-23T09:00:00+00:00"


def test_every_address_of_the_sitemap_answers(client: Client) -> None:
    published_episode(topics=[topic("Sleep")], verdict=verdict().words)
    for address in sitemap_of(client):
        assert client.get(address).status_code == 200, address


def test_crawlers_are_kept_from_what_is_not_for_readers(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /desk/",
        "Disallow: /guest/",
        "Disallow: /join/",
        "Disallow: /preview/",
        "Disallow: /receipt/",
        "",
        "Sitemap: http://testserver/sitemap.xml",
    ]
