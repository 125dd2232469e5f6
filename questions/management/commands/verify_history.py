"""Walk every chain of the history and say which row was altered, which is missing and which chain was cut short.

A row that somebody changed past the actions does not fit its keyed digest, and one that was taken out leaves a gap.
Only a cut tail leaves no trace in the table itself: for that, `--write-heads` notes where each chain ends, day by day,
in a file to be kept elsewhere, and `--heads` compares; a backup is such a file, too. Subjects stand in that file under
a keyed name, so that it tells nobody which questions there were. A question that has been withdrawn or forgotten loses
its traces after a while, and is not missed then.
"""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from questions.keeping.chains import Head, Walk
from questions.keeping.contents import Backup, look_through
from questions.keeping.sealed_file import CannotOpen, head_of
from questions.models import Event, Show


class Command(BaseCommand):
    help = "Find rows of the history that were altered, taken out or cut off; exits with 1 where there are any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--heads", type=Path, metavar="FILE", help="compare with the heads in this file or backup")
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


def _read(path: Path) -> tuple[date, dict[str, Head]]:
    """The day and the heads in a file that `_write` made, or in a backup. Raises CommandError where it is none."""
    try:
        if head_of(path):
            found = look_through(Backup(path))
            return found.about.made_on, found.walk.heads
        first, *lines = path.read_text().splitlines()
        day = date.fromisoformat(json.loads(first)["day"])
        noted = {name: Head(seq, mac, is_gone) for name, seq, mac, is_gone in map(json.loads, lines)}
        if json.loads(first)["chains"] != len(noted):
            raise ValueError("lines are missing")
    except (OSError, ValueError, TypeError, KeyError, CannotOpen) as error:
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
