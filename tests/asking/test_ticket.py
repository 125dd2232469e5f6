"""The ticket: ways to keep the code, the day on which the question is forgotten, and a box to be sure."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from questions.models import Question, Show
from tests.asking.asker import Asker

pytestmark = pytest.mark.django_db

RIGHT = "That is it. You have the code."


@pytest.fixture
def asker() -> Asker:
    asker = Asker()
    asker.asks()
    asker.path = "/receipt/"
    return asker


def groups(asker: Asker) -> list[str]:
    return [asker.code[start : start + 4] for start in (0, 4, 8, 12)]


def test_it_says_until_when_the_question_is_kept() -> None:
    Show.objects.create(keeps_waiting_days=40)
    asker = Asker()
    question = asker.asks()
    assert asker.sees(f"{date_format(question.arrived_on + timedelta(days=40), 'j F Y')}, if nobody answers it.")


def test_the_note_says_the_code_and_a_day_and_not_what_they_are_for(asker: Asker) -> None:
    code = " ".join(groups(asker))
    note = asker.presses("note").answer
    until = date_format(timezone.localdate() + timedelta(days=180), "j F Y")
    assert note.content.decode() == f"{code}\r\n\r\nKept until {until}.\r\n"
    assert note.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert note.headers["Content-Disposition"] == 'attachment; filename="note.txt"'
    assert note.headers["Cache-Control"] == "no-store"
    assert note.headers["Referrer-Policy"] == "no-referrer"
    assert not note.cookies


def test_without_a_script_nothing_is_offered_that_needs_one(asker: Asker) -> None:
    waiting = re.findall(r'data-(print|copy|with-copy)="[^"]+"[^>]* hidden></', asker.page)
    assert waiting == ["print", "copy", "with-copy"]
    assert not any(asker.sees(words) for words in ("Print the ticket", "Copy the code", "What you copy can stay"))
    assert asker.offers("note")
    assert asker.sees("your browser lists it among its downloads")


@pytest.mark.parametrize("mistype", [str, str.lower, "-".join, " {} ".format], ids=["so", "small", "hyphens", "spaces"])
def test_the_code_typed_back_is_right_however_it_is_written(asker: Asker, mistype: object) -> None:
    assert callable(mistype)
    code = asker.code
    asker.presses("typed-back", typed=mistype(code))
    assert asker.answer.status_code == 200
    assert asker.sees(RIGHT)
    assert asker.code == code


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_slip_is_found_in_its_group(asker: Asker, number: int) -> None:
    typed = groups(asker)
    right = typed[number - 1]
    typed[number - 1] = right[:3] + ("7" if right[3] != "7" else "8")
    asker.presses("typed-back", typed=" ".join(typed))
    assert asker.answer.status_code == 200
    assert asker.sees(f"Group {number} is different: the ticket says {right}.")
    assert asker.form("typed-back")["typed"] == " ".join(typed)


def test_what_is_missing_is_found_where_it_begins_to_be(asker: Asker) -> None:
    code = asker.code
    assert asker.presses("typed-back", typed=code[:15]).sees("Group 4 is different")
    assert asker.presses("typed-back", typed=code[:8]).sees("Group 3 is different")


@pytest.mark.parametrize("typed", ["x" * 5000, "\0", "ü" * 16, "<b>", "0" * 17])
def test_whatever_is_typed_is_only_different(asker: Asker, typed: str) -> None:
    asker.presses("typed-back", typed=typed)
    assert asker.answer.status_code == 200
    assert asker.sees("Group 1 is different")
    assert "<b>" not in asker.page.partition("type-back")[2]


def test_an_empty_box_is_nothing_wrong(asker: Asker) -> None:
    assert asker.presses("typed-back", typed="  ").sees("Nothing stands in the box yet.")
    assert "Error" not in asker.page


def test_a_letter_too_many_belongs_to_the_last_group(asker: Asker) -> None:
    assert asker.presses("typed-back", typed=f"{asker.code}7").sees("Group 4 is different")


def test_sending_the_question_again_shows_the_same_ticket() -> None:
    asker = Asker().looks_over()
    fields = {**asker.form("send"), "step": "send"}
    first = asker.sends(fields).page
    assert asker.sends(fields).page == first
    assert Question.objects.count() == 1


@pytest.mark.parametrize("step", ["note", "typed-back", "change"])
def test_an_old_page_of_a_question_that_is_gone_says_that_it_is(asker: Asker, step: str) -> None:
    code = asker.code
    asker.sends({"code": code, "step": "withdraw-for-good"}).sends({"code": code, "step": step})
    assert asker.answer.status_code == 200
    assert asker.sees("You took your question back")


def test_the_ways_off_the_page_leave_it_open(asker: Asker) -> None:
    """Nothing could bring the code back once the page has gone."""
    for address in ("/receipt/", "/receipt/lost/"):
        assert f'href="{address}" target="_blank" rel="noopener noreferrer"' in asker.page
