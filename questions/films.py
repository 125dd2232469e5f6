"""The films and gated parts of an episode, and what its note has to say about them at least."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from questions.models import ContentLevel, Episode, Script, Video
from questions.rendering import render_answer


@dataclass(frozen=True)
class Film:
    """A film by its title. One of which nobody said how safe it is counts as fine, but never as none."""

    title: str
    level: int


def of_rows(videos: Iterable[Video]) -> list[Film]:
    return [Film(video.title or video.url, max(video.level, ContentLevel.FINE)) for video in videos]


def in_answer(body: str) -> list[Film]:
    """The films that an answer's Markdown shows."""
    videos = render_answer(body).videos
    return [Film(video.title or video.address, video.level or ContentLevel.FINE) for video in videos]


def of_episode(episode: Episode) -> list[Film]:
    """Every film readers would meet if the episode were released as it is approved now."""
    in_answers = [film for segment in episode.approved_script.segments for film in in_answer(segment.body)]
    return [*of_rows(episode.videos.all()), *in_answers]


def level_of(films: Iterable[Film]) -> int:
    """The level that is true of all of them."""
    return max((film.level for film in films), default=ContentLevel.NONE)


def missing_from_note(films: Iterable[Film], level: int) -> str:
    """Why a note with this video level would not be true, in a sentence; empty where it is."""
    film = max(films, key=lambda film: film.level, default=None)
    if film is None or film.level <= level:
        return ""
    sentences = {
        ContentLevel.FINE: _("There is a film, “{title}”, so the video level cannot be “None”."),
        ContentLevel.RACY: _("The film “{title}” is racy for work, so the video level cannot be lower."),
        ContentLevel.NOT_SAFE: _("The film “{title}” is not safe for work, so the video level cannot be lower."),
    }
    return sentences[ContentLevel(film.level)].format(title=film.title)


def has_gated_parts(script: Script) -> bool:
    """Whether a part of its text, though perhaps not the whole, stands behind a gate."""
    return any(render_answer(segment.body).has_gates for segment in script.segments)
