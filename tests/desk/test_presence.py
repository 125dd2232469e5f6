"""Who is at a question: shown to colleagues, never a lock, and gone soon."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from questions.actions.acting import acting
from questions.actions.claim import claim
from questions.actions.correspond import note
from questions.actions.decline import decline
from questions.actions.presence import be_here
from questions.models import Person, Presence, Question
from tests import cast, factories
from tests.desk.test_decide_question import reason

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def beat(person: Person, asked: Question, **said: object) -> Any:
    return cast.signed_in(person).post(f"/desk/questions/{asked.ref}/here/", {"seen": asked.version, **said})


def test_opening_the_page_is_seen_by_colleagues() -> None:
    asked = factories.asked()
    assert "Only you" in cast.signed_in(cast.noor()).get(asked.get_absolute_url()).content.decode()
    assert "Noor Haddad is reading" in cast.signed_in(cast.tomas()).get(asked.get_absolute_url()).content.decode()


def test_a_beat_says_who_else_is_there_and_who_writes() -> None:
    asked = factories.asked()
    assert beat(cast.noor(), asked).json() == {"here": "Only you", "lease": "", "meanwhile": ""}
    assert beat(cast.tomas(), asked, is_writing="on").json()["here"] == "Noor Haddad is reading"
    assert beat(cast.noor(), asked).json()["here"] == "Tomas Reyl is writing"


def test_nobody_is_there_for_longer_than_a_minute_after_they_last_said_so() -> None:
    asked = factories.asked()
    with factories.the_time(NOON):
        be_here(asked, by=cast.tomas())
    with factories.the_time(NOON + timedelta(seconds=59)):
        assert beat(cast.noor(), asked).json()["here"] == "Tomas Reyl is reading"
    with factories.the_time(NOON + timedelta(seconds=60)):
        assert beat(cast.noor(), asked).json()["here"] == "Only you"


def test_writing_lets_ones_own_claim_hold_on_and_nobody_elses() -> None:
    asked = factories.asked()
    with factories.the_time(NOON):
        claim(asked, by=acting(cast.tomas()), seen=asked.version)
    asked.refresh_from_db()
    with factories.the_time(NOON + timedelta(minutes=20)):
        assert beat(cast.noor(), asked, is_writing="on").json()["lease"] == "holds until 12:30"
        assert beat(cast.tomas(), asked).json()["lease"] == "holds until 12:30"
        assert beat(cast.tomas(), asked, is_writing="on").json()["lease"] == "holds until 12:50"


def test_a_colleagues_decision_is_told_with_who_and_when() -> None:
    asked = factories.asked()
    with factories.the_time(NOON):
        decline(asked, reason=reason(), by=acting(cast.tomas()), seen=asked.version)
    assert beat(cast.noor(), asked).json()["meanwhile"] == "Meanwhile: declined by Tomas Reyl, 12:00."
    assert beat(cast.tomas(), asked).json()["meanwhile"] == "Meanwhile: declined by you, in another window, 12:00."


def test_a_note_makes_no_page_stale() -> None:
    asked = factories.asked()
    note(asked, text="Mine?", by=acting(cast.tomas()))
    assert beat(cast.noor(), asked).json()["meanwhile"] == ""


@pytest.mark.parametrize("seen", ["", "nine", "-1", "9" * 30])
def test_a_beat_without_a_version_is_refused(seen: str) -> None:
    assert beat(cast.noor(), factories.asked(), seen=seen).status_code == 422


def test_who_looked_is_forgotten_after_a_day() -> None:
    asked, other = factories.asked("one"), factories.asked("two")
    with factories.the_time(NOON):
        be_here(asked, by=cast.tomas())
    with factories.the_time(NOON + timedelta(hours=24, seconds=1)):
        be_here(other, by=cast.tomas())
        call_command("tick")
    assert [presence.question for presence in Presence.objects.all()] == [other]
