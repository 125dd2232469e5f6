"""What the desk shows of an episode: a row of a list, and the whole of it as readers will see it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from questions.actions import needs
from questions.desk.planning.airtime import in_words
from questions.lifecycle import EPISODE, EpisodeState, Verb
from questions.models import ContentLevel, Credit, CreditRole, Episode, Script, SpokenSegment
from questions.rendering import RenderedAnswer, film, render_answer, render_text
from questions.visibility import Fact, what_to_expect

_FILM_LEVELS = {ContentLevel.FINE: "fine", ContentLevel.RACY: "racy", ContentLevel.NOT_SAFE: "not safe"}


@dataclass(frozen=True)
class Row:
    """An episode in a list. Its words are read once, because reading them may mean to unseal them."""

    episode: Episode
    state: EpisodeState
    title: str
    time: str
    away: str


@dataclass(frozen=True)
class Page:
    """An episode as readers will see it."""

    script: Script
    answers: list[tuple[SpokenSegment, RenderedAnswer]]
    facts: list[Fact]
    note: SafeString
    films: list[SafeString]
    credits: list[tuple[str, list[Credit]]]
    disclosures: list[SafeString]


def rows(episodes: Iterable[Episode], now: datetime, zone: ZoneInfo) -> list[Row]:
    return [row(episode, now, zone) for episode in episodes]


def row(episode: Episode, now: datetime, zone: ZoneInfo) -> Row:
    at = episode.release_at
    return Row(
        episode,
        episode.state_at(now),
        episode.title or _("Without a title"),
        time=moment(at, zone) if at else "",
        away=in_words(at, now=now, zone=zone) if at and at > now else "",
    )


def page(episode: Episode) -> Page:
    script = episode.script
    bodies = enumerate((segment.body for segment in script.segments), start=1)
    rendered = [render_answer(body, prefix=f"a{number}") for number, body in bodies]
    by_role = ((str(role.label), episode.credited(role)) for role in CreditRole)
    return Page(
        script,
        answers=list(zip(script.segments, rendered, strict=True)),
        facts=what_to_expect(episode),
        note=render_text(script.note),
        films=_films(episode),
        credits=[(label, credited) for label, credited in by_role if credited],
        disclosures=[render_text(who.shown_disclosure) for who in episode.answerers if who.shown_disclosure],
    )


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A time as the clocks of the show tell it, with the name of its zone."""
    local = at.astimezone(zone)
    with timezone.override(zone):
        return f"{date_format(local, 'D j F Y, H:i')} ({zone.key})"


def unmet(episode: Episode) -> list[str]:
    """Why the episode cannot be released yet, in sentences; empty when it can."""
    move = EPISODE.get((episode.state, Verb.PUBLISH))
    sentences = (needs.unmet(need, episode) for need in move.needs) if move else ()
    return [sentence for sentence in sentences if sentence]


def ref_in(text: str) -> uuid.UUID | None:
    """The ref that an address names; None for anything else."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _films(episode: Episode) -> list[SafeString]:
    return [
        film(video.url, video.title, video.seconds, _FILM_LEVELS.get(ContentLevel(video.level)), video.note)
        for video in episode.videos.all()
    ]
