"""A host lifts the hold on a suspected question."""

from django.db import transaction

from questions.actions.acting import Actor, enact, locked
from questions.lifecycle import Verb
from questions.models import Event, Question, Rank


@transaction.atomic
def lift(question: Question, *, by: Actor, seen: int) -> Event:
    """Let a held question be treated like any other. A call for help keeps its place in the queue."""
    row = locked(question, seen=seen)
    rank = row.rank if row.calls_for_help else Rank.OTHERS
    return enact(row, Verb.LIFT, by=by, details={"held": row.held}, held="", rank=rank)
