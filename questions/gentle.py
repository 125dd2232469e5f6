"""Operations of migrations that keep no table shut while everybody goes on; docs/recipes.md says when.

PostgreSQL can make an index and check old rows beside those who write; on SQLite they are the usual operations. A
migration with `AddIndexBeside` says `atomic = False`, since PostgreSQL does that in no transaction.
"""

from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently, ValidateConstraint
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddIndex
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class AddIndexBeside(AddIndexConcurrently):
    """An index that is made while others write."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        way = AddIndexConcurrently if schema_editor.connection.vendor == "postgresql" else AddIndex
        way.database_forwards(self, app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        way = AddIndexConcurrently if schema_editor.connection.vendor == "postgresql" else AddIndex
        way.database_backwards(self, app_label, schema_editor, from_state, to_state)


class AddConstraintForNewRows(AddConstraintNotValid):
    """A check that holds for what is written from now on; `CheckOldRows`, in a later migration, looks at the rest."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        way = AddConstraintNotValid if schema_editor.connection.vendor == "postgresql" else AddConstraint
        way.database_forwards(self, app_label, schema_editor, from_state, to_state)


class CheckOldRows(ValidateConstraint):
    """What `AddConstraintForNewRows` left out. SQLite has looked at all rows by then."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)


GENTLE: tuple[type[Operation], ...] = (AddIndexBeside, AddConstraintForNewRows, CheckOldRows)
