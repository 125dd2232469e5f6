"""Changing or taking out words: until somebody has begun to answer, and then nothing of the old ones is left."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from questions.actions.acting import Actor, Refused, acting
from questions.actions.amend import amend
from questions.actions.autosave import autosave
from questions.actions.claim import claim, unclaim
from questions.actions.comment import comment
from questions.actions.consent import consent, preview
from questions.actions.correspond import note, reply
from questions.actions.draft import draft
from questions.actions.keep import keep
from questions.actions.merge import merge
from questions.actions.reword import reword
from questions.actions.tag import tag
from questions.actions.undo import undo
from questions.models import Answer, Event, Part, Question
from questions.models.history import TOLD_AFTER
from tests import cast, factories
from tests.asking.asker import Asker
from tests.asking.planted import CANARY, bytes_on_disk, everything_stored, everything_unsealed, sealed_texts

pytestmark = pytest.mark.django_db

LATER = TOLD_AFTER + timedelta(seconds=1)


@pytest.fixture
def asker() -> Asker:
    asker = Asker()
    asker.asks(f"{CANARY} snores. How do I say it?", sign_off=f"Not {CANARY}")
    return asker.returns_with(asker.code)


@pytest.fixture
def host(db: None) -> Actor:
    return acting(cast.tomas())


def the_question() -> Question:
    return Question.objects.select_related("wording").order_by("pk")[0]


def look_again(asker: Asker, *, after: timedelta = LATER) -> Asker:
    with factories.the_time(timezone.now() + after):
        return asker.sends({"code": str(asker.answers[-1].context["code"])})


def write_about(question: Question, by: Actor) -> None:
    """Everything that hosts can have made from the words before anybody answers."""
    reword(question, text=f"{CANARY}?", sign_off=CANARY, by=by, seen=question.version)
    note(question, text=f"{CANARY} again.", by=by)
    question.refresh_from_db()
    claim(question, by=by, seen=question.version)
    question.refresh_from_db()
    begun = draft(question, body=f"Tell {CANARY}.", by=by, seen=question.version)
    assert begun
    undo(begun, by=by)
    question.refresh_from_db()
    preview(question, by=by, seen=question.version)
    consent(question, wording=1)
    question.refresh_from_db()
    unclaim(question, by=by, seen=question.version)


def test_other_words_take_the_place_of_the_old_ones(asker: Asker) -> None:
    asker.presses("change")
    assert asker.form("amend")["text"] == f"{CANARY} snores. How do I say it?"
    assert asker.form("amend")["sign_off"] == f"Not {CANARY}"
    asker.presses("amend", text="My partner snores.\n\nWhat now?", sign_off="Wide Awake")
    assert asker.answer.status_code == 200
    assert asker.sees("We have your new words. The old ones are gone.")
    assert (the_question().text, the_question().sign_off) == ("My partner snores.\n\nWhat now?", "Wide Awake")


def test_not_a_trace_of_the_old_words_is_left_in_any_table(asker: Asker, host: Actor) -> None:
    before = sealed_texts()
    write_about(the_question(), host)
    assert sum(CANARY in text for text in everything_unsealed()) == 6
    asker.presses("change").presses("amend", text="My partner snores.", sign_off="")
    assert sorted(everything_unsealed()) == ["", "My partner snores."]
    assert not any(CANARY in value for value in [*everything_stored(), *everything_unsealed()])
    assert not before & sealed_texts()
    question = the_question()
    assert (question.state, question.wording, question.previewed_wording, question.agreed_wording) == (
        "waiting",
        *[None] * 3,
    )
    assert Event.objects.of(question.ref).last().details == {}  # type: ignore[union-attr]


@pytest.mark.django_db(transaction=True)
def test_not_a_byte_of_the_old_words_is_left_in_the_files_of_the_database(host: Actor) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps dead rows, which are sealed, until it vacuums; see docs/privacy.md")
    asker = Asker()
    asker.asks("A long story. " * 500, sign_off=CANARY)
    write_about(the_question(), host)
    old = sealed_texts()
    asker.returns_with(asker.code).presses("change").presses("amend", text="Short.", sign_off="")
    kept = bytes_on_disk()
    assert all(token.encode() in kept for token in sealed_texts() if len(token) < 2000)
    for token in old:
        # A long one is spread over several pages; none of its pieces is left.
        pieces = [token[start : start + 100].encode() for start in range(0, len(token) - 100, 50)]
        assert not any(piece in kept for piece in pieces)


def test_a_yes_to_an_old_wording_is_no_yes_to_a_new_one(asker: Asker, host: Actor) -> None:
    """The numbers of wordings go on, so that a page left open cannot agree to words it never showed."""
    write_about(the_question(), host)
    asker.presses("change").presses("amend", text="My partner snores.", sign_off="")
    question = the_question()
    claim(question, by=host, seen=question.version)
    question.refresh_from_db()
    preview(question, by=host, seen=question.version)
    assert the_question().wording.number == 2  # type: ignore[union-attr]
    with pytest.raises(Refused, match="changed since you looked"):
        consent(question, wording=1)


def test_a_kept_question_waits_to_be_read_anew(asker: Asker, host: Actor) -> None:
    keep(the_question(), by=host, seen=1)
    assert look_again(asker).sees("We are considering your question")
    asker.presses("change").presses("amend", text="Other words?")
    assert the_question().state == "waiting"
    assert asker.sees("We have your question")


def test_one_that_followed_another_is_on_its_own_again(asker: Asker, host: Actor) -> None:
    lead = factories.asked("He snores.")
    merge(the_question(), into=lead, by=host, seen=1)
    look_again(asker).presses("change").presses("amend", text="Is it rude to nap?")
    assert (the_question().state, the_question().merged_into) == ("waiting", None)


def test_it_is_too_late_once_somebody_has_begun_and_nothing_typed_is_lost(asker: Asker, host: Actor) -> None:
    asker.presses("change")
    claim(the_question(), by=host, seen=1)
    asker.presses("amend", text="Other words?", sign_off="Somebody")
    assert asker.answer.status_code == 409
    assert asker.sees("This was not taken.")
    assert asker.form("amend")["text"] == "Other words?"
    assert asker.form("amend")["sign_off"] == "Somebody"
    assert the_question().text == f"{CANARY} snores. How do I say it?"
    look_again(asker)
    assert not asker.offers("change")
    assert asker.offers("add")


def test_an_answer_that_was_begun_and_lies_aside_is_begun(asker: Asker, host: Actor) -> None:
    question = the_question()
    claim(question, by=host, seen=1)
    question.refresh_from_db()
    draft(question, body="Say it.", by=host, seen=question.version)
    question.refresh_from_db()
    unclaim(question, by=host, seen=question.version)
    assert not look_again(asker).offers("change")
    asker.sends({"code": str(asker.answer.context["code"]), "step": "amend", "text": "Other words?"})
    assert asker.answer.status_code == 409
    assert Answer.objects.get().current_revision.body == "Say it."  # type: ignore[union-attr]


def test_a_follower_of_a_question_that_is_being_answered_is_begun(asker: Asker, host: Actor) -> None:
    lead = factories.asked("He snores.")
    merge(the_question(), into=lead, by=host, seen=1)
    lead.refresh_from_db()
    claim(lead, by=host, seen=lead.version)
    assert not look_again(asker).offers("change")
    asker.sends({"code": str(asker.answer.context["code"]), "step": "amend", "text": "Other words?"})
    assert asker.answer.status_code == 409


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "Write your question"),
        ({"text": " \n\u200b "}, "Write your question"),
        ({"text": "z" * 10_001}, "The box holds 10,001 letters; we can take 10,000."),
        ({"sign_off": "z" * 81}, "The name holds 81 letters; we can take 80"),
    ],
    ids=["empty", "nothing to see", "too long", "long name"],
)
def test_words_that_cannot_be_taken_stay_in_their_box(asker: Asker, typed: dict[str, str], sentence: str) -> None:
    asker.presses("change").presses("amend", **typed)
    assert asker.answer.status_code == 422
    assert asker.sees(sentence)
    shown = asker.form("amend")
    assert {name: shown[name] for name in typed} == typed
    assert the_question().text == f"{CANARY} snores. How do I say it?"


def test_pressing_twice_changes_the_words_once(asker: Asker) -> None:
    fields = {**asker.presses("change").form("amend"), "text": "Other words?", "step": "amend"}
    asker.sends(fields).sends(fields)
    assert asker.sees("These are the words that we have.")
    assert [event.verb for event in Event.objects.all()] == ["submit", "amend"]


def test_words_for_a_question_that_was_taken_back_meanwhile_are_given_back(asker: Asker) -> None:
    fields = {**asker.presses("change").form("amend"), "text": "Other words?", "step": "amend"}
    asker.sends({**fields, "step": "withdraw-for-good"}).sends(fields)
    assert asker.answer.status_code == 409
    assert asker.sees("Other words?")
    assert the_question().text is None
    assert asker.sends({**fields, "step": "change"}).sees("You took your question back")


def test_no_undo_brings_the_old_words_back(asker: Asker, host: Actor) -> None:
    question = the_question()
    events = [
        reword(question, text=f"{CANARY}?", sign_off="", by=host, seen=1),
        keep(question, by=host, seen=2),
    ]
    quiet = [
        tag(question, topics=[factories.topic()], by=host),
        reply(question, text="Which bed?", by=host),
        note(question, text=f"{CANARY}!", by=host),
    ]
    asker.presses("change").presses("amend", text="Other words?", sign_off="")
    for event in events:
        assert event
        with pytest.raises(Refused, match="Something has happened since"):
            undo(event, by=host)
    for event in quiet:
        undo(event, by=host)
    assert (the_question().text, the_question().wording) == ("Other words?", None)
    assert not any(CANARY in text for text in [*everything_unsealed(), asker.page])


def test_who_followed_the_old_words_does_not_follow_the_new_ones(asker: Asker, host: Actor) -> None:
    follower = factories.asked("My aunt snores too.")
    merge(follower, into=the_question(), by=host, seen=follower.version)
    look_again(asker).presses("change").presses("amend", text="May I bring a fern to a wedding?")
    follower.refresh_from_db()
    assert (follower.state, follower.merged_into) == ("kept", None)


def test_comments_and_half_typed_words_about_the_old_ones_go_with_them() -> None:
    question, by = factories.asked(f"{CANARY} snores. What now?"), acting(cast.tomas())
    claimed = claim(question, by=by, seen=question.version)
    comment(question, text=f"Is {CANARY} a name?", part=Part.WORDING, quote=CANARY, by=by)
    autosave(
        question, text=f"{CANARY} sleeps.", sign_off="", body="", seen=claimed.version, page=uuid4(), by=cast.tomas()
    )
    unclaim(question, by=by, seen=claimed.version)
    amend(question, text="My partner snores.", sign_off="")
    assert sorted(everything_unsealed()) == ["", "My partner snores."]
