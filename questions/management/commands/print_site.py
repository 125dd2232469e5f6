"""Write the whole public site as files that any host of static sites can serve."""

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from questions.reading.as_files import NotWhole, asked_by_nobody, files

MARK = ".printed-site"
"""The file by which the command knows a folder as its own."""


class Command(BaseCommand):
    help = (
        "Write every public page, feed, book and sheet into DIR, in place of what an earlier run has left there. "
        "Search, asking and the desk need the living site: links to them lead there."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument("--asking-at", default=settings.SITE_ADDRESS, help="where the living site is")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"].absolute()
        if folder.exists() and not (folder / MARK).exists() and any(folder.iterdir()):
            raise CommandError(f"{folder} holds something that this command did not write. Choose another folder.")
        if not (Path(settings.STATIC_ROOT) / "css").is_dir():
            raise CommandError("Run collectstatic first: the pages need their sheets.")
        fresh, former = folder.with_name(f"{folder.name}.new"), folder.with_name(f"{folder.name}.old")
        for leftover in (fresh, former):
            shutil.rmtree(leftover, ignore_errors=True)
        try:
            count = self.write(fresh, options["asking_at"].rstrip("/"))
        except NotWhole as broken:
            raise CommandError(f"{broken} could not be made, so nothing was changed.") from broken
        if folder.exists():
            folder.rename(former)
        fresh.rename(folder)
        shutil.rmtree(former, ignore_errors=True)
        self.stdout.write(
            f"{count} files are in {folder}. Left out are search, asking, receipts and the desk: "
            f"links to them lead to {options['asking_at']}."
        )

    def write(self, fresh: Path, living: str) -> int:
        """Put everything into an empty folder; returns how many files."""
        fresh.mkdir(parents=True)
        (fresh / MARK).touch()
        shutil.copytree(settings.STATIC_ROOT, fresh / settings.STATIC_URL.strip("/"), ignore=_hidden)
        for place, body in files(asked_by_nobody(WSGIHandler()), living, timezone.now()):
            path = fresh / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        return sum(path.is_file() for path in fresh.rglob("*")) - 1


def _hidden(_folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name.startswith(".")}
