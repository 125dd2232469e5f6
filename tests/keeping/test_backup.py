"""A backup holds the whole show, sealed, and nothing that it should not hold."""

import json
import os
import sqlite3
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography.fernet import Fernet
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from questions.keeping.aside import alone_in, snapshot
from questions.keeping.contents import Backup, look_through
from questions.keeping.rows import LEFT_OUT
from questions.keeping.sealed_file import lines_of
from questions.models import Event, Question
from questions.probes.notes import last_backup
from questions.tombstones import name_of
from tests import cast, factories
from tests.drills.searching import Search, fresh_stem
from tests.keeping.kept import ASIDE_FROM, backed_up, everything, refusal_of, typed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]


def inside(path: Path) -> bytes:
    return b"\n".join(lines_of(path))


def busy(word: str) -> Question:
    """A show in which somebody has said `word` wherever words can be said and are not out."""
    question = factories.asked(f"My flatmate {word} hums.", sign_off=word)
    factories.approved_answer(f"{word}?", body=f"{word}, between the speeches.", wording=f"{word} reworded?")
    factories.report(text=f"{word} is me.")
    cast.signed_in(cast.noor())
    return question


def test_every_row_of_every_table_is_in_it(tmp_path: Path) -> None:
    busy(fresh_stem())
    there = {table: len(rows) for table, rows in everything().items()}
    found = look_through(Backup(backed_up(tmp_path)))
    assert dict(found.rows) == there
    assert there["questions_question"] == 3
    assert found.walk.faults == []
    assert (found.unreadable, found.sealed) == (0, 14)


def test_what_is_left_out_is_what_lasts_a_day(tmp_path: Path) -> None:
    busy(fresh_stem())
    assert Session.objects.exists()
    names = {json.loads(line)["name"] for line in lines_of(backed_up(tmp_path)) if line.startswith(b'{"name"')}
    assert ASIDE_FROM - {"django_migrations", "sqlite_sequence"} == LEFT_OUT
    assert names & LEFT_OUT == set()
    assert Session.objects.get().session_key.encode() not in inside(next(tmp_path.glob("*.backup")))


def test_whoever_opens_it_without_the_sealing_keys_reads_no_word_and_finds_no_key(
    tmp_path: Path, settings: Settings
) -> None:
    word = fresh_stem()
    busy(word)
    path = backed_up(tmp_path)
    keys = [*settings.SEALING_KEYS, settings.SECRET_KEY, settings.RECEIPT_KEY, settings.HISTORY_KEY]
    search = Search([word, *keys])
    assert search.in_bytes(inside(path)) == set()
    assert search.in_places([tmp_path]) == {}
    assert b"Noor Haddad" in inside(path), "names of the house are in the open in the database, so the file is sealed"
    assert not Search(["Noor Haddad", "questions_question"]).in_places([tmp_path])


def test_it_is_one_file_for_nobody_else_to_read_named_by_its_day(tmp_path: Path) -> None:
    path = backed_up(tmp_path / "new" / "folder")
    assert path.name == f"querent-{timezone.localdate()}.backup"
    assert list(path.parent.iterdir()) == [path]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_nothing_is_left_beside_the_database(tmp_path: Path) -> None:
    folder = Path(str(connection.settings_dict["NAME"])).parent
    backed_up(tmp_path)
    assert list(folder.glob(".aside-*")) == []


def test_it_says_what_it_did_in_numbers(tmp_path: Path) -> None:
    factories.retracted_episode()
    code, told, warned = typed("backup", tmp_path)
    found = look_through(Backup(next(tmp_path.glob("*.backup"))))
    size = next(tmp_path.glob("*.backup")).stat().st_size
    day = timezone.localdate()
    assert (code, warned) == (0, "")
    assert told.splitlines() == [
        f"{tmp_path}/querent-{day}.backup: {size / 1e6:.1f} MB, {found.rows.total()} rows of {len(found.rows)} tables, "
        f"0 files, 6 sealed texts opened, {Event.objects.count()} deeds in 2 chains, 1 taken away. "
        f"Head: {found.walk.digest()}",
        f"Kept until {day + timedelta(days=30)}; 0 older deleted.",
    ]


def test_the_desk_and_the_doctor_are_told_how_it_went(tmp_path: Path, settings: Settings) -> None:
    factories.asked()
    path = backed_up(tmp_path)
    noted = last_backup()
    assert noted
    assert (noted.file, noted.size, noted.is_good) == (path.name, path.stat().st_size, True)
    settings.SEALING_KEYS = [Fernet.generate_key().decode()]
    assert typed("backup", tmp_path)[0] == 1
    noted = last_backup()
    assert noted
    assert (noted.file, noted.is_good) == ("", False)


