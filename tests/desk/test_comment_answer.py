"""Hosts talk about a passage where it stands: comment, mention, reply, resolve; and nothing typed elsewhere is lost."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from questions.actions.acting import Refused, acting
from questions.actions.comment import comment, resolve
from questions.actions.draft import draft
from questions.actions.undo import undo
from questions.actions.withdraw import withdraw
from questions.lifecycle import Verb
from questions.models import Comment, Event, Mention, Question
from tests import cast
from tests.desk.test_write_answer import claimed, fresh, page, typed

pytestmark = pytest.mark.django_db

BODY = "# Sleep\n\nTake **two rooms**, and\nsay so at breakfast."


@pytest.fixture
def desk() -> Client:
    return cast.signed_in(cast.tomas())


def written() -> Question:
    question = claimed()
    draft(question, body=BODY, by=acting(cast.tomas()), seen=question.version)
    return fresh(question)


def said(**changes: Any) -> dict[str, Any]:
    return {"action": "comment", "part": "answer", "quote": "two rooms", "comment": "Three?", **changes}


def plain(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_comment_stands_beside_its_passage_and_makes_nobody_s_page_stale(desk: Client) -> None:
    question = written()
    assert desk.post(page(question), typed(question, **said())).status_code == 302
    left = Comment.objects.get()
    assert (left.quote, left.text, left.part, left.by) == ("two rooms", "Three?", "answer", cast.tomas())
    event = Event.objects.of(question.ref).last()
    assert event
    assert (event.verb, event.details, fresh(question).version) == (
        "comment", {"comment": str(left.ref)}, question.version,
    )  # fmt: skip
    shown = plain(desk.get(page(question)))
    assert "1 comment" in shown
    assert 'data-quote="two rooms"' in shown


@pytest.mark.parametrize(
    ("part", "quote", "stands"),
    [
        ("answer", "Take two rooms, and say so", True),
        ("answer", "**two rooms**, and\nsay", True),
        ("answer", "  say   so ", True),
        ("answer", "three rooms", False),
        ("wording", "Katrin snores. What now?", True),
        ("wording", "two rooms", False),
        ("answer", "", True),
    ],
)
def test_it_is_said_when_the_passage_has_changed(desk: Client, part: str, quote: str, stands: bool) -> None:
    question = written()
    comment(question, text="Hm.", by=acting(cast.noor()), part=part, quote=quote)
    assert ("the passage has changed" in plain(desk.get(page(question)))) is not stands


def test_what_is_typed_elsewhere_outlives_a_comment(desk: Client) -> None:
    question = written()
    response = desk.post(page(question), typed(question, body="Not saved.", **said()))
    assert response.status_code == 200
    assert "Not saved.</textarea>" in response.content.decode()
    assert "Your comment stands there." in response.content.decode()
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "status", "sentence"),
    [
        ({"comment": " "}, 422, "Write the comment first."),
        ({"part": "title"}, 422, "Select a valid choice"),
        ({"quote": "y" * 601}, 422, "at most 600"),
        ({"action": "", "reply": "nonsense", "reply-nonsense": "x"}, 409, "The comment is not there any more."),
        ({"action": "", "reply": "nonsense"}, 409, "Write the reply first."),
        ({"action": "", "resolve": "nonsense"}, 409, "The comment is not there any more."),
    ],
)
def test_what_is_wrong_is_said_and_kept(desk: Client, wrong: dict[str, str], status: int, sentence: str) -> None:
    question = written()
    response = desk.post(page(question), typed(question, body="Not saved.", **said(**wrong)))
    assert (response.status_code, Comment.objects.count()) == (status, 0)
    assert sentence in response.content.decode()
    assert "Not saved.</textarea>" in response.content.decode()


def test_a_reply_joins_the_talk_and_resolving_ends_it(desk: Client) -> None:
    question = written()
    comment(question, text="Two?", by=acting(cast.noor()), quote="two rooms")
    first = Comment.objects.get()
    desk.post(page(question), typed(question, **{"reply": first.ref, f"reply-{first.ref}": "Two."}))
    reply = Comment.objects.get(reply_to=first)
    assert (reply.text, reply.by) == ("Two.", cast.tomas())
    desk.post(page(question), typed(question, resolve=first.ref))
    first.refresh_from_db()
    assert first.resolved_by == cast.tomas()
    shown = plain(desk.get(page(question)))
    assert "0 comments" in shown
    assert "1 resolved" in shown
    assert "Resolved by Tomas Reyl" in shown
    with pytest.raises(Refused, match="resolved already"):
        resolve(first, by=acting(cast.noor()))
    with pytest.raises(Refused, match="resolved meanwhile"):
        comment(question, text="But", by=acting(cast.noor()), reply_to=reply)
    undo(Event.objects.of(question.ref).get(verb=Verb.RESOLVE), by=acting(cast.noor()))
    comment(question, text="But", by=acting(cast.noor()), reply_to=reply)
    assert Comment.objects.filter(reply_to=first).count() == 2


def test_whom_it_names_finds_it_under_their_name_until_they_have_looked(desk: Client) -> None:
    question, hers = written(), cast.signed_in(cast.noor())
    desk.post(page(question), typed(question, **said(comment="@noor and @ines and @tomas, three?")))
    assert [mention.person for mention in Mention.objects.all()] == [cast.noor()]
    shown = plain(hers.get(reverse("desk:mentions")))
    assert "@noor and @ines and @tomas, three?" in shown
    assert f"{page(question)}#comment-{Comment.objects.get().ref}" in shown
    assert 'For you <span class="nav__count">1</span>' in shown
    hers.get(page(question))
    assert Mention.objects.get().seen_at
    assert "Seen already" in plain(hers.get(reverse("desk:mentions")))
    assert "Nobody has asked for you." in plain(desk.get(reverse("desk:mentions")))


def test_the_asker_is_asked_from_here_and_their_answer_stands_here(desk: Client) -> None:
    question = written()
    desk.post(page(question), typed(question, action="ask", to_asker="Is there a door?", body="Not saved."))
    assert [message.text for message in question.messages.all()] == ["Is there a door?"]
    assert "Is there a door?" in plain(desk.get(page(question)))
    refused = desk.post(page(question), typed(question, action="ask", to_asker="y" * 5_001))
    assert (refused.status_code, question.messages.count()) == (409, 1)
    assert "y" * 5_001 in refused.content.decode()


def test_nothing_that_was_said_outlives_the_question() -> None:
    question = written()
    comment(question, text="@noor, three?", by=acting(cast.tomas()), quote="two rooms")
    withdraw(question)
    assert (Comment.objects.count(), Mention.objects.count()) == (0, 0)


def test_the_page_costs_the_same_reads_with_one_comment_and_with_twenty(desk: Client) -> None:
    question = written()
    reads = []
    for many in (1, 20):
        for _each in range(many):
            comment(question, text="Hm.", by=acting(cast.noor()), quote="two rooms")
            comment(
                question, text="Hm?", by=acting(cast.tomas()), reply_to=Comment.objects.filter(reply_to=None).last()
            )
        desk.get(page(question))
        with CaptureQueriesContext(connection) as captured:
            desk.get(page(question))
        reads.append(len(captured))
    assert reads[0] == reads[1]
