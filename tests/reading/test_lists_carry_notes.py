"""Every list says what to expect of an episode, and none says what stands behind a gate."""

from typing import Any

import pytest
from django.test import Client

from questions.models import Credit, CreditRole, Video
from tests import cast
from tests.factories import approved_answer, published_episode, topic, verdict
from tests.reading import seen

pytestmark = pytest.mark.django_db

LISTS = ("/", "/episodes/", "/topics/sleep/", "/seasons/1/", "/people/noor/", "/people/tomas/", "/verdicts/you/")

SECRET = "May I do the unspeakable at a wedding?"


def gated(title: str = "", **contents: Any) -> None:
    """A wholly gated episode that is in every list."""
    published_episode(
        title, text_level=3, kinds=["sex", "drugs"], topics=[topic()], verdict=verdict().words,
        summary="A secret summary.", verdict_reason="A secret reason.", note="It gets loud.",
        answers=[approved_answer(SECRET, "Sealed", body="# A secret part\n\nSecret words.")], **contents,
    )  # fmt: skip


@pytest.mark.parametrize("title", ["", SECRET, "May I do the unspeak…"])
@pytest.mark.parametrize("address", LISTS)
def test_a_gated_episode_goes_by_its_number_where_its_title_quotes_it(client: Client, address: str, title: str) -> None:
    gated(title)
    response = client.get(address)
    words = response.content.decode()
    assert "Season 1, episode 1" in seen.links(response)
    for secret in ("unspeak", "ecret", "Sealed"):
        assert secret not in words


@pytest.mark.parametrize("address", LISTS)
def test_a_list_names_the_levels_and_the_kinds(client: Client, address: str) -> None:
    gated("Loud weddings")
    response = client.get(address)
    assert seen.links(response)["Loud weddings"] == "/episodes/episode-1-1/"
    [line] = seen.with_class(response, "expect-line")
    assert line == "Text not safe for work No video No pictures Because of: sex, drugs"


def test_a_gated_newest_episode_is_no_voice_and_says_its_note(client: Client) -> None:
    gated("Loud weddings")
    response = client.get("/")
    assert seen.only(response, "h1") == "Loud weddings"
    assert seen.with_class(response, "voice") == []
    assert seen.with_class(response, "expect-words") == ["It gets loud."]


def test_a_gated_film_says_its_note_before_it_is_offered(client: Client) -> None:
    film = Video(url="https://vimeo.com/76979871", title="Loud", seconds=760, level=3, kinds=["sex"])
    published_episode(videos=[film])
    assert "Watch, 12 minutes Not safe for work: sex." in seen.links(client.get("/"))


@pytest.mark.parametrize("address", LISTS)
def test_a_translation_says_its_language_and_an_episode_in_the_shows_own_does_not(client: Client, address: str) -> None:
    facts: dict[str, Any] = {"topics": [topic()], "verdict": verdict().words}
    original = published_episode("Naps", language="en", **facts)
    published_episode("Nickerchen", language="de", translation_of=original, **facts)
    published_episode("Newest", **facts)
    response = client.get(address)
    said = [element for element in seen.elements(response) if element.attributes.get("lang") == "de"]
    assert [(element.tag[0], element.words) for element in said] == [("h", "Nickerchen"), ("b", "Deutsch")]


def test_whoever_only_read_it_out_is_said_to_have(client: Client) -> None:
    asked = Credit(person=cast.noor(), role=CreditRole.ASKED, credited_as="Noor at night")
    published_episode(credits=[asked, Credit(person=cast.noor(), role=CreditRole.EDITED)])
    response = client.get("/people/noor/")
    assert seen.with_class(response, "block__title") == ["Had a hand in 1 other"]
    [line] = seen.with_class(response, "row__by")
    assert line.startswith("Asked on air by Noor at night. Edited by Noor Haddad. ")
