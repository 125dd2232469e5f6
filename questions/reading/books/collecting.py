"""What goes into each book: one episode, a topic's episodes, a season's."""

from collections.abc import Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from questions.models import Episode, Season, Show, Topic
from questions.reading.addresses import absolute
from questions.reading.books.epub import Book, tag_of
from questions.showing import SHORT_QUESTION, Page
from questions.visibility import is_safe, note_in_words, shown_resources_of


def of_episode(episode: Episode, show: Show, now: datetime) -> Book:
    [page] = _pages([episode], now)
    asked = page.spoken.question if page.spoken else ""
    return Book(
        ref=episode.ref,
        title=page.title,
        subtitle=_("%(season)s, episode %(number)d") % {"season": episode.season, "number": episode.number},
        cover_words=_("“%(question)s”") % {"question": asked} if 0 < len(asked) <= SHORT_QUESTION else page.title,
        note=note_in_words(episode, page.script.note),
        description=page.description,
        language=tag_of(episode.language or show.language),
        address=episode.get_absolute_url(),
        pages=[page],
    )


def of_topic(topic: Topic, episodes: Sequence[Episode], show: Show, now: datetime) -> Book:
    return _collection(topic, topic.name, "", topic.description, _pages(episodes, now), show)


def of_season(season: Season, episodes: Sequence[Episode], show: Show, now: datetime) -> Book:
    name = str(season) if season.title else ""
    return _collection(season, season.title or str(season), name, "", _pages(episodes, now), show)


def _collection(of: Topic | Season, title: str, name: str, description: str, pages: list[Page], show: Show) -> Book:
    count = ngettext("%(count)d episode", "%(count)d episodes", len(pages)) % {"count": len(pages)}
    is_all_safe = all(is_safe(page.episode) for page in pages)
    return Book(
        # Reading systems know a book they have by this name. Addresses and titles may change, keys do not.
        ref=uuid5(NAMESPACE_URL, absolute(f"/#{type(of).__name__.lower()}-{of.pk}")),
        title=title,
        subtitle=f"{name}, {count}" if name else count,
        cover_words=title,
        note="" if is_all_safe else _("Some of it is not safe for work, and stands behind its note."),
        description=description,
        language=tag_of(show.language),
        address=of.get_absolute_url(),
        pages=pages,
    )


def _pages(episodes: Sequence[Episode], now: datetime) -> list[Page]:
    resources = shown_resources_of(list(episodes), now)
    return [Page(episode, episode.script, resources[episode.pk]) for episode in episodes]
