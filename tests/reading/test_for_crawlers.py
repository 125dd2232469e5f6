"""What programs that go through the whole site are told: sitemap, robots, whom to tell of a weakness."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client, override_settings

from questions.actions.acting import acting
from questions.actions.retract import retract
from questions.models import Show
from questions.reading import for_crawlers
from tests import cast
from tests.factories import published_episode, scheduled_episode, the_time, topic, verdict
from tests.reading import seen
from tests.reading.addresses import every_public_address

pytestmark = pytest.mark.django_db

PLACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def sitemap_of(client: Client, address: str = "/sitemap.xml") -> dict[str, str | None]:
    response = client.get(address)
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
        "/topics/": None, "/about/": None, "/privacy/": None, "/house-rules/": None, "/your-device/": None,
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
        "Disallow: /search/?",
        "",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def test_a_list_has_changed_when_an_episode_was_taken_from_it(client: Client) -> None:
    published_episode(slug="stays", at=datetime(2026, 1, 2, 3, tzinfo=UTC))
    gone = published_episode(slug="gone", at=datetime(2026, 2, 3, 4, tzinfo=UTC), topics=[topic("Sleep")])
    with the_time(datetime(2026, 3, 4, 5, tzinfo=UTC)):
        retract(gone, by=acting(cast.tomas()), seen=gone.version)
    listed = sitemap_of(client)
    assert listed["/episodes/"] == listed["/seasons/1/"] == "2026-03-04T05:00:00+00:00"
    assert listed["/episodes/stays/"] == "2026-01-02T03:00:00+00:00"
    assert not {"/episodes/gone/", "/topics/sleep/"} & set(listed)


def test_every_page_that_may_be_found_is_listed(client: Client) -> None:
    published_episode(topics=[topic("Sleep", parent=topic("Body"))], verdict=verdict().words)
    pages = set()
    for address in every_public_address():
        response = client.get(address)
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
            said = {each.attributes.get("name"): each.attributes.get("content", "") for each in seen.elements(response)}
            if "noindex" not in said.get("robots", "") + response.headers.get("X-Robots-Tag", ""):
                pages.add(address)
    assert pages == set(sitemap_of(client))


def test_more_addresses_than_one_sitemap_may_have_become_several(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    published_episode(slug="naps")
    whole = list(sitemap_of(client))
    monkeypatch.setattr(for_crawlers, "ADDRESSES_IN_SITEMAP", len(whole) // 2 + 1)
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - it is our own
    parts = [part.findtext(f"{PLACE}loc", "").removeprefix("http://testserver") for part in index]
    assert (index.tag, parts) == (f"{PLACE}sitemapindex", ["/sitemap/1.xml", "/sitemap/2.xml"])
    assert [address for part in parts for address in sitemap_of(client, part)] == whole
    assert client.get("/sitemap/3.xml").status_code == client.get("/sitemap/0.xml").status_code == 404


@override_settings(SECURITY_CONTACT="mailto:doors@example.org")
def test_security_txt_says_whom_to_tell_in_the_same_words_all_day(client: Client) -> None:
    Show.objects.create(language="de")
    with the_time(datetime(2026, 3, 4, 5, 6, tzinfo=UTC)):
        response = client.get("/.well-known/security.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "Contact: mailto:doors@example.org",
        "Expires: 2026-08-31T00:00:00Z",
        "Preferred-Languages: de, en",
        "Canonical: http://testserver/.well-known/security.txt",
    ]
    with the_time(datetime(2026, 3, 4, 23, 59, tzinfo=UTC)):
        assert client.get("/.well-known/security.txt").content == response.content


def test_nobody_is_invented_to_tell_of_a_weakness(client: Client) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
