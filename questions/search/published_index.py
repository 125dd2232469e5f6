"""The index of what readers can see, kept as new as the database by whoever finds it behind.

It is made from the database alone and may be deleted at any time.
"""

import fcntl
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, NoReturn

from django.db import connections
from django.utils import timezone

from questions.search.mark import Mark, mark_of
from questions.search.published_files import Opened, clear_away, folder, tells_of_broken_files, write
from questions.search.published_words import facts_of_all, words_of
from questions.visibility import public_episodes

MOST_WHILE_WAITING = 200
"""So many episodes are written while the reader who asks first waits; more are written in the background."""
MOST_COMPARED = 2_000
"""In a show of more episodes it is also found out in the background which of them have changed."""
A_MOMENT = 2.0
"""Seconds that a reader waits for an index that somebody else is just writing, where there is none yet."""
PATIENCE = 900.0
"""Seconds that a command waits."""

_opened: Opened | None = None
_in_background = threading.Lock()
_log = logging.getLogger(__name__)


class NotReady(Exception):
    """There is no index yet, or it was broken; somebody is writing it."""


def current(now: datetime) -> tuple[Opened, bool]:
    """The index, and whether it is behind what readers can see at `now`, as it is while somebody writes it.

    Raises NotReady where there is none yet.
    """
    mark = mark_of(now)
    if opened := _as_new_as(mark):
        return opened, False
    opened = _opened
    try:
        if _is_large(now) or not catch_up(now, most=MOST_WHILE_WAITING, waits=0 if opened else A_MOMENT):
            _catch_up_in_background()
    except OSError:
        # A full disk, say: whoever searches still has the index as it was.
        _log.exception("the index of what is published could not be written")
    except BaseException as fault:
        give_up(opened, fault)
    opened = _as_new_as(mark) or _opened
    if opened is None or not opened.is_written:
        raise NotReady
    return opened, not opened.is_of(mark)


def catch_up(now: datetime, *, most: int | None = None, anew: bool = False, waits: float = PATIENCE) -> bool:
    """Write into the index what has changed for readers; `anew` writes all of it.

    Returns False, having done nothing, where that would be more than `most` episodes. One process at a time does it;
    nothing is done where another one is still at it after so many seconds as this one `waits`. Whoever searches
    meanwhile has the index as it was, and so has everybody if this process dies.
    """
    with _alone(waits=waits) as is_alone:
        mark = mark_of(now)
        if not is_alone or (_as_new_as(mark) and not anew):
            return True
        facts = facts_of_all(now)
        written = _opened.stamps() if _opened and not anew else {}
        changed = [number for number in facts if written.get(number) != facts[number].stamp]
        removed = [
            number for number in written if written[number] != (facts[number].stamp if number in facts else None)
        ]
        if removed and len(facts) <= MOST_WHILE_WAITING:
            # What is removed stays in the files until they are written anew, which a small show can do at once.
            changed, removed, written = list(facts), [], {}
        if most is not None and len(changed) > most:
            return False
        keeps = bool(removed or (written and _opened and _opened.keeps_removed_words))
        words = words_of(changed, facts, now)
        write(words, mark, removed=removed, is_new=not written, keeps_removed_words=keeps)
        _reopen()
        return True


def rebuild(now: datetime) -> int:
    """Write all of it anew; returns how many episodes it holds. Raises NotReady where somebody else never ends."""
    catch_up(now, anew=True)
    if _opened is None:
        raise NotReady
    return len(_opened.numbers("number"))


def tidy(now: datetime) -> None:
    """Catch up, and write everything anew where the files still keep words that were removed: for the clock."""
    catch_up(now, waits=0)
    if _opened and _opened.keeps_removed_words:
        catch_up(now, anew=True, waits=0)


def give_up(opened: Opened | None, fault: BaseException) -> NoReturn:
    """What was opened turned out to be broken: clear it away, so that whoever comes next begins anew.

    Raises NotReady, or the fault itself where it tells of something else.
    """
    global _opened
    if not tells_of_broken_files(fault):
        raise fault
    _log.error("the index of what is published is broken and is written anew: %s", type(fault).__name__)
    with _alone(waits=0) as is_alone:
        if is_alone and _opened is opened:
            clear_away()
    _opened = None
    raise NotReady from fault


def _as_new_as(mark: Mark) -> Opened | None:
    """The index if it was made of what readers see at this mark, by whichever process."""
    opened = _opened
    if opened is None or not opened.is_of(mark):
        _reopen()
    opened = _opened
    return opened if opened and opened.is_of(mark) else None


def _reopen() -> None:
    global _opened
    try:
        _opened = Opened()
    except BaseException as fault:
        # Missing, or not to be read: for whoever writes it that is the same.
        _opened = None
        if not tells_of_broken_files(fault):
            raise


def _is_large(now: datetime) -> bool:
    opened = _opened
    return (opened.size if opened else public_episodes(now).count()) > MOST_COMPARED


def _catch_up_in_background() -> None:
    if not _in_background.acquire(blocking=False):
        return

    def work() -> None:
        try:
            catch_up(timezone.now(), waits=0)
        except Exception:
            _log.exception("the index of what is published could not be written")
        finally:
            connections.close_all()
            _in_background.release()

    threading.Thread(target=work, name="search", daemon=True).start()


@contextmanager
def _alone(*, waits: float) -> Iterator[bool]:
    """Whether no other process and no other thread is writing; if so, nobody else begins before this is over."""
    place = folder().parent
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (place / "lock").open("a") as lock:
        until = time.monotonic() + waits
        while not (is_alone := _has_taken(lock)) and time.monotonic() < until:
            time.sleep(0.02)
        yield is_alone


def _has_taken(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
