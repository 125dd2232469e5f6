"""A backup that comes back is the show as it was, put in its place in one step or not at all."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from pytest_django import Settings

from questions import edition
from questions.actions.acting import acting
from questions.actions.keep import keep
from questions.keeping.aside import scratch
from questions.keeping.backup import back_up
from questions.keeping.contents import Backup, Part, Writing
from questions.keeping.releases import applied, make_tables, tables_at
from questions.keeping.restore import BEYOND
from questions.keeping.rows import tables_of
from questions.keeping.sealed_file import sealed_file
from questions.models import Event, Person, Question, Show
from tests import cast, factories
from tests.keeping.kept import backed_up, differing, everything, refusal_of, restored, typed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]


def a_show() -> Question:
    """People, a question that waits, one that is kept, and an episode that is out."""
    Show.objects.create(name="It’s Probably You")
    kept = factories.asked("Is it rude to nap at a wedding?")
    keep(kept, by=acting(cast.noor()), seen=kept.version)
    factories.published_episode(topics=[factories.topic()])
    factories.report()
    cast.signed_in(cast.noor())
    return Question.objects.get(pk=kept.pk)


def test_every_table_is_as_it_was_row_by_row(tmp_path: Path) -> None:
    a_show()
    path, before = backed_up(tmp_path), everything()
    Question.objects.update(clue_count=9)
    factories.asked("Asked afterwards?")
    Person.objects.filter(slug="tomas").update(name="Somebody else")
    told = restored(path)
    after = everything()
    assert differing(before, after) == {"questions_event", "questions_edition"}
    assert after["questions_event"][: len(before["questions_event"])] == before["questions_event"]
    day = timezone.localdate()
    assert told.splitlines() == [
        f"Back at the backup of {day}: 3 questions, 2 episodes, 2 people; {rows_in(before)} rows, 0 files.",
        "Done again, of 0 deeds remembered: nothing.",
        f"Edition {edition.current()}. Everybody signs in anew; passwords, second steps and roles are those of then.",
    ]


def rows_in(tables: dict[str, Any]) -> int:
    return sum(map(len, tables.values()))


def test_words_open_chains_hold_and_life_goes_on(tmp_path: Path, capsys: Any) -> None:
    kept = a_show()
    assert Session.objects.count() == 1
    restored(backed_up(tmp_path))
    question = Question.objects.get(ref=kept.ref)
    assert question.text == "Is it rude to nap at a wedding?"
    call_command("verify_history")
    assert capsys.readouterr().out.splitlines()[0].endswith("strokes.")
    newest = factories.asked("Asked afterwards?")
    assert newest.number > kept.number
    event = Event.objects.get(subject_kind="house", verb="restore")
    assert event.details == {"backup": str(timezone.localdate())}
    assert Session.objects.count() == 0, "whoever was signed in signs in anew"


def test_it_comes_into_an_empty_database_without_being_asked_twice(tmp_path: Path) -> None:
    kept = a_show()
    path = backed_up(tmp_path)
    call_command("flush", interactive=False, verbosity=0)
    assert typed("restore", path)[0] == 0
    assert Question.objects.get(ref=kept.ref).version == kept.version


def test_a_show_is_not_replaced_unless_that_is_said(tmp_path: Path) -> None:
    a_show()
    path, before = backed_up(tmp_path), everything()
    sentence = "There is a show in this database. --replace puts the backup in its place."
    assert refusal_of("restore", path) == sentence
    assert everything() == before


def test_no_edition_that_anybody_has_seen_comes_back(tmp_path: Path) -> None:
    """Pages are printed under the number of their edition, and what was printed since the backup still lies there."""
    a_show()
    path = backed_up(tmp_path)
    with transaction.atomic():
        edition.advance()
    seen = edition.current()
    restored(path)
    assert edition.current() == seen + BEYOND + 1
    standing = edition.mirror().standing()
    assert standing
    assert (standing.number, standing.floor) == (edition.current(), edition.current())


@pytest.mark.parametrize(
    ("variable", "sentence"),
    [
        (
            "SEALING_KEYS",
            "{path} is sealed with a key that is neither in QUERENT_BACKUP_KEY nor in QUERENT_SEALING_KEYS. "
            "Add the key of that time behind the others.",
        ),
        (
            "HISTORY_KEY",
            "QUERENT_HISTORY_KEY is not the key of then: what was taken back since cannot be recognised.\n"
            "Nothing was changed. --even-so restores it all the same.",
        ),
        (
            "RECEIPT_KEY",
            "QUERENT_RECEIPT_KEY is not the key of then: no receipt would open.\n"
            "Nothing was changed. --even-so restores it all the same.",
        ),
    ],
)
def test_a_wrong_key_is_told_in_a_sentence_and_changes_nothing(
    variable: str, sentence: str, tmp_path: Path, settings: Settings
) -> None:
    a_show()
    path, before = backed_up(tmp_path), everything()
    other = Fernet.generate_key().decode()
    setattr(settings, variable, [other] if variable == "SEALING_KEYS" else other)
    assert refusal_of("restore", path, "--replace") == sentence.format(path=path)
    assert everything() == before


def test_a_backup_key_alone_does_not_open_what_is_sealed_inside(tmp_path: Path, settings: Settings) -> None:
    a_show()
    settings.BACKUP_KEYS = ["long enough to be a key for this one line"]
    path, before = backed_up(tmp_path), everything()
    settings.SEALING_KEYS = [Fernet.generate_key().decode()]
    sentence = "Nothing of what is sealed in this backup opens with QUERENT_SEALING_KEYS: add the key of then."
    assert refusal_of("restore", path, "--replace") == sentence
    assert everything() == before


def test_what_is_doubtful_is_restored_only_when_that_is_said(tmp_path: Path, settings: Settings) -> None:
    kept = a_show()
    path = backed_up(tmp_path)
    settings.RECEIPT_KEY = "another key, for this one line only"
    code, _told, warned = typed("restore", path, "--replace", "--even-so")
    assert (code, warned) == (0, "QUERENT_RECEIPT_KEY is not the key of then: no receipt would open.\n")
    assert Question.objects.filter(ref=kept.ref).exists()


def test_one_that_has_expired_is_doubtful(tmp_path: Path) -> None:
    a_show()
    with factories.the_time(timezone.now() - timedelta(days=31)):
        path = backed_up(tmp_path)
    expired = timezone.localdate() - timedelta(days=1)
    assert refusal_of("restore", path, "--replace").splitlines()[0] == (
        f"This backup expired on {expired}: what had to be forgotten since is not known."
    )


def test_a_damaged_one_changes_nothing(tmp_path: Path) -> None:
    a_show()
    path, before = backed_up(tmp_path), everything()
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert refusal_of("restore", path, "--replace") == f"{path} is damaged or cut: its part 1 does not open."
    assert everything() == before


def test_what_is_no_backup_or_not_there_is_said(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear show,")
    assert refusal_of("restore", tmp_path / "letter").startswith(f"{tmp_path}/letter is no backup of Querent")
    sentence = f"Nothing was restored: No such file or directory: {tmp_path}/nothing"
    assert refusal_of("restore", tmp_path / "nothing") == sentence


def test_rows_that_do_not_fit_change_nothing(tmp_path: Path) -> None:
    """What a backup holds is written under the database's own rules, aside."""
    a_show()
    path, before = backed_up_with_a_row_twice(tmp_path), everything()
    assert refusal_of("restore", path, "--replace").startswith("Nothing was restored: IntegrityError")
    assert everything() == before


