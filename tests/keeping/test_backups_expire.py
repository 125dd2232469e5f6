"""Backups are kept as long as askers are told, and never longer."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from questions.models import Show
from questions.promises import PROMISES
from tests import factories
from tests.keeping.kept import backed_up, refusal_of, typed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]

TODAY = timezone.localdate()


def days_ago(folder: Path, days: int) -> Path:
    """A backup of this show, as it was named so many days ago."""
    path = backed_up(folder)
    return path.rename(folder / f"querent-{TODAY - timedelta(days=days)}.backup")


def test_a_backup_is_deleted_when_its_days_are_over(tmp_path: Path) -> None:
    factories.asked()
    old, last_day, young = days_ago(tmp_path, 31), days_ago(tmp_path, 30), days_ago(tmp_path, 29)
    fresh = backed_up(tmp_path)
    assert sorted(tmp_path.iterdir()) == [young, fresh]
    assert not old.exists()
    assert not last_day.exists()


def test_it_may_be_deleted_earlier_and_never_later(tmp_path: Path) -> None:
    young, old = days_ago(tmp_path, 6), days_ago(tmp_path, 7)
    assert typed("backup", tmp_path, "--keep", 7)[0] == 0
    assert (young.exists(), old.exists()) == (True, False)
    sentence = "Askers are told that backups are kept for 30 days at most: --keep takes 1 to 30."
    assert [refusal_of("backup", tmp_path, "--keep", days) for days in (0, -1, 31)] == [sentence] * 3


def test_askers_are_told_for_how_long(settings: Settings) -> None:
    (promise,) = [promise for promise in PROMISES if "sealed copies" in str(promise.what)]
    assert promise.period(Show()) == "30 days"
    settings.BACKUP_DAYS = 1
    assert promise.period(Show()) == "1 day"


def test_they_are_never_kept_longer_than_it_is_known_what_they_have_to_forget_again(tmp_path: Path) -> None:
    Show.objects.create(keeps_traces_days=10)
    old = days_ago(tmp_path, 10)
    assert typed("backup", tmp_path)[1].splitlines()[1] == f"Kept until {TODAY + timedelta(days=10)}; 1 older deleted."
    assert not old.exists()
    assert refusal_of("backup", tmp_path, "--keep", 11).endswith("--keep takes 1 to 10.")


def test_what_others_have_put_there_stays_and_is_told(tmp_path: Path, settings: Settings) -> None:
    days_ago(tmp_path, 40)
    ours = settings.HISTORY_KEY
    settings.HISTORY_KEY = "the key of another show of this city"
    theirs = days_ago(tmp_path, 50)
    settings.HISTORY_KEY = ours
    named = tmp_path / "querent-2020-02-30.backup", tmp_path / "querent-2020-01-01.backup.bak", tmp_path / "notes"
    letter = tmp_path / "querent-2020-01-01.backup"
    for path in (*named, letter):
        path.write_text("Not a backup at all, though some of us are named so.")
    told = typed("backup", tmp_path)[1]
    fresh = tmp_path / f"querent-{TODAY}.backup"
    assert set(tmp_path.iterdir()) == {*named, letter, theirs, fresh}
    assert told.splitlines()[1:] == [
        f"Kept until {TODAY + timedelta(days=30)}; 1 older deleted.",
        f"{letter} is old, but was not written here, so it was not deleted.",
        f"{theirs} is old, but was not written here, so it was not deleted.",
    ]


def test_nothing_is_deleted_when_the_new_one_fails(tmp_path: Path, settings: Settings) -> None:
    factories.asked()
    old = days_ago(tmp_path, 31)
    settings.SEALING_KEYS = ["MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="]
    assert typed("backup", tmp_path)[0] == 1
    assert list(tmp_path.iterdir()) == [old]
