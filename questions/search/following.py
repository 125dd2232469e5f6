"""What has been done since somebody last looked, told by the numbers of the history."""

import time
import uuid
from dataclasses import dataclass

from questions.models import Event

PATIENCE = 600.0
"""Seconds in which an event that is missing among others may still come: longer than any deed takes.

PostgreSQL gives an event its number when it is written and shows it when its transaction is done, so a later number
can be seen before an earlier one.
"""
LOOKED_BACK_FIRST = 1_000
"""Among so many of the newest numbers one may be missing when following begins."""


@dataclass(frozen=True)
class New:
    """One event that has not been seen before."""

    number: int
    mac: str
    subject: uuid.UUID
    verb: str


class BeginAnew(Exception):
    """What is known is of no use: the last events of it are not there, so this is another or an older database."""


class Following:
    """One follower of the history. Ask for what is `new`, work it in, then say that it is `taken_in`.

    Any thread may ask; taking in is for one at a time.
    """

    def __init__(self) -> None:
        """Begin to follow: what is read from the database after this is at least as new."""
        # All events up to the mark are known; of those after it, the ones in `_seen`, with the time of seeing them.
        self._mark: tuple[int, str] | None = None
        self._seen: dict[int, tuple[str, float]] = {}
        newest = list(Event.objects.order_by("-pk").values_list("pk", "mac", "subject", "verb")[:LOOKED_BACK_FIRST])
        if newest:
            self._mark = newest[-1][:2]
            self.taken_in([New(*row) for row in newest])

    def new(self) -> list[New]:
        """The events that are new, by one short query; raises BeginAnew."""
        mark, seen = self._mark, dict(self._seen)
        rows = Event.objects.order_by("pk").values_list("pk", "mac", "subject", "verb")
        found = [New(*row) for row in (rows.filter(pk__gte=mark[0]) if mark else rows)]
        macs = {event.number: event.mac for event in found}
        if (mark and macs.get(mark[0]) != mark[1]) or any(macs.get(number) != seen[number][0] for number in seen):
            raise BeginAnew
        return [event for event in found if event.number not in seen and (not mark or event.number > mark[0])]

    def taken_in(self, events: list[New]) -> None:
        """These are known from now on."""
        now = time.monotonic()
        self._seen |= {event.number: (event.mac, now) for event in events}
        for number in sorted(self._seen):
            mac, seen_at = self._seen[number]
            expected = self._mark[0] + 1 if self._mark else 1
            if number > expected and now - seen_at < PATIENCE:
                break
            # Whoever asks meanwhile has an event too many for new, never one too few.
            del self._seen[number]
            self._mark = max(self._mark or (0, ""), (number, mac))
