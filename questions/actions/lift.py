"""A host lifts the hold from a waiting question."""

from django.db import transaction

from questions.actions.acting import Actor, enact, locked
from questions.lifecycle import Verb
from questions.models import Event, Question


@transaction.atomic
def lift(question: Question, *, by: Actor, seen: int) -> Event:
    """Let a held question be decided like any other; the Event remembers what it was held for."""
    row = locked(question, seen=seen)
    return enact(row, Verb.LIFT, by=by, held="")
