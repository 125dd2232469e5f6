"""Everything that was saved is there: listed, named, compared, and put back into the editor without being saved."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from questions.actions.acting import acting
from questions.actions.draft import draft
from questions.models import Event, Question, Revision
from tests import cast
from tests.desk.test_write_answer import claimed, fresh, page
from tests.factories import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return cast.signed_in(cast.tomas())


def with_three_revisions() -> Question:
    question = claimed()
    writers = [cast.tomas(), cast.noor(), cast.tomas()]
    for body, writer in zip(("Two rooms.", "Two quiet rooms.", "A dog."), writers, strict=True):
        draft(fresh(question), body=body, by=acting(writer), seen=fresh(question).version)
    return fresh(question)


def address(name: str, question: Question, *more: Any) -> str:
    return reverse(f"desk:{name}", args=[question.ref, *more])


def plain(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_they_are_listed_with_who_saved_them_the_newest_first(desk: Client) -> None:
    shown = plain(desk.get(address("answer-revisions", with_three_revisions())))
    assert [int(number) for number in re.findall(r"Revision (\d)</h2>", shown)] == [3, 2, 1]
    assert "Noor Haddad" in shown
    assert "Nothing has been saved yet." in plain(desk.get(address("answer-revisions", asked())))


def test_a_name_is_sealed_and_can_be_taken_away_again(desk: Client) -> None:
    question = with_three_revisions()
    before = fresh(question).version
    assert desk.post(address("name-revision", question, 2), {"name": "Before the dog"}).status_code == 302
    assert Revision.objects.get(number=2).name == "Before the dog"
    assert "Revision 2: <bdi>Before the dog</bdi>" in plain(desk.get(address("answer-revisions", question)))
    event = Event.objects.of(question.ref).last()
    assert event
    assert (event.verb, event.details, fresh(question).version) == ("name", {"revision": 2}, before)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM questions_revision WHERE number = 2")
        assert "Before" not in cursor.fetchone()[0]
    desk.post(address("name-revision", question, 2), {"name": "Before the dog"})
    assert Event.objects.of(question.ref).filter(verb="name").count() == 1
    desk.post(address("name-revision", question, 2), {"name": ""})
    assert Revision.objects.get(number=2).name is None


@pytest.mark.parametrize(("name", "status"), [("y" * 81, 422), ("a\0b", 422)])
def test_a_name_that_cannot_be_is_said(desk: Client, name: str, status: int) -> None:
    question = with_three_revisions()
    assert desk.post(address("name-revision", question, 1), {"name": name}).status_code == status
    assert desk.post(address("name-revision", question, 9), {"name": "Nine"}).status_code == 404
    assert Revision.objects.filter(name=None).count() == 3


def test_two_of_them_are_compared_side_by_side_or_in_one_text(desk: Client) -> None:
    question = with_three_revisions()
    side = plain(desk.get(address("compare-revisions", question), {"from": "1", "to": "2"}))
    assert "Two <ins>quiet</ins> rooms." in side
    assert "<del>" not in side
    inline = plain(desk.get(address("compare-revisions", question), {"from": "2", "to": "1", "as": "inline"}))
    assert "Two <del>quiet</del> rooms." in inline
    last_two = plain(desk.get(address("compare-revisions", question), {"from": "x", "to": "-1", "as": "x"}))
    assert "Revision 2 and revision 3" in last_two


def test_an_old_one_goes_back_into_the_editor_and_is_saved_by_nobody_else(desk: Client) -> None:
    question = with_three_revisions()
    shown = desk.get(page(question), {"revision": "1"}).content.decode()
    assert ">\nTwo rooms.</textarea>" in shown
    assert "The editor holds revision 1. It is not saved yet" in shown
    assert Revision.objects.count() == 3
    for nonsense in ("9", "x", "²", "9" * 30):
        assert ">\nA dog.</textarea>" in desk.get(page(question), {"revision": nonsense}).content.decode()