def other_connection() -> Any:
    """Somebody else who writes into the same database."""
    if connection.vendor == "sqlite":
        return closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=5, isolation_level=None))
    parameters = connection.get_connection_params()
    names = ("dbname", "host", "port", "user", "password")
    return closing(psycopg.connect(**{name: parameters[name] for name in names if name in parameters}, autocommit=True))


def test_what_is_written_meanwhile_is_in_it_wholly_or_not_at_all(tmp_path: Path) -> None:
    """The parts of a backup are read one after the other; all are of the same moment."""
    factories.asked("First?")
    with other_connection() as other, snapshot():
        before = everything()
        other.execute("UPDATE questions_show SET name = 'Another'")
        other.execute("DELETE FROM questions_question_topics")
        other.execute("UPDATE questions_question SET clue_count = 7")
        assert everything() == before
    assert Question.objects.get().clue_count == 7, "and nobody had to wait"


def test_a_backup_that_is_no_good_takes_nobody_s_place(tmp_path: Path, settings: Settings) -> None:
    factories.asked()
    first = backed_up(tmp_path)
    as_written, right = first.read_bytes(), settings.SEALING_KEYS
    settings.SEALING_KEYS = [Fernet.generate_key().decode()]
    sentence = "Nothing of what is sealed opens with QUERENT_SEALING_KEYS. No backup was made."
    assert refusal_of("backup", tmp_path) == sentence
    settings.SEALING_KEYS = right
    assert [(path, path.read_bytes()) for path in tmp_path.iterdir()] == [(first, as_written)]


def test_a_damaged_database_is_no_backup(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        return
    question = factories.asked()
    with other_connection() as other:
        other.execute("INSERT INTO questions_question_topics (question_id, topic_id) VALUES (?, 77)", [question.pk])
    sentence = "1 rows of the database lead nowhere, so no backup was made and none was deleted."
    assert refusal_of("backup", tmp_path) == sentence
    assert list(tmp_path.iterdir()) == []
    with other_connection() as other:
        other.execute("DELETE FROM questions_question_topics")


def test_a_history_that_somebody_touched_is_backed_up_and_told(tmp_path: Path) -> None:
    question = factories.asked()
    Event.objects.filter(subject=question.ref).update(after="kept")
    code, told, warned = typed("backup", tmp_path)
    assert code == 1
    assert warned.splitlines() == [
        "The history is not as it was written (manage.py verify_history):",
        f"question {question.ref}: row 1 (submit) was altered, or the row before it was",
    ]
    assert len(list(tmp_path.glob("*.backup"))) == 1
    assert told.startswith(f"{tmp_path}/querent-")


def test_a_text_that_does_not_open_is_backed_up_and_told(tmp_path: Path) -> None:
    question = factories.asked()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE questions_question SET sign_off = text WHERE number = %s", [question.pk])
    code, _told, warned = typed("backup", tmp_path)
    assert (code, warned) == (1, "1 of 2 sealed texts do not open with QUERENT_SEALING_KEYS.")
    assert len(list(tmp_path.glob("*.backup"))) == 1


def test_what_was_taken_away_is_in_it_so_that_an_older_one_forgets_again(tmp_path: Path, home: Path) -> None:
    episode = factories.retracted_episode()
    (home / "taken-away").unlink()
    stones = Backup(backed_up(tmp_path)).tombstones()
    assert {(stone.verb, stone.name) for stone in stones} == {("retract", name_of(episode.ref))}


def test_the_files_of_the_media_folder_are_in_it(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "media/audio").mkdir(parents=True)
    (tmp_path / "media/audio/one.mp3").write_bytes(os.urandom(700_000))
    (tmp_path / "media/empty.vtt").touch()
    found = look_through(Backup(backed_up(tmp_path / "backups")))
    assert found.files == ["audio/one.mp3", "empty.vtt"]


def test_two_at_once_are_refused(tmp_path: Path) -> None:
    with alone_in(tmp_path):
        assert refusal_of("backup", tmp_path) == f"A backup or a restore is at work in {tmp_path} already."


def test_a_folder_that_cannot_be_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    sentence = f"No backup was made: Not a directory: {tmp_path}/file/folder"
    assert refusal_of("backup", tmp_path / "file" / "folder") == sentence
