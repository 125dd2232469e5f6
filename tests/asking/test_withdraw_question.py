"""Taking a question back: what the page says before, and that no word is left afterwards, in any table."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from questions.actions.acting import acting
from questions.actions.autosave import autosave
from questions.actions.comment import comment
from questions.actions.consent import preview
from questions.actions.correspond import note, reply
from questions.actions.revision import name_revision
from questions.models import Airing, Episode, Question, Rank
from tests import cast, factories
from tests.asking.asker import Asker
from tests.asking.planted import CANARY, everything_stored, sealed_texts

pytestmark = pytest.mark.django_db


def test_taking_it_back_leaves_no_word_in_any_table() -> None:
    others = Asker()
    others.asks("Somebody else's question.", sign_off="Somebody else")
    before = sealed_texts()
    asker = Asker()
    question = asker.asks(f"{CANARY} snores.", sign_off=f"Not {CANARY}", airing=Airing.FREELY)
    asker.returns_with(asker.code).presses("add", text=f"{CANARY} sleeps now.")
    by = acting(cast.tomas())
    reply(question, text=f"Who is {CANARY}?", by=by)
    note(question, text=f"{CANARY} again", by=by)
    answer = factories.approved_answer(question=question, body=f"Tell {CANARY}.", wording=f"{CANARY}, shorter.")
    question.refresh_from_db()
    preview(question, by=by, seen=question.version)
    comment(question, text=f"Why {CANARY}?", quote=f"Tell {CANARY}", by=by)
    name_revision(answer.revisions.get(), name=f"The {CANARY} one", by=by)
    half = f"{CANARY} half-typed"
    autosave(question, text=CANARY, sign_off=CANARY, body=half, seen=1, page=uuid4(), by=cast.tomas())
    factories.scheduled_episode(answers=[answer])
    assert len(sealed_texts() - before) >= 14

    asker.presses("withdraw").presses("withdraw-for-good")

    assert asker.sees("You took your question back")
    assert sealed_texts() == before
    assert not any(CANARY in value for value in everything_stored())
    stored = Question.objects.filter(pk=question.pk)
    assert stored.filter(state="withdrawn", text=None, sign_off=None).exists()
    assert Episode.objects.get().release_at is None


def test_taking_it_back_leaves_nothing_that_its_asker_said_or_was_taken_for() -> None:
    asker = Asker()
    allowed = {"airing": Airing.FREELY, "language": "de"}
    question = asker.asks("I am 15 and I want to end my life. Write to ana@example.org.", **allowed)
    marks = ("held", "rank", "waited_unopened", "clue_count")
    assert Question.objects.values_list(*marks).get(pk=question.pk) == ("under-18", Rank.HELP, 0, 1)
    asker.returns_with(asker.code).presses("withdraw").presses("withdraw-for-good")
    (left,) = Question.objects.values_list("language", "held", "airing", "may_edit", "silence_means_yes")
    assert left == ("", "", "preview", True, False)
    assert Question.objects.values_list(*marks).get(pk=question.pk) == ("", Rank.OTHERS, None, 0)
    page = cast.signed_in(cast.tomas()).get(question.get_absolute_url()).content.decode()
    assert "May we air it?" not in page


def test_it_is_asked_once_more_and_nothing_happens_before() -> None:
    asker = Asker()
    question = asker.asks()
    asker.returns_with(asker.code).presses("withdraw")
    assert asker.sees("Take your question back?")
    assert asker.sees("An episode that was going to have it is stopped.")
    asker.presses("read")
    assert asker.sees("We have your question")
    question.refresh_from_db()
    assert question.state == "waiting"


def test_twice_is_once() -> None:
    asker = Asker()
    asker.asks()
    asker.returns_with(asker.code).presses("withdraw")
    fields = {**asker.form("withdraw-for-good"), "step": "withdraw-for-good"}
    first = asker.sends(fields).page
    assert asker.sends(fields).page == first
    assert asker.sends({**fields, "step": "withdraw"}).page == first
    assert asker.answer.status_code == 200


def test_a_host_s_decision_a_moment_ago_does_not_stop_it() -> None:
    asker = Asker()
    question = asker.asks()
    asker.returns_with(asker.code).presses("withdraw")
    factories.approved_answer(question=question)
    asker.presses("withdraw-for-good")
    assert asker.sees("You took your question back")


def test_what_has_aired_stays_and_the_page_says_so_before_and_after() -> None:
    asker = Asker()
    question = asker.asks(airing=Airing.FREELY)
    code = asker.code
    answer = factories.approved_answer(question=question)
    long_ago = timezone.now() - timedelta(days=30)
    episode = factories.published_episode("Naps at weddings", answers=[answer], at=long_ago)
    asker.returns_with(code).presses("withdraw")
    assert asker.sees("what has aired, until the hosts take the episode down.")
    asker.presses("withdraw-for-good")
    assert asker.sees("What has aired stays until the hosts take it down:")
    assert f"/episodes/{episode.slug}/" in asker.page
    assert Question.objects.get().text is None


@pytest.mark.parametrize("step", ["add", "agree", "object", "amend", "ask-change"])
def test_an_old_page_cannot_do_anything_to_what_was_taken_back(step: str) -> None:
    asker = Asker()
    asker.asks()
    fields = {**asker.returns_with(asker.code).form("add"), "step": step, "text": "One more thing.", "wording": "1"}
    asker.presses("withdraw").presses("withdraw-for-good")
    asker.sends(fields)
    assert asker.answer.status_code == 409
    assert asker.sees("You took your question back")
    assert asker.sees("One more thing.") is (step in ("add", "amend", "ask-change"))
    assert asker.sees("So this was not taken. You can ask a new question any day.")
    assert not asker.sees("half an hour")
    assert not asker.offers("add")
    assert '<a class="button" href="/ask/">Ask a new question</a>' in asker.page
