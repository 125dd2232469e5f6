"""How many requests of each kind were answered, by all workers of this machine: numbers in small files.

Each worker holds a file of its own, by a lock, and goes on where its last holder has stopped: so the sums over all
files only ever grow, and no worker waits for another. The files lie in memory that the system writes to disk when it
likes. A kind that is counted by day shows only what was counted before today.
"""

import fcntl
import mmap
import os
from bisect import bisect_left
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from time import time
from typing import NamedTuple

STATUSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Seconds, each the upper end of a span of durations; a last span has no end."""
MOST_WORKERS = 64
_DAY = 86_400

# A file: the number of its worker's process; then for each kind a day and two blocks, what was counted in all and what
# of it before that day. A block: the statuses, the spans, and the sum of all durations in nanoseconds.
_BLOCK = len(STATUSES) + len(BUCKETS) + 1 + 1
_OF_A_KIND = 1 + 2 * _BLOCK
_CELL_BYTES = 8
_SECOND = 1_000_000_000
_ENDS = tuple(int(seconds * _SECOND) for seconds in BUCKETS)


class Tally(NamedTuple):
    """What was counted of one kind."""

    statuses: list[int]
    spans: list[int]
    seconds: float


class Kinds(NamedTuple):
    """What is counted, and what of it by day. The names decide which files are ours."""

    names: tuple[str, ...]
    by_day: frozenset[str]

    @property
    def form(self) -> str:
        """Changes with whatever gives the cells another meaning."""
        return blake2b(repr((self.names, STATUSES, BUCKETS)).encode(), digest_size=4).hexdigest()

    @property
    def size(self) -> int:
        return (1 + len(self.names) * _OF_A_KIND) * _CELL_BYTES


class Tallies:
    """The counts of this process. Where the folder cannot be written they are kept in its memory alone."""

    def __init__(self, folder: Path, kinds: Kinds) -> None:
        self._lock = Lock()
        self._places = {name: 1 + number * _OF_A_KIND for number, name in enumerate(kinds.names)}
        self._by_day = kinds.by_day
        # Held open as long as the process lives, and with it the lock.
        self._file = _own_file(folder, kinds)
        memory = mmap.mmap(self._file if self._file is not None else -1, kinds.size)
        self._cells = memoryview(memory).cast("Q")
        self._cells[0] = os.getpid()

    def add(self, name: str, status: int, nanoseconds: int) -> None:
        """Count one answer, whose status begins with the digit `status`. Costs about a microsecond."""
        place, cells = self._places[name], self._cells
        block = place + 1
        with self._lock:
            if name in self._by_day:
                self._turn_to(int(time()) // _DAY, place)
            cells[block + status - 1] += 1
            cells[block + len(STATUSES) + bisect_left(_ENDS, nanoseconds)] += 1
            cells[block + _BLOCK - 1] += nanoseconds

    def _turn_to(self, today: int, place: int) -> None:
        if self._cells[place] == today:
            return
        middle = place + 1 + _BLOCK
        # First what may be told from now on, then the day that says so: whoever reads meanwhile is told too little.
        self._cells[middle : middle + _BLOCK] = self._cells[place + 1 : middle]
        self._cells[place] = today


def read(folder: Path, kinds: Kinds) -> tuple[dict[str, Tally], list[int]]:
    """What all workers have counted, by the names of the kinds, and the processes that are counting now.

    Nothing is raised: a file that cannot be read does not count.
    """
    sums, processes = {name: [0] * _BLOCK for name in kinds.names}, []
    for path in sorted(folder.glob(f"{kinds.form}-*")):
        try:
            with path.open("rb") as file:
                cells = memoryview(mmap.mmap(file.fileno(), kinds.size, prot=mmap.PROT_READ)).cast("Q")
                if not _has_taken(file.fileno(), fcntl.LOCK_SH):
                    processes.append(cells[0])
        except (OSError, ValueError):
            continue
        for number, name in enumerate(kinds.names):
            block = _told(cells, 1 + number * _OF_A_KIND, by_day=name in kinds.by_day)
            sums[name] = [one + other for one, other in zip(sums[name], block, strict=True)]
    middle = len(STATUSES)
    tallies = {name: Tally(block[:middle], block[middle:-1], block[-1] / _SECOND) for name, block in sums.items()}
    return tallies, processes


def _told(cells: memoryview, place: int, *, by_day: bool) -> list[int]:
    """The block that may be told: of what is counted by day, the one from before today."""
    while True:
        day = cells[place]
        is_of_today = by_day and day >= int(time()) // _DAY
        first = place + 1 + (_BLOCK if is_of_today else 0)
        block = list(cells[first : first + _BLOCK])
        # Its worker may just have begun a new day.
        if cells[place] == day:
            return block


def _own_file(folder: Path, kinds: Kinds) -> int | None:
    """An open file that no other process counts in, of the right size; None where none can be had."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in _files(folder, kinds):
            file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            if _has_taken(file, fcntl.LOCK_EX):
                # All of it, so that no full disk is met while counting.
                os.posix_fallocate(file, 0, kinds.size)
                return file
            os.close(file)
    except OSError:
        pass
    return None


def _files(folder: Path, kinds: Kinds) -> Iterator[Path]:
    return (folder / f"{kinds.form}-{number}" for number in range(MOST_WORKERS))


def _has_taken(file: int, lock: int) -> bool:
    try:
        fcntl.flock(file, lock | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
