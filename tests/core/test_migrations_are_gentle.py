"""A migration lets the release before it go on, and keeps no table that grows shut for as long as it is long.

Servers are updated one after the other, so for a while the older release reads and writes the newer tables: whatever it
names has to be there still, and whatever it leaves out has to be filled in by the database. What is said of locks is
PostgreSQL's manual on ALTER TABLE and CREATE INDEX; SQLite has one writer, who waits up to twenty seconds for anything.
"""

from collections.abc import Iterator

import pytest
from django.db import connection, models
from django.db.migrations import AddField, AddIndex, Migration, RemoveField, RunPython
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddConstraint, AlterField, CreateModel, DeleteModel, RenameField, RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from questions.gentle import GENTLE, AddConstraintForNewRows, AddIndexBeside, CheckOldRows

STAY_SMALL = {"show", "edition", "crisisline", "topic", "season", "person", "host", "webhook", "savedview", "episode"}
"""Tables of hundreds or thousands of rows even in a large show."""

BEFORE_THE_FIRST_RELEASE = "0009_going_back"
"""No release went out before the tables of this migration, so nothing older can be running."""


def complaints(migration: Migration, before: ProjectState) -> list[str]:
    """What in this migration would stop the release before it, or everybody for as long as a table is long."""
    state = before.clone()
    found: list[str] = []
    made_here: set[str] = set()
    for operation in migration.operations:
        found += _of(operation, state, made_here, migration.atomic)
        if isinstance(operation, CreateModel):
            made_here.add(operation.name_lower)
        operation.state_forwards("questions", state)
    return found


def _of(operation: Operation, state: ProjectState, made_here: set[str], is_atomic: bool) -> Iterator[str]:
    table = str(getattr(operation, "model_name_lower", getattr(operation, "name_lower", "")))
    if table in made_here or isinstance(operation, GENTLE):
        return
    grows = table not in STAY_SMALL
    match operation:
        case RemoveField() | RenameField() | DeleteModel():
            yield f"{operation.describe()}: the release before names it still. Take it away one release later"
        case AddField(field=field) if not _is_filled_in(field):
            yield f"{operation.describe()}: the release before leaves it out. Give it null or db_default"
        case AlterField(name=name, field=field):
            yield from (f"{operation.describe()}: {why}" for why in _altered(state, table, name, field))
        case AddIndex() if grows:
            yield f"{operation.describe()}: nobody writes while it is made. AddIndexBeside"
        case AddConstraint() if grows:
            yield f"{operation.describe()}: nobody reads while it is checked. AddConstraintForNewRows first"
        case RunPython() | RunSQL() if is_atomic:
            yield f"{operation.describe()}: what it touches stays locked to its end. atomic = False, and in small steps"


def _is_filled_in(field: models.Field) -> bool:
    return field.null or field.has_db_default() or field.many_to_many is True


def _altered(state: ProjectState, table: str, name: str, field: models.Field) -> Iterator[str]:
    """What the other form of a column takes away from who knows the former one."""
    former = state.models["questions", table].fields[name]
    if former.db_parameters(connection)["type"] != field.db_parameters(connection)["type"]:
        yield "another type, for which the table is written anew"
    if former.null and not field.null:
        yield "no longer null, which the release before may write"
    if former.has_db_default() and not field.has_db_default():
        yield "no longer filled in by the database"
    if field.unique and not former.unique:
        yield "unique now, for which an index is made while nobody writes"


def ours() -> list[Migration]:
    """The migrations of the questions app, in order."""
    loader = MigrationLoader(None)
    ((leaf),) = loader.graph.leaf_nodes("questions")
    return [loader.graph.nodes[key] for key in loader.graph.forwards_plan(leaf) if key[0] == "questions"]


