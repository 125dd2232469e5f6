"""What was taken away, remembered outside the database: an older backup must not bring it back.

One line for each deed that took something away: its day, its verb, a keyed name of what it was done to and the mark of
the deed itself. None of them leads anywhere without the key of the history. The lines stand in a file of QUERENT_HOME
and in every later backup; `manage.py restore` does the deeds again that the backup knows nothing of.
"""

import fcntl
import hashlib
import hmac
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from uuid import UUID

from django.conf import settings

_DIGITS = 32


@dataclass(frozen=True, order=True)
class Tombstone:
    """One deed. `verb` is its name; where somebody got another role, the role follows it after a colon."""

    day: date
    verb: str
    name: str
    deed: str

    @classmethod
    def read(cls, line: str) -> "Tombstone":
        """The tombstone that stands in a line; raises ValueError where there is none."""
        day, verb, name, deed = line.split()
        return cls(date.fromisoformat(day), verb, name, deed)

    def __str__(self) -> str:
        return f"{self.day} {self.verb} {self.name} {self.deed}"


def name_of(ref: UUID) -> str:
    """The keyed name of a question, an episode or a person."""
    return hmac.new(settings.HISTORY_KEY.encode(), b"tombstone\0" + ref.bytes, hashlib.sha256).hexdigest()[:_DIGITS]


def mark_of(mac: str) -> str:
    """The mark of a deed, from the keyed digest of its Event."""
    return mac[:_DIGITS]


def add(stones: Iterable[Tombstone]) -> None:
    """Remember these as well. Raises OSError where the file cannot be written."""
    with _alone():
        known = set(all_of(path()))
        if fresh := set(stones) - known:
            _write(known | fresh)


def drop_before(day: date) -> None:
    """Forget what is older than that day: no backup is, by then. Raises OSError."""
    with _alone():
        known = all_of(path())
        if len(kept := {stone for stone in known if stone.day >= day}) < len(known):
            _write(kept)


def path() -> Path:
    """The file on this machine."""
    return Path(settings.HOME) / "taken-away"


def all_of(file: Path) -> list[Tombstone]:
    """The tombstones in a file; none where there is no file. Raises ValueError where it holds something else."""
    try:
        lines = file.read_text().splitlines()
    except FileNotFoundError:
        return []
    return [Tombstone.read(line) for line in lines]


def _write(stones: Iterable[Tombstone]) -> None:
    """Put the file in its place as a whole. In order, so that it does not tell in which order things were done."""
    fresh = path().with_name("taken-away.new")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.writelines(f"{stone}\n" for stone in sorted(stones))
        file.flush()
        os.fsync(file.fileno())
    # What an asker does carries the day only, also here.
    midnight = datetime.combine(datetime.now(UTC), time(), UTC).timestamp()
    os.utime(fresh, (midnight, midnight))
    fresh.replace(path())


@contextmanager
def _alone() -> Iterator[None]:
    path().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(path().with_name("taken-away.lock"), os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        with suppress(OSError):
            os.close(lock)
