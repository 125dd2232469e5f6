"""What is due is taken by one sender at a time, and what became of it is noted."""

from datetime import datetime, time, timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from questions.actions.telling import KEPT
from questions.lifecycle import UNDONE_BY, Verb
from questions.models import Delivery, DeliveryState, Event, SubjectKind
from questions.models.notice import CALL

PAUSES = (
    timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12),
)  # fmt: skip
"""How long after each failed try the next one comes. When the one after the last pause fails, it is given up."""

LEASE = timedelta(minutes=5)
"""How long a sender may take. One that dies meanwhile has not lost the delivery: it is due again after this."""


def take(delivery: Delivery, now: datetime) -> bool:
    """Take a due delivery for one try; False where another sender was first, or it has been ended meanwhile."""
    rows = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.DUE, due_at=delivery.due_at)
    if not rows.update(due_at=now + LEASE, tries=F("tries") + 1):
        return False
    delivery.tries += 1
    return True


def drop(delivery: Delivery, reason: str, now: datetime) -> None:
    """End a due delivery without a try, and say why."""
    _end(delivery, DeliveryState.DROPPED, reason, now)


def delivered(delivery: Delivery, now: datetime) -> None:
    _end(delivery, DeliveryState.DONE, "", now)


def not_delivered(delivery: Delivery, trouble: str, now: datetime) -> None:
    """Note why the try that was taken has failed, and when the next one is; after the last pause there is none."""
    if delivery.tries > len(PAUSES):
        _end(delivery, DeliveryState.FAILED, trouble, now)
        return
    rows = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.DUE, tries=delivery.tries)
    rows.update(due_at=now + PAUSES[delivery.tries - 1], trouble=trouble[:200])


def reason_to_drop(delivery: Delivery) -> str:
    """Why a due delivery must not leave the house any more, in words; empty where it may."""
    if not delivery.person.is_host or delivery.person.left_on:
        return _("They are no host any more.")
    if delivery.webhook and delivery.webhook.is_paused:
        return _("The webhook is paused.")
    if delivery.webhook is None and not delivery.person.address:
        return _("There is no mail address any more.")
    if delivery.event and _is_undone(delivery.event):
        return _("It was undone.")
    return ""


def clear_ended(now: datetime) -> int:
    """Forget deliveries that ended KEPT ago."""
    return Delivery.objects.ended_before(timezone.localdate(now) - KEPT).delete()[0]


def _is_undone(event: Event) -> bool:
    """Whether a deed was taken back: by an undoing, or, at an episode, by the verb that is its opposite."""
    if Event.objects.filter(undoes=event).exists():
        return True
    opposite = UNDONE_BY.get(Verb(event.verb)) if event.subject_kind == SubjectKind.EPISODE else None
    return opposite is not None and Event.objects.of(event.subject).filter(verb=opposite, seq__gt=event.seq).exists()


def _end(delivery: Delivery, state: DeliveryState, trouble: str, now: datetime) -> None:
    """End a delivery. Of a notice about a call for help the day is kept alone: its time would tell when a cry came."""
    ended_at = datetime.combine(timezone.localdate(now), time(), now.tzinfo) if delivery.kind == CALL else now
    rows = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.DUE)
    rows.update(state=state, trouble=trouble[:200], due_at=ended_at, ended_at=ended_at)
