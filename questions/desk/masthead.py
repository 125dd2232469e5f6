"""What the masthead of every desk page shows."""

from typing import NamedTuple

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from questions.desk.access import lacks_second_step, person_of
from questions.desk.toast import toasts
from questions.lifecycle import QuestionState
from questions.models import CrisisLine, Delivery, Event, Mention, Question, Report, Show

MOST = 10_000
"""No pile is counted further: the masthead says "10,000+" then."""

KEPT_FOR = 5
"""Seconds for which this process keeps a count, unless something happens before: time alone airs an answer."""


class Newest(NamedTuple):
    """The newest event by its number, and its mac, which no other event has."""

    number: int
    mac: str


def masthead(request: HttpRequest) -> dict[str, object]:
    """The context processor for what every page of the desk may mention, each fetched only when a template does.

    That is `host`, `counts`, `toasts`, `unchecked_lines`: how many of the help page's no host has confirmed,
    `is_led_to_second_step`: whether somebody must set one up before they can do anything else,
    `unopened_calls`: how many calls for help nobody has opened, `failed_notices`: how many of this host's
    notices were given up, and `open_reports`: how many readers have told us something that nobody has settled.
    """
    return {
        "host": SimpleLazyObject(lambda: person_of(request)),
        "counts": SimpleLazyObject(counts),
        "unchecked_lines": SimpleLazyObject(lambda: CrisisLine.objects.unchecked().count()),
        "is_led_to_second_step": SimpleLazyObject(
            lambda: Show.objects.current().asks_second_step and lacks_second_step(request)
        ),
        "unopened_calls": SimpleLazyObject(lambda: Question.objects.unopened().count()),
        "failed_notices": SimpleLazyObject(lambda: Delivery.objects.failed().filter(person=person_of(request)).count()),
        "mentioned": SimpleLazyObject(lambda: Mention.objects.unseen().filter(person=person_of(request)).count()),
        "open_reports": SimpleLazyObject(lambda: Report.objects.open().count()),
        "toasts": SimpleLazyObject(lambda: toasts(request)),
    }


def newest_event() -> Newest:
    """The newest event. As long as it is the same, nothing has been counted anew: every change of state writes one."""
    return Newest(*(Event.objects.order_by("-pk").values_list("pk", "mac").first() or (0, "")))


def counts(newest: Newest | None = None) -> dict[str, int]:
    """How many questions are in each state, MOST + 1 standing for more.

    What has aired waits for nothing, so it does not count as ready. The numbers are kept until the next event, whoever
    does it: so they are right after one's own decision, and a page that is only looked at counts nothing.
    """
    newest = newest or newest_event()
    kept = cache.get("desk-counts")
    if kept and newest.mac and kept[0] == newest.mac:
        return dict(kept[1])
    found = Question.objects.counts_by_state(most=MOST + 1)
    ready = Question.objects.in_state(QuestionState.READY).off_air(timezone.now())
    found[QuestionState.READY.value] = ready.order_by().values("pk")[: MOST + 1].count()
    cache.set("desk-counts", (newest.mac, found), KEPT_FOR)
    return found
