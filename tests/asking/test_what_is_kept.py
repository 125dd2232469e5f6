"""What is kept of an asker beside their words, and until when: what the privacy page promises of it."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from questions.actions.acting import acting
from questions.actions.claim import claim
from questions.actions.decline import decline
from questions.actions.withdraw import withdraw
from questions.models import DeclineReason, Event, Question, Show
from tests import cast, factories
from tests.asking.asker import Asker

pytestmark = pytest.mark.django_db


def rows_of_every_table() -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, sorted, so that two looks can be compared."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found[table] = sorted(cursor.fetchall(), key=repr)
        return found


def tick_in(days: int) -> None:
    with factories.the_time(timezone.now() + timedelta(days=days)):
        call_command("tick")


def state_of(question: Question) -> str:
    question.refresh_from_db()
    return question.state


def test_nothing_of_the_way_a_question_came_is_stored() -> None:
    asker = Asker()
    asker.client.defaults |= {
        "REMOTE_ADDR": "203.0.113.77",
        "HTTP_X_FORWARDED_FOR": "198.51.100.23",
        "HTTP_USER_AGENT": "Zeisiggelb/5.0",
        "HTTP_REFERER": "https://zeisiggelb.example/",
        "HTTP_ACCEPT_LANGUAGE": "gsw-LI",
    }
    question = asker.asks("Is it rude to nap at a wedding?")
    code = asker.code
    asker.returns_with(code).presses("add", text="My sister minds.")
    stored = repr(rows_of_every_table())
    traces = ("203.0.113", "198.51.100", "Zeisiggelb", "zeisiggelb", "gsw", code.replace(" ", ""))
    assert [trace for trace in traces if trace in stored] == []
    moments = [value for value in Question.objects.filter(pk=question.pk).values_list()[0] if isinstance(value, date)]
    assert moments
    assert not any(isinstance(moment, datetime) for moment in moments)
    assert set(Event.objects.of(question.ref).values_list("at", flat=True)) == {None}


def test_looking_leaves_nothing_behind() -> None:
    asker = Asker()
    asker.asks("Is it rude to nap at a wedding?")
    code, before = asker.code, rows_of_every_table()
    for _look in range(3):
        asker.returns_with(code)
    asker.returns_with("0000 0000 0000 0000")
    assert rows_of_every_table() == before


def test_a_declined_question_is_forgotten_when_its_time_is_up() -> None:
    Show(keeps_closed_days=30).save()
    question, by = factories.asked(), acting(factories.host())
    reason = DeclineReason.objects.create(slug="not-ours", label="Not ours", words="Sorry.")
    decline(question, reason=reason, by=by, seen=question.version)
    tick_in(days=30)
    assert state_of(question) == "declined"
    tick_in(days=31)
    assert (state_of(question), question.text, question.sign_off) == ("forgotten", None, None)


def test_a_question_in_hand_is_kept_until_it_is_taken_back() -> None:
    question, airing = factories.asked("Mine?"), factories.approved_answer("Aired?")
    factories.published_episode(answers=[airing])
    claim(question, by=acting(cast.ines()), seen=question.version)
    tick_in(days=3650)
    assert (state_of(question), question.text) == ("answering", "Mine?")
    airing.question.refresh_from_db()
    assert airing.question.text == "Aired?"
    withdraw(question)
    assert (state_of(question), question.text) == ("withdrawn", None)


def test_a_question_that_a_host_has_taken_and_left_is_forgotten_like_any_other() -> None:
    Show(keeps_waiting_days=30).save()
    question = factories.asked("Mine?")
    claim(question, by=acting(cast.tomas()), seen=question.version)
    tick_in(days=1)
    assert (state_of(question), question.claimed_by) == ("kept", None)
    tick_in(days=32)
    assert (state_of(question), question.text) == ("forgotten", None)


def test_the_wordless_rest_of_a_question_goes_as_well() -> None:
    Show(keeps_traces_days=40).save()
    question = factories.asked()
    withdraw(question)
    tick_in(days=40)
    assert Question.objects.filter(pk=question.pk).exists()
    assert Event.objects.of(question.ref).exists()
    tick_in(days=41)
    assert not Question.objects.filter(pk=question.pk).exists()
    assert not Event.objects.of(question.ref).exists()
