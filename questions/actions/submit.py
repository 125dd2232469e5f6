"""A question arrives."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from questions import receipts
from questions.actions.acting import ASKER, Actor, record
from questions.lifecycle import NEW, QuestionState, Verb
from questions.models import Airing, Episode, Hold, Question, Rank, Topic
from questions.receipts import Receipt
from questions.safety import clues, cries, may_be_under_18


@dataclass(frozen=True)
class Submission:
    """What the asker sends. Nothing here says who they are."""

    text: str
    sign_off: str = ""
    airing: str = Airing.PREVIEW
    may_edit: bool = True
    silence_means_yes: bool = False
    language: str = "en"
    topics: tuple[Topic, ...] = ()
    held: str = ""
    follows_up: Episode | None = None


def submit(submission: Submission, *, nonce: str, by: Actor = ASKER) -> tuple[Receipt, Question]:
    """Store a question and give its receipt, which is made only from `nonce` and the exact text.

    The same text with the same nonce is one question: sending it again returns the same receipt and changes nothing.
    """
    receipt = receipts.mint(nonce, submission.text)
    digest = receipts.digest(receipt)
    question = Question.objects.with_receipt(digest)
    if question is None:
        try:
            with transaction.atomic():
                question = receive(submission, receipt_digest=digest, by=by)
        except IntegrityError:
            # Two sendings of one form raced, and the other one has stored the question; or it is a real fault.
            question = Question.objects.with_receipt(digest)
            if question is None:
                raise
    return receipt, question


def receive(
    submission: Submission,
    *,
    receipt_digest: str,
    by: Actor,
    arrived_on: date | None = None,
    import_digest: str | None = None,
) -> Question:
    """Store a question that arrives by form or by import, with its first Event; call it inside a transaction."""
    question = Question(
        text=submission.text,
        sign_off=submission.sign_off,
        airing=submission.airing,
        may_edit=submission.may_edit,
        silence_means_yes=submission.silence_means_yes and submission.airing == Airing.PREVIEW,
        language=submission.language,
        follows_up=submission.follows_up,
        **marks_of(submission.text, submission.sign_off, held=submission.held),
        receipt_digest=receipt_digest,
        import_digest=import_digest,
        arrived_on=arrived_on or timezone.localdate(),
    )
    question.save(force_insert=True)
    if submission.topics:
        question.topics.set(submission.topics)
    record(question, Verb.SUBMIT, by=by, before=NEW, after=QuestionState.WAITING)
    return question


def marks_of(text: str, sign_off: str, *, held: str) -> dict[str, Any]:
    """What the desk is told about these words: why they are held, how soon to read them, how many clues are in them.

    A call for help goes before everything.
    """
    held = hold_for(text, sign_off, otherwise=held)
    rank = Rank.HELP if cries(text) else rank_of_held(held)
    return {
        "held": held,
        "rank": rank,
        "waited_unopened": 0 if rank == Rank.HELP else None,
        "clue_count": len(clues(text)) + len(clues(sign_off)),
    }


def hold_for(text: str, sign_off: str, *, otherwise: str) -> str:
    """Why these words have to be held: that their asker may be under 18 wins over any other reason."""
    if may_be_under_18(text) or may_be_under_18(sign_off):
        return Hold.UNDER_18
    return Hold(otherwise) if otherwise else ""


def rank_of_held(held: str) -> Rank:
    """How soon a question wants to be read that does not call for help."""
    return Rank.YOUNG if held == Hold.UNDER_18 else Rank.OTHERS
