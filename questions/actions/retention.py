"""What has been kept as long as the show says it keeps things."""

from datetime import datetime, timedelta

from django.utils import timezone

from questions import tombstones
from questions.models import Event, Question, Show
from questions.models.question import QuestionQuerySet

LOOKED_BACK = 5_000
"""Among so many of the newest events a tombstone may be missing: another machine did the deed, or its process died."""


def overdue(now: datetime) -> QuestionQuerySet:
    """The questions whose words have been kept long enough."""
    today, show = timezone.localdate(now), Show.objects.current()
    return Question.objects.past_retention(
        unanswered_before=today - timedelta(days=show.keeps_waiting_days),
        closed_before=today - timedelta(days=show.keeps_closed_days),
    )


def traces_overdue(now: datetime) -> QuestionQuerySet:
    """The questions of which only wordless traces are left, and those long enough."""
    days = Show.objects.current().keeps_traces_days
    return Question.objects.past_traces(gone_before=timezone.localdate(now) - timedelta(days=days))


def keep_tombstones(now: datetime) -> None:
    """Let this machine remember what was taken away anywhere, for as long as traces are kept. Raises OSError."""
    first = timezone.localdate(now) - timedelta(days=Show.objects.current().keeps_traces_days)
    newest = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    recent = Event.objects.taking_away().filter(pk__gt=newest - LOOKED_BACK, day__gte=first)
    tombstones.add(stone for event in recent if (stone := event.tombstone()))
    tombstones.drop_before(first)
