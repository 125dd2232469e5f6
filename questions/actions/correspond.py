"""The thread between the show and the asker, and the notes hosts leave each other.

A host's words may come with the `ref` that they are to have. The same words sent twice under one `ref`, as by a double
click, are written once, and the first Event is returned again.
"""

import uuid

from django.db import transaction
from django.utils import timezone

from questions.actions.acting import ASKER, Actor, enact, locked
from questions.actions.mention import mention_named
from questions.lifecycle import Verb
from questions.models import Event, Message, Note, Question
from questions.models.history import TOLD_AFTER


@transaction.atomic
def reply(question: Question, *, text: str, by: Actor, ref: uuid.UUID | None = None) -> Event:
    """Write to the asker. They read it with their receipt once TOLD_AFTER has passed; until then it can be undone."""
    row = locked(question, seen=None)
    if sent := _sent_before(row, Message, ref, text):
        return sent
    message = Message.objects.create(
        ref=_free(ref, Message), question=row, by=by.person, is_from_asker=False, text=text,
        hidden_until=timezone.now() + TOLD_AFTER,
    )  # fmt: skip
    return enact(row, Verb.REPLY, by=by, details={"message": str(message.ref)})


@transaction.atomic
def add(question: Question, *, text: str) -> Event:
    """The asker writes to the show."""
    row = locked(question, seen=None)
    message = Message.objects.create(question=row, is_from_asker=True, text=text)
    return enact(row, Verb.ADD, by=ASKER, details={"message": str(message.ref)})


@transaction.atomic
def note(question: Question, *, text: str, by: Actor, ref: uuid.UUID | None = None) -> Event:
    """Leave a note for the other hosts; whom it names as @somebody finds it under their name."""
    row = locked(question, seen=None)
    if sent := _sent_before(row, Note, ref, text):
        return sent
    left = Note.objects.create(ref=_free(ref, Note), question=row, by=by.person, text=text)
    if by.person:
        mention_named(text, question=row, by=by.person, note=left)
    return enact(row, Verb.NOTE, by=by, details={"note": str(left.ref)})


@transaction.atomic
def answer_privately(question: Question, *, text: str, by: Actor, seen: int, ref: uuid.UUID | None = None) -> Event:
    """Answer the asker on their receipt page and nowhere else."""
    if sent := _sent_before(locked(question, seen=None), Message, ref, text):
        return sent
    row = locked(question, seen=seen)
    message = Message.objects.create(
        ref=_free(ref, Message), question=row, by=by.person, is_from_asker=False, is_private_answer=True, text=text,
        hidden_until=timezone.now() + TOLD_AFTER,
    )  # fmt: skip
    return enact(
        row, Verb.ANSWER_PRIVATELY, by=by, details={"message": str(message.ref)}, claimed_by=None, claimed_at=None
    )


def _sent_before(row: Question, kind: type[Message] | type[Note], ref: uuid.UUID | None, text: str) -> Event | None:
    """The standing deed by which these very words came under this `ref`, if there is one; the row is locked."""
    sent = kind._default_manager.filter(ref=ref, question=row).first() if ref else None
    if sent is None or sent.text != text:
        return None
    return Event.objects.of(row.ref).standing().filter(**{f"details__{kind._meta.model_name}": str(ref)}).first()


def _free(ref: uuid.UUID | None, kind: type[Message] | type[Note]) -> uuid.UUID:
    """The wanted `ref`, or a new one where none is wanted or another row has it."""
    return ref if ref and not kind._default_manager.filter(ref=ref).exists() else uuid.uuid4()
