"""The files of the media folder, into a backup and back."""

import base64
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from questions.actions.acting import Refused
from questions.keeping.contents import Backup, Part, Writing

_CHUNK = 1 << 18


def write_all(writing: Writing) -> None:
    """Every file, as base64 in lines. Nobody changes such a file: it comes and goes as a whole. Raises OSError."""
    for path in _files():
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            writing.begin(Part.of_file(str(path.relative_to(_root())), -(-size // _CHUNK)))
            while chunk := file.read(_CHUNK):
                writing.row([base64.b64encode(chunk).decode()])


def bring_back(backup: Backup) -> None:
    """Put the files of the backup in their place, each at once; what else is there stays. Raises OSError."""
    for part, rows in backup.parts():
        if part.file:
            path = _place_of(part)
            path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
            fresh = path.with_name(f".{path.name}.new")
            with fresh.open("wb") as file:
                for row in rows:
                    file.write(base64.b64decode(row[0]))
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)


def _root() -> Path:
    return Path(settings.MEDIA_ROOT)


def _files() -> Iterator[Path]:
    yield from sorted(path for path in _root().rglob("*") if path.is_file() and not path.is_symlink())


def _place_of(part: Part) -> Path:
    path = _root() / part.file
    if not path.resolve().is_relative_to(_root().resolve()):
        raise Refused(f"The backup holds a file that would lie elsewhere: {part.file}")
    return path
