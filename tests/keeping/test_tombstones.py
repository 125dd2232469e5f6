"""What was taken away is remembered outside the database, without telling what, when or in which order."""

import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from questions import tombstones
from questions.actions.acting import acting
from questions.actions.consent import object_to_airing
from questions.actions.keep import keep
from questions.actions.people import appoint
from questions.actions.withdraw import withdraw
from questions.lifecycle import TAKES_AWAY, Role
from questions.models import Event, Question, Show
from questions.tombstones import Tombstone, name_of
from tests import cast, factories

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = timezone.localdate()


def remembered() -> list[Tombstone]:
    return tombstones.all_of(tombstones.path())


def test_a_deed_that_takes_something_away_is_remembered_and_others_are_not(home: Path) -> None:
    question = factories.asked()
    keep(question, by=acting(cast.tomas()), seen=question.version)
    assert remembered() == []
    withdraw(question)
    event = Event.objects.of(question.ref).last()
    assert event
    assert remembered() == [Tombstone(TODAY, "withdraw", name_of(question.ref), event.mac[:32])]


def test_of_somebody_s_role_it_is_remembered_which_one(home: Path) -> None:
    appoint(cast.tomas(), role=Role.VIEWER, by=acting(cast.noor()))
    assert [(stone.verb, stone.name) for stone in remembered()] == [("appoint:viewer", name_of(cast.tomas().ref))]


def test_a_deed_that_is_rolled_back_is_not_remembered(home: Path) -> None:
    question = factories.asked()
    with transaction.atomic():
        withdraw(question)
        transaction.set_rollback(True)
    assert remembered() == []


def test_a_deed_stands_whatever_becomes_of_the_file(home: Path) -> None:
    question = factories.asked()
    (home / "taken-away").mkdir()
    withdraw(question)
    assert Question.objects.get().is_gone


def test_the_file_tells_no_name_no_time_and_no_order(home: Path) -> None:
    questions = [factories.asked(f"Number {number}?") for number in range(6)]
    for question in questions:
        (withdraw if question.number % 2 else object_to_airing)(question)
    lines = (home / "taken-away").read_text().splitlines()
    assert lines == sorted(lines)
    assert [ref for question in questions for ref in (question.ref.hex, str(question.ref)) if ref in str(lines)] == []
    facts = (home / "taken-away").stat()
    assert datetime.fromtimestamp(facts.st_mtime, UTC).timetz().replace(tzinfo=None).isoformat() == "00:00:00"
    assert stat.S_IMODE(facts.st_mode) == 0o600


def test_names_cannot_be_made_without_the_key_of_the_history(settings: Settings) -> None:
    ref = factories.asked().ref
    name = name_of(ref)
    settings.HISTORY_KEY = "another key, for this one line only"
    assert name_of(ref) != name


def test_what_another_machine_has_done_is_remembered_here_with_the_next_tick(home: Path) -> None:
    question = factories.asked()
    withdraw(question)
    known = remembered()
    (home / "taken-away").unlink()
    call_command("tick")
    assert remembered() == known


def test_they_go_when_traces_go(home: Path) -> None:
    Show.objects.create(keeps_traces_days=10)
    name = name_of(factories.asked().ref)
    older, last = (Tombstone(TODAY - timedelta(days=days), "withdraw", name, "0" * 32) for days in (11, 10))
    tombstones.add([older, last])
    call_command("tick")
    assert remembered() == [last]


def test_none_is_lost_when_many_are_written_at_once(home: Path) -> None:
    program = (
        "import django, sys, datetime; django.setup()\n"
        "from questions.tombstones import Tombstone, add\n"
        "for number in range(30):\n"
        "    add([Tombstone(datetime.date(2026, 1, 1), 'withdraw', sys.argv[1], str(number))])\n"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "QUERENT_HOME": str(home)}
    command = [sys.executable, "-c", program]
    writers = [subprocess.Popen([*command, f"writer-{number}"], env=environment) for number in range(3)]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    assert len(remembered()) == 90


@pytest.mark.parametrize("line", ["", "x", "2026-13-01 withdraw a b", "2026-01-01 withdraw a", "a b c d"])
def test_what_is_no_tombstone_is_no_list(line: str, tmp_path: Path) -> None:
    (tmp_path / "list").write_text(f"{line}\n")
    with pytest.raises(ValueError, match=r"\w"):
        tombstones.all_of(tmp_path / "list")


def test_every_verb_that_takes_away_is_tried_by_the_restore(home: Path) -> None:
    """When a verb is added there, it belongs into that test."""
    tried = Path(__file__).with_name("test_restore_forgets_again.py").read_text()
    deeds = {
        "withdraw": "withdraw(", "forget": "forget(", "amend": "amend(", "object": "object_to_airing(",
        "ask_change": "ask_for_change(", "unschedule": "unschedule(", "hold": "withdraw(questions[\"taken-back\"])",
        "correct": "correct(", "retract": "retract(", "offboard": "offboard(", "appoint": "appoint(cast.ines()",
        "revoke": "revoke(",
    }  # fmt: skip
    assert set(deeds) == set(TAKES_AWAY)
    assert [call for call in deeds.values() if call not in tried] == []
