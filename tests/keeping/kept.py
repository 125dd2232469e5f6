"""Backups of the tests: what an operator types, and what every table holds afterwards."""

import io
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command
from django.db import connection

ASIDE_FROM = {"django_migrations", "sqlite_sequence", "django_session", "questions_signin", "questions_presence"}
"""What a backup does not bring back row by row."""


def backed_up(folder: Path, *options: object) -> Path:
    """Today's backup, written without a word of warning."""
    before = set(folder.glob("*.backup"))
    code, _told, warned = typed("backup", folder, *options)
    assert (code, warned) == (0, "")
    (path,) = set(folder.glob("*.backup")) - before
    return path


def restored(path: Path, *options: object) -> str:
    """What a restore that goes well prints."""
    code, told, warned = typed("restore", path, "--replace", *options)
    assert (code, warned) == (0, ""), warned
    return told


def typed(*command: object) -> tuple[int, str, str]:
    """The exit code of a command, what it printed, and what it said went wrong."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(*map(str, command), stdout=out, stderr=err)
    except CommandError as refused:
        return 1, out.getvalue(), err.getvalue() + str(refused)
    return 0, out.getvalue(), err.getvalue()


def refusal_of(*command: object) -> str:
    code, _told, sentence = typed(*command)
    assert code == 1
    return sentence


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as the database itself holds it."""
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(set(connection.introspection.table_names(cursor)) - ASIDE_FROM):
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')  # noqa: S608
            found[table] = cursor.fetchall()
        return found


def differing(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    assert before.keys() == after.keys()
    return {table for table in before if before[table] != after[table]}
