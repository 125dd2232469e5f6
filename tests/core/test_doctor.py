"""`manage.py doctor` explains a broken set-up in sentences, says what to do, and runs where nothing else does."""

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings

from questions.probes.table import GROUPS
from tests.outage import no_database

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "QUERENT_MODE": "production",
    "QUERENT_SECRET_KEY": "s3cret-but-only-in-this-test-" * 2,
    "QUERENT_RECEIPT_KEY": "aa" * 32,
    "QUERENT_HISTORY_KEY": "bb" * 32,
    "QUERENT_SEALING_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "QUERENT_ALLOWED_HOSTS": "querent.example",
    "QUERENT_TRUSTED_PROXY": "1",
}
OTHER_KEY = "OTg3NjU0MzIxMDk4NzY1NDMyMTA5ODc2NTQzMjEwOTg="


def manage(home: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A management command, with nothing in the environment but this."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("QUERENT_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=bare | {"QUERENT_HOME": str(home)} | environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def broken(home: Path, **environment: str) -> list[str]:
    """What the doctor calls broken, each with its sentences on one line. It ends with 1 then, and not by a fault."""
    ended = manage(home, "doctor", **environment)
    assert (ended.returncode, ended.stderr) == (1, "")
    said = re.sub(r"\n {11}(?! *->)", " ", ended.stdout)
    return re.findall(r"^  broken   (.+)$", said, re.MULTILINE)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A production that has everything, on a file."""
    folder = tmp_path_factory.mktemp("home")
    folder.chmod(0o700)
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["tick"]):
        assert manage(folder, *command, **SAFE).returncode == 0
    return folder


@pytest.mark.pure
def test_an_installation_that_has_everything_has_nothing_broken(home: Path) -> None:
    ended = manage(home, "doctor", "--thorough", **SAFE)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines()[0] == f"QUERENT_MODE is production, QUERENT_HOME is {home}."
    assert re.findall(r"^  (\w+)", ended.stdout, re.MULTILINE).count("unknown") == 0
    # No backup, lines that nobody has rung, and an edition of which no server has told this machine.
    assert ended.stdout.splitlines()[-1] == "Broken: 0. To be looked at: 3."


@pytest.mark.pure
def test_an_empty_environment_is_explained(tmp_path: Path) -> None:
    found = broken(tmp_path)
    assert [sentence.split(":")[0] for sentence in found] == ["Settings", "Keys", "The database", "Sheets and scripts"]
    assert [re.findall(r"QUERENT_\w+", sentence) for sentence in found[:2]] == [
        ["QUERENT_ALLOWED_HOSTS"],
        ["QUERENT_SECRET_KEY", "QUERENT_RECEIPT_KEY", "QUERENT_HISTORY_KEY", "QUERENT_SEALING_KEYS"],
    ]
    # To look is not to make.
    assert list(tmp_path.iterdir()) == []


@pytest.mark.pure
@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"QUERENT_EMAIL_PORT": "smtp"}, "QUERENT_EMAIL_PORT must be a whole number."),
        ({"DATABASE_URL": "mysql://a:secret@b/c"}, "DATABASE_URL must name a PostgreSQL: "),
        ({"DATABASE_URL": "postgresql://a:secret@b:none/c"}, "DATABASE_URL is no address of a database, "),
    ],
)
def test_settings_that_cannot_be_read_are_explained_before_anything_else(
    environment: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    ended = manage(tmp_path, "doctor", **SAFE | environment)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.splitlines()[1].strip().startswith(sentence)
    assert "Traceback" not in ended.stderr
    assert "secret" not in ended.stderr


@pytest.mark.pure
@pytest.mark.parametrize(
    ("environment", "sentences"),
    [
        (
            {"DATABASE_URL": "postgresql://querent:secret@127.0.0.1:1/querent"},
            ["The database: The database cannot be reached. Nobody listens at the place that DATABASE_URL names."],
        ),
        (
            {"QUERENT_HTTPS": "0"},
            [
                "Settings: QUERENT_HTTPS must not be 0: questions would travel in clear.",
                "HTTPS and proxy: Questions travel in clear.",
            ],
        ),
        (
            {"QUERENT_RECEIPT_KEY": "short"},
            ["Keys: QUERENT_RECEIPT_KEY is shorter than 32 characters (`./dev keys` prints a fresh set)."],
        ),
    ],
)
def test_one_fault_is_found_alone(home: Path, environment: dict[str, str], sentences: list[str]) -> None:
    assert broken(home, **SAFE | environment) == sentences


@pytest.mark.pure
def test_a_mail_server_is_tried_when_asked_to_be_thorough(home: Path) -> None:
    nobody_listens = SAFE | {"QUERENT_EMAIL_HOST": "127.0.0.1", "QUERENT_EMAIL_PORT": "1"}
    assert manage(home, "doctor", **nobody_listens).returncode == 0
    ended = manage(home, "doctor", "--thorough", **nobody_listens)
    assert ended.returncode == 1
    assert "  broken   The mail server: The mail server cannot be reached" in ended.stdout


@pytest.mark.pure
def test_a_key_that_opens_nothing_that_is_there_is_told(home: Path) -> None:
    program = "from tests import factories; factories.asked()"
    assert manage(home, "shell", "-v0", "-c", program, **SAFE).returncode == 0
    found = broken(home, **SAFE | {"QUERENT_SEALING_KEYS": OTHER_KEY})
    assert found == ["What is sealed: 2 of 2 sealed texts that were tried do not open."]


@pytest.mark.pure
def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    (tmp_path / "querent.sqlite3").write_text("Once upon a time. " * 99)
    found = broken(tmp_path, **SAFE)
    assert found[0] == "The database: The database cannot be reached. The file is no database, or is damaged."


@pytest.mark.pure
def test_a_database_before_its_first_migration_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    (tmp_path / "querent.sqlite3").touch()
    found = broken(tmp_path, **SAFE)
    assert re.fullmatch(r"Migrations: \d+ migrations have not been applied\.", found[0])


def consulted() -> tuple[str, int]:
    out, code = StringIO(), 0
    try:
        call_command("doctor", stdout=out)
    except SystemExit as ended:
        code = int(str(ended.code))
    return out.getvalue(), code


@pytest.mark.django_db(transaction=True)
def test_it_says_the_same_as_the_table_on_every_database(tmp_path: Path, settings: Settings) -> None:
    settings.HOME = tmp_path
    said, code = consulted()
    # Tests do not wait for the disk.
    assert ("What a power cut must not take: Not set as they must be" in said, code) == (True, 1)
    for group in GROUPS:
        for probe in group.probes:
            assert (str(probe.title) in said) != probe.is_for_doctors
    with no_database(tmp_path):
        said, code = consulted()
    assert code == 1
    assert said.count("This cannot be told while the database cannot be reached.") <= len(GROUPS)
