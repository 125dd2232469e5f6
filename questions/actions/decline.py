"""A host declines a question, or takes it up again."""

from django.db import transaction

from questions.actions.acting import Actor, enact, locked
from questions.lifecycle import Verb
from questions.models import DeclineReason, Event, Question


@transaction.atomic
def decline(question: Question, *, reason: DeclineReason, by: Actor, seen: int) -> Event:
    """Decline a question for a reason from the show's list, whose words the asker will read."""
    return enact(
        locked(question, seen=seen), Verb.DECLINE, by=by, details={"reason": reason.slug},
        decline_reason=reason, claimed_by=None, claimed_at=None,
    )  # fmt: skip


@transaction.atomic
def reconsider(question: Question, *, by: Actor, seen: int) -> Event:
    """Put a declined or privately answered question back into the queue."""
    return enact(locked(question, seen=seen), Verb.RECONSIDER, by=by, decline_reason=None)