def test_every_migration_since_the_first_release_is_gentle() -> None:
    loader = MigrationLoader(None)
    found = {}
    for migration in ours():
        if migration.name > BEFORE_THE_FIRST_RELEASE:
            (parent,) = [each for each in migration.dependencies if each[0] == "questions"]
            found[migration.name] = complaints(migration, loader.project_state(parent))
    assert {name: said for name, said in found.items() if said} == {}


TEXT = models.TextField()
ROUGH = {
    "removes a column": RemoveField("question", "silence_means_yes"),
    "renames a column": RenameField("question", "silence_means_yes", "silence"),
    "takes a table away": DeleteModel("Mention"),
    "a column that must be given": AddField("question", "mood", models.TextField(default="calm")),
    "a column of another type": AlterField("question", "rank", models.TextField(db_default="0")),
    "a column that must not be empty": AlterField("question", "waited_unopened", models.PositiveSmallIntegerField()),
    "an index": AddIndex("question", models.Index(fields=["rank"], name="rough")),
    "a constraint": AddConstraint("event", models.CheckConstraint(condition=models.Q(pk__gt=0), name="rough")),
    "a walk through the rows": RunPython(RunPython.noop),
}
SMOOTH = {
    "a column that may be empty": AddField("question", "mood", models.TextField(null=True)),
    "a column with a value": AddField("question", "mood", models.TextField(db_default="calm")),
    "a table": CreateModel("Mood", [("id", models.BigAutoField(primary_key=True)), ("words", TEXT)]),
    "an index beside": AddIndexBeside("question", models.Index(fields=["rank"], name="smooth")),
    "an index on what stays small": AddIndex("episode", models.Index(fields=["slug"], name="smooth")),
    "a constraint for later": AddConstraintForNewRows(
        "event", models.CheckConstraint(condition=models.Q(pk__gt=0), name="smooth")
    ),
}


def said_of(*operations: Operation) -> list[str]:
    made = type("Made", (Migration,), {"operations": list(operations)})
    migration = made("9999_of_this_test", "questions")
    return complaints(migration, MigrationLoader(None).project_state(("questions", ours()[-1].name)))


@pytest.mark.parametrize("operation", ROUGH.values(), ids=ROUGH)
def test_what_is_rough_is_found(operation: Operation) -> None:
    assert len(said_of(operation)) == 1


@pytest.mark.parametrize("operation", SMOOTH.values(), ids=SMOOTH)
def test_what_is_gentle_passes(operation: Operation) -> None:
    assert said_of(operation) == []


def test_whatever_is_done_to_a_table_of_the_same_migration_is_gentle() -> None:
    made = CreateModel("Mood", [("id", models.BigAutoField(primary_key=True)), ("words", TEXT)])
    assert said_of(made, AddIndex("mood", models.Index(fields=["words"], name="at_once"))) == []


@pytest.mark.django_db(transaction=True)
def test_gentle_operations_work_on_either_database() -> None:
    before = MigrationLoader(None).project_state(("questions", ours()[-1].name))
    check = models.CheckConstraint(condition=models.Q(pk__gt=0), name="of_this_test")
    index = models.Index(fields=["rank"], name="of_this_test_too")
    steps: list[Operation] = [
        AddIndexBeside("question", index),
        AddConstraintForNewRows("event", check),
        CheckOldRows("event", "of_this_test"),
    ]
    for operation in steps:
        after = before.clone()
        operation.state_forwards("questions", after)
        with connection.schema_editor(atomic=False) as editor:
            operation.database_forwards("questions", editor, before, after)
        before = after
    with connection.cursor() as cursor:
        made = connection.introspection.get_constraints(cursor, "questions_question")
        checked = connection.introspection.get_constraints(cursor, "questions_event")
    assert (made["of_this_test_too"]["index"], checked["of_this_test"]["check"]) == (True, True)
    with connection.schema_editor() as editor:
        editor.remove_constraint(before.apps.get_model("questions", "event"), check)
        editor.remove_index(before.apps.get_model("questions", "question"), index)
