"""What the desk shows of an episode: a row of a list, and the page that readers will see."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from questions import showing
from questions.actions import needs
from questions.desk.planning.airtime import in_full, in_words
from questions.languages import native_name
from questions.lifecycle import EPISODE, EpisodeState, Verb
from questions.models import Episode
from questions.showing import Page
from questions.visibility import name_of, public_episodes, shown_resources, slug_of_episode, translations_of


@dataclass(frozen=True)
class Row:
    """An episode in a list. Its words are read once, because reading them may mean to unseal them.

    `language` is empty where it is the show's own.
    """

    episode: Episode
    state: EpisodeState
    title: str
    time: str
    away: str
    language: str


def rows(episodes: Iterable[Episode], now: datetime, zone: tzinfo) -> list[Row]:
    return [row(episode, now, zone) for episode in episodes]


def row(episode: Episode, now: datetime, zone: tzinfo) -> Row:
    at = episode.release_at
    return Row(
        episode,
        episode.state_at(now),
        episode.title or _("Without a title"),
        time=in_full(at, now=now, zone=zone) if at else "",
        away=in_words(at, now=now, zone=zone) if at and at > now else "",
        language=native_name(episode.language) if episode.language else "",
    )


def page(episode: Episode, now: datetime) -> Page:
    """The episode as readers see it from its release on, or would if it were released now."""
    at = max(now, episode.release_at or now)
    resources = shown_resources(episode, at)
    slugs = {slug_of_episode(resource.url) for resource in resources}
    ours = showing.rows(public_episodes(at).for_readers().filter(slug__in=slugs))
    earlier = {each.episode.slug: each for each in ours}
    return Page(episode, episode.script, resources, earlier=earlier, translations=translations_of(episode, at))


@dataclass(frozen=True)
class StandIn:
    """What lists call an episode whose title only quotes a question that is not safe for work."""

    name: str
    is_quoted_in_address: bool


def stand_in(episode: Episode | None) -> StandIn | None:
    """What stands for the title in lists, or None where the title does."""
    if episode is None or not (title := " ".join(episode.title.split())):
        return None
    name = name_of(episode, episode.script)
    return StandIn(name, slugify(title)[:80].strip("-") == episode.slug) if name != title else None


def moment(at: datetime, zone: tzinfo) -> str:
    """A time as the clocks of the show tell it: see `airtime.in_full`."""
    return in_full(at, now=timezone.now(), zone=zone)


def unmet(episode: Episode) -> list[str]:
    """Why the episode cannot be released yet, in sentences; empty when it can."""
    move = EPISODE.get((episode.state, Verb.PUBLISH))
    sentences = (needs.unmet(need, episode) for need in move.needs) if move else ()
    return [sentence for sentence in sentences if sentence]


@dataclass(frozen=True)
class Airing:
    """Which text of one answer airs: the revision and the wording that were approved, or none yet."""

    question: str
    revision: int | None
    wording: int | None


def airing(episode: Episode) -> list[Airing]:
    """Which texts would air, answer by answer."""
    answers = [segment.answer for segment in episode.segments.all()]
    return [
        Airing(
            answer.approved_wording.text or "" if answer.approved_wording else "",
            answer.approved_revision.number if answer.approved_revision else None,
            answer.approved_wording.number if answer.approved_wording else None,
        )
        for answer in answers
    ]


def ref_in(text: str) -> uuid.UUID | None:
    """The ref that an address names; None for anything else."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
