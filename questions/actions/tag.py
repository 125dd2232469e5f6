"""Somebody says what a question is about."""

from collections.abc import Iterable

from django.db import transaction

from questions.actions.acting import Actor, enact, locked
from questions.lifecycle import Verb
from questions.models import Event, Question, Topic


@transaction.atomic
def tag(question: Question, *, topics: Iterable[Topic], by: Actor) -> Event:
    """Set the question's topics to exactly `topics`."""
    row = locked(question, seen=None)
    former = list(row.topics.values_list("pk", flat=True))
    event = enact(row, Verb.TAG, by=by, was={"topics": former})
    row.topics.set(topics)
    return event
