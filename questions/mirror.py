"""What this machine knows of the edition without asking the database: a small folder beside the printed pages.

It holds `state.json`, replaced as a whole; `turn`, eight bytes that change after it and that every process looks at in
memory; and `now`, a link to the folder of the pages that are right now, for a server of files such as nginx.
"""

import fcntl
import json
import mmap
import os
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from math import inf
from pathlib import Path
from time import time
from typing import NamedTuple, Self

_TURN_BYTES = 8


@dataclass(frozen=True)
class Standing:
    """What readers get now, and what time alone will change about it.

    `number` is the edition's. Pages of editions from `floor` on may be shown in need: nothing was taken away since.
    `releases` are moments in seconds since 1970, ascending: the latest release that has passed, then those to come.
    """

    number: int
    floor: int
    releases: tuple[float, ...] = ()

    def since(self, now: float) -> float:
        """The release that has passed last at `now`; 0 before the first."""
        passed = bisect_right(self.releases, now)
        return self.releases[passed - 1] if passed else 0.0

    def until(self, now: float) -> float:
        """The next release after `now`."""
        passed = bisect_right(self.releases, now)
        return self.releases[passed] if passed < len(self.releases) else inf


@dataclass(frozen=True, order=True)
class Generation:
    """One state of all public pages: whatever is printed in one generation is right in all of it.

    It changes with the edition, with each release by time, and with `build`, the code that prints.
    """

    build: str
    number: int
    since: float

    def __str__(self) -> str:
        return f"{self.build}-{self.number}-{int(self.since * 1_000_000)}"

    @classmethod
    def named(cls, name: str) -> Self | None:
        """The generation of this name, if it is one."""
        build, _, rest = name.rpartition("-")[0].rpartition("-")
        since = name.rpartition("-")[2]
        return cls(build, int(rest), int(since) / 1_000_000) if rest.isdecimal() and since.isdecimal() else None


class _Known(NamedTuple):
    turn: int
    begins: float
    ends: float
    generation: Generation | None


class Mirror:
    """The folder, for one process. Nothing here raises but what says so."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pages = folder / "pages"
        self._turn: memoryview | None = None
        self._known = _Known(-1, inf, -inf, None)

    def generation(self) -> Generation | None:
        """The generation that is right at this moment; None as long as nothing is known.

        Every process on this machine is told as soon as `follow` has returned in any of them. Costs under a
        microsecond while nothing changes.
        """
        now, known, turn = time(), self._known, self._turn
        if turn is None or turn[0] != known.turn or not known.begins <= now < known.ends:
            return self._look(now)
        return known.generation

    def standing(self) -> Standing | None:
        """What was last followed, by whichever process."""
        state = self._state()
        return state[0] if state else None

    def follow(self, read: Callable[[], Standing], build: str = "") -> None:
        """Take over what `read` says, which is asked while no other process can write.

        `build` names the code that prints from now on; only a server that begins says so. Raises OSError, and
        whatever `read` raises.
        """
        with self._alone():
            before, standing = self._state(), read()
            state = (standing, build or (before[1] if before else ""))
            if state != before:
                self._write(*state)
            if state[1]:
                self._point(Generation(state[1], standing.number, standing.since(time())))

    def point_to_now(self) -> None:
        """Let `now` lead to the pages of this moment, as it must when time has released something. Raises OSError."""
        generation = self.generation()
        if generation and self._pointed() != str(generation):
            with self._alone():
                self._point(self.generation() or generation)

    def _look(self, now: float) -> Generation | None:
        try:
            turn = self._turn = self._turn or self._mapped()
            # Read before the state is: what is known may be newer than its turn, and is only looked at once more.
            number = turn[0]
        except OSError:
            return None
        state = self._state()
        if state is None:
            return None
        standing, build = state
        since = standing.since(now)
        generation = Generation(build, standing.number, since) if build else None
        self._known = _Known(number, since, standing.until(now), generation)
        return generation

    def look_again(self) -> None:
        """Open the folder anew, as must be where somebody has deleted it."""
        self._turn = None

    def _mapped(self) -> memoryview:
        with (self.folder / "turn").open("rb") as file:
            return memoryview(mmap.mmap(file.fileno(), _TURN_BYTES, prot=mmap.PROT_READ)).cast("Q")

    def _state(self) -> tuple[Standing, str] | None:
        try:
            found = json.loads((self.folder / "state.json").read_bytes())
            build = str(found.pop("build"))
            return replace(Standing(**found), releases=tuple(found["releases"])), build
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def _write(self, standing: Standing, build: str) -> None:
        fresh = self.folder / "state.new"
        fresh.write_text(json.dumps(asdict(standing) | {"build": build}))
        fresh.replace(self.folder / "state.json")
        file = os.open(self.folder / "turn", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            turn = int.from_bytes(os.pread(file, _TURN_BYTES, 0), "little") + 1
            os.pwrite(file, turn.to_bytes(_TURN_BYTES, "little"), 0)
        finally:
            os.close(file)

    def _point(self, generation: Generation) -> None:
        """Flip the link in one step. The folder is there before, so that what reads through it finds one."""
        make_folder(self.pages / str(generation))
        if self._pointed() != str(generation):
            fresh = self.folder / "now.new"
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(Path("pages", str(generation)))
            fresh.replace(self.folder / "now")

    def _pointed(self) -> str:
        try:
            return (self.folder / "now").readlink().name
        except OSError:
            return ""

    @contextmanager
    def _alone(self) -> Iterator[None]:
        make_folder(self.folder)
        with (self.folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def make_folder(folder: Path) -> None:
    """The folder and those above it, readable by the group: a server of files may be another user. Raises OSError."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    folder.chmod(0o750)
