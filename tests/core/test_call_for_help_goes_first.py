"""A question that calls for help stands before all others, whether a phrase or a host has found it out."""

import pytest

from questions.actions.acting import Refused, acting
from questions.actions.alert import alert, opened, stand_down
from questions.actions.amend import amend
from questions.actions.lift import lift
from questions.actions.undo import undo
from questions.actions.withdraw import withdraw
from questions.models import Question, Rank
from tests import cast, factories

pytestmark = pytest.mark.django_db

CALLING = "I want to end my life and nobody at the wedding would notice."
YOUNG = "I am 15 years old. May I nap at a wedding?"


def order() -> list[int]:
    return list(Question.objects.in_state("waiting").in_queue_order().values_list("pk", flat=True))


def fresh(question: Question) -> Question:
    return Question.objects.get(pk=question.pk)


def test_the_queue_reads_calls_first_then_the_young_then_the_oldest() -> None:
    first, young, last, call = (factories.asked(text) for text in ("One?", YOUNG, "Two?", CALLING))
    assert order() == [call.pk, young.pk, first.pk, last.pk]
    assert [fresh(question).rank for question in (call, young, first)] == [Rank.HELP, Rank.YOUNG, Rank.OTHERS]


def test_a_host_marks_a_call_that_no_phrase_found_and_takes_it_back() -> None:
    first, quiet = factories.asked("One?"), factories.asked("Nothing has a colour any more.")
    event = alert(quiet, by=acting(cast.tomas()))
    assert order() == [quiet.pk, first.pk]
    undo(event, by=acting(cast.tomas()))
    assert order() == [first.pk, quiet.pk]


def test_standing_down_leaves_what_else_there_is_to_say() -> None:
    young = factories.asked(f"{YOUNG} {CALLING}")
    assert (fresh(young).rank, fresh(young).held) == (Rank.HELP, "under-18")
    event = stand_down(young, by=acting(cast.tomas()))
    assert (fresh(young).rank, fresh(young).waited_unopened) == (Rank.YOUNG, None)
    undo(event, by=acting(cast.tomas()))
    assert fresh(young).rank == Rank.HELP


def test_lifting_a_hold_does_not_quieten_a_call() -> None:
    young, call = factories.asked(YOUNG), factories.asked(f"{YOUNG} {CALLING}")
    for question in (young, call):
        lift(question, by=acting(cast.tomas()), seen=question.version)
    assert [fresh(question).rank for question in (young, call)] == [Rank.OTHERS, Rank.HELP]


def test_a_call_waits_unopened_until_somebody_opens_it() -> None:
    call, other = factories.asked(CALLING), factories.asked("One?")
    assert (fresh(call).waited_unopened, fresh(other).waited_unopened) == (0, None)
    opened(fresh(call))
    assert fresh(call).waited_unopened is None


def test_other_words_are_another_call_or_none() -> None:
    question = factories.asked("Write to me at ana@example.org. May I nap?")
    assert fresh(question).clue_count == 1
    amend(question, text=CALLING, sign_off="")
    assert (fresh(question).rank, fresh(question).waited_unopened, fresh(question).clue_count) == (Rank.HELP, 0, 0)
    amend(question, text="May I nap?", sign_off="")
    assert (fresh(question).rank, fresh(question).waited_unopened) == (Rank.OTHERS, None)


def test_withdrawing_takes_the_marks_away_with_the_words() -> None:
    call = factories.asked(f"{CALLING} Write to ana@example.org.")
    withdraw(call)
    assert (fresh(call).rank, fresh(call).waited_unopened, fresh(call).clue_count) == (Rank.OTHERS, None, 0)


def test_no_way_back_of_another_deed_costs_a_call_its_place() -> None:
    young = factories.asked(YOUNG)
    lifted = lift(young, by=acting(cast.tomas()), seen=young.version)
    marked = alert(young, by=acting(cast.noor()))
    with pytest.raises(Refused, match="Something has happened since"):
        undo(lifted, by=acting(cast.tomas()))
    assert fresh(young).rank == Rank.HELP
    undo(marked, by=acting(cast.noor()))
    undo(lifted, by=acting(cast.tomas()))
    assert (fresh(young).rank, fresh(young).held) == (Rank.YOUNG, "under-18")


def test_a_mark_on_words_that_the_asker_has_changed_does_not_come_back() -> None:
    question = factories.asked(CALLING)
    down = stand_down(question, by=acting(cast.tomas()))
    amend(question, text="May I nap?", sign_off="")
    with pytest.raises(Refused, match="Something has happened since"):
        undo(down, by=acting(cast.tomas()))
    assert fresh(question).rank == Rank.OTHERS
