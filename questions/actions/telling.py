"""The clock finds what has to leave the house, and notes what became of it. No action needs to know of notices.

Deeds are found by a sweep over the history and not written down by the deeds themselves: so no action can forget it, a
webhook that is added or deleted changes nothing about a decision, and a deed that was undone in its first TOLD_AFTER is
never found. What keeps everything from being told twice is each delivery's `ref`: it is made from the webhook and the
event, and the database takes it once, however many ticks overlap.
"""

import uuid
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Least
from django.urls import reverse
from django.utils import timezone

from questions.letters import absolute
from questions.lifecycle import Role, Verb
from questions.models import (
    Delivery,
    DeliveryState,
    Digest,
    Episode,
    Event,
    Person,
    Question,
    Report,
    ReportKind,
    Show,
    SubjectKind,
    Webhook,
)
from questions.models.history import TOLD_AFTER
from questions.models.notice import CALL, DEED, DIGEST, QUARTERS

SWEPT = timedelta(days=7)
"""Deeds older than this are not told any more, should nothing have ticked for so long."""

KEPT = timedelta(days=30)
"""How long it is shown what became of a delivery. Longer than SWEPT: a row that is gone could be made again."""

MOST_QUEUED = 1_000
"""So many deeds are queued for one webhook in one go; an import of thousands follows with the next ticks."""

QUARTER = timedelta(minutes=15)
UNOPENED_TOO_LONG = 5

_CLOCK_REF = uuid.UUID("00000000-0000-4000-8000-717561727465")

MORNING = time(8)
"""When digests are sent, by the show's clocks."""


@transaction.atomic
def queue_deeds(now: datetime) -> int:
    """Queue what was done TOLD_AFTER ago and not undone, for each webhook that wants to know. Returns how many.

    What an asker did is queued when its day is over: a call that comes a quarter of an hour after their deed would tell
    the receiver, and these rows would tell us, the time of day that nobody may know.
    """
    earlier = Event.objects.filter(day__lt=timezone.localdate(now) - SWEPT)
    # The key grows with time: everything after the last row of an earlier day is a short range of the primary key.
    floor = earlier.order_by("-pk").values_list("pk", flat=True).first() or 0
    queued = 0
    for hook in Webhook.objects.of_hosts():
        due = [_delivery(hook, event, now) for event in _untold(hook, floor, now)[:MOST_QUEUED]]
        queued += len(Delivery.objects.bulk_create(due, ignore_conflicts=True))
    return queued


def _untold(hook: Webhook, floor: int, now: datetime) -> QuerySet[Event]:
    """The deeds that this webhook wants to know of and that no delivery stands for yet, oldest first.

    An undoing is told where the deed itself has left the house, and only there.
    """
    recent = Event.objects.filter(pk__gt=floor, undone_by=None).exclude(subject_kind=SubjectKind.HOUSE)
    by_us = Q(at__gte=hook.made_at, at__lte=now - TOLD_AFTER)
    by_asker = Q(at=None, role=Role.ASKER, day__gte=timezone.localdate(hook.made_at), day__lt=timezone.localdate(now))
    own = Delivery.objects.filter(webhook=hook)
    has_left = Exists(own.filter(event=OuterRef("undoes"), tries__gt=0))
    wanted = Q(verb__in=hook.verbs) | (Q(verb=Verb.UNDO, undoes__verb__in=hook.verbs) & has_left)
    return recent.filter(by_us | by_asker, wanted).exclude(Exists(own.filter(event=OuterRef("pk")))).order_by("pk")


def _delivery(hook: Webhook, event: Event, now: datetime) -> Delivery:
    ref = uuid.uuid5(hook.ref, str(event.pk))
    body = body_of(event)
    return Delivery(person=hook.person, webhook=hook, event=event, ref=ref, kind=DEED, body=body, due_at=now)


def body_of(event: Event) -> dict[str, Any]:
    """What a webhook is told of a deed: no word of a question, no title, nobody's name; of an asker's deed the day."""
    page = "desk:question" if event.subject_kind == SubjectKind.QUESTION else "desk:edit-episode"
    return {
        "kind": event.subject_kind,
        "verb": event.verb,
        "ref": str(event.subject),
        "state": event.after,
        "day": event.day.isoformat(),
        "at": event.at.isoformat(timespec="seconds") if event.at else None,
        "link": absolute(reverse(page, args=[event.subject])),
    }


def digest_due_on(digest: str, now: datetime, zone: tzinfo) -> date:
    """The newest day on which a digest was due at MORNING by the clocks of `zone`: any day, or a Monday."""
    here = now.astimezone(zone)
    day = here.date() if here.time() >= MORNING else here.date() - timedelta(days=1)
    return day - timedelta(days=day.weekday()) if digest == Digest.WEEKLY else day


