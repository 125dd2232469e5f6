"""A question that is taken back leaves no word in an episode that has not aired."""

import pytest

from questions.actions.withdraw import forget, withdraw
from questions.models import Episode, Event
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_title_that_may_quote_the_question_goes_with_it() -> None:
    episode = factories.scheduled_episode("Katrin naps at weddings", summary="About Katrin.")
    withdraw(episode.segments.get().answer.question)
    row = Episode.objects.get()
    assert (row.draft_script, row.script.title, row.script.summary, row.state) == (None, "", "", "assembling")


def test_what_has_aired_keeps_its_title() -> None:
    episode = factories.published_episode("Naps at weddings")
    withdraw(episode.segments.get().answer.question)
    assert Episode.objects.get().script.title == "Naps at weddings"


def test_an_episode_is_held_by_whoever_took_the_question_away() -> None:
    for deed, role in ((withdraw, "asker"), (forget, "clock")):
        episode = factories.scheduled_episode(answers=[factories.approved_answer(f"By the {role}?")])
        deed(episode.segments.get().answer.question)
        held = Event.objects.of(episode.ref).get(verb="hold")
        assert (held.role, held.at is None) == (role, role == "asker")
