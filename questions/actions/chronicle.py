"""The history of the house itself: what is done to its people, lists and settings."""

from typing import Any

from django.utils import timezone

from questions.actions.acting import Actor, remember
from questions.lifecycle import Verb
from questions.models import HOUSE_REF, Event, Show, SubjectKind


def note_in_history(verb: Verb, *, by: Actor, **details: Any) -> Event:
    """Write one Event of the house, chained to its last; call it inside the deed's transaction.

    `details` say which setting, list or person it was, in names and addresses of the house; never a word of a question.
    """
    Show.objects.get_or_create(pk=1)
    # The house has one chain: its deeds queue up behind the one row that there is of it.
    Show.objects.select_for_update().get(pk=1)
    last = Event.objects.of(HOUSE_REF).last()
    event = Event(
        subject_kind=SubjectKind.HOUSE, subject=HOUSE_REF, seq=last.seq + 1 if last else 1, verb=verb,
        role=by.role, person=by.person, before="", after="", version=0, at=timezone.now(), details=details,
        batch=by.batch,
    )  # fmt: skip
    event.mac = event.mac_after(last.mac if last else "")
    event.save()
    remember(event)
    return event
