"""The table of probes; what they find of the database and of the keys."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from pytest_django.fixtures import Settings

from questions.probes import database, keys, show
from questions.probes.finding import Finding, Probe, State
from questions.probes.table import GROUPS, examine
from questions.sealing import Sealed
from tests import factories
from tests.outage import newest_migration, no_database, with_migration, without_migration
from tests.probing import said

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2030, 3, 4, 12, tzinfo=UTC)
EVERY = [probe for group in GROUPS for probe in group.probes]


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME, settings.PRESS = tmp_path, tmp_path / "press"
    settings.BACKUPS, settings.CERTIFICATE, settings.EMAIL_HOST = "", "", ""
    settings.RECEIPT_KEY, settings.HISTORY_KEY = "r" * 40, "h" * 40
    return tmp_path


# The table


def failing(now: datetime) -> Finding:
    raise RuntimeError("my flatmate Rosalind")


@pytest.mark.django_db
def test_a_probe_that_fails_keeps_no_other_from_being_asked() -> None:
    probes = [Probe("bad", "Bad", failing), Probe("calls", "Calls", show.calls)]
    found = [said(each.finding) for each in examine(probes, NOW)]
    assert found == [
        ("unknown", "This could not be found out (RuntimeError)."),
        ("well", "No call for help is unopened."),
    ]


@pytest.mark.django_db(transaction=True)
def test_without_a_database_every_probe_answers_all_the_same(tmp_path: Path) -> None:
    with no_database(tmp_path):
        found = examine(EVERY, NOW)
    assert {each.probe.name for each in found if each.finding.state == State.UNKNOWN} == {
        probe.name for probe in EVERY if probe.needs_database
    }
    # "It could not be found out" would be a probe that says it needs no database, and does.
    assert not [each.probe.name for each in found if "found out" in each.finding.sentence]


@pytest.mark.django_db
def test_no_sentence_holds_a_path_a_key_or_a_word(home: Path, settings: Settings) -> None:
    factories.asked("My flatmate Rosalind snores.")
    settings.BACKUPS, settings.CERTIFICATE = str(home / "nowhere"), str(home / "nowhere.pem")
    for each in examine(EVERY, NOW):
        finding = said(each.finding)[1] + each.finding.advice
        assert not re.search(rf"rosalind|drowsy|{home}|{settings.SECRET_KEY}|{settings.SEALING_KEYS[0]}", finding, re.I)


def test_every_probe_has_a_name_of_its_own() -> None:
    assert len({probe.name for probe in EVERY}) == len(EVERY)


# The database


@pytest.mark.django_db
def test_a_database_that_answers_says_how_large_it_is() -> None:
    state, sentence = said(database.reached(NOW))
    assert state == "well"
    assert re.fullmatch(r"It answers, and takes [\d.]+\s(KB|MB)\.", sentence)


@pytest.mark.django_db(transaction=True)
def test_a_database_out_of_reach_is_told_with_the_reason_and_none_is_made(tmp_path: Path) -> None:
    with no_database(tmp_path):
        state, sentence = said(database.reached(NOW))
    reasons = {
        "sqlite": "There is no such file, or this user may not write in its folder.",
        "postgresql": "There is no server's socket in the folder that DATABASE_URL names.",
    }
    assert (state, sentence) == ("broken", f"The database cannot be reached. {reasons[connection.vendor]}")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_missing_and_what_is_newer_is_told_apart() -> None:
    assert said(database.migrated(NOW)) == ("well", "Every migration has been applied.")
    with without_migration(newest_migration()):
        assert said(database.migrated(NOW)) == ("broken", "1 migration has not been applied.")
    with with_migration("9999_of_a_later_release"):
        state, sentence = said(database.migrated(NOW))
    assert (state, sentence) == (
        "look",
        "The database is newer than this code: it has been migrated by a later release.",
    )


@pytest.mark.django_db
def test_what_a_power_cut_could_take_is_named() -> None:
    # Tests run without waiting for the disk.
    assert said(database.lasting(NOW))[0] == "broken"
    if connection.vendor == "sqlite":
        assert said(database.lasting(NOW))[1] == "Not set as they must be: synchronous."


@pytest.mark.django_db
def test_a_log_that_tells_when_somebody_asked_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor == "sqlite":
        assert said(database.quiet(NOW)) == ("well", "A file keeps no log.")
        return
    state, sentence = said(database.quiet(NOW))
    assert state == "look"
    assert sentence.startswith("PostgreSQL may log when somebody asked: log_min_error_statement,")
    with connection.cursor() as cursor:
        for name, value in database.QUIET.items():
            cursor.execute(f"SET LOCAL {name} = '{value}'")
    assert said(database.quiet(NOW)) == ("well", "Its log does not say when somebody asked.")


@pytest.mark.pure
def test_quiet_is_what_the_shipped_file_sets() -> None:
    shipped = (ROOT / "deploy/postgresql/quiet.sql").read_text()
    assert dict(re.findall(r"SET (\w+) = ([\w-]+)'", shipped)) == database.QUIET


@pytest.mark.django_db
def test_a_version_that_is_too_old_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(database.version(NOW))[0] == "well"
    monkeypatch.setattr(connection.features, "minimum_database_version", (99, 1))
    state, sentence = said(database.version(NOW))
    assert state == "broken"
    assert sentence.endswith("is older than 99.1, which this release needs.")


# Keys


def test_keys_that_are_missing_short_or_the_same_are_told_apart(settings: Settings) -> None:
    assert said(keys.keys(NOW)) == ("well", "All are set and different.")
    settings.RECEIPT_KEY = settings.HISTORY_KEY
    assert said(keys.keys(NOW)) == ("look", "A key is used twice: whoever learns one learns both.")
    settings.SECRET_KEY, settings.HISTORY_KEY = "", "short"
    state, sentence = said(keys.keys(NOW))
    assert (state, re.findall(r"QUERENT_\w+ is [a-z ]+", sentence)) == (
        "broken",
        ["QUERENT_SECRET_KEY is not set", "QUERENT_HISTORY_KEY is shorter than "],
    )


def test_settings_that_no_server_starts_with_are_named(settings: Settings) -> None:
    assert said(keys.safe_settings(NOW)) == ("well", "A server starts with them.")
    settings.MODE, settings.ALLOWED_HOSTS, settings.HTTPS = "production", [], True
    state, sentence = said(keys.safe_settings(NOW))
    assert (state, sentence.split()[0]) == ("broken", "QUERENT_ALLOWED_HOSTS")


@pytest.mark.django_db
def test_a_sealed_text_that_does_not_open_is_counted(settings: Settings) -> None:
    kept = factories.asked("Is it rude to snore?", sign_off="")
    assert said(keys.every_seal(NOW)) == ("well", "2 sealed texts were tried; all open.")
    type(kept).objects.filter(pk=kept.pk).update(sign_off=Sealed("gAAAA"))
    assert said(keys.every_seal(NOW)) == ("look", "1 of 2 sealed texts that were tried do not open.")
    settings.SEALING_KEYS = [Fernet.generate_key().decode()]
    assert said(keys.every_seal(NOW)) == ("broken", "2 of 2 sealed texts that were tried do not open.")


@pytest.mark.django_db
def test_an_older_key_is_told_to_be_needed_or_not(settings: Settings) -> None:
    assert said(keys.older_keys(NOW)) == ("well", "One key seals and opens everything.")
    old, new = settings.SEALING_KEYS[0], Fernet.generate_key().decode()
    factories.asked("Is it rude to snore?")
    settings.SEALING_KEYS = [new, old]
    needed = "There are 2 keys, and those behind the first are still needed by 2 of the texts tried."
    assert said(keys.older_keys(NOW)) == ("look", needed)
    settings.SEALING_KEYS = [old, new]
    assert said(keys.older_keys(NOW)) == (
        "look",
        "There are 2 keys. Nothing that was tried needs those behind the first.",
    )
    done = "There are 2 keys, and nothing needs those behind the first any more."
    assert said(keys.every_older_key(NOW)) == ("look", done)
