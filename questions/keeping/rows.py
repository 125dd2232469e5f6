"""Rows as lines of JSON, the same from either kind of database, and back again.

What is sealed is read and written as it stands: nothing is opened on the way.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from questions.sealing import Sealed, SealedTextField

LEFT_OUT = frozenset({"django_session", "questions_signin", "questions_presence"})
"""Tables of what lasts a day, or until somebody signs in again: nobody needs it back, and no thief should have it."""

_AT_ONCE = 500
# The history is checked chain by chain as it is read back.
_ORDER = {"questions_event": ("subject", "seq")}


@dataclass(frozen=True)
class Table:
    """One table, as the state of the migrations knows it."""

    model: type[models.Model]

    @property
    def name(self) -> str:
        return str(self.model._meta.db_table)

    @property
    def fields(self) -> list["models.Field[Any, Any]"]:
        return list(self.model._meta.concrete_fields)

    @property
    def columns(self) -> list[str]:
        return [str(field.column) for field in self.fields]

    @property
    def sealed(self) -> list[str]:
        """The columns whose cells open at a place of their own."""
        return [str(field.column) for field in self.fields if isinstance(field, SealedTextField)]

    def count(self) -> int:
        return self.model._base_manager.count()

    def rows(self) -> Iterator[list[Any]]:
        """Every row, as what JSON holds, in the order of `columns`."""
        named = [field.attname for field in self.fields]
        found = self.model._base_manager.order_by(*_ORDER.get(self.name, ("pk",))).values_list(*named)
        for row in found.iterator(chunk_size=_AT_ONCE):
            yield [_told(value) for value in row]

    def load(self, rows: Iterable[list[Any]], columns: Sequence[str], connection: BaseDatabaseWrapper) -> None:
        """Write rows as they were read, past everything that would change them. Raises database errors."""
        quoted, fields = connection.ops.quote_name, {field.column: field for field in self.fields}
        kept = [fields[column] for column in columns]
        names, places = ", ".join(map(quoted, columns)), ", ".join(["%s"] * len(columns))
        statement = f"INSERT INTO {quoted(self.name)} ({names}) VALUES ({places})"  # noqa: S608 (names of columns)
        with connection.cursor() as cursor:
            for some in _in_batches(rows):
                cursor.executemany(statement, [self._stored(row, kept, connection) for row in some])

    def _stored(
        self, row: list[Any], fields: list["models.Field[Any, Any]"], connection: BaseDatabaseWrapper
    ) -> list[Any]:
        cells = zip(fields, row, strict=True)
        return [field.get_db_prep_save(_value(field, cell), connection=connection) for field, cell in cells]


def tables_of(apps: Apps) -> list[Table]:
    """Every table that a backup holds, by name."""
    found = [Table(model) for model in apps.get_models(include_auto_created=True) if _is_stored(model)]
    return sorted((table for table in found if table.name not in LEFT_OUT), key=lambda table: table.name)


def empty(tables: Sequence[Table], connection: BaseDatabaseWrapper) -> None:
    """Delete what migrations have put into new tables. Call it inside a transaction: what refers to it goes as well."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table.name)}")  # noqa: S608 (names of tables)


def count_on(tables: Sequence[Table], connection: BaseDatabaseWrapper) -> None:
    """Let the next row of each table get a number after all others."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables]):
            cursor.execute(statement)


def _is_stored(model: type[models.Model]) -> bool:
    return model._meta.managed and not model._meta.proxy and not model._meta.swapped


def _in_batches(rows: Iterable[list[Any]]) -> Iterator[list[list[Any]]]:
    some: list[list[Any]] = []
    for row in rows:
        some.append(row)
        if len(some) == _AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _told(value: Any) -> Any:
    """A value as JSON holds it. Of a time every microsecond stays: the history is chained with them."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _value(field: "models.Field[Any, Any]", cell: Any) -> Any:
    """The other way round."""
    if cell is None or isinstance(field, models.JSONField):
        return cell
    return Sealed(cell) if isinstance(field, SealedTextField) else field.to_python(cell)
