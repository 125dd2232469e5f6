"""What a page says of itself as data, in the words of schema.org."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from questions.models import ContentLevel, Show, Video
from tests import cast
from tests.factories import approved_answer, published_episode, topic
from tests.reading import seen
from tests.reading.addresses import every_public_address

pytestmark = pytest.mark.django_db

HERE = "http://testserver/episodes/naps/"

# Of each type that we use, the properties it has in schema.org 29 that we use.
CREATIVE_WORK = {
    "url", "name", "headline", "description", "datePublished", "dateModified", "inLanguage", "author", "publisher",
    "isFamilyFriendly", "contentRating", "mainEntityOfPage", "mainEntity", "timeRequired", "isPartOf", "about", "video",
}  # fmt: skip
VOCABULARY = {
    "Article": CREATIVE_WORK | {"wordCount"},
    "PodcastEpisode": CREATIVE_WORK | {"episodeNumber", "partOfSeason", "partOfSeries"},
    "VideoObject": CREATIVE_WORK | {"uploadDate", "duration", "embedUrl"},
    "CreativeWorkSeason": CREATIVE_WORK | {"seasonNumber"},
    "PodcastSeries": CREATIVE_WORK,
    "Question": CREATIVE_WORK,
    "Thing": {"name", "url"},
    "Person": {"name", "url", "description"},
    "Organization": {"name", "url"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "ProfilePage": CREATIVE_WORK,
    "WebSite": CREATIVE_WORK | {"potentialAction"},
    "SearchAction": {"target", "query-input"},
    "EntryPoint": {"urlTemplate"},
}
LISTS = {"author", "about", "mainEntity", "video", "itemListElement"}


def data_of(client: Client, address: str) -> list[dict[str, Any]]:
    """The nodes of a page's data block; none where it has no block."""
    blocks = [
        element.words
        for element in seen.elements(client.get(address))
        if element.attributes.get("type") == "application/ld+json"
    ]
    assert len(blocks) <= 1
    [data] = [json.loads(block) for block in blocks] or [{"@graph": []}]
    assert data.get("@context", "https://schema.org") == "https://schema.org"
    nodes: list[dict[str, Any]] = data["@graph"]
    return nodes


def node(client: Client, kind: str, address: str = "/episodes/naps/") -> dict[str, Any]:
    [found] = [node for node in data_of(client, address) if node["@type"] == kind]
    return found


def test_an_answer_is_an_article_by_those_who_answer(client: Client) -> None:
    published_episode(
        "Naps", slug="naps", summary="When, and where.", at=datetime(2026, 1, 2, 3, tzinfo=UTC),
        topics=[topic("Sleep")], answers=[approved_answer("Is it rude to nap?", body="Nap between the speeches.")],
    )  # fmt: skip
    show = {"@type": "Organization", "name": "Querent", "url": "http://testserver/"}
    assert node(client, "Article") == {
        "@type": "Article",
        "@id": f"{HERE}#article",
        "headline": "Naps",
        "url": HERE,
        "description": "When, and where.",
        "datePublished": "2026-01-02T03:00:00+00:00",
        "dateModified": "2026-01-02T03:00:00+00:00",
        "inLanguage": "en",
        "author": [{"@type": "Person", "name": "Tomas Reyl", "url": "http://testserver/people/tomas/"}],
        "publisher": show,
        "isFamilyFriendly": True,
        "mainEntityOfPage": HERE,
        "wordCount": 4,
        "timeRequired": "PT1M",
        "isPartOf": {
            "@type": "CreativeWorkSeason",
            "seasonNumber": 1,
            "name": "Season 1",
            "url": "http://testserver/seasons/1/",
        },
        "about": [{"@type": "Thing", "name": "Sleep", "url": "http://testserver/topics/sleep/"}],
        "mainEntity": [{"@type": "Question", "name": "Is it rude to nap?"}],
    }


def test_an_episode_without_a_film_is_no_podcast(client: Client) -> None:
    published_episode(slug="naps")
    assert [node["@type"] for node in data_of(client, "/episodes/naps/")] == ["Article", "BreadcrumbList"]


def test_a_film_says_how_long_it_is_and_where_it_plays(client: Client) -> None:
    film = Video(url="https://vimeo.com/76979871", title="The talk", seconds=754, note="Two people on a sofa.")
    published_episode("Naps", slug="naps", at=datetime(2026, 1, 2, 3, tzinfo=UTC), videos=[film])
    assert node(client, "VideoObject") == {
        "@type": "VideoObject",
        "@id": f"{HERE}#film-1",
        "name": "The talk",
        "description": "Two people on a sofa.",
        "uploadDate": "2026-01-02T03:00:00+00:00",
        "isFamilyFriendly": True,
        "duration": "P0DT00H12M34S",
        "embedUrl": "https://player.vimeo.com/video/76979871?dnt=1",
    }
    episode = node(client, "PodcastEpisode")
    assert (episode["episodeNumber"], episode["video"]) == (1, [{"@id": f"{HERE}#film-1"}])
    assert episode["partOfSeries"] == {"@type": "PodcastSeries", "name": "Querent", "url": "http://testserver/"}


