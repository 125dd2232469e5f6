"""Each tick leaves a note: when it was, how long it took, and how many items of which deed have failed."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import Error
from pytest_django.fixtures import Settings

from questions.models import Question
from questions.probes.notes import last_tick
from tests import factories
from tests.outage import no_database

NOON = datetime(2030, 3, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def tick() -> str:
    """What a tick at noon says of what went wrong."""
    out = StringIO()
    with factories.the_time(NOON):
        call_command("tick", stderr=out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_tick_that_went_well() -> None:
    assert tick() == ""
    note = last_tick()
    assert note
    assert (note.at, note.failed) == (NOON, {})
    assert 0 <= note.seconds < 60


@pytest.mark.django_db
def test_what_failed_is_noted_by_the_deed_and_not_by_the_item(home: Path) -> None:
    def forget(row: Question) -> None:
        raise RuntimeError("its words")

    with factories.the_time(NOON - timedelta(days=999)):
        factories.asked("One?")
        factories.asked("Other?")
    with mock.patch("questions.management.commands.tick.forget", forget), pytest.raises(SystemExit):
        tick()
    note = last_tick()
    assert note
    assert note.failed == {"forget": 2}
    assert "words" not in (home / "last-tick.json").read_text()


@pytest.mark.django_db(transaction=True)
def test_a_tick_without_a_database_is_noted_too(tmp_path: Path) -> None:
    with no_database(tmp_path), pytest.raises(Error):
        tick()
    note = last_tick()
    assert note
    assert note.failed == {"everything": 1}


@pytest.mark.django_db
def test_where_no_note_can_be_left_what_is_due_is_done_all_the_same(settings: Settings, home: Path) -> None:
    (home / "last-tick.json").mkdir()
    assert tick() == "last tick: IsADirectoryError\n"
    assert last_tick() is None
