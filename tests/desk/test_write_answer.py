"""The page on which an answer is written keeps what is typed, whatever happens."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from questions.actions.acting import acting
from questions.actions.claim import claim
from questions.actions.draft import draft
from questions.actions.withdraw import withdraw
from questions.models import Airing, Answer, Event, Question, Wording
from tests import cast
from tests.factories import approved_answer, asked, topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return cast.signed_in(cast.tomas())


def claimed(text: str = "My partner Katrin snores.\n\nWhat now?", **fields: Any) -> Question:
    question = asked(text, **fields)
    claim(question, by=acting(cast.tomas()), seen=question.version)
    return fresh(question)


def fresh(question: Question) -> Question:
    return Question.objects.select_related("wording").get(pk=question.pk)


def page(question: Question) -> str:
    return reverse("desk:write-answer", args=[question.ref])


def typed(question: Question, **changes: Any) -> dict[str, Any]:
    """What a browser sends when somebody has changed only `changes` on the page."""
    question = fresh(question)
    answer = Answer.objects.filter(question=question).first()
    body = answer.current_revision.body if answer and answer.current_revision else ""
    saved = {
        "seen": question.version,
        "text": question.spoken_text.replace("\n", "\r\n"),
        "sign_off": question.spoken_sign_off,
        "body": (body or "").replace("\n", "\r\n"),
        "answerer": answer.answerer_id if answer else cast.tomas().pk,
    }
    return {**saved, **changes}


def verbs_of(question: Question) -> list[str]:
    return list(Event.objects.of(question.ref).values_list("verb", flat=True))


def test_an_answer_and_a_wording_are_saved_together(desk: Client) -> None:
    question = claimed()
    words = typed(question, text="My partner snores.\r\n\r\nWhat now?", body="# Sleep\r\n\r\nTwo rooms.")
    response = desk.post(page(question), {**words, "action": "save"})
    assert response.status_code == 302
    assert fresh(question).spoken_text == "My partner snores.\n\nWhat now?"
    revision = Answer.objects.get(question=question).current_revision
    assert revision
    assert (revision.number, revision.body) == (1, "# Sleep\n\nTwo rooms.")
    assert verbs_of(question) == ["submit", "claim", "reword", "draft"]
    shown = desk.get(page(question)).content.decode()
    assert "<del>My partner Katrin</del>" in shown or "<del>Katrin</del>" in shown
    assert "Approve revision 1" in shown


def test_what_was_saved_together_is_undone_together(desk: Client) -> None:
    question = claimed()
    desk.post(page(question), typed(question, text="She snores.", body="Two rooms."))
    batch = Event.objects.of(question.ref).get(verb="draft").batch
    undo = reverse("desk:undo-several", args=[batch])
    assert f'action="{undo}"' in desk.get(page(question)).content.decode()
    desk.post(undo)
    assert fresh(question).spoken_text == "My partner Katrin snores.\n\nWhat now?"
    assert Answer.objects.get(question=question).current_revision is None


def test_saving_the_same_text_again_adds_no_revision(desk: Client) -> None:
    question = claimed("Two lines\nof text, with a space at the end ")
    desk.post(page(question), typed(question, body="One.\r\n\r\nTwo.\r\n"))
    desk.post(page(question), typed(question, body="One.\r\n\r\nTwo.\r\n"))
    assert Answer.objects.get(question=question).revisions.count() == 1
    assert Wording.objects.filter(question=question).count() == 0
    assert verbs_of(question) == ["submit", "claim", "draft"]


def test_a_stale_page_is_told_who_did_what_and_keeps_both_texts(desk: Client) -> None:
    question = claimed()
    words = typed(question, body="Mine, all evening.", text="My wording.")
    draft(question, body="Hers, a minute ago.", by=acting(cast.noor()), seen=question.version)
    response = desk.post(page(question), words)
    shown = response.content.decode()
    assert response.status_code == 409
    assert "Mine, all evening." in shown
    assert "My wording." in shown
    assert "Hers, a minute ago." in shown
    assert "Noor Haddad: draft saved" in shown
    revision = Answer.objects.get(question=question).current_revision
    assert revision
    assert revision.body == "Hers, a minute ago."
    # What was typed stands on the newest version now: saving it again is a decision, and works.
    assert f'name="seen" value="{fresh(question).version}"' in shown
    assert desk.post(page(question), typed(question, body="Mine, all evening.")).status_code == 302


def test_an_asker_who_forbade_editing_is_only_redacted(desk: Client) -> None:
    question = claimed("I live in Gullhaven with Jo and a cat.", may_edit=False)
    refused = desk.post(page(question), typed(question, text="We live by the sea.", body="My answer."))
    assert refused.status_code == 409
    assert "The asker forbade editing." in refused.content.decode()
    assert "We live by the sea." in refused.content.decode()
    assert "My answer." in refused.content.decode()
    assert Answer.objects.filter(question=question).count() == 0
    redacted = desk.post(page(question), typed(question, text="I live in [a town] with [a friend] and a cat."))
    assert redacted.status_code == 302
    assert fresh(question).spoken_text == "I live in [a town] with [a friend] and a cat."


def test_approving_names_the_revision_and_leaves_out_nothing_that_was_typed(desk: Client) -> None:
    question = claimed()
    desk.post(page(question), typed(question, body="First."))
    unsaved = desk.post(page(question), typed(question, body="Second, unsaved.", verb="approve"))
    assert unsaved.status_code == 409
    assert "What you typed is not saved yet. Save it first." in unsaved.content.decode()
    assert "Second, unsaved." in unsaved.content.decode()
    assert fresh(question).state == "answering"
    assert desk.post(page(question), typed(question, verb="approve")).status_code == 302
    assert fresh(question).state == "ready"
    shown = desk.get(page(question)).content.decode()
    assert "Revision 1 is approved. To change it, reopen it." in shown
    assert f"{reverse('desk:new-episode')}?question={question.ref}" in shown
    desk.post(page(question), typed(question, verb="reopen"))
    assert fresh(question).state == "answering"


@pytest.mark.parametrize(("verb", "state"), [("unclaim", "kept"), ("preview", "answering")])
def test_the_other_verbs_of_the_page(desk: Client, verb: str, state: str) -> None:
    question = claimed(airing=Airing.PREVIEW)
    assert desk.post(page(question), typed(question, verb=verb)).status_code == 302
    assert fresh(question).state == state
    assert verbs_of(question)[-1] == verb


def test_a_question_that_nobody_claimed_can_be_claimed_here(desk: Client) -> None:
    question = asked()
    assert 'value="claim"' in desk.get(page(question)).content.decode()
    desk.post(page(question), typed(question, verb="claim"))
    assert fresh(question).claimed_by == cast.tomas()


def test_topics_and_the_answerer_are_saved_too(desk: Client) -> None:
    question, sleep = claimed(), topic("Sleep")
    desk.post(page(question), typed(question, body="Yes.", topics=[sleep.pk], answerer=cast.ines().pk))
    assert list(question.topics.all()) == [sleep]
    assert Answer.objects.get(question=question).answerer == cast.ines()


def test_what_is_approved_is_shown_but_not_open(desk: Client) -> None:
    question = approved_answer().question
    shown = desk.get(page(question)).content.decode()
    assert shown.count("readonly") == 3
    assert 'value="save"' in shown


def test_words_outlive_a_question_that_was_taken_back_meanwhile(desk: Client) -> None:
    question = claimed("Never mind?")
    words = typed(question, body="An evening of my own words.")
    withdraw(question)
    response = desk.post(page(question), words)
    assert response.status_code == 409
    assert "Asker: taken back" in response.content.decode()
    assert "An evening of my own words." in response.content.decode()
    assert desk.get(page(question)).headers["Location"] == question.get_absolute_url()


@pytest.mark.parametrize(
    "nonsense",
    [
        {},
        {"seen": "x", "text": "", "body": "\0"},
        {"seen": "9" * 40, "text": "a", "answerer": "x", "topics": ["x", "-1"]},
        {"seen": "1", "text": "y" * 10_001, "verb": "withdraw"},
    ],
)
def test_nonsense_is_never_an_error_of_ours(desk: Client, nonsense: dict[str, Any]) -> None:
    question = claimed()
    before = fresh(question).version
    assert desk.post(page(question), nonsense).status_code in (200, 409, 422)
    assert fresh(question).version == before
