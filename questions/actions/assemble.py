"""A host puts an episode together, changes it, or takes it apart again before it airs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from questions.actions.acting import Actor, Refused, enact, locked, permitted, record
from questions.lifecycle import NEW, Verb
from questions.models import (
    Answer,
    ContentLevel,
    Credit,
    Episode,
    Event,
    Resource,
    Season,
    Segment,
    Topic,
    Verdict,
    Video,
)


@dataclass(frozen=True)
class Contents:
    """Everything an episode consists of. Credits, videos and resources are unsaved rows in their order."""

    season: Season
    number: int
    slug: str
    title: str
    summary: str = ""
    note: str = ""
    verdict: Verdict | None = None
    verdict_reason: str = ""
    text_level: int = ContentLevel.FINE
    video_level: int = ContentLevel.NONE
    pictures_level: int = ContentLevel.NONE
    topics: Sequence[Topic] = ()
    answers: Sequence[Answer] = ()
    credits: Sequence[Credit] = field(default_factory=list)
    videos: Sequence[Video] = field(default_factory=list)
    resources: Sequence[Resource] = field(default_factory=list)


@transaction.atomic
def assemble(contents: Contents, *, by: Actor, episode: Episode | None = None, seen: int | None = None) -> Event:
    """Make an episode of `contents`, or give an unaired one these contents.

    Raises Refused when the address or the number is taken, or when an answer is already in another episode.
    """
    _refuse_taken(contents, episode)
    if episode is None:
        row = Episode(season=contents.season, number=contents.number, slug=contents.slug)
        move = permitted(row, Verb.ASSEMBLE, by=by, state=NEW)
        _write_columns(row, contents)
        row.save()
        event = record(row, Verb.ASSEMBLE, by=by, before=NEW, after=move.to)
    else:
        row = locked(episode, seen=seen)
        event = enact(row, Verb.ASSEMBLE, by=by)
        _write_columns(row, contents)
        row.save()
    _replace_parts(row, contents)
    return event


@transaction.atomic
def disband(episode: Episode, *, by: Actor, seen: int) -> Event:
    """Take an episode apart before it airs: its answers are free for another, its history stays."""
    row = locked(episode, seen=seen)
    move = permitted(row, Verb.DISBAND, by=by)
    event = record(row, Verb.DISBAND, by=by, before=row.state, after=move.to)
    row.delete()
    return event


def _refuse_taken(contents: Contents, episode: Episode | None) -> None:
    others = Episode.objects.exclude(pk=episode.pk) if episode else Episode.objects.all()
    if others.filter(slug=contents.slug).exists():
        raise Refused(_("Another episode has the address “{slug}”.").format(slug=contents.slug))
    if others.filter(season=contents.season, number=contents.number).exists():
        raise Refused(
            _("Season {season} has an episode {number} already.").format(
                season=contents.season.number, number=contents.number
            )
        )
    if Segment.objects.filter(answer__in=contents.answers, episode__in=others).exists():
        raise Refused(_("One of these answers is in another episode."))


def _write_columns(row: Episode, contents: Contents) -> None:
    row.season, row.number, row.slug = contents.season, contents.number, contents.slug
    row.verdict = contents.verdict
    row.text_level, row.video_level = contents.text_level, contents.video_level
    row.pictures_level = contents.pictures_level
    row.write_draft(
        title=contents.title, summary=contents.summary, note=contents.note, verdict_reason=contents.verdict_reason
    )


def _replace_parts(row: Episode, contents: Contents) -> None:
    row.topics.set(contents.topics)
    for parts in (row.segments, row.credits, row.videos, row.resources):
        parts.all().delete()
    for position, answer in enumerate(contents.answers):
        Segment.objects.create(episode=row, answer=answer, position=position)
    parts_in_order: list[Credit | Video | Resource] = [*contents.credits, *contents.videos, *contents.resources]
    for position, part in enumerate(parts_in_order):
        part.pk, part.episode, part.position = None, row, position
        part.save(force_insert=True)
