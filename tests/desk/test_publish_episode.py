"""Publishing shows readers what was approved, at once."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from questions.actions.acting import acting
from questions.actions.assemble import disband
from questions.actions.schedule import publish
from questions.desk.planning import views
from questions.models import Airing, Episode, Resource, Show
from questions.visibility import public_episodes
from tests import cast
from tests.factories import (
    approved_answer,
    asked,
    assembled_episode,
    retracted_episode,
    scheduled_episode,
    the_time,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return cast.signed_in(cast.tomas())


def address(episode: Episode, verb: str = "publish") -> str:
    return reverse(f"desk:{verb}-episode", args=[episode.ref])


def is_public() -> bool:
    return public_episodes(timezone.now()).exists()


@pytest.mark.parametrize("make", [assembled_episode, scheduled_episode, retracted_episode])
def test_an_episode_is_published_now_or_again(desk: Client, make: object) -> None:
    episode: Episode = make()  # type: ignore[operator]
    assert not is_public()
    response = desk.post(address(episode), {"seen": episode.version})
    assert response.headers["Location"] == address(episode, "preview")
    assert is_public()


def test_the_page_shows_what_readers_will_see_and_the_verbs_of_its_state(desk: Client) -> None:
    episode = assembled_episode(answers=[approved_answer("Nap?", body="# Yes\n\nBetween *speeches*.")])
    shown = desk.get(address(episode, "preview")).content.decode()
    assert '<h2 class="part__title" id="title-of-part-yes">Yes</h2>' in shown
    assert "Between <em>speeches</em>." in shown
    assert "Nap?" in shown
    offered = {verb for verb in ("publish", "schedule", "unschedule", "retract", "correct", "disband")
               if f"{address(episode, verb)}\"" in shown}  # fmt: skip
    assert offered == {"publish", "schedule", "disband"}


def test_the_preview_is_what_readers_see_at_the_release(desk: Client) -> None:
    Show.objects.create(time_zone="Europe/Berlin")
    at = datetime(2031, 6, 30, 23, 30, tzinfo=UTC)
    scheduled_episode("Soon", slug="soon", number=1, at=at, answers=[approved_answer("One?")])
    resources = [
        Resource(kind="episode", title="On air by then", url="/episodes/soon/"),
        Resource(kind="episode", title="Never on air", url="/episodes/not-yet/"),
    ]
    answers = [approved_answer("Nap?", body="Opening.\n\n# Yes\n\nNap."), approved_answer("Snore?")]
    episode = scheduled_episode(slug="naps", number=2, at=at, answers=answers, resources=resources, verdict="The cat.")
    before = episode_on(desk.get(address(episode, "preview")))
    with the_time(at):
        after = episode_on(Client().get("/episodes/naps/"))
    assert before == after.replace("h1", "h2")
    assert "1 July 2031" in before
    assert (">Soon</a>" in before, ">On air by then<" in before) == (True, False)
    assert "Never on air" not in before


def episode_on(response: Any) -> str:
    """The episode on a page, without what a reader can do with it and the way to other episodes."""
    shown: str = response.content.decode()
    inside = shown[shown.index('<article class="episode') : shown.index("</article>")].partition(">")[2]
    return " ".join(inside.partition('<p class="ways')[0].split())


def test_what_may_not_air_yet_says_why(desk: Client) -> None:
    question = asked("Nap?", airing=Airing.PREVIEW)
    episode = assembled_episode(answers=[approved_answer(question=question)])
    sentence = "The asker wants to see the wording first and has not agreed to this one."
    assert sentence in desk.get(address(episode, "preview")).content.decode()
    response = desk.post(address(episode), {"seen": episode.version})
    assert response.status_code == 409
    assert sentence in response.content.decode()
    assert not is_public()


@pytest.mark.parametrize("verb", ["publish", "schedule", "unschedule", "retract", "disband"])
def test_an_episode_that_was_taken_apart_is_said_to_be_gone(desk: Client, verb: str) -> None:
    episode = assembled_episode()
    disband(episode, by=acting(cast.noor()), seen=episode.version)
    response = desk.post(address(episode, verb), {"seen": episode.version, "at": "2031-01-15T21:00"})
    assert response.status_code == 409
    assert "It is gone: somebody has taken it apart." in response.content.decode()


def test_an_episode_that_is_taken_apart_between_the_look_and_the_deed_is_said_to_be_gone(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    episode = assembled_episode()
    look = views._newest

    def look_and_lose(ref: uuid.UUID) -> Episode | None:
        found = look(ref)
        Episode.objects.all().delete()
        return found

    monkeypatch.setattr(views, "_newest", look_and_lose)
    response = desk.post(address(episode), {"seen": episode.version})
    assert response.status_code == 409
    assert "It is gone: somebody has taken it apart." in response.content.decode()


@pytest.mark.parametrize("seen", ["", "x", "0", "9" * 30])
def test_a_page_that_is_stale_publishes_nothing(desk: Client, seen: str) -> None:
    episode = scheduled_episode()
    response = desk.post(address(episode), {"seen": seen})
    assert response.status_code == 409
    assert "Somebody else was faster." in response.content.decode()
    assert not is_public()


def test_the_second_of_two_hosts_is_told_who_was_faster(desk: Client) -> None:
    episode = assembled_episode()
    publish(episode, by=acting(cast.noor()), seen=episode.version)
    response = desk.post(address(episode), {"seen": episode.version})
    assert response.status_code == 409
    assert "Noor Haddad" in response.content.decode()


def test_the_list_knows_every_episode_in_its_state(desk: Client) -> None:
    assembled_episode("Plans", answers=[approved_answer("One?")])
    scheduled_episode("Soon", answers=[approved_answer("Two?")])
    retracted_episode("Gone", answers=[approved_answer("Three?")])
    approved_answer("Nobody has put me anywhere?")
    shown = desk.get(reverse("desk:episodes")).content.decode()
    for words in ("Being assembled", "Plans", "Scheduled", "Soon", "Taken down", "Gone"):
        assert words in shown
    assert "Nobody has put me anywhere?" in shown


def test_the_list_costs_the_same_at_one_and_at_many(desk: Client) -> None:
    assembled_episode("One", answers=[approved_answer("One?")])
    desk.get(reverse("desk:episodes"))
    cache.clear()
    with CaptureQueriesContext(connection) as few:
        desk.get(reverse("desk:episodes"))
    for number in range(5):
        assembled_episode(f"More {number}", answers=[approved_answer(f"More {number}?")])
    cache.clear()
    with CaptureQueriesContext(connection) as many:
        desk.get(reverse("desk:episodes"))
    assert len(many) == len(few)
