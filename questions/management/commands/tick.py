"""Do what time makes due: open scripts of aired episodes, release lapsed claims, forget what was kept long enough.

First the words of a question go, and after a while its wordless traces as well.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from time import monotonic
from typing import Any, TypeVar

from django.core.management.base import BaseCommand
from django.utils import timezone

from questions import throttle
from questions.actions.acting import Refused
from questions.actions.claim import lapse
from questions.actions.delivering import clear_ended
from questions.actions.guest import run_out
from questions.actions.holding import air
from questions.actions.presence import forget_presence
from questions.actions.report import forget_reports
from questions.actions.retention import keep_tombstones, overdue, traces_overdue
from questions.actions.sessions import forget_sessions
from questions.actions.telling import count_quarters, queue_deeds, queue_digests
from questions.actions.withdraw import erase_traces, forget
from questions.models import Episode, Question, SharedLink
from questions.notices.sending import send_due
from questions.probes.notes import Tick, note_tick
from questions.search.published_index import tidy

Item = TypeVar("Item", Episode, Question, SharedLink)


class Command(BaseCommand):
    help = "Do what time makes due, item by item. Run it every few minutes; running it twice does nothing twice."

    def handle(self, *args: Any, **options: Any) -> None:
        self.failed, began, at = Counter[str](), monotonic(), timezone.now()
        try:
            self.do_what_is_due()
        except Exception:
            # Such as a database that cannot be reached: nothing was done at all.
            self.failed["everything"] += 1
            raise
        finally:
            self.note(Tick(at, monotonic() - began, dict(self.failed)))
        if self.failed:
            raise SystemExit(1)

    def note(self, tick: Tick) -> None:
        """Tell the desk and the doctor. Where it cannot be written down, what was done is done all the same."""
        try:
            note_tick(tick)
        except OSError as error:
            self.stderr.write(f"last tick: {type(error).__name__}")

    def do_what_is_due(self) -> None:
        throttle.forget_ended_windows()
        now = timezone.now()
        self.each(Episode.objects.due_to_air(now), air)
        self.each(Question.objects.lapsed(now), lapse)
        self.each(SharedLink.objects.run_out(now), run_out)
        self.each(overdue(now), forget)
        self.each(traces_overdue(now), erase_traces)
        # What leaves the house comes last: it may have to wait for other people's servers.
        leaving = (count_quarters, queue_deeds, queue_digests, clear_ended, send_due)
        for deed in (forget_reports, forget_sessions, forget_presence, keep_tombstones, tidy, *leaving):
            self.at(now, deed)

    def at(self, now: datetime, deed: Callable[[datetime], object]) -> None:
        """Do one deed for the whole house; if it fails that is told, and the others are done all the same."""
        try:
            deed(now)
        except Exception as error:
            self.failed[deed.__name__] += 1
            self.stderr.write(f"{deed.__name__}: {type(error).__name__}")

    def each(self, items: Iterable[Item], deed: Callable[[Item], object]) -> None:
        """Do the deed for every item; one that fails is told and does not stop the others."""
        for item in items:
            try:
                deed(item)
            except Refused:
                continue  # Another worker's tick was there first.
            except Exception as error:
                self.failed[deed.__name__] += 1
                self.stderr.write(f"{item}: {type(error).__name__}")
