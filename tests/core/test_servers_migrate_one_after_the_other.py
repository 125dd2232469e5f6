"""Servers that start at once, or beside somebody who uses a table, all find the database up to date in the end."""

import threading
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.utils import OperationalError
from pytest_django.fixtures import Settings

from questions.management.commands import migrate_if_reachable
from questions.management.commands.migrate_if_reachable import one_at_a_time
from tests.outage import no_database

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path


def test_only_one_migrates_at_a_time() -> None:
    inside, most, lock = 0, 0, threading.Lock()

    def migrates() -> None:
        nonlocal inside, most
        with one_at_a_time(connections["default"]):
            with lock:
                inside += 1
                most = max(most, inside)
            time.sleep(0.1)
            with lock:
                inside -= 1
        connections.close_all()

    servers = [threading.Thread(target=migrates) for _server in range(4)]
    for server in servers:
        server.start()
    for server in servers:
        server.join()
    assert (inside, most) == (0, 1)


def test_a_table_in_use_is_waited_for_and_nobody_waits_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer, and readers wait for nobody")
    monkeypatch.setattr(migrate_if_reachable, "LONGEST_WAIT", 1)
    tries: list[float] = []

    def alters(command: object, *args: object, **options: object) -> None:
        tries.append(time.monotonic())
        with connections["default"].cursor() as cursor:
            cursor.execute("LOCK TABLE questions_question IN ACCESS EXCLUSIVE MODE")

    monkeypatch.setattr(migrate_if_reachable.migrate.Command, "handle", transaction.atomic(alters))

    def starts() -> None:
        call_command("migrate_if_reachable", verbosity=0)
        connections.close_all()

    server = threading.Thread(target=starts)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM questions_question")
        server.start()
        until = time.monotonic() + 30
        while len(tries) < 2 and time.monotonic() < until:
            time.sleep(0.05)
    server.join(30)
    assert len(tries) >= 2
    assert tries[1] - tries[0] > 1


def test_what_goes_wrong_otherwise_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(command: object, *args: object, **options: object) -> None:
        raise OperationalError("disk full")

    monkeypatch.setattr(migrate_if_reachable.migrate.Command, "handle", fails)
    with pytest.raises(OperationalError, match="disk full"):
        call_command("migrate_if_reachable", verbosity=0)


def test_without_a_database_the_server_starts_all_the_same(tmp_path: Path) -> None:
    told, warned = StringIO(), StringIO()
    with no_database(tmp_path):
        call_command("migrate_if_reachable", verbosity=0, stdout=told, stderr=warned)
    # A file that is not there is made, as on every first start.
    sentences = {"sqlite": "", "postgresql": "The database cannot be reached, and was not migrated: OperationalError\n"}
    assert warned.getvalue() == sentences[connection.vendor]
