"""Production starts only when it can keep what an asker is promised, and says which variable to set."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]
MAKE_ONE = "(`./dev keys` prints a fresh set)"
TEST_KEY = "a-key-for-tests-and-for-nothing-else-" + "0123456789" * 3
SAFE = {
    "QUERENT_MODE": "production",
    "QUERENT_SECRET_KEY": "s3cret-but-only-in-this-test-" * 2,
    "QUERENT_RECEIPT_KEY": "aa" * 32,
    "QUERENT_HISTORY_KEY": "bb" * 32,
    "QUERENT_SEALING_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "QUERENT_ALLOWED_HOSTS": "querent.example",
}
START_SERVING = "import advice.wsgi"
MIGRATE = "import sys; sys.argv = ['manage.py', 'migrate', '--plan']; import manage; manage.main()"


def start(
    program: str, environment: dict[str, str], tmp_path: Path, said: str = ""
) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("QUERENT_", "DATABASE_"))}
    bare |= {"QUERENT_HOME": str(tmp_path)} | environment
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=ROOT, env=bare, input=said, capture_output=True, text=True, check=False)


def refusal_of(environment: dict[str, str], tmp_path: Path, program: str = START_SERVING) -> list[str]:
    """The sentences with which a start is refused, without the first and last line around them."""
    ended = start(program, environment, tmp_path)
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    lines = ended.stderr.splitlines()
    assert lines[0] == "Querent does not start like this:"
    assert lines[-1] == "To look at it on your own machine, `make run` sets everything up."
    return [line.strip() for line in lines[1:-1]]


def test_a_production_with_everything_set_starts(tmp_path: Path) -> None:
    ended = start(START_SERVING, SAFE, tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_an_empty_environment_is_told_every_variable_to_set(tmp_path: Path) -> None:
    assert [sentence.split()[0] for sentence in refusal_of({}, tmp_path)] == [
        "QUERENT_SECRET_KEY",
        "QUERENT_RECEIPT_KEY",
        "QUERENT_HISTORY_KEY",
        "QUERENT_SEALING_KEYS",
        "QUERENT_ALLOWED_HOSTS",
    ]


def test_texts_can_be_screened_without_any_key(tmp_path: Path) -> None:
    program = "import sys; sys.argv = ['manage.py', 'screen_text']; import manage; manage.main()"
    ended = start(program, {}, tmp_path, said='{"id": 7, "text": "ask rosa@maple.example"}')
    span = '{"type": "EMAIL", "start": 4, "end": 22}'
    assert (ended.returncode, ended.stdout) == (0, f'{{"id": 7, "spans": [{span}], "help": false}}\n')


def test_commands_are_refused_as_the_server_is(tmp_path: Path) -> None:
    served, migrated = (refusal_of({}, tmp_path, program) for program in (START_SERVING, MIGRATE))
    assert migrated == served


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        (
            "QUERENT_CACHE",
            "10.0.0.31:6379",
            "QUERENT_CACHE must be the address of a Redis, such as redis://10.0.0.31:6379.",
        ),
        ("QUERENT_SERVERS", "10.0.0.11", "QUERENT_SERVERS must name servers as host:port, with commas."),
        (
            "QUERENT_SECRET_KEY",
            "",
            f"QUERENT_SECRET_KEY is not set: it signs what hosts' browsers hold {MAKE_ONE}.",
        ),
        (
            "QUERENT_SECRET_KEY",
            TEST_KEY,
            f"QUERENT_SECRET_KEY is a key that everybody can read in a source file {MAKE_ONE}.",
        ),
        (
            "QUERENT_RECEIPT_KEY",
            "",
            f"QUERENT_RECEIPT_KEY is not set: it makes askers' receipts {MAKE_ONE}.",
        ),
        (
            "QUERENT_HISTORY_KEY",
            "short",
            f"QUERENT_HISTORY_KEY is shorter than 32 characters {MAKE_ONE}.",
        ),
        (
            "QUERENT_SEALING_KEYS",
            "",
            f"QUERENT_SEALING_KEYS is not set: questions could not be sealed {MAKE_ONE}.",
        ),
        (
            "QUERENT_SEALING_KEYS",
            "not a key",
            f"QUERENT_SEALING_KEYS holds something that is no Fernet key {MAKE_ONE}.",
        ),
        (
            "QUERENT_SEALING_KEYS",
            "YS1zZWFsaW5nLWtleS1mb3ItdGVzdHMtYW5kLW5vLW0=",
            f"QUERENT_SEALING_KEYS holds a key that everybody can read in a source file {MAKE_ONE}.",
        ),
        (
            "QUERENT_ALLOWED_HOSTS",
            "",
            "QUERENT_ALLOWED_HOSTS is not set: name the hosts this site answers to, with commas.",
        ),
        (
            "QUERENT_ALLOWED_HOSTS",
            "querent.example,*",
            "QUERENT_ALLOWED_HOSTS must name hosts; '*' would answer to any name.",
        ),
        (
            "QUERENT_DEBUG",
            "1",
            "QUERENT_DEBUG must not be set: error pages would show what people wrote.",
        ),
        ("QUERENT_HTTPS", "0", "QUERENT_HTTPS must not be 0: questions would travel in clear."),
        (
            "QUERENT_PROOF_OF_WORK",
            "25",
            "QUERENT_PROOF_OF_WORK must be from 0 to 24 bits: more keeps phones busy for minutes.",
        ),
        ("QUERENT_PROOF_OF_WORK", "lots", "QUERENT_PROOF_OF_WORK must be a whole number."),
        ("QUERENT_EMAIL_PORT", "-1", "QUERENT_EMAIL_PORT must be a whole number."),
        (
            "DATABASE_URL",
            "querent:eleven-quiet-herons",
            "DATABASE_URL is no address of a database, such as postgresql://user@host/name.",
        ),
        (
            "DATABASE_URL",
            "mysql://querent@127.0.0.1/querent",
            "DATABASE_URL must name a PostgreSQL: Querent is tried on no other server.",
        ),
        (
            "QUERENT_METRICS_TOKEN",
            "guess me",
            "QUERENT_METRICS_TOKEN is shorter than 32 characters: anybody could guess it.",
        ),
        ("QUERENT_LOG", "xml", "QUERENT_LOG must be json, or not be set."),
        (
            "QUERENT_BACKUP_KEY",
            "short",
            f"QUERENT_BACKUP_KEY holds a key that is shorter than 32 characters {MAKE_ONE}.",
        ),
        (
            "QUERENT_SECRET_KEY_FALLBACKS",
            "aa" * 32 + ",short",
            f"QUERENT_SECRET_KEY_FALLBACKS holds a key that is shorter than 32 characters {MAKE_ONE}.",
        ),
        ("QUERENT_BACKUP_DAYS", "0", "QUERENT_BACKUP_DAYS must be 1 or more: for so many days a backup is kept."),
    ],
)
def test_one_fault_is_named_in_one_sentence(variable: str, value: str, sentence: str, tmp_path: Path) -> None:
    assert refusal_of(SAFE | {variable: value}, tmp_path) == [sentence]


def test_a_mode_nobody_knows_is_refused(tmp_path: Path) -> None:
    assert refusal_of(SAFE | {"QUERENT_MODE": "prod"}, tmp_path) == ["QUERENT_MODE must be production, local or test."]
