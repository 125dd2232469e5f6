"""What readers are told to expect is true of the films they will meet."""

import pytest

from questions.actions.acting import Refused, acting
from questions.actions.correct import correct
from questions.actions.schedule import publish
from questions.models import ContentLevel, Episode, Video
from tests import factories

pytestmark = pytest.mark.django_db

FILM = "::: video https://vimeo.com/76979871 | At the door | 4:00 | not safe\nDim.\n:::"


def test_an_episode_is_not_released_under_a_note_that_its_films_belie() -> None:
    in_answer = factories.assembled_episode(
        "One", answers=[factories.approved_answer(body=FILM)], video_level=ContentLevel.NONE
    )
    own = factories.assembled_episode(
        "Two", answers=[factories.approved_answer()], video_level=ContentLevel.FINE,
        videos=[Video(url="https://vimeo.com/76979871", title="At the door", level=ContentLevel.NOT_SAFE)],
    )  # fmt: skip
    for episode in (in_answer, own):
        with pytest.raises(Refused, match="“At the door” is not safe for work"):
            publish(episode, by=acting(factories.host()), seen=episode.version)


def test_a_correction_cannot_bring_a_film_that_the_note_does_not_name() -> None:
    episode = factories.published_episode()
    with pytest.raises(Refused, match="not safe for work"):
        correct(episode, bodies=[FILM], words="A film.", by=acting(factories.host()), seen=episode.version)
    assert Episode.objects.get().script.segments[0].body == "Nap between the speeches."
