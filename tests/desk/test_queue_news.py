"""What a list is told of while it is looked at: who decided what, and how many have come. The list itself stays."""

import re
from typing import Any

import pytest

from questions.actions.acting import acting
from questions.actions.keep import keep
from questions.actions.undo import undo
from questions.actions.withdraw import withdraw
from questions.models import Person
from tests import cast, factories

pytestmark = pytest.mark.django_db


def told(newest: str, query: str = "", person: Person | None = None) -> Any:
    client = cast.signed_in(person or cast.noor())
    return client.get(f"/desk/queue/waiting/news.json?newest={newest}{query}").json()


def newest() -> str:
    page = cast.signed_in(cast.noor()).get("/desk/").content.decode()
    found = re.search(r'data-newest="([^"]+)"', page)
    assert found
    return found[1]


def test_nothing_has_happened() -> None:
    factories.asked()
    assert told(newest()) == {"arrived": 0, "urgent": False, "gone": {}}


def test_what_colleagues_decided_and_askers_took_back_is_said_by_whom() -> None:
    kept, taken_back, left = (factories.asked(words) for words in ("one", "two", "three"))
    since = newest()
    keep(kept, by=acting(cast.tomas()), seen=1)
    withdraw(taken_back)
    assert told(since)["gone"] == {str(kept.ref): "kept by Tomas Reyl", str(taken_back.ref): "taken back"}
    assert str(left.ref) not in told(since)["gone"]


def test_what_came_back_is_not_gone() -> None:
    asked = factories.asked()
    since = newest()
    undo(keep(asked, by=acting(cast.tomas()), seen=1), by=acting(cast.tomas()))
    assert told(since)["gone"] == {}


def test_arrivals_are_counted_by_the_filter_of_the_list() -> None:
    since = newest()
    factories.asked("one", language="de")
    factories.asked("I want to kill myself.")
    assert told(since) == {"arrived": 2, "urgent": True, "gone": {}}
    assert told(since, "&language=de") == {"arrived": 1, "urgent": False, "gone": {}}
    assert told(since, "&topic=cheese")["arrived"] == 2


def test_a_viewer_is_told_and_a_guest_is_not() -> None:
    assert told(newest(), person=cast.viv())["arrived"] == 0
    assert cast.signed_in(cast.ines()).get("/desk/queue/waiting/news.json?newest=0").status_code == 403


@pytest.mark.parametrize("strange", ["", "x", "-1", "9" * 30, "%00", "1.5", "٣", "0", "7:made-up"])
def test_nobody_steps_through_events_that_no_page_has_named(strange: str) -> None:
    response = cast.signed_in(cast.noor()).get(f"/desk/queue/waiting/news.json?newest={strange}")
    assert response.status_code == 400


def test_no_word_of_a_question_is_in_the_news() -> None:
    asked = factories.asked("xylophone")
    since = newest()
    factories.asked("xylophone again")
    keep(asked, by=acting(cast.tomas()), seen=1)
    assert "xylophone" not in str(told(since))
