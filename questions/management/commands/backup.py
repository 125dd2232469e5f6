"""Write today's backup of the show, and delete the old ones."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from questions.actions.acting import Refused
from questions.keeping.backup import Outcome, back_up
from questions.probes.notes import Backup, note_backup


class Command(BaseCommand):
    help = (
        "Write a sealed backup of the show into a folder, read it back, and delete those that are older than askers "
        "are told. The server may go on. Exits with 1 where no backup was made, or where something about it is wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="where backups lie; it is made if it is not there")
        parser.add_argument(
            "--keep", type=int, metavar="DAYS", help="delete earlier than QUERENT_BACKUP_DAYS, which askers are told"
        )

    def handle(self, *args: Any, folder: Path, keep: int | None, **options: Any) -> None:
        try:
            done = back_up(folder, keep=keep)
        except (Refused, OSError, DatabaseError) as error:
            self.note(Backup(timezone.now(), "", 0, is_good=False))
            raise CommandError(_sentence(error, folder)) from error
        faults = _faults(done)
        self.note(Backup(timezone.now(), done.path.name, done.bytes, is_good=not faults))
        self.tell(done)
        if faults:
            raise CommandError("\n".join(faults))

    def note(self, backup: Backup) -> None:
        """Tell the desk and the doctor. Where it cannot be written down, the backup is there all the same."""
        try:
            note_backup(backup)
        except OSError as error:
            self.stderr.write(f"last backup: {type(error).__name__}")

    def tell(self, done: Outcome) -> None:
        found = done.findings
        self.stdout.write(
            f"{done.path}: {done.bytes / 1e6:.1f} MB, {found.rows.total()} rows of {len(found.rows)} tables, "
            f"{len(found.files)} files, {found.sealed} sealed texts opened, {found.walk.events} deeds in "
            f"{len(found.walk.heads)} chains, {len(found.tombstones)} taken away. Head: {found.walk.digest()}"
        )
        self.stdout.write(f"Kept until {found.about.expires_on}; {len(done.deleted)} older deleted.")
        for path in done.strange:
            self.stdout.write(f"{path} is old, but was not written here, so it was not deleted.")


def _sentence(error: Exception, folder: Path) -> str:
    """Why there is no backup."""
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, OSError):
        return f"No backup was made: {error.strerror or error}: {error.filename or folder}"
    return f"No backup was made: the database says {type(error).__name__}."


def _faults(done: Outcome) -> list[str]:
    found, faults = done.findings, []
    if found.unreadable:
        faults.append(f"{found.unreadable} of {found.sealed} sealed texts do not open with QUERENT_SEALING_KEYS.")
    if found.walk.faults:
        faults += ["The history is not as it was written (manage.py verify_history):", *found.walk.faults[:10]]
    return faults
