"""Screen texts from standard input, so that anyone can score what the check page marks."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from questions.safety import clues, cries


def screened(line: str) -> str:
    """The answer to one line of JSON; raises ValueError when the line is no object with a text."""
    asked = json.loads(line)
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str) or "id" not in asked:
        raise ValueError
    spans = [{"type": clue.kind.value, "start": clue.start, "end": clue.end} for clue in clues(asked["text"])]
    return json.dumps({"id": asked["id"], "spans": spans, "help": bool(cries(asked["text"]))})


class Command(BaseCommand):
    help = 'Read JSON lines {"id", "text"} and write {"id", "spans", "help"}. Nothing is kept.'
    requires_system_checks = []  # It touches no database and serves no page.

    def handle(self, *args: Any, **options: Any) -> None:
        failed = False
        # Bytes, because what is piped in is UTF-8 whatever the terminal speaks.
        for number, line in enumerate(sys.stdin.buffer, start=1):
            if not line.strip():
                continue
            try:
                self.stdout.write(screened(line.decode("utf-8-sig")))
                self.stdout.flush()  # Whoever asks line by line is answered line by line.
            except (ValueError, RecursionError):
                failed = True
                self.stderr.write(f'line {number}: not JSON with an "id" and a "text"')
        if failed:
            raise SystemExit(1)
