"""A call for help is unmistakable on its page, and a host can say that there is one or that there is none."""

from typing import Any

import pytest

from questions.actions.acting import acting
from questions.actions.correspond import note
from questions.lifecycle import Verb
from questions.models import Event, Mention, Question
from questions.models.question import Rank
from tests import cast, factories
from tests.desk.test_decide_question import press

pytestmark = pytest.mark.django_db

CRY = "My partner moved out.\n\nI want to kill myself. Call me on +49 30 1234567."


def page_of(asked: Question) -> Any:
    return cast.signed_in(cast.noor()).get(asked.get_absolute_url())


def test_the_page_says_where_it_calls_and_leads_to_the_reply() -> None:
    page = page_of(factories.asked(CRY)).content.decode()
    assert "Call for help, paragraph 2</h2>" in page
    assert "The asker was shown the help lines." in page
    assert '<a class="button" href="#reply" data-key="r">Reply now' in page
    assert '<mark class=" worry">kill myself</mark>' in page


def test_what_could_point_to_the_asker_is_marked_and_named() -> None:
    page = page_of(factories.asked(CRY)).content.decode()
    assert '<mark class="clue" title="a phone number">+49 30 1234567</mark>' in page
    assert "<dt>Could point to the asker</dt><dd>a phone number</dd>" in page


def test_opening_the_page_counts_as_opened_by_a_host_and_not_by_a_viewer() -> None:
    asked = factories.asked(CRY)
    cast.signed_in(cast.viv()).get(asked.get_absolute_url())
    asked.refresh_from_db()
    assert asked.waited_unopened == 0
    page_of(asked)
    asked.refresh_from_db()
    assert asked.waited_unopened is None


def test_opening_the_page_finds_what_mentions_its_host() -> None:
    asked, noor = factories.asked(), cast.noor()
    note(asked, text="@noor, yours?", by=acting(cast.tomas()))
    cast.signed_in(cast.tomas()).get(asked.get_absolute_url())
    assert (Mention.objects.get().person, Mention.objects.get().seen_at) == (noor, None)
    page_of(asked)
    assert Mention.objects.get().seen_at is not None


def test_a_host_marks_a_call_that_no_phrase_has_found() -> None:
    asked, client = factories.asked("I have given my cat away and paid all my bills."), cast.signed_in(cast.noor())
    page = press(client, asked, "alert").content.decode()
    asked.refresh_from_db()
    assert asked.rank == Rank.HELP
    assert "Call for help</h2>" in page
    assert "Somebody of the show has marked it" in page
    assert "The asker was shown the help lines." not in page


def test_a_host_says_that_it_is_none_and_takes_that_back() -> None:
    asked, client = factories.asked(CRY), cast.signed_in(cast.noor())
    page = press(client, asked, "stand_down").content.decode()
    asked.refresh_from_db()
    assert asked.rank == Rank.OTHERS
    assert 'class="call"' not in page
    client.post(f"/desk/history/{Event.objects.get(verb=Verb.STAND_DOWN).pk}/undo/")
    asked.refresh_from_db()
    assert asked.rank == Rank.HELP


def test_an_imported_question_was_shown_no_lines() -> None:
    asked = factories.asked(CRY)
    Question.objects.update(import_digest="7" * 64)
    assert "The asker was shown the help lines." not in page_of(asked).content.decode()
