"""The figures of one day: what may be told of questions without telling when somebody asked.

A count that is looked at every few seconds tells to the second when it moved. So whatever an asker's deed can move is
counted once a day, by whoever looks first, and stays the same until the next; a file keeps it through a new start.
"""

import json
import os
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from questions.lifecycle import EpisodeState, QuestionState, Role
from questions.models import Episode, Event, Question
from questions.probes.database import database_bytes

_BEGINS = "figures-of-"


@dataclass(frozen=True)
class Figures:
    """How the house stood at the beginning of a day, and what askers did the day before."""

    questions: dict[str, int]
    held: int
    oldest_waiting_days: int
    episodes: dict[str, int]
    deeds_of_askers: dict[str, int]
    database_bytes: int


def of_today(now: datetime) -> Figures | None:
    """Today's figures, counted now if nobody has counted them; None where they could not be kept.

    Raises django.db.Error where they have to be counted and cannot.
    """
    today = timezone.localdate(now)
    path = Path(settings.HOME) / f"{_BEGINS}{today.isoformat()}.json"
    if figures := _kept(path):
        return figures
    try:
        _keep(path, _counted(today, now))
    except OSError:
        return None
    for other in path.parent.glob(f"{_BEGINS}*.json"):
        if other != path:
            other.unlink(missing_ok=True)
    return _kept(path)


def _kept(path: Path) -> Figures | None:
    try:
        return Figures(**json.loads(path.read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _keep(path: Path, figures: Figures) -> None:
    """Write the file unless another process was first: what has been told once is told all day."""
    fresh = path.with_name(f"{_BEGINS}{os.getpid()}.new")
    fresh.write_text(json.dumps(asdict(figures)))
    try:
        os.link(fresh, path)
    except FileExistsError:
        if _kept(path) is None:
            fresh.replace(path)
    fresh.unlink(missing_ok=True)


def _counted(today: date, now: datetime) -> Figures:
    waiting = Question.objects.in_state(QuestionState.WAITING)
    oldest = waiting.order_by("arrived_on").first()
    yesterday = Event.objects.filter(role=Role.ASKER, day=today - timedelta(days=1))
    states = Question.objects.order_by().values_list("state").annotate(Count("pk"))
    deeds = yesterday.order_by().values_list("verb").annotate(Count("pk"))
    return Figures(
        questions=dict.fromkeys(QuestionState.values, 0) | dict(states),
        held=waiting.exclude(held="").count(),
        oldest_waiting_days=oldest.age_in_days(today) if oldest else 0,
        episodes=_episodes(now),
        deeds_of_askers=dict(deeds),
        database_bytes=database_bytes(),
    )


def _episodes(now: datetime) -> dict[str, int]:
    episodes = Episode.objects
    return {
        EpisodeState.ASSEMBLING.value: episodes.being_assembled().count(),
        EpisodeState.SCHEDULED.value: episodes.upcoming(now).count(),
        EpisodeState.PUBLISHED.value: episodes.released(now).count(),
        EpisodeState.RETRACTED.value: episodes.retracted().count(),
    }
