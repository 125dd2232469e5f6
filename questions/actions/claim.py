"""Somebody takes a question to answer it, gives it back, or takes it from a colleague.

A claim is a lease: it holds for LEASE after its host was last seen writing, and then the clock releases it.
"""

from django.db import transaction
from django.utils import timezone

from questions.actions.acting import CLOCK, Actor, enact, locked
from questions.actions.mention import mention
from questions.lifecycle import QuestionState, Verb
from questions.models import Event, Note, Person, Question


@transaction.atomic
def claim(question: Question, *, by: Actor, seen: int) -> Event:
    """Take a question to answer it: from now on colleagues see whose it is."""
    row = locked(question, seen=seen)
    return enact(row, Verb.CLAIM, by=by, claimed_by=by.person, claimed_at=timezone.now())


@transaction.atomic
def unclaim(question: Question, *, by: Actor, seen: int) -> Event:
    """Release a claimed question; it is kept, and its draft stays."""
    return enact(locked(question, seen=seen), Verb.UNCLAIM, by=by, claimed_by=None, claimed_at=None)


@transaction.atomic
def take_over(question: Question, *, by: Actor, seen: int, word: str = "") -> Event:
    """Take a claimed question from a colleague, with its draft. `word` is a note to them, which they are shown."""
    row = locked(question, seen=seen)
    colleague, details = row.claimed_by, {}
    if word and colleague and by.person:
        left = Note.objects.create(question=row, by=by.person, text=word)
        mention(colleague, question=row, by=by.person, note=left)
        details = {"note": str(left.ref)}
    return enact(row, Verb.TAKE_OVER, by=by, details=details, claimed_by=by.person, claimed_at=timezone.now())


def renew(question: Question, *, by: Person) -> bool:
    """Let a claim hold for another LEASE, because `by` is at work on it; False where it is not theirs. No Event."""
    mine = Question.objects.filter(pk=question.pk, state=QuestionState.ANSWERING, claimed_by=by)
    return bool(mine.update(claimed_at=timezone.now()))


@transaction.atomic
def lapse(question: Question) -> Event | None:
    """The clock's deed for a claim whose lease has run out; None where it was renewed or released meanwhile."""
    row = locked(question, seen=None)
    if not Question.objects.lapsed(timezone.now()).filter(pk=row.pk).exists():
        return None
    return enact(row, Verb.UNCLAIM, by=CLOCK, claimed_by=None, claimed_at=None)
