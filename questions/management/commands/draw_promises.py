"""Print the table of promises.py as Markdown, for docs/privacy.md."""

from typing import Any

from django.core.management.base import BaseCommand

from questions.models import Show
from questions.promises import PROMISES


def drawn() -> str:
    """One Markdown table: what is promised, for how long by the days of a new show, and which test proves it."""
    show = Show()
    lines = ["| promise | for how long | proved by |", "| --- | --- | --- |"]
    lines += [
        f"| {promise.sentence(show)} | {promise.period(show)} | {f'`{promise.proof}`' if promise.proof else ''} |"
        for promise in PROMISES
    ]
    return "\n".join(lines)


class Command(BaseCommand):
    help = "Print the table of what is promised and which test proves it, for docs/privacy.md."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(drawn())