def queue_digests(now: datetime) -> int:
    """Queue the digests that are due, each once: whoever is missed for days gets one mail and not several.

    A digest that would only say that nothing waits is not sent.
    """
    zone, queued = Show.objects.current().zone, 0
    for person in Person.objects.to_digest():
        due_on = digest_due_on(person.digest, now, zone)
        since = person.digest_sent_on or due_on - timedelta(days=7 if person.digest == Digest.WEEKLY else 1)
        if since >= due_on:
            continue
        with transaction.atomic():
            unsent = Q(digest_sent_on=None) | Q(digest_sent_on__lt=due_on)
            is_ours = Person.objects.filter(unsent, pk=person.pk).update(digest_sent_on=due_on)
            counts = digest_of(person, since=since, until=due_on, now=now) if is_ours else {}
            if any(counts.values()):
                Delivery.objects.create(person=person, kind=DIGEST, body=counts, due_at=now)
                queued += 1
    return queued


def digest_of(person: Person, *, since: date, until: date, now: datetime) -> dict[str, int]:
    """What waits for somebody, in numbers. What askers did counts from `since` to the day before `until`."""
    answers = Event.objects.standing().filter(
        verb__in=[Verb.CONSENT, Verb.ASK_CHANGE, Verb.OBJECT], role=Role.ASKER, day__gte=since, day__lt=until
    )
    return {
        "calls": Question.objects.calling().count(),
        "waiting": Question.objects.in_state("waiting").count(),
        "claims": Question.objects.in_state("answering").filter(claimed_by=person).count(),
        "replies": Question.objects.awaiting_reply().count(),
        "wordings": answers.count(),
        "removals": Report.objects.open().filter(kind=ReportKind.ABOUT_ME).count(),
        "reports": Report.objects.open().filter(kind=ReportKind.WRONG).count(),
        "airing": Episode.objects.upcoming(now).filter(release_at__lte=now + timedelta(days=7)).count(),
    }


@transaction.atomic
def count_quarters(now: datetime) -> int:
    """Count a quarter of an hour for every call for help that nobody has opened, and have it told at the fifth.

    The arithmetic: nobody may know at what time a question came, so there is no time to subtract. `waited_unopened` is
    0 when it comes. Two counts lie at least 15 minutes apart (by one row that holds the time of the last), so the first
    comes 0 to 15 minutes after the question, and the fifth at least 4 × 15 minutes after the first: after more than an
    hour for certain, and after at most 75 minutes and the time that ticks come late. Where ticks were missing, whoever
    had been counted before is counted once for each quarter that has passed; whoever had not, may have come just now.
    Counting ends at the fifth, so each is told once. Returns how many notices were queued.
    """
    quarters = _passed(now)
    if not quarters:
        return 0
    counted = Case(When(waited_unopened=0, then=Value(1)), default=F("waited_unopened") + quarters)
    unopened = Question.objects.unopened().filter(waited_unopened__lt=UNOPENED_TOO_LONG)
    keys = list(unopened.select_for_update().values_list("pk", flat=True))
    Question.objects.filter(pk__in=keys).update(waited_unopened=Least(counted, Value(UNOPENED_TOO_LONG)))
    late = Question.objects.filter(pk__in=keys, waited_unopened=UNOPENED_TOO_LONG).count()
    return len(Delivery.objects.bulk_create(_calls(now))) if late else 0


def _passed(now: datetime) -> int:
    """The quarters of an hour since they were last counted, taken by whoever asks first; others get 0."""
    first = Person.objects.order_by("pk").first()
    if first is None:
        return 0
    at_first = {"person": first, "kind": QUARTERS, "state": DeliveryState.DONE, "due_at": now - QUARTER}
    clock, _is_new = Delivery.objects.get_or_create(ref=_CLOCK_REF, defaults=at_first)
    passed = (now - clock.due_at) // QUARTER
    is_ours = Delivery.objects.filter(pk=clock.pk, due_at=clock.due_at).update(due_at=now) if passed > 0 else 0
    return passed if is_ours else 0


def _calls(now: datetime) -> list[Delivery]:
    """One notice to every address and webhook of those on duty; of the owners, where nobody is who can be told."""
    return _to(Person.objects.on_duty(), now) or _to(Person.objects.owners(), now)


def _to(people: QuerySet[Person], now: datetime) -> list[Delivery]:
    day = timezone.localdate(now).isoformat()
    link = absolute(reverse("desk:queue"))
    body = {"kind": "call_for_help", "verb": None, "ref": None, "state": None, "day": day, "at": None, "link": link}
    mails = [Delivery(person=person, kind=CALL, body=body, due_at=now) for person in people if person.address]
    hooks = Webhook.objects.listening().filter(person__in=people)
    calls = [Delivery(person=hook.person, webhook=hook, kind=CALL, body=body, due_at=now) for hook in hooks]
    return mails + calls
