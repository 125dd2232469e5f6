"""What a backup holds, part by part, and whether all of it is there.

A backup is lines of JSON in a sealed file: first what it is about, then its parts, at last the digest of all lines
before. A part says how it is named and how many lines follow. The parts are what was taken away (tombstones), the
tables, and each file of the media folder.
"""

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from questions.keeping.chains import Walk
from questions.keeping.sealed_file import CannotOpen, SealedWriter, lines_of
from questions.keeping.second_steps import tokens_in
from questions.models import Event
from questions.models.person import SECOND_STEP_PLACE
from questions.sealing import SealBroken, unseal
from questions.tombstones import Tombstone

TAKEN_AWAY, HISTORY, SECOND_STEPS = "taken-away", "questions_event", "mfa_authenticator"
_FILE = "media/"

Row = list[Any]


@dataclass(frozen=True)
class About:
    """What a backup says of itself, inside the seal."""

    made_on: date
    expires_on: date
    kind: str
    migrations: list[list[str]]
    edition: int
    receipts: str = field(default_factory=lambda: _receipt_mark())

    @property
    def has_our_receipts(self) -> bool:
        """Whether the receipts of its askers open with our key."""
        return hmac.compare_digest(self.receipts, _receipt_mark())

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "About":
        days = {name: date.fromisoformat(told[name]) for name in ("made_on", "expires_on")}
        return cls(**told | days)

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"made_on": str(self.made_on), "expires_on": str(self.expires_on)}


@dataclass(frozen=True)
class Part:
    """The heading of a part: `rows` is how many lines follow. A table has columns, some of which are sealed."""

    name: str
    rows: int
    columns: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The path of the file that it is, below the media folder; empty where it is none."""
        return self.name.removeprefix(_FILE) if self.name.startswith(_FILE) else ""

    @property
    def is_table(self) -> bool:
        return bool(self.columns)

    @classmethod
    def of_file(cls, path: str, rows: int) -> "Part":
        return cls(_FILE + path, rows)


class Writing:
    """Writes a backup line by line."""

    def __init__(self, out: SealedWriter, about: About) -> None:
        self._out, self._digest = out, hashlib.sha256()
        self._say(about.to_json())

    def begin(self, part: Part) -> None:
        self._say(asdict(part))

    def row(self, row: Row) -> None:
        self._say(row)

    def end(self) -> None:
        self._say({"digest": self._digest.hexdigest()})

    def _say(self, what: object) -> None:
        line = json.dumps(what, separators=(",", ":")).encode() + b"\n"
        self._digest.update(line)
        self._out.write(line)


class Backup:
    """A file that is a backup. Raises CannotOpen wherever it shows that it is none, or not whole."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.about = self._about(next(lines_of(path), b""))

    def parts(self) -> Iterator[tuple[Part, Iterator[Row]]]:
        """Each part and its rows, which are to be read before the next part is."""
        digest, lines = hashlib.sha256(), lines_of(self.path)
        digest.update(next(lines) + b"\n")

        def rows_of(part: Part) -> Iterator[Row]:
            for _number in range(part.rows):
                line = next(lines, b"{}")
                digest.update(line + b"\n")
                row = json.loads(line)
                if not isinstance(row, list):
                    raise CannotOpen(f"{self.path} holds fewer rows of {part.name} than it says.")
                yield row

        for line in lines:
            heading = json.loads(line)
            if isinstance(heading, list):
                raise CannotOpen(f"{self.path} holds more rows than it says.")
            if "digest" in heading:
                if heading["digest"] != digest.hexdigest() or next(lines, None) is not None:
                    break
                return
            digest.update(line + b"\n")
            part = Part(**heading | {name: tuple(heading[name]) for name in ("columns", "sealed")})
            rows = rows_of(part)
            yield part, rows
            for _row in rows:
                pass
        raise CannotOpen(f"{self.path} does not end as it should.")

    def tombstones(self) -> set[Tombstone]:
        """What it remembers of what was taken away."""
        for part, rows in self.parts():
            if part.name == TAKEN_AWAY:
                return {Tombstone.read(row[0]) for row in rows}
        return set()

    def _about(self, line: bytes) -> About:
        try:
            return About.from_json(json.loads(line))
        except (ValueError, TypeError, KeyError):
            raise CannotOpen(f"{self.path} does not say what it is: a newer release may have written it.") from None


@dataclass
class Findings:
    """What reading a backup from its beginning to its end has shown."""

    about: About
    rows: Counter[str] = field(default_factory=Counter)
    files: list[str] = field(default_factory=list)
    sealed: int = 0
    unreadable: int = 0
    tombstones: set[Tombstone] = field(default_factory=set)
    deeds: set[str] = field(default_factory=set)
    walk: Walk = field(default_factory=Walk)

    @property
    def has_our_keys(self) -> bool:
        """Whether what is sealed inside opens at all with our sealing keys."""
        return self.unreadable < self.sealed or not self.sealed


def look_through(backup: Backup) -> Findings:
    """Read all of it, open whatever is sealed inside, and follow the history. Raises CannotOpen."""
    found = Findings(backup.about)
    for part, rows in backup.parts():
        if part.name == TAKEN_AWAY:
            found.tombstones = {Tombstone.read(row[0]) for row in rows}
        elif part.file:
            found.files.append(part.file)
        elif part.name == HISTORY:
            found.walk.over(_events(part, rows, found), {})
        else:
            for row in rows:
                _try_seals(part, row, found)
        if part.is_table:
            found.rows[part.name] = part.rows
    return found


def _events(part: Part, rows: Iterator[Row], found: Findings) -> Iterator[Event]:
    fields = {column.column: column for column in Event._meta.concrete_fields}
    for row in rows:
        cells = zip(part.columns, row, strict=True)
        values = {fields[name].attname: _plain(fields[name], cell) for name, cell in cells if name in fields}
        event = Event(**values)
        if stone := event.tombstone():
            found.deeds.add(stone.deed)
        yield event


def _plain(column: Any, cell: Any) -> Any:
    return cell if cell is None else column.to_python(cell)


def _try_seals(part: Part, row: Row, found: Findings) -> None:
    cells = dict(zip(part.columns, row, strict=True))
    tokens = [(cells[column], f"{part.name}.{column}:{UUID(cells['ref'])}") for column in part.sealed if cells[column]]
    if part.name == SECOND_STEPS:
        tokens += [(token, SECOND_STEP_PLACE) for token in tokens_in(cells["data"])]
    for token, place in tokens:
        found.sealed += 1
        try:
            unseal(token, place=place)
        except SealBroken:
            found.unreadable += 1


def _receipt_mark() -> str:
    return hmac.digest(settings.RECEIPT_KEY.encode(), b"receipts of backups", "sha256")[:8].hex()
