"""Episodes that were found lately, as lists show them: the same few are found again and again."""

from collections.abc import Sequence
from datetime import datetime
from threading import Lock

from questions.models import Episode
from questions.search.mark import Mark, mark_of
from questions.visibility import public_episodes

MOST = 1_000
"""So many episodes are kept in the memory of a process, with the words that are read out in public anyway."""

_lock = Lock()
_mark: Mark | None = None
_kept: dict[int, Episode] = {}


def episodes(numbers: Sequence[int], now: datetime) -> dict[int, Episode]:
    """Those of these episodes that readers can see at `now`, by their numbers, with all that a row of a list shows.

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
    wanted = [number for number in visible if number not in kept or kept[number].version != visible[number]]
    if wanted:
        kept |= public_episodes(now).for_lists().in_bulk(wanted)
    return {number: kept[number] for number in numbers if number in visible and number in kept}
