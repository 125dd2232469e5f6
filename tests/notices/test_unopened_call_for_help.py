"""A call for help that nobody opens is told after an hour, once, and nothing then says when it came."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from questions.actions import webhook as hooks
from questions.actions.acting import acting
from questions.actions.alert import opened
from questions.actions.telling import count_quarters
from questions.models import Delivery, Person, Question
from tests import cast, factories

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 13, 12, 0, tzinfo=UTC)
CANARY = "Zaubernuss"


def reachable(person: Person, *, is_on_duty: bool = False) -> Person:
    person.address, person.is_on_duty = f"{person.slug}@example.org", is_on_duty
    person.save()
    return person


def called(at: datetime) -> Question:
    with factories.the_time(at):
        question = factories.asked(f"I want to kill myself. {CANARY}", CANARY)
    assert question.waited_unopened == 0
    return question


def tick(*minutes: float) -> None:
    for minute in minutes:
        with factories.the_time(NOON + timedelta(minutes=minute)):
            call_command("tick")


def waited() -> int | None:
    return Question.objects.get().waited_unopened


def test_those_on_duty_are_told_after_an_hour_for_certain_and_within_75_minutes() -> None:
    reachable(cast.tomas(), is_on_duty=True)
    reachable(cast.noor())
    tick(0)
    called(NOON + timedelta(minutes=1))
    tick(*range(5, 75, 5))
    assert (waited(), mail.outbox) == (4, [])
    tick(75)
    assert (waited(), [letter.to for letter in mail.outbox]) == (5, [["tomas@example.org"]])
    tick(*range(80, 300, 5))
    assert (waited(), len(mail.outbox)) == (5, 1)


@pytest.mark.parametrize("arrives", [0.0, 3.7, 7.0, 14.9])
@pytest.mark.parametrize("every", [1.0, 5.0, 6.5, 15.0])
def test_wherever_it_falls_between_ticks_an_hour_has_passed(arrives: float, every: float) -> None:
    reachable(cast.tomas(), is_on_duty=True)
    tick(0)
    question = called(NOON + timedelta(minutes=arrives))
    moments = [count * every for count in range(1, int(120 / every) + 1)]
    for minute in (moment for moment in moments if moment >= arrives):
        count_quarters(NOON + timedelta(minutes=minute))
        question.refresh_from_db()
        if question.waited_unopened == 5:
            break
    assert 60 <= minute - arrives <= 75 + 5 * every


def test_a_missed_tick_counts_the_quarters_of_those_who_were_there_and_not_of_others() -> None:
    cast.tomas()
    tick(0)
    called(NOON + timedelta(minutes=1))
    tick(15, 50)
    assert waited() == 3
    called(NOON + timedelta(minutes=55))
    tick(120)
    assert list(Question.objects.order_by("-number").values_list("waited_unopened", flat=True)) == [1, 5]


def test_ticks_that_overlap_count_a_quarter_once() -> None:
    cast.tomas()
    tick(0)
    called(NOON)
    for _tick in range(3):
        count_quarters(NOON + timedelta(minutes=16))
    assert waited() == 1


def test_one_that_was_opened_is_not_told() -> None:
    reachable(cast.tomas(), is_on_duty=True)
    question = called(NOON)
    tick(0, 15, 30)
    opened(Question.objects.get(pk=question.pk))
    tick(*range(45, 200, 15))
    assert (waited(), mail.outbox) == (None, [])


def test_owners_are_told_where_nobody_is_on_duty_who_can_be() -> None:
    reachable(cast.noor())
    cast.tomas()
    Person.objects.filter(slug="tomas").update(is_on_duty=True)
    reachable(cast.viv())
    called(NOON)
    tick(*range(0, 90, 15))
    assert [letter.to for letter in mail.outbox] == [["noor@example.org"]]


def test_webhooks_of_those_on_duty_are_called_whatever_they_listen_to() -> None:
    tomas = cast.tomas()
    hooks.add_webhook("https://hooks.invalid/x", ["keep"], by=acting(tomas))
    Person.objects.filter(pk=tomas.pk).update(is_on_duty=True)
    called(NOON)
    with factories.the_time(NOON):
        for minute in range(0, 90, 15):
            count_quarters(NOON + timedelta(minutes=minute))
    delivery = Delivery.objects.told().get()
    assert delivery.body == {
        "kind": "call_for_help", "verb": None, "ref": None, "state": None, "day": "2026-05-13", "at": None,
        "link": "http://testserver/desk/",
    }  # fmt: skip


def test_the_mail_says_that_and_leads_to_the_desk_without_a_word_of_it() -> None:
    reachable(cast.tomas(), is_on_duty=True)
    question = called(NOON)
    tick(*range(0, 90, 15))
    [letter] = mail.outbox
    assert letter.subject == "A call for help has waited an hour"
    whole = letter.message().as_string()
    assert "http://testserver/desk/" in whole
    assert not any(word in whole for word in (CANARY, "kill", str(question.ref)))


def test_nothing_that_stays_says_at_what_time_it_came() -> None:
    reachable(cast.tomas(), is_on_duty=True)
    called(NOON)
    tick(*range(0, 90, 15))
    delivery = Delivery.objects.told().get()
    assert delivery.state == "done"
    assert {delivery.due_at, delivery.ended_at} == {datetime(2026, 5, 13, tzinfo=UTC)}
    assert (delivery.event, json.dumps(delivery.body).count("T")) == (None, 0)


def test_every_host_sees_a_banner_until_somebody_has_opened_it() -> None:
    question = called(NOON)

    def pages(person: Any) -> str:
        return str(cast.signed_in(person).get(reverse("desk:episodes")).content.decode())

    words = "A call for help is waiting, and nobody has opened it yet."
    assert words in pages(cast.tomas())
    assert words in pages(cast.noor())
    assert words not in cast.signed_in(cast.viv()).get(reverse("desk:queue")).content.decode()
    opened(question)
    assert words not in pages(cast.tomas())
