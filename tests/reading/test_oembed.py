"""The card by which other sites show an episode (oEmbed 1.0)."""

from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.http import HttpResponse
from django.test import Client

from questions.models import ContentLevel, Credit, CreditRole
from tests import cast
from tests.factories import approved_answer, published_episode, retracted_episode, scheduled_episode
from tests.reading.test_hostile_words import HOSTILE

pytestmark = pytest.mark.django_db

NAPS = "http://testserver/episodes/naps/"


def asked_for(client: Client, url: str = NAPS, **query: object) -> Any:
    return client.get(f"/oembed?{urlencode({'url': url, **query})}")


def test_a_card_is_a_link_with_a_few_words_and_the_note(client: Client) -> None:
    published_episode("Naps", slug="naps", summary="When & where.", note="Frank.")
    response = asked_for(client)
    assert response.headers["Content-Type"] == "application/json"
    assert response.json() == {
        "version": "1.0",
        "type": "rich",
        "title": "Naps",
        "author_name": "Tomas Reyl",
        "author_url": "http://testserver/people/tomas/",
        "provider_name": "Querent",
        "provider_url": "http://testserver/",
        "cache_age": 3600,
        "width": 600,
        "height": 240,
        "html": '<blockquote cite="http://testserver/episodes/naps/">'
        '<p><a href="http://testserver/episodes/naps/">Naps</a></p><p>When &amp; where.</p>'
        "<p>Text fine at work. No video. No pictures. Frank.</p></blockquote>",
    }


def test_the_note_stands_for_a_gated_text(client: Client) -> None:
    published_episode("Is it rude to nap", slug="naps", summary="When.", text_level=ContentLevel.NOT_SAFE)
    card = asked_for(client).json()
    assert card["title"] == "Season 1, episode 1"
    assert card["html"].count("<p>") == 2
    assert "<p>Text not safe for work. No video. No pictures.</p>" in card["html"]
    assert "When." not in card["html"]


def test_several_who_answer_are_all_named(client: Client) -> None:
    both = [Credit(person=person, role=CreditRole.ANSWERED) for person in (cast.noor(), cast.tomas())]
    published_episode(slug="naps", credits=both)
    card = asked_for(client).json()
    assert card["author_name"] == "Noor Haddad, Tomas Reyl"
    assert "author_url" not in card


def test_the_same_card_as_xml(client: Client) -> None:
    published_episode("Naps", slug="naps")
    response = asked_for(client, format="xml")
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)  # noqa: S314 - it is our own
    assert root.tag == "oembed"
    assert {each.tag: each.text for each in root} == {
        name: str(value) for name, value in asked_for(client).json().items()
    }


def test_a_card_is_no_larger_than_it_may_be(client: Client) -> None:
    published_episode(slug="naps")
    sizes = [
        (card["width"], card["height"])
        for most in ({}, {"maxwidth": 320}, {"maxwidth": 4000, "maxheight": 100}, {"maxwidth": ""})
        for card in [asked_for(client, **most).json()]
    ]
    assert sizes == [(600, 240), (320, 240), (600, 100), (600, 240)]


@pytest.mark.parametrize("width", ["0", "-1", "wide", "1.5", "9" * 5000, "٣"])
def test_a_size_that_is_none_is_said_to_be_none(client: Client, width: str) -> None:
    published_episode(slug="naps")
    response = asked_for(client, maxwidth=width)
    assert (response.status_code, response.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")


@pytest.mark.parametrize("form", ["yaml", "", "JSON"])
def test_another_format_is_not_implemented(client: Client, form: str) -> None:
    published_episode(slug="naps")
    assert asked_for(client, format=form).status_code == 501


@pytest.mark.parametrize(
    "url",
    [
        NAPS,
        f"{NAPS}?utm_source=letter",
        f"{NAPS}#more",
        f" {NAPS}",
        NAPS.replace("http:", "https:"),
        NAPS.replace("tests", "TestS"),
    ],
)
def test_an_address_is_known_whatever_was_added_to_it(client: Client, url: str) -> None:
    published_episode("Naps", slug="naps")
    assert asked_for(client, url).json()["title"] == "Naps"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "naps",
        "/episodes/naps/",
        "http://elsewhere.example/episodes/naps/",
        "http://testserver/",
        "ftp://testserver/episodes/naps/",
        "http://testserver/episodes/nosuch/",
        "http://testserver@elsewhere.example/episodes/naps/",
        "http://[testserver/episodes/naps/",
        "http://testserver/desk/",
        "javascript:alert(1)",
        "http://testserver:80x/episodes/naps/",
        "\x00",
        *HOSTILE,
    ],
)
def test_whatever_is_no_episode_of_ours_is_not_found(client: Client, url: str) -> None:
    published_episode(slug="naps")
    assert asked_for(client, url).status_code == 404
    assert client.get("/oembed").status_code == 404


@pytest.mark.parametrize("build", [scheduled_episode, retracted_episode])
def test_what_nobody_can_see_has_no_card(client: Client, build: Any) -> None:
    build(slug="naps")
    assert asked_for(client).status_code == 404


def test_pages_of_other_sites_may_read_a_card_and_what_went_wrong(client: Client) -> None:
    published_episode(slug="naps")
    answers: list[HttpResponse] = [asked_for(client), asked_for(client, format="xml"), asked_for(client, format="yaml")]
    for response in answers:
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words_in_a_card(client: Client, words: str) -> None:
    published_episode(words, slug="naps", summary=words, note=words, answers=[approved_answer(words)])
    html = asked_for(client).json()["html"]
    for unsafe in ("<script", "<svg", "<img", "<b>", "</title", "<!--", "<foo"):
        assert unsafe not in html
    root = ElementTree.fromstring(asked_for(client, format="xml").content)  # noqa: S314 - it is our own
    assert len(root) == 11