def backed_up_with_a_row_twice(folder: Path) -> Path:
    """A backup whose file is whole and whose rows contradict each other."""
    backup, path = Backup(backed_up(folder)), folder / "twice"
    with sealed_file(path) as out:
        writing = Writing(out, backup.about)
        for part, rows in backup.parts():
            kept = list(rows)
            kept += kept[:1] if part.name == "questions_wording" else []
            writing.begin(Part(part.name, len(kept), part.columns, part.sealed))
            for row in kept:
                writing.row(row)
        writing.end()
    return path


def test_one_of_an_earlier_release_is_brought_up_to_date(tmp_path: Path) -> None:
    with scratch():
        earlier = [each for each in applied_by_code() if each != ("questions", "0009_going_back")]
        make_tables(earlier)
        person = next(table for table in tables_of(tables_at(earlier)) if table.name == "questions_person").model
        person._base_manager.create(name="Noor Haddad", slug="noor", role="owner")
        path = back_up(tmp_path).path
    restored(path)
    assert Person.objects.get().name == "Noor Haddad"
    assert ("questions", "0009_going_back") in applied()


def applied_by_code() -> list[tuple[str, str]]:
    """All migrations of this release."""
    return list(MigrationLoader(None).graph.nodes)


def test_one_of_a_newer_release_is_refused(tmp_path: Path) -> None:
    a_show()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('questions', '0777_later', CURRENT_TIMESTAMP)"
        )
    try:
        sentence = "This is of a newer release, with questions.0777_later. Update Querent first."
        assert refusal_of("backup", tmp_path) == sentence
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE name = '0777_later'")


def test_files_of_the_media_folder_come_back(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "media/audio").mkdir(parents=True)
    one, other = tmp_path / "media/audio/one.mp3", tmp_path / "media/audio/later.mp3"
    one.write_bytes(bytes(range(256)) * 3000)
    path = backed_up(tmp_path / "backups")
    one.unlink()
    other.write_bytes(b"newer")
    restored(path)
    assert one.read_bytes() == bytes(range(256)) * 3000
    assert sorted((tmp_path / "media/audio").iterdir()) == [other, one]


def test_a_restore_that_is_given_up_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    a_show()
    before = everything()

    class GivenUp(Exception):
        """Somebody pulls the plug at the last moment."""

    def last_look() -> None:
        assert everything() == before, "nobody can see the other one yet"
        raise GivenUp

    with scratch() as place:
        call_command("migrate", verbosity=0)
        with pytest.raises(GivenUp):
            place.take_the_place(last_look)
    assert everything() == before
