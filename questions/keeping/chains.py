"""Walking every chain of the history: which row was altered, which is missing, which chain was cut short."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings

from questions.models import Event
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

    def over(self, events: Iterable[Event], noted: dict[str, Head]) -> None:
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


def _fits(event: Event, previous_mac: str) -> bool:
    kept = event.mac
    return any(
        hmac.compare_digest(kept.encode(), event.mac_after(previous_mac, names_who=names_who).encode())
        for names_who in (True, False)
    )


def _name(subject: UUID) -> str:
    """The keyed name of a subject, which leads back to it only with the key."""
    return hmac.new(settings.HISTORY_KEY.encode(), b"head\0" + subject.bytes, hashlib.sha256).hexdigest()[:32]
