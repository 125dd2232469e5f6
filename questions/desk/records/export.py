"""The history as a file, for a spreadsheet or a program. It holds what the page shows, and streams."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import tzinfo
from itertools import islice

from questions.desk.records.words import lines_of
from questions.models import Event

COLUMNS = ("day", "time", "role", "who", "verb", "done", "kind", "subject", "number", "undone_by", "stroke")

_CHUNK = 500
_ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a cell for a formula."""


def as_csv(events: Iterable[Event], zone: tzinfo) -> Iterator[str]:
    """Lines of a table with a head. A cell that a spreadsheet would run begins with an apostrophe."""
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for record in _records(events, zone):
        yield writer.writerow([_harmless(record[column]) for column in COLUMNS])


def as_json(events: Iterable[Event], zone: tzinfo) -> Iterator[str]:
    """One array of objects, an object a line."""
    yield "["
    comma = ""
    for record in _records(events, zone):
        yield f"{comma}\n{json.dumps(record, ensure_ascii=False)}"
        comma = ","
    yield "\n]\n"


def _records(events: Iterable[Event], zone: tzinfo) -> Iterator[dict[str, str]]:
    """The time is that of the show's clocks; what an asker did has none."""
    rest = iter(events)
    while chunk := list(islice(rest, _CHUNK)):
        for line in lines_of(chunk):
            event = line.event
            yield {
                "day": event.day.isoformat(),
                "time": event.at.astimezone(zone).isoformat(timespec="seconds") if event.at else "",
                "role": event.role,
                "who": line.who,
                "verb": event.verb,
                "done": line.words,
                "kind": event.subject_kind,
                "subject": str(event.subject),
                "number": line.subject,
                "undone_by": line.undone_by,
                "stroke": str(event.batch or ""),
            }


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_ACTIVE) else cell


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text
