"""Suggest topics for questions, so that anyone can score what hosts are offered."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from questions.likeness.centroids import FEWEST, Centroids, Labelled
from questions.likeness.meaning import is_installed, meaning_of
from questions.management.json_lines import BadLine, read_lines

WANTED = 'an "id" and a "title" or a "text"'
WANTED_TO_LEARN = f'{WANTED}, and "topics", a list of names'
MOST_SUGGESTED = 3


class Command(BaseCommand):
    help = (
        'Learn from a file of JSON lines {"id", "title", "text", "topics", "primary"}, then read the same without '
        'topics and write {"id", "topics"}: the best three. Nothing is kept.'
    )
    requires_system_checks = []  # It touches no database and serves no page.

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--train", type=Path, required=True, metavar="FILE", help="the lines to learn from")
        parser.add_argument("--language", default="en", help="the language of the texts (en)")

    def handle(self, *args: Any, train: Path, language: str, **options: Any) -> None:
        learnt = Centroids(_examples(_lines_to_learn(train), language))
        if learnt.is_guess:
            self.stderr.write(
                f"{learnt.labelled} lines have topics. Under {FEWEST} there is too little to learn from: "
                "these are the commonest topics."
            )
        failed = False
        for line in read_lines(sys.stdin.buffer, WANTED, _fits):
            if isinstance(line, BadLine):
                failed = True
                self.stderr.write(str(line))
                continue
            title, text = line.get("title") or "", line.get("text") or ""
            topics = learnt.nearest(title, text, language, MOST_SUGGESTED, _place(title, text))
            self.stdout.write(json.dumps({"id": line["id"], "topics": topics}))
            self.stdout.flush()  # Whoever asks line by line is answered line by line.
        if failed:
            raise SystemExit(1)


def _lines_to_learn(train: Path) -> list[dict[str, Any]]:
    try:
        with train.open("rb") as lines:
            read = list(read_lines(lines, WANTED_TO_LEARN, _has_topics, source=f"{train}, "))
    except OSError as error:
        raise CommandError(f"{train}: {error.strerror}") from None
    if bad := [line for line in read if isinstance(line, BadLine)]:
        raise CommandError("\n".join(map(str, bad)))
    return [line for line in read if isinstance(line, dict)]


def _examples(lines: list[dict[str, Any]], language: str) -> Iterator[Labelled[str]]:
    """The lines that have topics. The primary one counts where it is a name among the topics, or the only one."""
    names = {topic for line in lines for topic in line.get("topics") or ()}
    for line in lines:
        topics, primary = line.get("topics") or [], line.get("primary")
        if primary and (primary in names or not topics):
            topics = [*topics, primary]
        if topics:
            text, title = line.get("text") or "", line.get("title") or ""
            yield Labelled(tuple(dict.fromkeys(topics)), text, title, language, place=_place(title, text))


def _place(title: str, text: str) -> Any:
    return meaning_of(f"{title}\n{text}") if is_installed() else None


def _fits(line: dict[str, Any]) -> bool:
    said = [line.get("title"), line.get("text")]
    return any(said) and all(words is None or isinstance(words, str) for words in said)


def _has_topics(line: dict[str, Any]) -> bool:
    topics, primary = line.get("topics") or [], line.get("primary") or ""
    are_names = isinstance(topics, list) and all(isinstance(name, str) for name in [*topics, primary])
    return _fits(line) and are_names
