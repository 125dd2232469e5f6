"""Which release a database belongs to, told by its migrations; and a database of an earlier one, brought up to date."""

from collections.abc import Iterable

from django.apps.registry import Apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from questions.actions.acting import Refused

Migrations = list[tuple[str, str]]


def applied() -> Migrations:
    """The migrations of the default database. Raises Refused where this release does not know them all."""
    loader = MigrationLoader(connection)
    return _known(loader, loader.applied_migrations)


def tables_at(migrations: Iterable[tuple[str, str]]) -> Apps:
    """The models as they were after these migrations. Raises Refused as `applied` does."""
    loader = MigrationLoader(None)
    apps: Apps = loader.project_state(_known(loader, migrations)).apps
    return apps


def make_tables(migrations: Iterable[tuple[str, str]]) -> None:
    """Bring the default database, which is empty, to where these migrations lead."""
    executor = MigrationExecutor(connection)
    wanted, graph = _known(executor.loader, migrations), executor.loader.graph
    followed = {
        parent.key for app, name in wanted for parent in graph.node_map[app, name].parents if parent.key[0] == app
    }
    executor.migrate([each for each in wanted if each not in followed])


def bring_up_to_date() -> None:
    """Bring the default database to this release."""
    call_command("migrate", verbosity=0, interactive=False)


def _known(loader: MigrationLoader, migrations: Iterable[tuple[str, str]]) -> Migrations:
    """The migrations of the apps that are installed, in a fixed order."""
    ours = sorted((app, name) for app, name in migrations if app in loader.migrated_apps)
    if strange := [f"{app}.{name}" for app, name in ours if (app, name) not in loader.graph.nodes]:
        raise Refused(f"This is of a newer release, with {strange[-1]}. Update Querent first.")
    return ours