def test_a_film_that_is_not_safe_says_so_and_not_where_it_plays(client: Client) -> None:
    film = Video(url="https://vimeo.com/76979871", title="The talk", level=ContentLevel.NOT_SAFE, kinds=["sex"])
    published_episode("Naps", slug="naps", videos=[film])
    said = node(client, "VideoObject")
    assert "embedUrl" not in said
    assert (said["isFamilyFriendly"], said["contentRating"]) == (False, "Not safe for work: sex.")
    assert said["description"] == "Not safe for work: sex."
    article = node(client, "Article")
    assert (article["isFamilyFriendly"], article["contentRating"]) == (
        False, "Text fine at work. Video not safe for work. No pictures.",
    )  # fmt: skip


def test_the_films_of_an_answer_are_named_unless_some_of_its_words_are_gated(client: Client) -> None:
    film = "::: video https://vimeo.com/76979871 | At the door | 4:00\n:::\n\n"
    published_episode("Naps", slug="naps", answers=[approved_answer(body=film)])
    assert node(client, "VideoObject")["name"] == "At the door"
    gate = "# Later\n\n::: expect not safe | sex\n:::\nSecret."
    published_episode("Noons", slug="noons", answers=[approved_answer(body=film + gate)])
    assert [each["@type"] for each in data_of(client, "/episodes/noons/")] == ["Article", "BreadcrumbList"]


def test_the_note_stands_for_a_gated_text(client: Client) -> None:
    published_episode("Naps", slug="naps", summary="When.", note="Frank.", text_level=ContentLevel.NOT_SAFE)
    article = node(client, "Article")
    assert article["description"] == "Text not safe for work. No video. No pictures. Frank."
    assert "mainEntity" not in article


@pytest.mark.parametrize(
    ("address", "way"),
    [
        ("/episodes/naps/", [("All episodes", "/episodes/"), ("Season 1", "/seasons/1/"), ("Naps", "/episodes/naps/")]),
        ("/topics/sleep/", [("Topics", "/topics/"), ("Body", "/topics/body/"), ("Sleep", "/topics/sleep/")]),
        ("/seasons/1/", [("All episodes", "/episodes/"), ("Season 1", "/seasons/1/")]),
    ],
)
def test_a_page_says_the_way_to_it(client: Client, address: str, way: list[tuple[str, str]]) -> None:
    published_episode("Naps", slug="naps", topics=[topic("Sleep", parent=topic("Body"))])
    items = node(client, "BreadcrumbList", address)["itemListElement"]
    assert [(item["name"], item["item"].removeprefix("http://testserver")) for item in items] == way
    assert [item["position"] for item in items] == list(range(1, len(way) + 1))


def test_a_persons_page_is_their_profile(client: Client) -> None:
    tomas = cast.tomas()
    tomas.bio = "Reads **letters**."
    tomas.save()
    published_episode()
    [profile] = data_of(client, "/people/tomas/")
    assert profile["mainEntity"]["name"] == "Tomas Reyl"
    assert profile["mainEntity"]["description"] == "Reads letters."


def test_home_is_the_site_and_how_to_search_it(client: Client) -> None:
    Show.objects.create(name="Sleepers", tagline="You ask.", language="en-GB")
    [site] = data_of(client, "/")
    assert (site["@type"], site["name"], site["description"], site["inLanguage"]) == (
        "WebSite", "Sleepers", "You ask.", "en-GB",
    )  # fmt: skip
    assert site["potentialAction"]["target"]["urlTemplate"] == "http://testserver/search/?q={words}"
    assert site["potentialAction"]["query-input"] == "required name=words"


def test_every_page_speaks_only_words_of_schema_org(client: Client) -> None:
    film = Video(url="https://vimeo.com/76979871", title="The talk", level=ContentLevel.RACY, kinds=["sex"])
    published_episode(slug="naps", topics=[topic("Sleep")], videos=[film], text_level=ContentLevel.RACY)
    types = set()
    for address in every_public_address():
        if client.get(address).headers["Content-Type"].startswith("text/html"):
            for each in data_of(client, address):
                types |= faultless(each)
    assert types == set(VOCABULARY)


def faultless(node: dict[str, Any]) -> set[str]:
    """The types of this node and of all in it; fails at a property that the type has not, or one that is empty."""
    kind = node["@type"]
    properties = {name: value for name, value in node.items() if not name.startswith("@")}
    assert set(properties) <= VOCABULARY[kind], kind
    types = {kind}
    for name, value in properties.items():
        assert value not in ("", [], None), (kind, name)
        assert not isinstance(value, list) or name in LISTS, (kind, name)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict) and set(each) != {"@id"}:
                types |= faultless(each)
    return types
