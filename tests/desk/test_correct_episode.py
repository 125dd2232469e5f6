"""A published episode is corrected in the open."""

import pytest
from django.test import Client
from django.urls import reverse

from questions.actions.acting import acting
from questions.actions.correct import correct
from questions.models import Episode
from tests import cast
from tests.factories import approved_answer, assembled_episode, published_episode

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return cast.signed_in(cast.tomas())


@pytest.fixture
def episode() -> Episode:
    answers = [approved_answer("Nap?", body="Nap.\n\nLong."), approved_answer("Snore?", body="Snore.")]
    return published_episode(answers=answers)


def address(episode: Episode) -> str:
    return reverse("desk:correct-episode", args=[episode.ref])


def bodies(episode: Episode) -> list[str]:
    return [segment.body for segment in Episode.objects.get(pk=episode.pk).script.segments]


def test_the_new_words_stand_at_once_with_what_is_said_about_them(desk: Client, episode: Episode) -> None:
    assert "Nap.\n\nLong.</textarea>" in desk.get(address(episode)).content.decode()
    words = {
        "seen": episode.version,
        "body_1": "Nap.\r\n\r\nLong.",
        "body_2": "Snore softly.",
        "words": "Softer.",
    }
    assert desk.post(address(episode), words).status_code == 302
    assert bodies(episode) == ["Nap.\n\nLong.", "Snore softly."]
    assert [correction.words for correction in episode.corrections.all()] == ["Softer."]
    shown = desk.get(reverse("desk:preview-episode", args=[episode.ref])).content.decode()
    assert "Softer." in shown


def test_readers_are_told_what_was_corrected(desk: Client, episode: Episode) -> None:
    response = desk.post(address(episode), {"seen": episode.version, "body_1": "Kept", "body_2": "", "words": ""})
    shown = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_words"' in shown
    assert 'href="#id_body_2"' in shown
    assert "Kept" in shown


def test_nothing_changed_is_nothing_to_correct(desk: Client, episode: Episode) -> None:
    same = {"seen": episode.version, "body_1": "Nap.\r\n\r\nLong.", "body_2": "Snore.", "words": "Nothing."}
    response = desk.post(address(episode), same)
    assert response.status_code == 409
    assert "there is nothing to correct" in response.content.decode()


def test_a_stale_page_keeps_what_was_typed(desk: Client, episode: Episode) -> None:
    by = acting(cast.noor())
    correct(episode, bodies=["Hers.", "Snore."], words="Noor’s.", by=by, seen=episode.version)
    mine = {"seen": episode.version, "body_1": "Mine.", "body_2": "Snore.", "words": "My words."}
    response = desk.post(address(episode), mine)
    shown = response.content.decode()
    assert response.status_code == 409
    assert "Noor Haddad" in shown
    assert "Mine.</textarea>" in shown
    assert "My words.</textarea>" in shown
    assert bodies(episode) == ["Hers.", "Snore."]


def test_what_has_not_aired_is_edited_and_not_corrected(desk: Client) -> None:
    episode = assembled_episode()
    words = {"seen": episode.version, "body_1": "Other words.", "words": "Softer."}
    response = desk.post(address(episode), words)
    assert response.status_code == 409
    assert "“Correct” is not possible here" in response.content.decode()


def test_a_correction_brings_in_no_film_that_the_note_does_not_announce(desk: Client, episode: Episode) -> None:
    film = "Nap.\n\n::: video https://vimeo.com/76979871 | Loud | 4:00 | racy\nMind.\n:::"
    words = {"seen": episode.version, "body_1": film, "body_2": "Snore.", "words": "A film."}
    response = desk.post(address(episode), words)
    assert response.status_code == 422
    assert "The film “Loud” is racy for work" in response.content.decode()
    assert "A film." in response.content.decode()
