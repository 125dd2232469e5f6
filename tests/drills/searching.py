"""Looking for what was planted, in whatever way it may have been written down."""

import base64
import ipaddress
import os
import re
import secrets
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

CHUNK = 1 << 24
CODE = re.compile("[0-9A-Z]{16}")
NOT_OURS = {".git", ".venv", "node_modules", "__pycache__"}


def fresh_stem() -> str:
    """The beginning of every planted word of one drill: chance, so that nothing else can hold it."""
    return f"kauz{secrets.token_hex(5)}"


def fresh_address() -> str:
    """An address of a network that nobody has."""
    return f"2001:db8:{secrets.randbelow(60000) + 5000:x}:{secrets.randbelow(60000) + 5000:x}::77"


class Search:
    """Looks for words in every way they are commonly written; letters' case never matters."""

    def __init__(self, words: Iterable[str]) -> None:
        self.patterns: dict[bytes, str] = {}
        for word in words:
            for way, pattern in ways_to_write(word):
                self.patterns.setdefault(pattern.lower(), f"{word[:4]}… {way}")
        self.longest = max(map(len, self.patterns))

    def in_bytes(self, data: bytes) -> set[str]:
        """Which words in which writing; empty when there is none."""
        lowered = data.lower()
        return {name for pattern, name in self.patterns.items() if pattern in lowered}

    def in_file(self, path: Path) -> set[str]:
        found: set[str] = set()
        kept = b""
        with open(path, "rb") as file:
            while part := file.read(CHUNK):
                found |= self.in_bytes(kept + part)
                kept = part[-self.longest :]
        return found

    def in_places(self, places: Iterable[Path], *, since: float = 0) -> dict[str, set[str]]:
        """Every regular file in these places that was changed since then, with what was found in it or in its name."""
        hits = {}
        for path in files_in(places):
            try:
                if path.stat().st_mtime < since:
                    continue
                found = self.in_file(path) | self.in_bytes(os.fsencode(path))
            except OSError:
                continue
            if found:
                hits[str(path)] = found
        return hits


def ways_to_write(word: str) -> Iterator[tuple[str, bytes]]:
    """Plain, hexadecimal, UTF-16 and base64 at each of its three offsets; a code in groups, a network as its bytes."""
    plain = word.encode()
    yield "plain", plain
    yield "hexadecimal", plain.hex().encode()
    yield "UTF-16, little-endian", word.encode("utf-16-le")
    yield "UTF-16, big-endian", word.encode("utf-16-be")
    for offset in range(3):
        # What stands before and after decides over the letters at both ends, so those are left out.
        padded = bytes(offset) + plain
        whole = base64.b64encode(padded + bytes(-len(padded) % 3))
        inner = whole[(0, 2, 3)[offset] : len(padded) * 8 // 6]
        yield f"base64 at {offset}", inner
        yield f"base64 for addresses at {offset}", inner.replace(b"+", b"-").replace(b"/", b"_")
    if CODE.fullmatch(word):
        groups = [word[start : start + 4] for start in range(0, 16, 4)]
        yield "in groups", " ".join(groups).encode()
        yield "in groups with hyphens", "-".join(groups).encode()
    if ":" in word:
        packed = ipaddress.ip_address(word).packed
        yield "its network", packed[:8]
        yield "its network, hexadecimal", packed[:8].hex().encode()
        yield "the network's name", word.rpartition("::")[0].encode()


def files_in(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        if place.is_file():
            yield place
            continue
        for folder, folders, names in os.walk(place):
            folders[:] = [name for name in folders if name not in NOT_OURS]
            for name in names:
                path = Path(folder, name)
                try:
                    is_file = stat.S_ISREG(path.lstat().st_mode)
                except OSError:
                    continue
                if is_file:
                    yield path


def open_files(pids: Iterable[int]) -> list[Path]:
    """What these processes hold open or mapped, also files that have no name any more."""
    found = []
    for pid in pids:
        for kind in ("fd", "map_files"):
            folder = Path(f"/proc/{pid}/{kind}")
            try:
                entries = sorted(folder.iterdir())
            except OSError:
                continue
            found += [entry for entry in entries if _is_file(entry)]
    return found


def _is_file(entry: Path) -> bool:
    try:
        return stat.S_ISREG(entry.stat().st_mode)
    except OSError:
        return False


def last_change(place: Path) -> dict[str, int]:
    """When anything was last put into or taken out of each folder of `place`, even if it is gone again."""
    return {folder: os.stat(folder).st_mtime_ns for folder, _folders, _names in os.walk(place)}
