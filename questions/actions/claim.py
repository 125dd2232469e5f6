"""Somebody takes a question to answer it, gives it back, or takes it from a colleague."""

from django.db import transaction
from django.utils import timezone

from questions.actions.acting import Actor, enact, locked
from questions.lifecycle import Verb
from questions.models import Event, Question


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
def take_over(question: Question, *, by: Actor, seen: int) -> Event:
    """Take a claimed question from a colleague, with its draft."""
    row = locked(question, seen=seen)
    return enact(row, Verb.TAKE_OVER, by=by, claimed_by=by.person, claimed_at=timezone.now())
