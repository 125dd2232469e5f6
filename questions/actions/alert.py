"""Somebody sees a call for help that no phrase has found, or that a found phrase is none."""

from django.db import transaction

from questions.actions.acting import Actor, enact, locked
from questions.actions.submit import rank_of_held
from questions.lifecycle import Verb
from questions.models import Event, Question, Rank


@transaction.atomic
def alert(question: Question, *, by: Actor) -> Event:
    """Mark a question as a call for help: it goes first in its queue."""
    return enact(locked(question, seen=None), Verb.ALERT, by=by, rank=Rank.HELP)


@transaction.atomic
def stand_down(question: Question, *, by: Actor) -> Event:
    """Say that a question is no call for help after all: it takes the place that it would have had."""
    row = locked(question, seen=None)
    return enact(row, Verb.STAND_DOWN, by=by, rank=rank_of_held(row.held), waited_unopened=None)


def opened(question: Question) -> None:
    """Note that somebody of the show has opened a call for help: nobody has to be told of it any more. No Event."""
    if question.waited_unopened is not None:
        Question.objects.filter(pk=question.pk).update(waited_unopened=None)
