"""Where printed pages lie: on disk for every worker and for a server of files, and in the memory of each worker."""

import fcntl
import json
import os
import shutil
import time
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from advice.press.pages import CODINGS, Headers, Page, coded_page, hash_of, in_every_coding
from questions.mirror import Generation, make_folder

PATIENCE = 5.0
"""Seconds after which one who waits for a page that somebody else is printing has it made for itself alone."""
_ENDINGS = {"identity": "", "gzip": ".gz", "br": ".br"}
_HEAD = ".head"
# Its length is what all pages of the generation weigh, in kilobytes: adding to a file is safe among processes.
_WEIGHT = ".weight"
_LOCKS = 64
_KEPT_GENERATIONS = 3


class Store:
    """The folder of the printed pages. What cannot be written or read is as if it were not printed."""

    def __init__(self, pages: Path, most_bytes: int) -> None:
        self._pages, self._most_bytes = pages, most_bytes

    def get(self, generation: Generation, path: str, coding: str) -> Page | None:
        """The page in this coding, or as it is where it has not got that one."""
        file = self._file(generation, path)
        try:
            head = json.loads(Path(f"{file}{_HEAD}").read_bytes())
            coding = coding if coding in head["codings"] else "identity"
            body = Path(f"{file}{_ENDINGS[coding]}").read_bytes()
            headers = [(name, value) for name, value in head["headers"]]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return coded_page(generation, headers, body, coding, varies=len(head["codings"]) > 1)

    def put(self, generation: Generation, path: str, headers: Headers, body: bytes) -> dict[str, Page]:
        """Print the page: all its codings, of which it returns the pages by name. A full disk is no trouble."""
        content_type = next((value for name, value in headers if name.lower() == "content-type"), "")
        codings = in_every_coding(body, content_type)
        with suppress(OSError):
            self._write(self._file(generation, path), generation, headers, codings)
        varies = len(codings) > 1
        return {name: coded_page(generation, headers, each, name, varies=varies) for name, each in codings.items()}

    def _write(self, file: Path, generation: Generation, headers: Headers, codings: dict[str, bytes]) -> None:
        weight = self._pages / str(generation) / _WEIGHT
        kilobytes = sum(map(len, codings.values())) // 1024 + 1
        if weight.exists() and (weight.stat().st_size + kilobytes) * 1024 > self._most_bytes:
            return
        # Only below the generation's own folder, which somebody else has made and may have cleared away by now.
        if not weight.parent.is_dir():
            return
        make_folder(file.parent)
        head = {"headers": headers, "codings": sorted(codings)}
        _put(Path(f"{file}{_HEAD}"), json.dumps(head).encode())
        # As it is comes last: a server of files looks for that one first, and then for the others.
        for name in CODINGS:
            if name in codings:
                _put(Path(f"{file}{_ENDINGS[name]}"), codings[name])
        with weight.open("ab") as added:
            added.write(b"\0" * kilobytes)

    def older(self, path: str, coding: str, *, than: Generation, floor: int) -> Page | None:
        """The newest page of an earlier generation of the same code, of no edition before `floor`."""
        allowed = (each for each in self._generations() if each.build == than.build and floor <= each.number)
        pages = (self.get(generation, path, coding) for generation in allowed if generation < than)
        return next(filter(None, pages), None)

    def paths(self, generation: Generation) -> Iterator[str]:
        """The addresses of all pages of this generation that lie here."""
        root = self._pages / str(generation)
        for head in sorted(root.rglob(f"*{_HEAD}")):
            yield "/" + str(head.relative_to(root)).removesuffix(_HEAD).removesuffix("index.html")

    def clear_away(self, *, current: Generation, floor: int) -> None:
        """Delete the pages of generations that can never be shown again, and of all but the newest few."""
        allowed = [each for each in self._generations() if each.build == current.build and each.number >= floor]
        kept = {current, *allowed[:_KEPT_GENERATIONS]}
        for generation in self._generations():
            if generation not in kept:
                shutil.rmtree(self._pages / str(generation), ignore_errors=True)

    def before(self, current: Generation) -> Generation | None:
        """The newest generation of the same code before this one."""
        return next((each for each in self._generations() if each.build == current.build and each < current), None)

    def alone_with(self, page: str) -> AbstractContextManager[bool]:
        """Whether nobody else on this machine is printing this page, after waiting as long as PATIENCE.

        Different pages may share a lock, so that there are only so many files.
        """
        return self._alone(str(zlib.crc32(page.encode()) % _LOCKS), PATIENCE)

    def alone_in_warming(self) -> AbstractContextManager[bool]:
        """Whether nobody else on this machine is warming pages up, but for one who is just done with it."""
        return self._alone("warming", 1)

    @contextmanager
    def _alone(self, name: str, patience: float) -> Iterator[bool]:
        folder = self._pages.parent / "locks"
        try:
            make_folder(folder)
            lock = (folder / name).open("a")
        except OSError:
            # Nothing can be written here, so nothing is printed either; whoever asks is served all the same.
            yield False
            return
        with lock:
            yield _is_taken(lock.fileno(), patience)

    def _generations(self) -> list[Generation]:
        """Those that lie here, the newest first."""
        try:
            names = os.listdir(self._pages)
        except OSError:
            return []
        found = [generation for name in names if (generation := Generation.named(name))]
        return sorted(found, key=lambda each: (each.number, each.since), reverse=True)

    def _file(self, generation: Generation, path: str) -> Path:
        return self._pages / str(generation) / (f"{path[1:]}index.html" if path.endswith("/") else path[1:])


def _is_taken(lock: int, patience: float) -> bool:
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return False
            time.sleep(0.002)
        else:
            return True


def _put(file: Path, body: bytes) -> None:
    """Write a file in one step, with the hash of its bytes for a time: see `pages.etag_of`."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o640), "wb") as written:
        written.write(body)
    # Whatever the umask: a server of files may be another user of the same group.
    fresh.chmod(0o640)
    os.utime(fresh, (hash_of(body), hash_of(body)))
    fresh.replace(file)


class Memory:
    """The pages that this worker has handed out, bounded by their bytes; the oldest go first."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes, self._bytes = most_bytes, 0
        self.pages: dict[tuple[str, str], Page] = {}

    def put(self, path: str, coding: str, page: Page) -> None:
        """Keep a page; the one that was kept for the same address and coding goes."""
        if former := self.pages.pop((path, coding), None):
            self._bytes -= len(former.body)
        self.pages[path, coding] = page
        self._bytes += len(page.body)
        while self._bytes > self._most_bytes and self.pages:
            # Another thread may be at it as well: then there is one less to drop.
            with suppress(KeyError, StopIteration, RuntimeError):
                self._bytes -= len(self.pages.pop(next(iter(self.pages))).body)

    def clear(self) -> None:
        self.pages.clear()
        self._bytes = 0
