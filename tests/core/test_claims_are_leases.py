"""A claim holds for half an hour after its host was last at work; then the question is everybody's again."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from questions.actions.acting import acting
from questions.actions.claim import claim, lapse, renew, take_over
from questions.actions.decline import decline
from questions.actions.draft import draft
from questions.actions.undo import undo
from questions.models import LEASE, Answer, DeclineReason, Event, Mention, Question
from tests import cast, factories

pytestmark = pytest.mark.django_db


def claimed() -> Question:
    question = factories.asked()
    claim(question, by=acting(cast.tomas()), seen=question.version)
    return fresh(question)


def fresh(question: Question) -> Question:
    return Question.objects.get(pk=question.pk)


def tick() -> None:
    call_command("tick", stdout=StringIO(), stderr=StringIO())


def test_the_clock_releases_a_claim_after_half_an_hour_and_keeps_its_draft() -> None:
    question = claimed()
    draft(question, body="Nap first.", by=acting(cast.tomas()), seen=question.version)
    for minutes, state, holder in ((29, "answering", cast.tomas()), (31, "kept", None)):
        with factories.the_time(timezone.now() + timedelta(minutes=minutes)):
            tick()
            tick()
        assert (fresh(question).state, fresh(question).claimed_by) == (state, holder)
    last = Event.objects.of(question.ref).last()
    assert last
    assert (last.verb, last.role, last.person) == ("unclaim", "clock", None)
    assert Answer.objects.get().current_revision.body == "Nap first."  # type: ignore[union-attr]


def test_writing_renews_a_claim_and_leaves_no_event() -> None:
    question = claimed()
    told = Event.objects.count()
    with factories.the_time(timezone.now() + timedelta(minutes=25)):
        assert renew(question, by=cast.tomas())
    with factories.the_time(timezone.now() + timedelta(minutes=50)):
        assert lapse(question) is None
        assert fresh(question).lease_ends_at == fresh(question).claimed_at + LEASE  # type: ignore[operator]
    assert (fresh(question).state, Event.objects.count()) == ("answering", told)


def test_nobody_renews_what_is_not_theirs() -> None:
    question = claimed()
    before = fresh(question).claimed_at
    assert not renew(question, by=cast.noor())
    assert fresh(question).claimed_at == before


def test_the_claim_of_a_guest_holds_as_long_as_their_link() -> None:
    question = factories.asked()
    claim(question, by=acting(cast.ines()), seen=question.version)
    with factories.the_time(timezone.now() + timedelta(days=3)):
        tick()
    assert fresh(question).claimed_by == cast.ines()
    assert fresh(question).lease_ends_at is None


def test_a_colleague_hears_why_their_question_was_taken_over() -> None:
    question = claimed()
    event = take_over(question, by=acting(cast.noor()), seen=question.version, word="You are on holiday.")
    meant = Mention.objects.get()
    assert meant.note
    assert (meant.person, meant.by, meant.note.text) == (cast.tomas(), cast.noor(), "You are on holiday.")
    undo(event, by=acting(cast.noor()))
    assert (Mention.objects.count(), question.notes.count(), fresh(question).claimed_by) == (0, 0, cast.tomas())


def test_undoing_gives_the_claim_back_with_a_whole_lease() -> None:
    question = claimed()
    reason = DeclineReason.objects.create(slug="no", label="No", words="No, sorry.")
    event = decline(question, reason=reason, by=acting(cast.tomas()), seen=question.version)
    assert fresh(question).claimed_by is None
    later = timezone.now() + timedelta(hours=5)
    with factories.the_time(later):
        undo(event, by=acting(cast.noor()))
        tick()
    assert fresh(question).claimed_by == cast.tomas()
