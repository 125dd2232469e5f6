"""Questions out of a CSV file as form services export it.

Only the columns the operator names are read: time stamps, names and e-mail addresses stay behind. A file with bad rows
is refused whole (or without those rows, if the operator says so), and a question that was imported before is known
again by a keyed digest of its words, even after these have been forgotten.
"""

import csv
import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from questions import receipts
from questions.actions.acting import Actor
from questions.actions.submit import Submission, receive
from questions.models import Airing, Question, Topic
from questions.models.question import MAX_QUESTION_LENGTH, MAX_SIGN_OFF_LENGTH

_DAY_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%m/%d/%Y", "%d.%m.%Y", "%d/%m/%Y")


@dataclass(frozen=True)
class Mapping:
    """Which column is what, and what holds for every row. A column that is not named is never looked at."""

    text: str
    title: str = ""
    sign_off: str = ""
    topics: str = ""
    topics_separator: str = ""
    day: str = ""
    day_format: str = ""
    language: str = "en"
    airing: str = Airing.PRIVATE
    encoding: str = "utf-8-sig"
    delimiter: str = ","

    def columns(self) -> list[str]:
        return [name for name in (self.text, self.title, self.sign_off, self.topics, self.day) if name]


@dataclass(frozen=True)
class Row:
    """One good row: what will be stored, and the line of the file it began on."""

    line: int
    text: str
    sign_off: str
    topics: tuple[str, ...]
    day: date | None


@dataclass(frozen=True)
class BadRow:
    line: int
    reason: str


@dataclass
class Outcome:
    imported: int = 0
    known: int = 0
    bad: list[BadRow] = field(default_factory=list)
    new_topics: list[str] = field(default_factory=list)
    unknown_topics: set[str] = field(default_factory=set)


class UnreadableFile(Exception):
    """The file is no such table; the message says what to do about it."""


def read(path: Path, mapping: Mapping) -> Iterator[Row | BadRow]:
    """The rows of the file in order. Raises UnreadableFile when it cannot be read as the mapping says."""
    csv.field_size_limit(10_000_000)
    try:
        with path.open(encoding=mapping.encoding, newline="") as file:
            table = csv.DictReader(file, delimiter=mapping.delimiter, strict=True)
            _refuse_missing_columns(table.fieldnames or [], mapping)
            line = table.line_num + 1
            for record in table:
                yield _row(line, record, mapping)
                line = table.line_num + 1
    except OSError as error:
        raise UnreadableFile(_("The file cannot be opened: {error}").format(error=error.strerror)) from error
    except (UnicodeError, LookupError) as error:
        raise UnreadableFile(
            _("It is not {encoding} text. Try --encoding cp1252, or save it as UTF-8.").format(
                encoding=mapping.encoding
            )
        ) from error
    except csv.Error as error:
        raise UnreadableFile(
            _("It is not a CSV table from line {line} on: {error}").format(line=table.line_num, error=error)
        ) from error


def _refuse_missing_columns(found: list[str] | tuple[str, ...] | object, mapping: Mapping) -> None:
    names = list(found) if isinstance(found, (list, tuple)) else []
    missing = [name for name in mapping.columns() if name not in names]
    if missing:
        raise UnreadableFile(
            _("There is no column {missing}. The columns are: {found}").format(
                missing=", ".join(missing), found=", ".join(names) or _("none")
            )
        )


def _row(line: int, record: dict[str, str | None], mapping: Mapping) -> Row | BadRow:
    if None in record or None in record.values():
        return BadRow(line, _("it has not as many cells as the heading"))
    cells = {name: (record.get(name) or "").strip() for name in mapping.columns()}
    text, title = cells[mapping.text], cells.get(mapping.title, "")
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}".strip()
    sign_off = cells.get(mapping.sign_off, "")
    if not text:
        return BadRow(line, _("it has no question"))
    if len(text) > MAX_QUESTION_LENGTH:
        return BadRow(
            line,
            _("the question has {length} characters; {most} are the most").format(
                length=len(text), most=MAX_QUESTION_LENGTH
            ),
        )
    if len(sign_off) > MAX_SIGN_OFF_LENGTH:
        return BadRow(line, _("the sign-off has more than {most} characters").format(most=MAX_SIGN_OFF_LENGTH))
    day = None
    if raw := cells.get(mapping.day, ""):
        day = _day(raw, mapping.day_format)
        if day is None:
            return BadRow(line, _("“{day}” is not a day; say how it is written with --day-format").format(day=raw[:40]))
    names = re.split(re.escape(mapping.topics_separator) or "[;|]", cells.get(mapping.topics, ""))
    return Row(line, text, sign_off, tuple(name.strip() for name in names if name.strip()), day)


def _day(raw: str, day_format: str) -> date | None:
    """The day alone of a date or time stamp: the time of day is never kept."""
    if day_format:
        formats: tuple[str, ...] = (day_format,)
    else:
        formats, raw = _DAY_FORMATS, raw.replace("T", " ").split(" ")[0]
    for pattern in formats:
        try:
            return datetime.strptime(raw, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def import_rows(
    rows: list[Row],
    mapping: Mapping,
    *,
    by: Actor,
    makes_topics: bool = False,
    progress: Callable[[int], None] = lambda done: None,
) -> Outcome:
    """Store the rows as waiting questions, all or none; `progress` hears how many are done."""
    outcome = Outcome()
    with transaction.atomic():
        topics = _Topics(outcome, makes_topics)
        for done, row in enumerate(rows, start=1):
            known_by = _digest(row)
            if Question.objects.filter(import_digest=known_by).exists():
                outcome.known += 1
            else:
                _store(row, mapping, known_by, topics, by)
                outcome.imported += 1
            progress(done)
    return outcome


def _store(row: Row, mapping: Mapping, known_by: str, topics: "_Topics", by: Actor) -> None:
    # Nobody holds a receipt for an imported question: this one is made of chance and thrown away.
    receipt = receipts.mint(secrets.token_urlsafe(32), row.text)
    receive(
        Submission(
            text=row.text, sign_off=row.sign_off, airing=mapping.airing, language=mapping.language,
            topics=tuple(topic for name in row.topics if (topic := topics.named(name))),
        ),
        receipt_digest=receipts.digest(receipt), by=by, arrived_on=row.day, import_digest=known_by,
    )  # fmt: skip


def _digest(row: Row) -> str:
    message = f"import\0{row.text}\0{row.sign_off}".encode("utf-8", "surrogatepass")
    return hmac.new(settings.RECEIPT_KEY.encode(), message, hashlib.sha256).hexdigest()


class _Topics:
    """Topics by name or address, whatever the case; makes the missing ones if the operator wants them."""

    def __init__(self, outcome: Outcome, makes_topics: bool) -> None:
        self.outcome, self.makes_topics = outcome, makes_topics
        self.known = {topic.slug: topic for topic in Topic.objects.all()}

    def named(self, name: str) -> Topic | None:
        slug = slugify(name)[:60]
        if slug in self.known or not slug:
            return self.known.get(slug)
        if not self.makes_topics:
            self.outcome.unknown_topics.add(name)
            return None
        readable = name.replace("-", " ").strip()[:60]
        self.known[slug] = Topic.objects.create(slug=slug, name=readable[:1].upper() + readable[1:])
        self.outcome.new_topics.append(name)
        return self.known[slug]
