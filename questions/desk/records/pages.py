"""The history a page at a time, the newest first.

Deeds of the show come by their key. What askers did carries the day only, so it stands at the head of its day in an
order that tells nothing, and never depends on the key at which a page begins: nobody can find out between which two
deeds of the show it was done.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import Q

from questions.lifecycle import Role
from questions.models import Event, Person
from questions.models.history import EventQuerySet

PAGE = 100
MOST_OF_ASKERS = 200
"""How many deeds of askers one page shows among the others; the rest has pages of its own."""

_KEY = re.compile(r"[0-9]{1,18}", re.ASCII)
_PLACE = re.compile(r"(\d{4}-\d{2}-\d{2})\.([0-9a-f-]{36})\.(\d{1,9})", re.ASCII)


@dataclass(frozen=True)
class Wanted:
    """Which events are asked for. `role` is one of ASKER and CLOCK, or empty; the days are included."""

    person: Person | None = None
    role: str = ""
    verb: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None

    def among(self, events: EventQuerySet) -> EventQuerySet:
        named: dict[str, object] = {
            "person": self.person,
            "role": self.role,
            "verb": self.verb,
            "subject_kind": self.kind,
        }
        named |= {"day__gte": self.since, "day__lte": self.until}
        return events.filter(**{name: value for name, value in named.items() if value})

    @property
    def of_the_show(self) -> EventQuerySet:
        """What people of the show and the clock did, the newest first."""
        return self.among(Event.objects.exclude(role=Role.ASKER)).order_by("-pk")

    @property
    def of_askers(self) -> EventQuerySet:
        """What askers did, by day; within one in the order of random names."""
        return self.among(Event.objects.filter(role=Role.ASKER)).order_by("-day", "subject", "seq")


@dataclass(frozen=True)
class Page:
    """Events in the order of the page. `more` begins the next one; `askers_until` where askers' deeds were cut."""

    events: list[Event]
    more: str = ""
    askers_until: date | None = None


def page_from(wanted: Wanted, place: str) -> Page:
    """The page that begins at `place`, which is what an earlier page's `more` said, or at the newest."""
    return _page_of_askers(wanted, place) if wanted.role == Role.ASKER else _page_of_all(wanted, place)


def everything(wanted: Wanted) -> Iterator[Event]:
    """All events that are asked for, in the same order, without holding them in memory."""
    askers = _with_names(wanted.of_askers).iterator(chunk_size=1000)
    waiting = next(askers, None)
    head = date.max
    for event in _with_names(wanted.of_the_show).iterator(chunk_size=1000):
        head = min(head, event.day)
        while waiting and waiting.day >= head:
            yield waiting
            waiting = next(askers, None)
        yield event
    while waiting:
        yield waiting
        waiting = next(askers, None)


def by_day(events: list[Event]) -> list[tuple[date, list[Event]]]:
    """The events under their days, which never go back up where the clocks of two zones disagree about midnight."""
    head, headed = date.max, []
    for event in events:
        head = min(head, event.day)
        headed.append((head, event))
    return [(day, [event for _day, event in group]) for day, group in groupby(headed, key=lambda pair: pair[0])]


def _page_of_all(wanted: Wanted, place: str) -> Page:
    timed = _with_names(wanted.of_the_show)
    before = Event.objects.filter(pk=place).first() if _KEY.fullmatch(place) else None
    rows = list((timed.filter(pk__lt=before.pk) if before else timed)[: PAGE + 1])
    shown, next_row = rows[:PAGE], rows[PAGE] if len(rows) > PAGE else None
    # A day's askers stand on the page where the day begins, however many pages the day fills.
    newest = _newest_head(before, shown)
    oldest = _oldest_head(shown, next_row)
    askers = _with_names(wanted.of_askers)
    askers = askers.filter(day__lte=newest) if newest else askers
    askers = askers.filter(day__gte=oldest) if oldest else askers
    found = list(askers[: MOST_OF_ASKERS + 1])
    cut = found[MOST_OF_ASKERS].day if len(found) > MOST_OF_ASKERS else None
    return Page(_merged(found[:MOST_OF_ASKERS], shown), str(shown[-1].pk) if next_row else "", cut)


def _newest_head(before: Event | None, shown: list[Event]) -> date | None:
    """The newest day whose head this page may show; None where there is no page before it."""
    if before is None:
        return None
    eve = before.day - timedelta(days=1)
    return min(shown[0].day, eve) if shown and shown[0].day < before.day else eve


def _oldest_head(shown: list[Event], next_row: Event | None) -> date | None:
    """The oldest day whose head this page shows; None where no page comes after it."""
    if next_row is None:
        return None
    last = min(event.day for event in shown)
    return next_row.day + timedelta(days=1) if next_row.day < last else last


def _page_of_askers(wanted: Wanted, place: str) -> Page:
    events, start = _with_names(wanted.of_askers), _PLACE.fullmatch(place)
    if start:
        try:
            day, subject, seq = date.fromisoformat(start[1]), UUID(start[2]), int(start[3])
        except ValueError:
            return Page([])
        events = events.filter(
            Q(day__lt=day) | Q(day=day, subject__gt=subject) | Q(day=day, subject=subject, seq__gt=seq)
        )
    rows = list(events[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(rows[:PAGE], f"{last.day.isoformat()}.{last.subject}.{last.seq}" if last else "")


def _merged(askers: list[Event], timed: list[Event]) -> list[Event]:
    merged, head = list[Event](), date.max
    for event in timed:
        head = min(head, event.day)
        while askers and askers[0].day >= head:
            merged.append(askers.pop(0))
        merged.append(event)
    return merged + askers


def _with_names(events: EventQuerySet) -> EventQuerySet:
    return events.select_related("person", "undone_by__person")
