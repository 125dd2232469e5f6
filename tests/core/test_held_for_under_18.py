"""A question whose words say that its asker may be under 18 is held, and nothing of it airs until a host lifts that."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from questions.actions import correspond
from questions.actions.acting import Actor, Refused, acting
from questions.actions.amend import amend
from questions.actions.claim import claim
from questions.actions.decline import decline, reconsider
from questions.actions.keep import keep
from questions.actions.lift import lift
from questions.actions.merge import merge, split
from questions.actions.reword import reword
from questions.actions.tag import tag
from questions.actions.undo import undo
from questions.models import Caller, CrisisLine, DeclineReason, Event, Question
from tests import cast, factories
from tests.asking.asker import Asker

pytestmark = pytest.mark.django_db

YOUNG = "I am 15 years old and in love with my best friend. What now?"


@pytest.fixture
def host() -> Actor:
    return acting(cast.tomas())


def fresh(question: Question) -> Question:
    return Question.objects.get(pk=question.pk)


def reason() -> DeclineReason:
    return DeclineReason.objects.get_or_create(slug="young", defaults={"label": "Young", "words": "Not here."})[0]


def a_line() -> CrisisLine:
    return CrisisLine.objects.create(
        country="XX", language="en", caller=Caller.YOUNG, name="Kids’ Line", number="116 111"
    )


@pytest.mark.parametrize("other", ["", "spam", "too-fast"])
def test_it_wins_over_every_other_reason_to_hold(other: str) -> None:
    assert factories.asked(YOUNG, held=other).held == "under-18"


def test_the_name_under_a_question_counts_too() -> None:
    assert factories.asked("What now?", sign_off="Ann. I am 15 years old").held == "under-18"


def test_what_is_brought_along_is_looked_at_as_well(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text(f"text\n{YOUNG}\nIs it rude to nap?\n")
    call_command("import_questions", str(path))
    assert [question.held for question in Question.objects.in_queue_order()] == ["under-18", ""]


REFUSED: dict[str, Callable[[Question, Actor], Any]] = {
    "keep": lambda question, by: keep(question, by=by, seen=question.version),
    "claim": lambda question, by: claim(question, by=by, seen=question.version),
    "merge": lambda question, by: merge(question, into=factories.asked(), by=by, seen=question.version),
    "lead": lambda question, by: merge(factories.asked(), into=question, by=by, seen=1),
}


@pytest.mark.parametrize("name", REFUSED)
def test_nothing_that_leads_to_an_airing_is_possible(host: Actor, name: str) -> None:
    question = factories.asked(YOUNG)
    with pytest.raises(Refused, match="held"):
        REFUSED[name](question, host)
    assert (fresh(question).state, fresh(question).held) == ("waiting", "under-18")


def test_it_can_be_answered_privately_or_declined_and_written_about(host: Actor) -> None:
    question = factories.asked(YOUNG)
    tag(question, topics=[factories.topic()], by=host)
    correspond.note(question, text="Careful.", by=host)
    correspond.reply(question, text="Thank you for telling us.", by=host)
    reword(question, text="What now?", sign_off="", by=host, seen=1)
    decline(question, reason=reason(), by=host, seen=2)
    reconsider(question, by=host, seen=3)
    assert (fresh(question).state, fresh(question).held) == ("waiting", "under-18")
    correspond.answer_privately(question, text="Call them.", by=host, seen=4)
    reconsider(question, by=host, seen=5)
    with pytest.raises(Refused, match="Lift the hold first"):
        claim(question, by=host, seen=6)


def test_a_host_lifts_it_by_a_deed_that_is_recorded_and_can_be_undone(host: Actor) -> None:
    question = factories.asked(YOUNG)
    lifted = lift(question, by=host, seen=1)
    assert (lifted.verb, lifted.was["question"]["held"], lifted.person) == ("lift", "under-18", host.person)
    keep(question, by=host, seen=2)
    undo(Event.objects.of(question.ref).last(), by=host)  # type: ignore[arg-type]
    undo(lifted, by=host)
    assert fresh(question).held == "under-18"


def test_other_words_of_the_asker_can_hold_it_and_never_lift_it(host: Actor) -> None:
    question = factories.asked("What now?")
    keep(question, by=host, seen=1)
    amend(question, text=YOUNG, sign_off="")
    assert (fresh(question).state, fresh(question).held) == ("waiting", "under-18")
    amend(question, text="What now?", sign_off="")
    assert fresh(question).held == "under-18"


def test_followers_do_not_follow_what_cannot_air(host: Actor) -> None:
    lead, follower, other = factories.asked("One?"), factories.asked("Two?"), factories.asked("Three?")
    for question in (follower, other):
        merge(question, into=lead, by=host, seen=1)
    amend(lead, text=YOUNG, sign_off="")
    assert (fresh(follower).state, fresh(follower).merged_into) == ("kept", None)
    assert fresh(other).merged_into == follower


def test_undoing_a_split_does_not_lead_back_to_what_cannot_lead(host: Actor) -> None:
    lead, follower = factories.asked("One?"), factories.asked("Two?")
    merge(follower, into=lead, by=host, seen=1)
    event = split(follower, by=host, seen=2)
    amend(lead, text=YOUNG, sign_off="")
    with pytest.raises(Refused, match="cannot lead any more"):
        undo(event, by=host)


@pytest.mark.parametrize("answer", ["nothing yet", "declined", "answered privately"])
def test_its_asker_reads_who_helps_young_people_whatever_the_hosts_say(host: Actor, answer: str) -> None:
    line, asker = a_line(), Asker()
    question = asker.asks(YOUNG)
    if answer == "declined":
        decline(question, reason=reason(), by=host, seen=1)
    if answer == "answered privately":
        correspond.answer_privately(question, text="Call them.", by=host, seen=1)
    Event.objects.exclude(at=None).update(at="2026-01-01T00:00Z")
    asker.returns_with(asker.code)
    assert asker.sees("If you are younger than 18")
    assert asker.sees(line.number)


def test_the_lines_go_when_a_host_has_lifted_the_hold(host: Actor) -> None:
    a_line()
    asker = Asker()
    lift(asker.asks(YOUNG), by=host, seen=1)
    assert not asker.returns_with(asker.code).sees("If you are younger than 18")


def test_the_desk_says_so_beside_what_a_host_would_write(host: Actor) -> None:
    desk, sentence = cast.signed_in(cast.tomas()), "reads the lines that help young people as well"
    page = desk.get(factories.asked(YOUNG).get_absolute_url()).content.decode()
    assert page.count(sentence) == 2
    assert sentence not in desk.get(factories.asked("What now?").get_absolute_url()).content.decode()
