"""A host puts an episode together, changes it, or takes it apart again before it airs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, count

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from questions.actions.acting import Actor, Refused, Stale, enact, locked, permitted, record
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
    Show,
    Topic,
    Verdict,
    Video,
)


@dataclass(frozen=True)
class Contents:
    """Everything an episode consists of. Credits, videos and resources are unsaved rows in their order.

    `season` is a number and `verdict` the words on the stamp, empty for none: what nobody has used before is made.
    """

    season: int
    number: int
    slug: str
    title: str
    summary: str = ""
    note: str = ""
    verdict: str = ""
    verdict_reason: str = ""
    text_level: int = ContentLevel.FINE
    video_level: int = ContentLevel.NONE
    pictures_level: int = ContentLevel.NONE
    kinds: Sequence[str] = ()
    language: str = ""
    translation_of: Episode | None = None
    topics: Sequence[Topic] = ()
    answers: Sequence[Answer] = ()
    credits: Sequence[Credit] = field(default_factory=list)
    videos: Sequence[Video] = field(default_factory=list)
    resources: Sequence[Resource] = field(default_factory=list)


def assemble(contents: Contents, *, by: Actor, episode: Episode | None = None, seen: int | None = None) -> Event:
    """Make an episode of `contents`, or give an unaired one these contents.

    Raises Refused when the address or the number is taken, or when an answer is already in another episode.
    """
    try:
        return _assemble(contents, by, episode, seen)
    except IntegrityError as error:
        # Somebody has taken one of them since we looked, so now it is found; or a part of the episode is gone.
        _refuse_taken(contents, episode)
        raise Stale([]) from error


@transaction.atomic
def _assemble(contents: Contents, by: Actor, episode: Episode | None, seen: int | None) -> Event:
    _refuse_taken(contents, episode)
    _refuse_translation(contents, episode)
    if episode is None:
        row = Episode()
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
    if others.filter(season__number=contents.season, number=contents.number).exists():
        raise Refused(
            _("Season {season} has an episode {number} already.").format(season=contents.season, number=contents.number)
        )
    if Segment.objects.filter(answer__in=contents.answers, episode__in=others).exists():
        raise Refused(_("One of these answers is in another episode."))


def _refuse_translation(contents: Contents, episode: Episode | None) -> None:
    """A translation leads to its original, in another language, which has one translation into each language."""
    original, own = contents.translation_of, Show.objects.current().language
    if original is None:
        return
    if original == episode:
        raise Refused(_("An episode cannot be a translation of itself."))
    if original.translation_of_id or (episode and episode.translations.exists()):
        raise Refused(_("A translation leads to the original, not to another translation."))
    others = original.translations.exclude(pk=episode.pk) if episode else original.translations.all()
    if (contents.language or own) in {other.language or own for other in [original, *others]}:
        raise Refused(_("This episode exists in that language already. Choose the language of the translation."))


def _write_columns(row: Episode, contents: Contents) -> None:
    row.season = Season.objects.get_or_create(number=contents.season)[0]
    row.number, row.slug = contents.number, contents.slug
    row.verdict = _verdict(contents.verdict) if contents.verdict else None
    row.text_level, row.video_level = contents.text_level, contents.video_level
    row.pictures_level, row.kinds = contents.pictures_level, list(contents.kinds)
    row.language, row.translation_of = contents.language, contents.translation_of
    row.write_draft(
        title=contents.title, summary=contents.summary, note=contents.note, verdict_reason=contents.verdict_reason
    )


def _verdict(words: str) -> Verdict:
    """The verdict in these words; a new one gets an address that no other has."""
    wanted = slugify(words)[:50].strip("-") or "verdict"
    slugs = chain([wanted], (f"{wanted}-{number}" for number in count(2)))
    free = next(slug for slug in slugs if not Verdict.objects.filter(slug=slug).exclude(words=words).exists())
    return Verdict.objects.get_or_create(words=words, defaults={"slug": free})[0]


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
