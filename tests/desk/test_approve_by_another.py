"""Where the show wants a second host, nobody approves what they wrote themselves."""

import pytest

from questions.actions.acting import Refused, acting
from questions.actions.approve import approve, reopen
from questions.actions.consent import preview
from questions.actions.draft import draft
from questions.actions.reword import reword
from questions.actions.undo import undo
from questions.lifecycle import Verb
from questions.models import Event, Person, Question, Show
from tests import cast
from tests.desk.test_write_answer import claimed, fresh, page, typed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_pairs_of_eyes() -> None:
    Show.objects.update_or_create(pk=1, defaults={"asks_second_host": True})


def answered(by: Person) -> Question:
    question = claimed()
    if not by.is_host:
        Question.objects.filter(pk=question.pk).update(claimed_by=by)
    draft(question, body="Two rooms.", by=acting(by), seen=question.version)
    return fresh(question)


def test_who_wrote_the_revision_does_not_approve_it() -> None:
    question = answered(cast.tomas())
    with pytest.raises(Refused, match="You wrote this revision"):
        approve(question, by=acting(cast.tomas()), seen=question.version)
    assert approve(question, by=acting(cast.noor()), seen=question.version).verb == Verb.APPROVE


def test_who_edited_the_wording_does_not_approve_it() -> None:
    question = answered(cast.ines())
    reword(question, text="She snores?", sign_off="", by=acting(cast.noor()), seen=question.version)
    with pytest.raises(Refused, match="You edited the wording"):
        approve(fresh(question), by=acting(cast.noor()), seen=fresh(question).version)
    approve(fresh(question), by=acting(cast.tomas()), seen=fresh(question).version)


def test_who_showed_the_asker_their_own_words_has_written_none() -> None:
    question = answered(cast.tomas())
    preview(question, by=acting(cast.noor()), seen=question.version)
    approve(fresh(question), by=acting(cast.noor()), seen=fresh(question).version)
    assert fresh(question).state == "ready"


def test_undoing_brings_back_only_what_another_had_approved() -> None:
    question = answered(cast.tomas())
    approved = approve(question, by=acting(cast.noor()), seen=question.version)
    undo(approved, by=acting(cast.tomas()))
    with pytest.raises(Refused, match="You wrote this revision"):
        approve(fresh(question), by=acting(cast.tomas()), seen=fresh(question).version)
    approve(fresh(question), by=acting(cast.noor()), seen=fresh(question).version)
    reopened = reopen(fresh(question), by=acting(cast.tomas()), seen=fresh(question).version)
    undo(reopened, by=acting(cast.tomas()))
    assert fresh(question).state == "ready"
    # A revision that its writer undid is not the one to approve any more; the earlier one is a colleague's.
    other = answered(cast.noor())
    drafted = draft(other, body="Mine.", by=acting(cast.tomas()), seen=other.version)
    assert drafted
    undo(drafted, by=acting(cast.tomas()))
    approve(fresh(other), by=acting(cast.tomas()), seen=fresh(other).version)


def test_the_button_says_why_it_is_off() -> None:
    question, desk = answered(cast.tomas()), cast.signed_in(cast.tomas())
    shown = desk.get(page(question)).content.decode()
    assert "This show wants a second pair of eyes. You wrote this revision." in shown
    assert 'disabled aria-describedby="cannot-approve"' in shown
    assert "disabled" not in cast.signed_in(cast.noor()).get(page(question)).content.decode()
    refused = desk.post(page(question), typed(question, verb="approve"))
    assert refused.status_code == 409
    assert not Event.objects.of(question.ref).filter(verb=Verb.APPROVE).exists()


def test_a_show_that_does_not_ask_for_it_has_no_such_rule() -> None:
    Show.objects.update(asks_second_host=False)
    question = answered(cast.tomas())
    approve(question, by=acting(cast.tomas()), seen=question.version)
    assert fresh(question).state == "ready"
