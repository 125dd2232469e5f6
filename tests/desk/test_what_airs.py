"""The page says which text airs, and what has to be done before another one can: what the lifecycle really allows."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

from questions.models import Episode, Show
from tests import cast, factories
from tests.desk.test_write_answer import fresh, page, typed

pytestmark = pytest.mark.django_db

AT = datetime(2031, 6, 6, 19, 0, tzinfo=UTC)


@pytest.fixture
def desk() -> Client:
    Show.objects.update_or_create(pk=1, defaults={"time_zone": "Europe/Vienna"})
    return cast.signed_in(cast.noor())


def told(desk: Client, episode: Episode) -> str:
    question = episode.segments.get().answer.question
    return re.sub(r"\s+", " ", desk.get(page(question)).content.decode())


def test_what_is_scheduled_says_when_and_with_which_revision_and_lets_nobody_type(desk: Client) -> None:
    episode = factories.scheduled_episode("Naps", at=AT)
    shown = told(desk, episode)
    assert "“Naps” airs on Friday 6 June, 21:00 CEST with revision 1." in shown
    assert "Tomas Reyl approved it, together with this wording." in shown
    assert "take the episode off the schedule, reopen this answer" in shown
    assert 'value="reopen"' not in shown
    question = episode.segments.get().answer.question
    assert desk.post(page(question), typed(question, verb="reopen")).status_code == 409
    assert desk.post(page(question), typed(question, body="Other words.")).status_code == 409
    assert fresh(question).state == "ready"


def test_what_has_no_date_can_be_reopened_where_it_stands(desk: Client) -> None:
    episode = factories.assembled_episode("Naps")
    assert "Revision 1 is in “Naps”, which has no date yet." in told(desk, episode)
    question = episode.segments.get().answer.question
    assert 'value="reopen"' in told(desk, episode)
    assert desk.post(page(question), typed(question, verb="reopen")).status_code == 302


def test_what_has_aired_is_corrected_and_what_was_taken_down_reopened(desk: Client) -> None:
    aired = factories.published_episode("Naps", at=timezone.now())
    assert "“Naps” has aired on" in told(desk, aired)
    assert "is changed by a correction" in told(desk, aired)
    assert 'value="reopen"' not in told(desk, aired)
    retracted = factories.retracted_episode("Beds", answers=[factories.approved_answer("Two beds?")])
    assert "“Beds” was taken down." in told(desk, retracted)
    assert 'value="reopen"' in told(desk, retracted)
