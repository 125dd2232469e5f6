"""The thread between the show and the asker, and the notes hosts leave each other."""

from django.db import transaction
from django.utils import timezone

from questions.actions.acting import ASKER, Actor, enact, locked
from questions.lifecycle import Verb
from questions.models import Event, Message, Note, Question
from questions.models.history import TOLD_AFTER


@transaction.atomic
def reply(question: Question, *, text: str, by: Actor) -> Event:
    """Write to the asker. They read it with their receipt once TOLD_AFTER has passed; until then it can be undone."""
    row = locked(question, seen=None)
    message = Message.objects.create(
        question=row, by=by.person, is_from_asker=False, text=text, hidden_until=timezone.now() + TOLD_AFTER
    )
    return enact(row, Verb.REPLY, by=by, details={"message": str(message.ref)})


@transaction.atomic
def add(question: Question, *, text: str) -> Event:
    """The asker writes to the show."""
    row = locked(question, seen=None)
    message = Message.objects.create(question=row, is_from_asker=True, text=text)
    return enact(row, Verb.ADD, by=ASKER, details={"message": str(message.ref)})


@transaction.atomic
def note(question: Question, *, text: str, by: Actor) -> Event:
    """Leave a note for the other hosts."""
    row = locked(question, seen=None)
    left = Note.objects.create(question=row, by=by.person, text=text)
    return enact(row, Verb.NOTE, by=by, details={"note": str(left.ref)})


@transaction.atomic
def answer_privately(question: Question, *, text: str, by: Actor, seen: int) -> Event:
    """Answer the asker on their receipt page and nowhere else."""
    row = locked(question, seen=seen)
    message = Message.objects.create(
        question=row, by=by.person, is_from_asker=False, is_private_answer=True, text=text,
        hidden_until=timezone.now() + TOLD_AFTER,
    )  # fmt: skip
    return enact(
        row, Verb.ANSWER_PRIVATELY, by=by, details={"message": str(message.ref)}, claimed_by=None, claimed_at=None
    )
