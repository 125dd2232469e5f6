"""Taking an episode down, and taking one apart that nobody has read."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from questions.models import Answer, Episode
from questions.visibility import public_episodes
from tests import cast
from tests.factories import assembled_episode, published_episode

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return cast.signed_in(cast.tomas())


def address(episode: Episode, verb: str = "retract") -> str:
    return reverse(f"desk:{verb}-episode", args=[episode.ref])


def test_the_page_says_what_readers_will_see_and_does_nothing_yet(desk: Client) -> None:
    episode = published_episode()
    shown = desk.get(address(episode)).content.decode()
    assert "This episode was taken down." in shown
    assert episode.get_absolute_url() in shown
    assert public_episodes(timezone.now()).exists()


def test_after_the_button_readers_find_nothing(desk: Client) -> None:
    episode = published_episode()
    response = desk.post(address(episode), {"seen": episode.version})
    assert response.headers["Location"] == address(episode, "preview")
    assert not public_episodes(timezone.now()).exists()
    assert "Publish again" in desk.get(address(episode, "preview")).content.decode()


def test_what_nobody_can_read_cannot_be_taken_down(desk: Client) -> None:
    episode = assembled_episode()
    response = desk.post(address(episode), {"seen": episode.version})
    assert response.status_code == 409
    assert "“Retract” is not possible here" in response.content.decode()


def test_an_episode_that_has_not_aired_is_taken_apart(desk: Client) -> None:
    episode = assembled_episode()
    assert "Its answers stay approved" in desk.get(address(episode, "disband")).content.decode()
    response = desk.post(address(episode, "disband"), {"seen": episode.version})
    assert response.headers["Location"] == reverse("desk:episodes")
    assert not Episode.objects.exists()
    assert Answer.objects.for_episodes().count() == 1


def test_a_published_episode_is_not_taken_apart(desk: Client) -> None:
    episode = published_episode()
    response = desk.post(address(episode, "disband"), {"seen": episode.version})
    assert response.status_code == 409
    assert Episode.objects.exists()
