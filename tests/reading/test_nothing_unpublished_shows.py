"""A property of every public address: not one word of an episode that readers may not see."""

from collections.abc import Callable

import pytest
from django.test import Client

from questions.lifecycle import Role
from questions.models import Credit, CreditRole, Episode, Person, Resource, Season, Topic, Verdict, Video
from tests.factories import (
    approved_answer,
    assembled_episode,
    published_episode,
    retracted_episode,
    scheduled_episode,
)
from tests.reading.addresses import every_public_address
from tests.reading.seen import everything_in

pytestmark = pytest.mark.django_db

# One word that stands nowhere else for each thing that an episode consists of.
WORDS = [
    "wtitle", "wslug", "wsummary", "wnote", "wreason", "wquestion", "wsignoff", "wbody", "wpart", "wtopic",
    "wverdict", "wresource", "wvideo", "wperson", "wcredited", "wdisclosure", "wseason",
]  # fmt: skip
ORIGINAL = "woriginal"

Build = Callable[..., Episode]


def build_whole(build: Build) -> Episode:
    person = Person.objects.create(name="Wperson", slug="wperson", role=Role.GUEST)
    return build(
        "Wtitle", slug="wslug", summary="Wsummary", note="Wnote", verdict_reason="Wreason",
        season=Season.objects.create(number=7, title="Wseason").number,
        answers=[approved_answer("Woriginal?", "Wsignoff", body="Wbody\n\n# Wpart", wording="Wquestion?")],
        topics=[Topic.objects.create(name="Wtopic", slug="wtopic")],
        verdict=Verdict.objects.create(words="Wverdict", slug="wverdict").words,
        videos=[Video(url="https://vimeo.com/76979871", title="Wvideo", note="Wvideo")],
        resources=[Resource(kind="book", title="Wresource")],
        credits=[
            Credit(person=person, role=CreditRole.ANSWERED, disclosure="Wdisclosure"),
            Credit(person=person, role=CreditRole.ASKED, credited_as="Wcredited"),
        ],
    )  # fmt: skip


def words_found(client: Client) -> set[str]:
    """Which of the words stand on any page. An address that only echoes itself is no leak."""
    found = set()
    for address in every_public_address():
        response = client.get(address)
        assert response.status_code in (200, 301, 404, 410), address
        if response.status_code != 301:
            text = everything_in(response.content).lower()
            found |= {word for word in [*WORDS, ORIGINAL] if word in text}
    return found


@pytest.mark.parametrize("build", [assembled_episode, scheduled_episode, retracted_episode])
def test_no_word_of_an_episode_nobody_may_see_stands_anywhere(client: Client, build: Build) -> None:
    published_episode("Seen by all", slug="seen")
    build_whole(build)
    assert words_found(client) == set()


def test_every_word_of_a_published_episode_can_be_found_but_never_the_original(client: Client) -> None:
    build_whole(published_episode)
    # The name on the person's page differs from the one credited, and each is found where it belongs.
    assert words_found(client) == set(WORDS)


@pytest.mark.parametrize("build", [assembled_episode, scheduled_episode])
def test_an_address_that_is_not_published_yet_tells_nothing_from_one_that_is_not_there(
    client: Client, build: Build
) -> None:
    build_whole(build)
    for address in ("episodes/{}/", "topics/{}/", "people/{}/", "verdicts/{}/"):
        coming, missing = (
            client.get(f"/{address.format('wslug')}"),
            client.get(f"/{address.format('nosuch')}"),
        )
        assert (coming.status_code, coming.content) == (404, missing.content)
