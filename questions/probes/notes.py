"""Small files in QUERENT_HOME by which one process tells all others how a thing went."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

_TICK, _BACKUP = "last-tick.json", "last-backup.json"


@dataclass(frozen=True)
class Tick:
    """When the clock ticked last, for how many seconds, and how many items of which deed have failed."""

    at: datetime
    seconds: float
    failed: dict[str, int]


@dataclass(frozen=True)
class Backup:
    """The last backup: when, under which name, how many bytes, and whether it went well."""

    at: datetime
    file: str
    size: int
    is_good: bool


def note_tick(tick: Tick) -> None:
    """Raises OSError where it cannot be written down."""
    _write(_TICK, {"at": tick.at.isoformat(), "seconds": round(tick.seconds, 3), "failed": tick.failed})


def note_backup(backup: Backup) -> None:
    """Raises OSError where it cannot be written down."""
    said = {"at": backup.at.isoformat(), "file": backup.file, "bytes": backup.size, "ok": backup.is_good}
    _write(_BACKUP, said)


def last_tick() -> Tick | None:
    """The last tick on this machine; None where none was noted, or not legibly."""
    said = _read(_TICK)
    try:
        failed = {str(deed): int(count) for deed, count in said["failed"].items()}
        return Tick(_moment(said["at"]), float(said["seconds"]), failed)
    except (KeyError, ValueError, TypeError, AttributeError):
        return None


def last_backup() -> Backup | None:
    """What “manage.py backup” has noted, or the newest file in QUERENT_BACKUPS if that is newer; None without either.

    Raises OSError where that folder cannot be read.
    """
    return max(filter(None, (_noted_backup(), _newest_backup())), key=lambda backup: backup.at, default=None)


def _noted_backup() -> Backup | None:
    said = _read(_BACKUP)
    try:
        return Backup(_moment(said["at"]), Path(str(said["file"])).name, int(said["bytes"]), said["ok"] is True)
    except (KeyError, ValueError, TypeError):
        return None


def _newest_backup() -> Backup | None:
    """A folder of backups may be filled by other means."""
    if not settings.BACKUPS:
        return None
    found = [(path.stat(), path.name) for path in Path(settings.BACKUPS).iterdir() if path.is_file()]
    if not found:
        return None
    facts, name = max(found, key=lambda each: each[0].st_mtime)
    return Backup(datetime.fromtimestamp(facts.st_mtime, UTC), name, facts.st_size, facts.st_size > 0)


def _write(name: str, said: dict[str, Any]) -> None:
    path = Path(settings.HOME) / name
    # Several workers tick, perhaps at once.
    fresh = path.with_name(f"{name}.{os.getpid()}")
    fresh.write_text(json.dumps(said))
    fresh.replace(path)


def _read(name: str) -> dict[str, Any]:
    try:
        said = json.loads((Path(settings.HOME) / name).read_text())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _moment(said: str) -> datetime:
    moment = datetime.fromisoformat(said)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
