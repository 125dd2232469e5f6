"""Ready means: approved, and waiting for its episode."""

import pytest

from questions.actions.acting import acting
from questions.actions.retract import retract
from questions.desk.masthead import counts
from questions.models import Episode
from tests import cast, factories

pytestmark = pytest.mark.django_db


def shown() -> list[int]:
    response = cast.signed_in(cast.tomas()).get("/desk/queue/ready/")
    return [row.question.number for row in response.context["page"].rows]


def test_what_readers_can_see_has_left_the_queue() -> None:
    waiting = factories.scheduled_episode("Tomorrow").segments.get().answer.question
    factories.published_episode("Today")
    assert (shown(), counts()["ready"]) == ([waiting.number], 1)


def test_what_was_retracted_is_back_in_it() -> None:
    episode = factories.published_episode()
    retract(episode, by=acting(factories.host()), seen=Episode.objects.get().version)
    assert (len(shown()), counts()["ready"]) == (1, 1)
