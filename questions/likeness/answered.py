"""The published episodes that may already answer what somebody asks."""

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from questions.likeness.passage import best_passage, shortened
from questions.likeness.shelf import Shelf, Volume, Weighed
from questions.models import Episode, Script, Show
from questions.rendering import plain_words
from questions.search.mark import Mark, mark_of
from questions.search.memory import Memory, Said
from questions.visibility import is_text_gated, name_of, note_in_words, public_episodes

# What of an answer's Markdown the shelf would take for words: addresses and the names of blocks. To parse it all would
# let the first asker after each edition wait for seconds where there are thousands of episodes.
_NO_WORDS = re.compile(r"https?://[^\s)>]*|^:::[ ]*\w*", re.MULTILINE)
_WORD = re.compile(r"\w{4,}")
_BETWEEN_PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Likely:
    """An episode that readers can see, and the plain words of it that are most like what is asked."""

    episode: Episode
    snippet: str

    @property
    def title(self) -> str:
        return name_of(self.episode, self.episode.script)


MOST_GLANCES = 100
"""A browser is given the newest so many episodes to compare with: about 20 kB packed."""
WORD_BEGINNING = 5
"""Letters of a word that a browser compares, which has no stemmer."""


@dataclass(frozen=True)
class Glance:
    """What a browser needs to see for itself that an episode is like what somebody writes, and sends nowhere."""

    title: str
    address: str
    snippet: str
    words: list[str]


def glances() -> list[Glance]:
    """The newest episodes that readers can see, each with the beginnings of the words of its question."""
    return _shelves.current(timezone.now()).glances


def answered_already(text: str, limit: int = 3) -> list[Likely]:
    """The published episodes that may already answer `text`, the likeliest first; often none.

    Any text will do. It is looked up in the memory of this process and neither kept nor logged, and nothing of it is
    part of a question to the database.
    """
    now = timezone.now()
    shelf = _shelves.current(now).shelf
    weighed = shelf.weigh(text)
    numbers = shelf.like(weighed, limit)
    # The shelf may have been overtaken meanwhile: what is shown is what may be seen by now, in the words it has now.
    visible = public_episodes(now).in_bulk(numbers) if numbers else {}
    return [_likely(visible[number], shelf, weighed) for number in numbers if number in visible]


def asked_much_alike(episode: Episode, now: datetime, limit: int = 8) -> list[int]:
    """The keys of up to `limit` other episodes that are asked what this one is asked, the most alike first.

    Some of them may no longer be seen by now: whoever shows them has to ask.
    """
    shelf = _shelves.current(now).shelf
    found = shelf.like(shelf.weigh(asked_in(episode.script)), limit + 1)
    return [number for number in found if number != episode.pk][:limit]


def asked_on_air() -> Memory:
    """What the episodes that readers can see are asked, by their numbers."""
    return _shelves.current(timezone.now()).asked


def _likely(episode: Episode, shelf: Shelf, weighed: Weighed) -> Likely:
    script = episode.script
    if is_text_gated(episode):
        return Likely(episode, shortened(note_in_words(episode, script.note)))
    passage = best_passage("\n".join(_blocks(script)), weighed.known, shelf.stems)
    return Likely(episode, passage or shortened(script.summary))


def _blocks(script: Script) -> Iterator[str]:
    """The questions as they are read, each with its answer, without the one that is the title anyway."""
    for segment in script.segments:
        if segment.question.strip() != script.title.strip():
            yield from (" ".join(paragraph.split()) for paragraph in _BETWEEN_PARAGRAPHS.split(segment.question))
        yield plain_words(segment.body, open_only=True)


@dataclass(frozen=True)
class _Filled:
    shelf: Shelf
    glances: list[Glance]

    @cached_property
    def asked(self) -> Memory:
        language = Show.objects.current().language
        episodes = public_episodes(timezone.now()).iterator(chunk_size=100)
        memory = Memory()
        memory.change((episode.pk, Said(asked_in(episode.script), language=language)) for episode in episodes)
        return memory


class _Shelves:
    """The shelf of what readers can see now: one for each process, filled when it is first asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._mark: Mark | None = None
        self._filled: _Filled

    def current(self, now: datetime) -> _Filled:
        mark = mark_of(now)
        with self._lock:
            if mark != self._mark:
                shelf = Shelf(_volumes(now), Show.objects.current().language)
                self._filled = _Filled(shelf, [_glance(episode) for episode in public_episodes(now)[:MOST_GLANCES]])
                self._mark = mark
            return self._filled


_shelves = _Shelves()


def _volumes(now: datetime) -> Iterator[Volume]:
    for episode in public_episodes(now).iterator(chunk_size=100):
        script = episode.script
        asked = asked_in(script)
        answers = (_NO_WORDS.sub(" ", segment.body) for segment in script.segments)
        yield Volume(episode.pk, asked, "\n".join([asked, *answers]))


def _glance(episode: Episode) -> Glance:
    script, is_gated = episode.script, is_text_gated(episode)
    telling = note_in_words(episode, script.note) if is_gated else script.summary
    # Everybody's browser is given these words, so of a gated question there are none: its name has to do.
    asked = name_of(episode, script) if is_gated else asked_in(script)
    plain = unicodedata.normalize("NFD", asked.lower())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = {word[:WORD_BEGINNING] for word in _WORD.findall(bare)}
    return Glance(name_of(episode, script), episode.get_absolute_url(), shortened(telling), sorted(words))


def asked_in(script: Script) -> str:
    """What an episode is asked: its title, its summary, and its questions as they are read out."""
    said = [script.title, script.summary, *(segment.question for segment in script.segments)]
    return "\n".join(filter(None, said))
