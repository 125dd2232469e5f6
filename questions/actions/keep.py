"""A host shortlists a question."""

from django.db import transaction

from questions.actions.acting import Actor, enact, locked
from questions.lifecycle import Verb
from questions.models import Event, Question


@transaction.atomic
def keep(question: Question, *, by: Actor, seen: int) -> Event:
    """Keep a waiting question for later."""
    return enact(locked(question, seen=seen), Verb.KEEP, by=by)
