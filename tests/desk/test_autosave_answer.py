"""What is typed is kept before it is saved: one row for each writer, no revision, no event, and nothing silently."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from questions.actions.acting import acting
from questions.actions.draft import draft
from questions.actions.withdraw import withdraw
from questions.models import Answer, Autosave, Event, Question
from tests import cast
from tests.desk.test_write_answer import claimed, fresh, page, typed
from tests.factories import approved_answer

pytestmark = pytest.mark.django_db

ONE, TWO = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.fixture
def desk() -> Client:
    return cast.signed_in(cast.tomas())


def keep(desk: Client, question: Question, body: str = "Half a thou", **changes: Any) -> Any:
    """What the script sends a few seconds after somebody has stopped typing."""
    words = {name: value for name, value in typed(question, body=body).items() if name != "answerer"}
    return desk.post(reverse("desk:autosave-answer", args=[question.ref]), {**words, "page": ONE, **changes})


def test_what_is_typed_is_written_over_and_leaves_no_trace_in_the_history(desk: Client) -> None:
    question = claimed()
    before = (fresh(question).version, Event.objects.count())
    for body in ("Half", "Half a", "Half a thought."):
        assert keep(desk, question, body).status_code == 200
    kept = Autosave.objects.get()
    assert (kept.person, kept.body, kept.seen) == (cast.tomas(), "Half a thought.", before[0])
    assert (fresh(question).version, Event.objects.count()) == before
    assert Answer.objects.count() == 0


def test_it_says_when_by_the_clock_of_the_show(desk: Client) -> None:
    assert keep(desk, claimed()).json() == {
        "kept": timezone.localtime(Autosave.objects.get().saved_at).strftime("%H:%M")
    }


def test_it_is_sealed_at_rest(desk: Client) -> None:
    keep(desk, claimed(), "Nobody may read this in the database.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, sign_off, body FROM questions_autosave")
        assert not any(word in column for column in cursor.fetchone() for word in ("Nobody", "Katrin", "Drowsy"))


def test_it_keeps_the_claim_for_another_half_hour(desk: Client) -> None:
    question = claimed()
    long_ago = timezone.now() - timedelta(minutes=29)
    Question.objects.update(claimed_at=long_ago)
    keep(desk, question)
    assert fresh(question).claimed_at != long_ago


def test_the_page_offers_what_was_typed_and_never_puts_it_there_by_itself(desk: Client) -> None:
    question = claimed()
    draft(question, body="Two rooms.", by=acting(cast.tomas()), seen=question.version)
    keep(desk, question, "Two rooms and a dog.")
    shown = desk.get(page(question)).content.decode()
    assert "and did not save it" in shown
    assert "<ins>rooms and a dog.</ins>" in shown
    assert ">\nTwo rooms.</textarea>" in shown
    used = desk.get(page(question), {"use": "autosave"}).content.decode()
    assert ">\nTwo rooms and a dog.</textarea>" in used
    assert "It is not saved yet." in used
    assert f'name="page" value="{ONE}"' in used
    assert Answer.objects.get().revisions.count() == 1


def test_what_is_offered_is_discarded_by_a_press_that_loses_nothing_else(desk: Client) -> None:
    question = claimed()
    keep(desk, question)
    response = desk.post(page(question), typed(question, body="Begun anew.", discard=ONE))
    assert "Begun anew." in response.content.decode()
    assert not Autosave.objects.exists()
    assert desk.post(page(question), typed(question, discard="nonsense")).status_code == 302


def test_what_a_colleague_saved_meanwhile_is_said_with_the_offer(desk: Client) -> None:
    question = claimed()
    keep(desk, question, "Mine.")
    draft(question, body="Hers.", by=acting(cast.noor()), seen=question.version)
    assert "Somebody has changed the question since." in desk.get(page(question)).content.decode()


def test_what_one_typed_is_offered_to_nobody_else(desk: Client) -> None:
    question = claimed()
    keep(desk, question, "Mine, not ripe.")
    assert "Mine, not ripe." not in cast.signed_in(cast.noor()).get(page(question)).content.decode()


def test_two_pages_of_one_writer_never_replace_each_other_silently(desk: Client) -> None:
    question = claimed()
    keep(desk, question, "On the first page.")
    refused = keep(desk, question, "On the second page.", page=TWO)
    assert refused.status_code == 409
    assert refused.json() == {
        "told": "Something you typed on another page is kept already, so this is not.",
        "instead_of": str(ONE),
    }
    assert Autosave.objects.get().body == "On the first page."
    assert keep(desk, question, "On the second page.", page=TWO, instead_of=ONE).status_code == 200
    assert Autosave.objects.get().body == "On the second page."
    assert keep(desk, question, "On the first page again.").status_code == 409


def test_saving_forgets_what_this_page_kept_and_not_what_another_did(desk: Client) -> None:
    question = claimed()
    keep(desk, question, "All of it.")
    desk.post(page(question), typed(question, body="Something else.", page=TWO))
    assert Autosave.objects.get().body == "All of it."
    desk.post(page(question), typed(question, body="All of it.", page=ONE))
    assert not Autosave.objects.exists()


def test_a_slow_autosave_of_words_that_are_saved_by_now_keeps_nothing(desk: Client) -> None:
    question = claimed()
    desk.post(page(question), typed(question, body="Done."))
    assert keep(desk, question, "Done.").json() == {"kept": ""}
    assert not Autosave.objects.exists()


def test_the_words_of_an_approved_answer_can_still_be_kept(desk: Client) -> None:
    """A colleague approved it while somebody was typing: what they typed is theirs."""
    assert keep(desk, approved_answer().question, "One more thing.").status_code == 200


def test_nothing_is_kept_of_a_question_that_was_taken_back(desk: Client) -> None:
    question = claimed()
    keep(desk, question)
    words = typed(question, body="More.", page=ONE)
    withdraw(question)
    assert not Autosave.objects.exists()
    refused = desk.post(reverse("desk:autosave-answer", args=[question.ref]), words)
    assert (refused.status_code, Autosave.objects.count()) == (409, 0)
    assert refused.json() == {"told": "The question is gone, so nothing more is kept of it."}


@pytest.mark.parametrize("nonsense", [{"seen": "x"}, {"page": "x"}, {"body": "a\0b"}, {"body": "y" * 60_001}])
def test_what_cannot_be_kept_is_said(desk: Client, nonsense: dict[str, Any]) -> None:
    assert keep(desk, claimed(), **nonsense).status_code == 422
    assert not Autosave.objects.exists()


@pytest.mark.parametrize("somebody", [cast.ines, cast.viv])
def test_nobody_but_hosts_keeps_words_at_the_desk(somebody: Any) -> None:
    assert keep(cast.signed_in(somebody()), claimed()).status_code == 403
    assert not Autosave.objects.exists()
