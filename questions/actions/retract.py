"""A published episode is taken down."""

from django.db import transaction
from django.utils import timezone

from questions import edition
from questions.actions.acting import Actor, enact, locked
from questions.actions.holding import settle
from questions.lifecycle import Verb
from questions.models import Episode, Event


@transaction.atomic
def retract(episode: Episode, *, by: Actor, seen: int) -> Event:
    """Take a published episode down: every read that starts after this sees that it is gone."""
    row = settle(locked(episode, seen=seen))
    event = enact(row, Verb.RETRACT, by=by, retracted_at=timezone.now())
    edition.advance()
    return event
