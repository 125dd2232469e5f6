"""What has happened to a list since its page was made: who decided what, and how many have come."""

from typing import Any

from django.core import signing

from questions.desk.queue.pages import Queue
from questions.desk.triage.history import deeds, said
from questions.models import Event, Rank, SubjectKind

MOST = 500
"""So many deeds are told of, the newest; a page that has missed more is told the rest when it is loaded again."""


_SIGNER = signing.Signer(salt="questions.desk.queue.news")


def name_of(event: int) -> str:
    """The event as a page names it: signed, so that nobody steps through older ones to see when somebody asked."""
    return _SIGNER.sign(str(event))


def event_named(name: str) -> int | None:
    """The event that a page named; None for a name that no page was given."""
    try:
        return int(_SIGNER.unsign(name))
    except signing.BadSignature:
        return None


def news_of(queue: Queue, since: int) -> dict[str, Any]:
    """`arrived`: how many have come into the list since that event; `urgent`: whether one of them calls for help.

    `gone`: who did what to each question that has left it, by its ref.
    """
    moved = Event.objects.filter(pk__gt=since, subject_kind=SubjectKind.QUESTION)
    came = moved.filter(after=queue.state).exclude(before=queue.state)
    arrived = queue.questions.filter(ref__in=came.values("subject")).order_by()
    return {
        "arrived": arrived.values("pk")[:MOST].count(),
        "urgent": arrived.filter(rank=Rank.HELP).exists(),
        "gone": _gone(queue, moved.filter(before=queue.state).exclude(after=queue.state)),
    }


def _gone(queue: Queue, left: Any) -> dict[str, str]:
    newest = list(left.select_related("person").order_by("-pk")[:MOST])
    lines = {str(deed.event.subject): said(deed) for deed in deeds(newest[::-1])}
    back = queue.questions.filter(ref__in=lines).order_by().values_list("ref", flat=True)
    return {ref: line for ref, line in lines.items() if ref not in {str(ref) for ref in back}}
