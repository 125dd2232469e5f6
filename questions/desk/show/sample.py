"""What the show would look like with settings that nobody has saved yet."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from questions.actions.settings import FACE_FIELDS, standing
from questions.colours import is_colour
from questions.desk.planning.airtime import in_full
from questions.desk.show.forms import ShowForm
from questions.languages import native_name
from questions.models import Episode, Show, Verdict


@dataclass(frozen=True)
class Moved:
    """A scheduled episode, whose moment stays, as the clocks of two zones tell it."""

    title: str
    was: str
    will_be: str


@dataclass(frozen=True)
class Sample:
    """A piece of the front page. `moved` is empty as long as the zone is the one that stands."""

    show: Show
    verdict: str
    now: str
    moved: list[Moved]
    times: tuple[str, ...] = ("day", "night")

    @property
    def sheet(self) -> str:
        """The address of the sheet with the colours of this sample alone."""
        query = {"day": self.show.colour.lstrip("#"), "night": self.show.colour_at_night.lstrip("#")}
        return f"{reverse('desk:preview-sheet')}?{urlencode(query)}"

    @property
    def language(self) -> str:
        return native_name(self.show.language)


def sample_of(typed: ShowForm, show: Show) -> Sample:
    """The show as it would be with whatever of the form makes sense; the rest is as it stands."""
    typed.is_valid()
    facts = {**standing(show, FACE_FIELDS), **getattr(typed, "cleaned_data", {})}
    changed = Show(**{name: facts[name] for name in FACE_FIELDS})
    now = timezone.now()
    verdict = Verdict.objects.first()
    moved = scheduled(now, show.zone, changed.zone) if changed.time_zone != show.time_zone else []
    return Sample(changed, str(verdict) if verdict else "", in_full(now, now=now, zone=changed.zone), moved)


def scheduled(now: datetime, was: tzinfo, will_be: tzinfo) -> list[Moved]:
    """Every scheduled episode, the next one first."""
    coming = Episode.objects.for_lists().upcoming(now)
    return [
        Moved(episode.title, in_full(at, now=now, zone=was), in_full(at, now=now, zone=will_be))
        for episode in coming
        if (at := episode.release_at)
    ]


def preview_sheet_for(asked: QueryDict) -> str:
    """The sheet of a sample: the colours that an address names, as far as they are colours."""
    rules = [
        f".sample--{time} {{ --stamp: #{asked[time]}; }}\n"
        for time in ("day", "night")
        if is_colour(f"#{asked.get(time, '')}")
    ]
    return "".join(rules)
