"""Who has which question open. It is shown to colleagues, locks nothing and is no deed: it writes no Event."""

from datetime import datetime, timedelta

from django.utils import timezone

from questions.actions.claim import renew
from questions.models import Person, Presence, Question

TRACES_KEPT = timedelta(days=1)
"""So long after somebody has looked at a question, also the row that says so is gone."""


def be_here(question: Question, *, by: Person, is_writing: bool = False) -> None:
    """Note that `by` has the question open now. A claim of theirs holds on while they write."""
    Presence.objects.update_or_create(
        question=question, person=by, defaults={"is_writing": is_writing, "seen_at": timezone.now()}
    )
    if is_writing:
        renew(question, by=by)


def forget_presence(now: datetime) -> None:
    """Delete what says who looked at a question more than TRACES_KEPT before `now`."""
    Presence.objects.filter(seen_at__lt=now - TRACES_KEPT).delete()
