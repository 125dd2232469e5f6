"""The head of a page: its one address, previews that are never explicit, its feeds and its relatives."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from questions.actions.acting import acting
from questions.actions.correct import correct
from questions.models import ContentLevel, Show
from tests import cast
from tests.factories import published_episode, scheduled_episode, the_time, topic
from tests.reading import seen

pytestmark = pytest.mark.django_db


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


def test_a_preview_of_what_is_not_safe_has_the_title_and_the_note(client: Client) -> None:
    published_episode("Naps", slug="naps", summary="When, and where.", note="Frank.", text_level=ContentLevel.NOT_SAFE)
    response = client.get("/episodes/naps/")
    assert seen.named(response, "og:title") == "Naps"
    assert seen.named(response, "og:description") == "Text not safe for work. No video. No pictures. Frank."
    assert seen.named(response, "description") == seen.named(response, "og:description")


def relatives(client: Client, address: str, relation: str) -> list[dict[str, str]]:
    """The attributes of each `<link>` of that relation, without the relation itself."""
    every = [each.attributes for each in seen.elements(client.get(address)) if each.tag == "link"]
    return [{name: value for name, value in link.items() if name != "rel"} for link in every if link["rel"] == relation]


def metas(client: Client, address: str) -> dict[str, list[str]]:
    """What each `<meta>` says, by its name or property."""
    said: dict[str, list[str]] = {}
    for each in seen.elements(client.get(address)):
        if each.tag == "meta" and "content" in each.attributes:
            name = each.attributes.get("property") or each.attributes["name"]
            said.setdefault(name, []).append(each.attributes["content"])
    return said


def test_a_preview_says_when_it_aired_when_it_changed_and_what_it_is_filed_under(client: Client) -> None:
    Show.objects.create(name="Sleepers", language="en-gb", time_zone="Europe/Dublin")
    episode = published_episode(
        slug="naps", at=datetime(2026, 7, 2, 3, tzinfo=UTC), topics=[topic("Rude"), topic("Sleep")]
    )
    with the_time(datetime(2026, 12, 3, 4, tzinfo=UTC)):
        correct(episode, bodies=["Nap."], words="Shorter.", by=acting(cast.tomas()), seen=episode.version)
    said = metas(client, "/episodes/naps/")
    assert said["article:published_time"] == ["2026-07-02T04:00:00+01:00"]
    assert said["article:modified_time"] == ["2026-12-03T04:00:00+00:00"]
    assert (said["article:section"], said["article:tag"]) == (["Rude"], ["Rude", "Sleep"])
    assert (said["og:site_name"], said["og:locale"]) == (["Sleepers"], ["en_GB"])
    assert "og:image" not in said


def test_a_page_that_is_no_episode_says_so(client: Client) -> None:
    published_episode()
    home, person = metas(client, "/"), metas(client, "/people/tomas/")
    assert (home["og:type"], person["og:type"]) == (["website"], ["profile"])
    assert "article:published_time" not in home
    # A language without a country is not one that Open Graph knows.
    assert "og:locale" not in home


def test_each_page_names_the_feeds_of_everything_and_its_own(client: Client) -> None:
    published_episode(topics=[topic("Sleep")])
    of_all = [f"/feeds/episodes.{form}" for form in ("rss", "atom", "json")]
    feeds = {
        address: [link["href"] for link in relatives(client, address, "alternate")]
        for address in ("/", "/topics/sleep/", "/people/tomas/")
    }
    assert feeds == {
        "/": of_all,
        "/topics/sleep/": of_all + [f"/feeds/topics/sleep.{form}" for form in ("rss", "atom", "json")],
        "/people/tomas/": of_all + [f"/feeds/people/tomas.{form}" for form in ("rss", "atom", "json")],
    }
    types = [link["type"] for link in relatives(client, "/", "alternate")]
    assert types == ["application/rss+xml", "application/atom+xml", "application/feed+json"]


def test_an_episode_names_its_card(client: Client) -> None:
    published_episode("Naps", slug="naps")
    [card] = [each for each in relatives(client, "/episodes/naps/", "alternate") if "oembed" in each["type"]]
    assert card["href"] == ("http://testserver/oembed?url=http%3A%2F%2Ftestserver%2Fepisodes%2Fnaps%2F&format=json")
    assert client.get(card["href"].removeprefix("http://testserver")).json()["title"] == card["title"] == "Naps"


def test_a_list_names_the_pages_beside_it(client: Client) -> None:
    for number in range(1, 42):
        published_episode(number=number, slug=f"naps-{number}")
    beside = {
        address: [link["href"] for side in ("prev", "next") for link in relatives(client, address, side)]
        for address in ("/episodes/", "/episodes/page/2/", "/episodes/page/3/", "/episodes/naps-1/")
    }
    site = "http://testserver/episodes"
    assert beside == {
        "/episodes/": [f"{site}/page/2/"],
        "/episodes/page/2/": [f"{site}/", f"{site}/page/3/"],
        "/episodes/page/3/": [f"{site}/page/2/"],
        "/episodes/naps-1/": [],
    }


def test_translations_name_one_another_and_the_original_for_everybody_else(client: Client) -> None:
    naps = published_episode("Naps", slug="naps")
    for slug, language in (("siestas", "es"), ("nickerchen", "de")):
        published_episode(slug, slug=slug, language=language, translation_of=naps)
    scheduled_episode("Siestes", slug="siestes", language="fr", translation_of=naps)
    published_episode("Alone", slug="alone")
    named = {
        "de": "http://testserver/episodes/nickerchen/",
        "en": "http://testserver/episodes/naps/",
        "es": "http://testserver/episodes/siestas/",
        "x-default": "http://testserver/episodes/naps/",
    }
    for slug in ("naps", "siestas", "nickerchen"):
        links = relatives(client, f"/episodes/{slug}/", "alternate")
        assert {link["hreflang"]: link["href"] for link in links if "hreflang" in link} == named
    assert [link for link in relatives(client, "/episodes/alone/", "alternate") if "hreflang" in link] == []


@pytest.mark.parametrize(
    ("levels", "rating"),
    [
        ({"text_level": ContentLevel.NOT_SAFE}, []),
        ({"video_level": ContentLevel.RACY}, []),
        ({"video_level": ContentLevel.NOT_SAFE}, ["adult"]),
        ({"pictures_level": ContentLevel.NOT_SAFE}, ["adult"]),
    ],
)
def test_only_what_is_seen_makes_a_page_one_for_adults(
    client: Client, levels: dict[str, Any], rating: list[str]
) -> None:
    published_episode(slug="naps", **levels)
    assert metas(client, "/episodes/naps/").get("rating", []) == rating
    assert "rating" not in metas(client, "/")
