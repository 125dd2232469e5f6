"""A backup: one sealed file, written while everybody goes on, read through before it counts, deleted when it is old."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from questions import edition, tombstones
from questions.actions.acting import Refused
from questions.keeping import media
from questions.keeping.aside import alone_in, snapshot
from questions.keeping.contents import TAKEN_AWAY, About, Backup, Findings, Part, Writing, look_through
from questions.keeping.releases import applied, tables_at
from questions.keeping.rows import tables_of
from questions.keeping.sealed_file import head_of, sealed_file
from questions.models import Event, Show

NAME = re.compile(r"querent-(\d{4}-\d{2}-\d{2})\.backup")


@dataclass(frozen=True)
class Outcome:
    """What became of a backup: the file, what is in it, which older ones were deleted, and which are not ours to."""

    path: Path
    bytes: int
    findings: Findings
    deleted: list[Path] = field(default_factory=list)
    strange: list[Path] = field(default_factory=list)


def back_up(folder: Path, *, keep: int | None = None) -> Outcome:
    """Write today's backup into `folder`, and delete those that have been kept for `keep` days.

    Without `keep` it is as many days as askers are told; raises Refused for more, where the database is damaged, and
    where what is sealed does not open. The file gets its name when it has been read back and is right; before that
    nothing is deleted. Raises OSError and database errors.
    """
    # Only this column: a backup is made before a new release changes the others, too.
    today, most = timezone.localdate(), Show.objects.only("keeps_traces_days").current().keeps_backups_days
    if keep is not None and not 1 <= keep <= most:
        raise Refused(f"Askers are told that backups are kept for {most} days at most: --keep takes 1 to {most}.")
    expires_on = today + timedelta(days=keep or most)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = folder / ".querent-backup.new"
    with alone_in(folder) as handle:
        try:
            _write(fresh, made_on=today, expires_on=expires_on)
            findings = look_through(Backup(fresh))
            if not findings.has_our_keys:
                raise Refused("Nothing of what is sealed opens with QUERENT_SEALING_KEYS. No backup was made.")
            path = fresh.rename(folder / f"querent-{today}.backup")
        finally:
            fresh.unlink(missing_ok=True)
        os.fsync(handle)
        deleted, strange = _delete_old(folder, before=today - timedelta(days=keep or most))
        os.fsync(handle)
    return Outcome(path, path.stat().st_size, findings, deleted, strange)


def backups_in(folder: Path) -> Iterator[tuple[date, Path]]:
    """The files in a folder that are named as backups are, the oldest first."""
    for path in sorted(folder.iterdir()):
        if found := NAME.fullmatch(path.name):
            with suppress(ValueError):
                yield date.fromisoformat(found[1]), path


def _write(path: Path, *, made_on: date, expires_on: date) -> None:
    # Read before the snapshot is taken, so that of each of these deeds the rows tell as well.
    remembered = set(tombstones.all_of(tombstones.path()))
    with snapshot() as here:
        _refuse_damaged(here)
        migrations = applied()
        remembered |= {stone for event in Event.objects.taking_away().iterator() if (stone := event.tombstone())}
        about = About(
            made_on=made_on, expires_on=expires_on, kind=here.vendor, migrations=[[*each] for each in migrations],
            edition=edition.current(),
        )  # fmt: skip
        with sealed_file(path) as out:
            writing = Writing(out, about)
            writing.begin(Part(TAKEN_AWAY, len(remembered)))
            for stone in sorted(remembered):
                writing.row([str(stone)])
            for table in tables_of(tables_at(migrations)):
                writing.begin(Part(table.name, table.count(), tuple(table.columns), tuple(table.sealed)))
                for row in table.rows():
                    writing.row(row)
            media.write_all(writing)
            writing.end()


def _refuse_damaged(here: BaseDatabaseWrapper) -> None:
    """SQLite can tell whether a file is whole; PostgreSQL's own checks are not for a client to run."""
    if here.vendor != "sqlite":
        return
    with here.cursor() as cursor:
        told = [row[0] for row in cursor.execute("PRAGMA integrity_check").fetchall()]
        strays = cursor.execute("PRAGMA foreign_key_check").fetchall()
    if told != ["ok"]:
        raise Refused(f"The database is damaged, so no backup was made and none was deleted: {told[0]}")
    if strays:
        raise Refused(f"{len(strays)} rows of the database lead nowhere, so no backup was made and none was deleted.")


def _delete_old(folder: Path, *, before: date) -> tuple[list[Path], list[Path]]:
    """Delete the backups of earlier days that this installation wrote; returns them, and those that are of others."""
    old = [path for day, path in backups_in(folder) if day <= before]
    ours = [path for path in old if (head := head_of(path)) and head.is_ours]
    for path in ours:
        path.unlink()
    return ours, [path for path in old if path not in ours]
