"""The calendar: what airs when, by the clocks of the show, and what is ready and has no day yet."""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from questions.desk.access import hosts_only
from questions.desk.planning import shown
from questions.desk.planning.release import ScheduleForm
from questions.lifecycle import EpisodeState
from questions.models import Episode, Show

YEARS = range(1970, 2200)
USUAL_TIME = "09:00"
"""When an episode airs that is dropped on a day, before any other has shown what is usual."""


@dataclass(frozen=True)
class Planned:
    """An episode of the calendar: how a list shows it, the form that gives it a time, and what stands against one."""

    row: shown.Row
    at: str
    form: ScheduleForm | None
    unmet: Sequence[str] = ()


@dataclass(frozen=True)
class Day:
    """One field of the month's grid. An episode can be put on it unless it has passed."""

    date: date
    is_in_month: bool
    is_today: bool
    is_open: bool
    planned: list[Planned]


@hosts_only
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The month that it is now, by the clocks of the show."""
    return _month_page(request, timezone.now().astimezone(Show.objects.current().zone).date().replace(day=1))


@hosts_only
@require_safe
def calendar_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Any month."""
    if year not in YEARS or not 1 <= month <= 12:
        raise Http404
    return _month_page(request, date(year, month, 1))


def _month_page(request: HttpRequest, first: date) -> HttpResponse:
    zone, now = Show.objects.current().zone, timezone.now()
    today = now.astimezone(zone).date()
    days = list(Calendar().itermonthdates(first.year, first.month))
    planned = _between(days[0], days[-1], now, zone)
    grid = [_day(day, first, today, planned) for day in days]
    context = {
        "zone": zone,
        "first": first,
        "weeks": [grid[start : start + 7] for start in range(0, len(grid), 7)],
        "planned": [episode for day in grid if day.is_in_month for episode in day.planned],
        "waiting": _without_a_day(now, zone),
        "usual_time": _usual_time(zone),
        "before": _address(first - timedelta(days=1)),
        "after": _address(first + timedelta(days=31)),
        "is_now": (first.year, first.month) == (today.year, today.month),
    }
    return render(request, "desk/calendar.html", context)


def _address(day: date) -> str:
    return reverse("desk:calendar-month", args=[day.year, day.month]) if day.year in YEARS else ""


def _between(first: date, last: date, now: datetime, zone: tzinfo) -> dict[date, list[Planned]]:
    """What airs from the first to the last day, both included, by the day on which the show's clocks say so."""
    start, end = (datetime(day.year, day.month, day.day, tzinfo=zone) for day in (first, last + timedelta(days=1)))
    found: dict[date, list[Planned]] = {}
    for row in shown.rows(Episode.objects.for_lists().airing_between(start, end), now, zone):
        planned = _planned(row, zone, can_move=row.state == EpisodeState.SCHEDULED)
        assert row.episode.release_at
        found.setdefault(row.episode.release_at.astimezone(zone).date(), []).append(planned)
    return found


def _day(day: date, first: date, today: date, planned: dict[date, list[Planned]]) -> Day:
    return Day(day, day.month == first.month, day == today, day >= today, planned.get(day, []))


def _without_a_day(now: datetime, zone: tzinfo) -> list[Planned]:
    """What has no time yet: first what could be given one, then the others with what stands against it."""
    found = []
    for row in shown.rows(Episode.objects.for_lists().being_assembled(), now, zone):
        unmet = shown.unmet(row.episode)
        found.append(_planned(row, zone, can_move=not unmet, unmet=unmet))
    return sorted(found, key=lambda planned: bool(planned.unmet))


def _planned(row: shown.Row, zone: tzinfo, *, can_move: bool, unmet: Sequence[str] = ()) -> Planned:
    at = row.episode.release_at
    local = at.astimezone(zone).replace(tzinfo=None) if at else None
    initial = {"seen": row.episode.version, "at": local}
    form = ScheduleForm(zone=zone, initial=initial, auto_id=f"{row.episode.ref}-%s") if can_move else None
    return Planned(row, f"{local:%H:%M}" if local else "", form, unmet)


def _usual_time(zone: tzinfo) -> str:
    """The time of day at which the newest episode airs."""
    newest = Episode.objects.exclude(release_at=None).newest_first().first()
    return f"{newest.release_at.astimezone(zone):%H:%M}" if newest and newest.release_at else USUAL_TIME
