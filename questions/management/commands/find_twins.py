"""Find what is alike among texts, so that anyone can score what hosts are shown as asked before."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from questions.likeness.meaning import Meanings, is_installed
from questions.management.json_lines import BadLine, read_lines
from questions.search.memory import Memory, Said

WANTED = 'an "id" and a "text"'
MOST_RANKED = 50


class Among:
    """The texts of a file, by their place in it."""

    def __init__(self, lines: list[dict[str, Any]], language: str) -> None:
        self._lines = lines
        self._language = language
        self._memory = Memory()
        said = {number: Said(line["text"], language=language) for number, line in enumerate(lines)}
        self._memory.change(said.items())
        self._meanings = Meanings() if is_installed() else None
        if self._meanings:
            self._meanings.place(said)

    def ranked(self, asked: dict[str, Any]) -> list[Any]:
        """The ids of what is like a line, the likest first. A line that is in the file itself is no twin of its own."""
        found = self._memory.like(asked["text"], self._language, MOST_RANKED + 1)
        if self._meanings:
            found = self._meanings.ranked(asked["text"], found, MOST_RANKED + 1)
        lines = [self._lines[number] for number, _likeness in found]
        return [line["id"] for line in lines if (line["id"], line["text"]) != (asked["id"], asked["text"])][
            :MOST_RANKED
        ]


class Command(BaseCommand):
    help = (
        'Read JSON lines {"id", "text"} and write {"id", "ranked"}: the ids of the likest texts of a file of such '
        "lines, the likest first. Nothing is kept."
    )
    requires_system_checks = []  # It touches no database and serves no page.

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--among", type=Path, required=True, metavar="FILE", help="the texts to look among")
        parser.add_argument("--language", default="en", help="the language of the texts (en)")

    def handle(self, *args: Any, among: Path, language: str, **options: Any) -> None:
        try:
            with among.open("rb") as lines:
                read = list(read_lines(lines, WANTED, _fits, source=f"{among}, "))
        except OSError as error:
            raise CommandError(f"{among}: {error.strerror}") from None
        if bad := [line for line in read if isinstance(line, BadLine)]:
            raise CommandError("\n".join(map(str, bad)))
        texts = Among([line for line in read if isinstance(line, dict)], language)
        failed = False
        for line in read_lines(sys.stdin.buffer, WANTED, _fits):
            if isinstance(line, BadLine):
                failed = True
                self.stderr.write(str(line))
                continue
            self.stdout.write(json.dumps({"id": line["id"], "ranked": texts.ranked(line)}))
            self.stdout.flush()  # Whoever asks line by line is answered line by line.
        if failed:
            raise SystemExit(1)


def _fits(line: dict[str, Any]) -> bool:
    return isinstance(line.get("text"), str)
