"""Do what time makes due: open the scripts of aired episodes, and forget what has been kept long enough.

First the words of a question go, and after a while its wordless traces as well.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, TypeVar

from django.core.management.base import BaseCommand
from django.utils import timezone

from questions import throttle
from questions.actions.acting import Refused
from questions.actions.holding import air
from questions.actions.withdraw import erase_traces, forget
from questions.models import Episode, Question, Show

Item = TypeVar("Item", Episode, Question)


class Command(BaseCommand):
    help = "Do what time makes due, item by item. Run it every few minutes; running it twice does nothing twice."

    def handle(self, *args: Any, **options: Any) -> None:
        throttle.forget_ended_windows()
        now, show = timezone.now(), Show.objects.current()
        today = timezone.localdate()
        failed = self.each(Episode.objects.due_to_air(now), air)
        overdue = Question.objects.past_retention(
            unanswered_before=today - timedelta(days=show.keeps_waiting_days),
            closed_before=today - timedelta(days=show.keeps_closed_days),
        )
        failed += self.each(overdue, forget)
        traces = Question.objects.past_traces(gone_before=today - timedelta(days=show.keeps_traces_days))
        failed += self.each(traces, erase_traces)
        if failed:
            raise SystemExit(1)

    def each(self, items: Iterable[Item], deed: Callable[[Item], object]) -> int:
        """Do the deed for every item; one that fails is told and does not stop the others."""
        failed = 0
        for item in items:
            try:
                deed(item)
            except Refused:
                continue  # Another worker's tick was there first.
            except Exception as error:
                failed += 1
                self.stderr.write(f"{item}: {type(error).__name__}")
        return failed
