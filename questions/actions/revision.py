"""Somebody gives a revision a name, by which the others find it."""

from django.db import transaction

from questions.actions.acting import Actor, enact, locked
from questions.lifecycle import Verb
from questions.models import Event, Revision

MAX_NAME_LENGTH = 80


@transaction.atomic
def name_revision(revision: Revision, *, name: str, by: Actor) -> Event | None:
    """Call a revision `name`; an empty one takes its name away. None, and no Event, where it is called so already."""
    row = locked(revision.answer.question, seen=None)
    fresh = Revision.objects.get(pk=revision.pk)
    if (fresh.name or "") == name:
        return None
    event = enact(row, Verb.NAME, by=by, details={"revision": fresh.number})
    fresh.name = name or None
    fresh.save(update_fields=["name"])
    return event
