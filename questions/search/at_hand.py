"""Episodes that were found lately, as lists show them: the same few are found again and again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from threading import Lock

from questions.models import Episode, Show
from questions.search.mark import Mark, mark_of
from questions.search.published_words import lines_of
from questions.visibility import public_episodes

MOST = 300
"""So many episodes are kept in the memory of a process, with the words that are read out in public anyway."""


@dataclass(frozen=True)
class AtHand:
    """An episode with all that a row of a list shows, and its language."""

    episode: Episode
    language: str

    @cached_property
    def lines(self) -> list[str]:
        """What a snippet may be of."""
        return lines_of(self.episode)


_lock = Lock()
_mark: Mark | None = None
_kept: dict[int, AtHand] = {}


def episodes(numbers: Sequence[int], now: datetime) -> dict[int, AtHand]:
    """Those of these episodes that readers can see at `now`, by their numbers.

    As long as nothing public changes the same object is given for the same episode, so that more can be kept with it.
    Whether readers can see it is asked each time.
    """
    global _mark, _kept
    mark = mark_of(now)
    with _lock:
        if _mark != mark or len(_kept) > MOST:
            _mark, _kept = mark, {}
        kept = _kept
    visible = dict(public_episodes(now).filter(pk__in=numbers).order_by().values_list("pk", "version"))
    wanted = [number for number in visible if number not in kept or kept[number].episode.version != visible[number]]
    if wanted:
        language = Show.objects.current().language
        found = public_episodes(now).for_lists().in_bulk(wanted)
        kept |= {number: AtHand(episode, episode.language or language) for number, episode in found.items()}
    return {number: kept[number] for number in numbers if number in visible and number in kept}
