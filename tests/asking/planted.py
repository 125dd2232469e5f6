"""Looking for planted words wherever the database keeps anything."""

import re
from pathlib import Path

from django.apps import apps
from django.db import connection

from questions.sealing import SealedTextField

CANARY = "Zeisiggelb"

_SEALED = re.compile(r"gAAAAA[\w=-]{80,}")


def everything_stored() -> list[str]:
    """Every value of every column of every table, as text."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        values = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            values += [str(value) for row in cursor.fetchall() for value in row]
    return values


def sealed_texts() -> set[str]:
    return {value for value in everything_stored() if _SEALED.match(value)}


def everything_unsealed() -> list[str]:
    """Every sealed text of every row, opened."""
    return [
        getattr(row, field.attname)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, SealedTextField)
        for row in model._default_manager.exclude(**{field.attname: None})
    ]


def bytes_on_disk() -> bytes:
    """What stands in the files of an SQLite database, the write-ahead log included."""
    file = Path(connection.settings_dict["NAME"])
    return b"".join(path.read_bytes() for path in (file, Path(f"{file}-wal")) if path.exists())
