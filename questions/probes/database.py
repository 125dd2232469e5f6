"""The database: whether it can be reached, fits the code, and keeps what it was told."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import Error, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from questions.probes.finding import Finding, broken, look, well

SECONDS = 2
"""So long a probe waits for a server, or for a file that is locked. Less than this no PostgreSQL can be told."""

# What a driver's message contains, and what that means. The message itself may name users and machines.
_REASONS = (
    ("refused", gettext_lazy("Nobody listens at the place that DATABASE_URL names.")),
    ("password authentication failed", gettext_lazy("It does not accept the user or the password of DATABASE_URL.")),
    ("timeout", gettext_lazy("Its server does not answer in time.")),
    ("timed out", gettext_lazy("Its server does not answer in time.")),
    ("too many", gettext_lazy("Its server accepts no more connections.")),
    ("does not exist", gettext_lazy("Its server knows no such database or user.")),
    ("resolve", gettext_lazy("Nobody knows the host that DATABASE_URL names.")),
    ("translate host", gettext_lazy("Nobody knows the host that DATABASE_URL names.")),
    ("No such file", gettext_lazy("There is no server's socket in the folder that DATABASE_URL names.")),
    ("unable to open", gettext_lazy("There is no such file, or this user may not write in its folder.")),
    ("not a database", gettext_lazy("The file is no database, or is damaged.")),
    ("malformed", gettext_lazy("The file is damaged.")),
    ("locked", gettext_lazy("Another process keeps it locked.")),
    ("readonly", gettext_lazy("This user may not write the file.")),
)

# What deploy/postgresql/quiet.sql sets; a test compares.
QUIET = {
    "log_min_error_statement": "panic",
    "log_min_messages": "fatal",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_duration": "off",
    "log_lock_waits": "off",
    "log_temp_files": "-1",
}
# What keeps a promise through a power cut, and what overwrites forgotten words.
_LASTING_POSTGRESQL = {"fsync": "on", "full_page_writes": "on"}
_LASTING_SQLITE = {"journal_mode": "wal", "synchronous": "2", "secure_delete": "1", "temp_store": "2"}


@contextmanager
def fresh_connection() -> Iterator[BaseDatabaseWrapper]:
    """A connection of its own that waits for no server and no lock longer than SECONDS, and makes no file."""
    fresh = connection.copy()
    options: dict[str, Any] = {**fresh.settings_dict.get("OPTIONS", {})}
    options.pop("pool", None)
    if fresh.vendor == "postgresql":
        # Nothing that has to be said to the server: a pooler in front of it might not know it.
        options |= {"connect_timeout": SECONDS, "tcp_user_timeout": SECONDS * 1000}
    else:
        options["timeout"] = SECONDS
        if "memory" not in str(name := fresh.settings_dict["NAME"]):
            fresh.settings_dict["NAME"] = f"{Path(name).absolute().as_uri()}?mode=rw"
    fresh.settings_dict["OPTIONS"] = options
    try:
        yield fresh
    finally:
        fresh.close()


def is_reachable() -> bool:
    """Whether the database answers within a few seconds."""
    try:
        _knock()
    except Error:
        return False
    return True


def reached(now: datetime) -> Finding:
    try:
        _knock()
        size = database_bytes()
    except Error as error:
        said = str(error)
        reason = next((str(reason) for sign, reason in _REASONS if sign in said), type(error).__name__)
        sentence = _("The database cannot be reached. {reason}").format(reason=reason)
        advice = _(
            "Readers still get what was printed; nobody can ask. Start the database, or correct DATABASE_URL. Without "
            "DATABASE_URL it is a file in QUERENT_HOME, which “manage.py migrate” makes."
        )
        return broken(sentence, advice)
    return well(_("It answers, and takes {size}.").format(size=filesizeformat(size)))


def migrated(now: datetime) -> Finding:
    with fresh_connection() as fresh:
        executor = MigrationExecutor(fresh)
        loader = executor.loader
        missing = len(executor.migration_plan(loader.graph.leaf_nodes()))
        ours_applied = {key for key in loader.applied_migrations if key[0] == "questions"}
        unknown = len(ours_applied - set(loader.disk_migrations))
    if missing:
        sentence = ngettext(
            "{count} migration has not been applied.", "{count} migrations have not been applied.", missing
        )
        return broken(sentence.format(count=missing), _("Run “manage.py migrate”; the shipped unit does so at start."))
    if unknown:
        sentence = _("The database is newer than this code: it has been migrated by a later release.")
        return look(sentence, _("While an update goes on, wait. Else bring the code up to the release that was here."))
    return well(_("Every migration has been applied."))


def version(now: datetime) -> Finding:
    minimum = connection.features.minimum_database_version
    found = connection.get_database_version()
    words = {"name": connection.display_name, "found": _dotted(found), "minimum": _dotted(minimum or ())}
    if minimum and found < minimum:
        sentence = _("{name} {found} is older than {minimum}, which this release needs.").format(**words)
        return broken(sentence, _("Upgrade it before anything else; make a backup first."))
    return well(_("{name} {found}.").format(**words))


def lasting(now: datetime) -> Finding:
    """Whether what was promised survives a power cut, and forgotten words are overwritten."""
    if connection.vendor == "sqlite":
        wrong = [name for name, value in _LASTING_SQLITE.items() if _pragma(name) != value]
        advice = _("Leave DATABASE_URL unset, so that the file is opened as it should be, on a disk of this machine.")
    else:
        wrong = [name for name, value in _LASTING_POSTGRESQL.items() if _shown(name) != value]
        wrong += ["synchronous_commit"] if _shown("synchronous_commit") == "off" else []
        advice = _("Set them on in postgresql.conf: without them a question that was received can be lost.")
    if wrong:
        return broken(_("Not set as they must be: {names}.").format(names=", ".join(wrong)), advice)
    return well(_("What was received survives a power cut."))


def quiet(now: datetime) -> Finding:
    """Whether PostgreSQL's log keeps what the application sends, with the second."""
    if connection.vendor != "postgresql":
        return well(_("A file keeps no log."))
    loud = [name for name, value in QUIET.items() if _shown(name) != value]
    if loud:
        sentence = _("PostgreSQL may log when somebody asked: {names}.").format(names=", ".join(loud))
        return look(sentence, _("Run deploy/postgresql/quiet.sql once as a superuser, then restart Querent."))
    return well(_("Its log does not say when somebody asked."))


def writable(now: datetime) -> Finding:
    """A standby answers all questions and takes no word."""
    if connection.vendor == "postgresql" and _shown("transaction_read_only") == "on":
        return broken(
            _("The database takes nothing new: it is a standby, or set to be read only."), _("Name the primary.")
        )
    return well(_("It can be written."))


def database_bytes() -> int:
    """How much room it takes; of a file, with the log beside it. Raises django.db.Error."""
    if connection.vendor == "postgresql":
        return int(_value("SELECT pg_database_size(current_database())"))
    path = Path(connection.settings_dict["NAME"])
    files = (path, path.with_name(f"{path.name}-wal"))
    return sum(file.stat().st_size for file in files if file.is_file())


def _knock() -> None:
    with fresh_connection() as fresh, fresh.cursor() as cursor:
        cursor.execute("SELECT 1")


def _value(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
        return row[0] if row else None


def _shown(name: str) -> str:
    return str(_value(f"SHOW {name}"))


def _pragma(name: str) -> str:
    return str(_value(f"PRAGMA {name}"))


def _dotted(numbers: tuple[int, ...]) -> str:
    return ".".join(map(str, numbers))
