"""Walk every chain of the history and say which row was altered, which is missing and which chain was cut short.

A row that somebody changed past the actions does not fit its keyed digest, and one that was taken out leaves a gap.
Only a cut tail leaves no trace in the table itself: for that, `--write-heads` notes where each chain ends, day by day,
in a file to be kept elsewhere, and `--heads` compares. Subjects stand in that file under a keyed name, so that it
tells nobody which questions there were. A question that has been withdrawn or forgotten loses its traces
after a while, and is not missed then.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from questions.models import Event, Show
from questions.models.question import GONE


@dataclass
class Head:
    """Where a chain ends: its last number, its last digest, and whether its words are gone."""

    seq: int
    mac: str
    is_gone: bool


@dataclass
class Walk:
    """What one walk over all chains has found."""

    faults: list[str] = field(default_factory=list)
    heads: dict[str, Head] = field(default_factory=dict)
    events: int = 0
    batches: set[UUID] = field(default_factory=set)

    def over(self, events: Iterator[Event], noted: dict[str, Head]) -> None:
        """Follow the events, which come chain by chain and in order; `noted` are heads of an earlier day."""
        last: Event | None = None
        for event in events:
            before = last if last and last.subject == event.subject else None
            self._check(event, before)
            head = noted.get(_name(event.subject)) if noted else None
            if head and head.seq == event.seq and head.mac != event.mac:
                self._fault(event, "is not the row that the heads note here")
            if before is None and last is not None:
                self._end(last, noted)
            last = event
            self.events += 1
            if event.batch:
                self.batches.add(event.batch)
        if last is not None:
            self._end(last, noted)

    def missing(self, noted: dict[str, Head], *, may_be_erased: bool) -> int:
        """Note chains that are not there at all; returns how many were rightly erased."""
        erased = 0
        for name, head in noted.items():
            if name in self.heads:
                continue
            if head.is_gone or may_be_erased:
                erased += 1
            else:
                self.faults.append(f"a whole chain is missing: {name}, {head.seq} rows")
        return erased

    def digest(self) -> str:
        """All heads in one line, short enough to be written down on paper."""
        told = json.dumps(sorted((name, head.seq, head.mac) for name, head in self.heads.items()))
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    def _check(self, event: Event, before: Event | None) -> None:
        expected = before.seq + 1 if before else 1
        if event.seq != expected:
            rows = f"row {expected} is" if event.seq == expected + 1 else f"rows {expected} to {event.seq - 1} are"
            self.faults.append(f"{event.subject_kind} {event.subject}: {rows} missing")
        elif not _fits(event, before.mac if before else ""):
            self._fault(event, "was altered, or the row before it was")

    def _end(self, last: Event, noted: dict[str, Head]) -> None:
        name = _name(last.subject)
        self.heads[name] = Head(last.seq, last.mac, last.after in GONE)
        head = noted.get(name)
        if head and last.seq < head.seq:
            self.faults.append(
                f"{last.subject_kind} {last.subject}: cut after row {last.seq}, {head.seq} rows were noted"
            )

    def _fault(self, event: Event, sentence: str) -> None:
        self.faults.append(f"{event.subject_kind} {event.subject}: row {event.seq} ({event.verb}) {sentence}")


class Command(BaseCommand):
    help = "Find rows of the history that were altered, taken out or cut off; exits with 1 where there are any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--heads", type=Path, metavar="FILE", help="compare with the heads noted in this file")
        parser.add_argument("--write-heads", type=Path, metavar="FILE", help="note the heads of today in this file")

    def handle(self, *args: Any, heads: Path | None, write_heads: Path | None, **options: Any) -> None:
        day, noted = _read(heads) if heads else (timezone.localdate(), {})
        walk = Walk()
        walk.over(Event.objects.order_by("subject", "seq").iterator(chunk_size=5000), noted)
        traces = timedelta(days=Show.objects.current().keeps_traces_days)
        erased = walk.missing(noted, may_be_erased=timezone.localdate() - day > traces)
        for fault in walk.faults:
            self.stdout.write(fault)
        self.stdout.write(f"{walk.events} rows in {len(walk.heads)} chains, {len(walk.batches)} strokes.")
        if heads:
            self.stdout.write(f"Compared with {len(noted)} heads of {day}; {erased} chains were erased since.")
        self.stdout.write(f"Head of {timezone.localdate()}: {walk.digest()}")
        if walk.faults:
            raise SystemExit(1)
        if write_heads:
            _write(write_heads, walk)


def _fits(event: Event, previous_mac: str) -> bool:
    kept = event.mac
    return any(
        hmac.compare_digest(kept.encode(), event.mac_after(previous_mac, names_who=names_who).encode())
        for names_who in (True, False)
    )


def _name(subject: UUID) -> str:
    """The keyed name of a subject, which leads back to it only with the key."""
    return hmac.new(settings.HISTORY_KEY.encode(), b"head\0" + subject.bytes, hashlib.sha256).hexdigest()[:32]


def _read(path: Path) -> tuple[date, dict[str, Head]]:
    """The day and the heads in a file that `_write` made. Raises CommandError where it is none."""
    try:
        first, *lines = path.read_text().splitlines()
        day = date.fromisoformat(json.loads(first)["day"])
        noted = {name: Head(seq, mac, is_gone) for name, seq, mac, is_gone in map(json.loads, lines)}
        if json.loads(first)["chains"] != len(noted):
            raise ValueError("lines are missing")
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CommandError(f"{path} holds no heads: {error}") from error
    return day, noted


def _write(path: Path, walk: Walk) -> None:
    """One line about the day, then one for each chain; a file of that name is replaced at once."""
    about = {"day": timezone.localdate().isoformat(), "chains": len(walk.heads), "digest": walk.digest()}
    lines = [json.dumps(about), *(json.dumps([name, *_told(head)]) for name, head in sorted(walk.heads.items()))]
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text("\n".join(lines) + "\n")
    fresh.replace(path)


def _told(head: Head) -> tuple[int, str, bool]:
    return head.seq, head.mac, head.is_gone
