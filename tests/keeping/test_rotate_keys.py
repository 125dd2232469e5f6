"""Keys are changed while everybody goes on: nothing becomes unreadable, and nothing needs the old key any more."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from questions.keeping.rotation import Column, columns, name_of_key, rotate
from questions.models import Autosave, Comment, Message, Note, Person, Question, Revision, Webhook
from questions.sealing import seal
from tests import cast, factories
from tests.keeping.kept import differing, everything, refusal_of, typed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]

TOKEN = re.compile(r"gAAAAA[\w-]{100,}={0,2}")


@pytest.fixture
def old(settings: Settings) -> str:
    """The key that has sealed everything there is: whatever can be sealed, at least once."""
    key = str(settings.SEALING_KEYS[0])
    noor = cast.noor()
    answer, report = factories.approved_answer(wording="Is it rude to nap?"), factories.report()
    question = answer.question
    Message.objects.create(question=question, is_from_asker=True, text="It was mine.")
    Note.objects.create(question=question, text="A friend of ours?", by=noor)
    Comment.objects.create(question=question, quote="nap", text="Say sleep.", by=noor)
    Autosave.objects.create(question=question, person=noor, text="Is", sign_off="D", body="No", seen=1)
    Webhook.objects.create(person=noor, url="https://desk.example/hook", secret="hush")
    Revision.objects.create(answer=answer, number=9, body="Nap.", name="the short one", by=noor)
    report.outcome = "The name is out."
    report.save()
    noor.address = "noor@desk.example"
    noor.save()
    assert noor.user
    TOTP.activate(noor.user, generate_totp_secret())
    RecoveryCodes.activate(noor.user)
    return key


def tokens() -> list[str]:
    """Everything sealed that stands in any cell of any table, whatever the code knows of it."""
    cells = (cell for rows in everything().values() for row in rows for cell in row)
    return [token for cell in cells for token in TOKEN.findall(str(cell))]


def opening(key: str) -> int:
    """How many of them a key opens."""
    opened = 0
    for token in tokens():
        try:
            Fernet(key).decrypt(token.encode())
        except InvalidToken:
            continue
        opened += 1
    return opened


def new_key(settings: Settings) -> str:
    """Another key in front of the one there is, as an operator would put it into the environment."""
    key = Fernet.generate_key().decode()
    settings.SEALING_KEYS = [key, *settings.SEALING_KEYS]
    return key


def words() -> set[str]:
    """What hosts and askers read."""
    read = [column for column in columns() if not column.is_of_second_steps]
    return {str(getattr(row, column.field)) for column in read for row in column.model._base_manager.all()}


def test_every_column_in_which_something_sealed_stands_is_known(old: str) -> None:
    found = set()
    for table, rows in everything().items():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')  # noqa: S608
            names = [f"{table}.{described[0]}" for described in cursor.description or ()]
        found |= {name for row in rows for name, cell in zip(names, row, strict=True) if TOKEN.search(str(cell))}
    assert found == {column.name for column in columns()}


def test_everything_is_sealed_anew_and_the_old_key_opens_nothing(old: str, settings: Settings) -> None:
    before, count, new = words(), len(tokens()), new_key(settings)
    assert (opening(old), opening(new)) == (count, 0)
    code, told, warned = typed("rotate_keys")
    assert (code, warned) == (0, "")
    until = timezone.localdate() + timedelta(days=30)
    assert told.splitlines()[-3:] == [
        f"Key {name_of_key(0)} (newest): {count} sealed texts",
        f"Key {name_of_key(1)} (older): 0 sealed texts",
        f"Done: nothing here needs an older key. Backups made until now do; keep it until {until}.",
    ]
    assert (opening(old), opening(new)) == (0, count)
    settings.SEALING_KEYS = [new]
    assert words() == before


def test_second_steps_go_on_under_the_new_key_alone(old: str, settings: Settings) -> None:
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()
    new = new_key(settings)
    rotate(lambda _line: None, pause=0)
    settings.SEALING_KEYS = [new]
    assert RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes() == codes


def test_only_what_is_sealed_is_changed(old: str, settings: Settings) -> None:
    before = everything()
    new_key(settings)
    rotate(lambda _line: None, pause=0)
    after = everything()
    assert differing(before, after) == {column.name.partition(".")[0] for column in columns()}
    assert [[_plain(cell) for cell in row] for rows in after.values() for row in rows] == [
        [_plain(cell) for cell in row] for rows in before.values() for row in rows
    ]


def _plain(cell: Any) -> str:
    return TOKEN.sub("…", str(cell))


def test_it_goes_on_where_it_was_stopped(old: str, settings: Settings) -> None:
    new_key(settings)
    told: list[str] = []

    class Stopped(Exception):
        """Somebody presses Ctrl-C."""

    def stop(line: str) -> None:
        told.append(line)
        if len(told) == 3:
            raise Stopped

    with pytest.raises(Stopped):
        rotate(stop, pause=0)
    assert 0 < opening(old) < len(tokens())
    assert rotate(told.append, pause=0)[1] == 0
    assert opening(old) == 0
    assert len(told) == len(set(told)), "what was done is not done again"


def test_who_writes_at_the_same_moment_wins(old: str, settings: Settings) -> None:
    """A row is put back only where it stands as it was read: the words of whoever was faster are never lost."""
    column = next(column for column in columns() if column.name == "questions_question.text")
    new_key(settings)
    pk, ref, value = next(column.some_rows())[0]
    question = Question.objects.get(pk=pk)
    renewed = column.renewed(ref, value)
    question.text = "Written meanwhile."
    question.save()
    assert not column.swap(pk, value, renewed)
    assert Question.objects.get(pk=pk).text == "Written meanwhile."


def test_it_is_not_done_while_a_server_goes_on_sealing_with_the_old_key(old: str, settings: Settings) -> None:
    new = new_key(settings)

    def a_server_of_yesterday(_line: str) -> None:
        settings.SEALING_KEYS = [old]
        factories.asked("Sealed with the old key?")
        settings.SEALING_KEYS = [new, old]

    left = rotate(a_server_of_yesterday, pause=0)[1]
    assert left == opening(old) > 0
    assert refusal_of("rotate_keys", "--check") == (
        f"Not done: {left} sealed texts still need an older key. Does a server still seal with it? Give every server "
        "the new list, and run this again."
    )


def test_looking_changes_nothing(old: str, settings: Settings) -> None:
    new_key(settings)
    before = everything()
    code, told, _warned = typed("rotate_keys", "--check")
    assert (code, told.splitlines()[1]) == (1, f"Key {name_of_key(1)} (older): {len(tokens())} sealed texts")
    assert everything() == before


def test_what_no_key_opens_is_left_alone_and_told(old: str, settings: Settings) -> None:
    settings.SEALING_KEYS = [Fernet.generate_key().decode()]
    before = everything()
    count = len(tokens())
    sentence = f"{count} sealed texts open with no key of QUERENT_SEALING_KEYS. They were left alone."
    assert refusal_of("rotate_keys") == sentence
    assert everything() == before


def test_what_stands_in_the_wrong_place_is_left_alone_and_told(old: str, settings: Settings) -> None:
    question = Question.objects.earliest("pk")
    stray = seal("Not mine.", place="questions_question.text:somebody else's")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE questions_question SET text = %s WHERE number = %s", [stray, question.pk])
    new_key(settings)
    assert refusal_of("rotate_keys").startswith("Not done: 1 sealed texts still need an older key.")


def test_keys_are_named_without_telling_them(old: str, settings: Settings) -> None:
    assert name_of_key(0) not in old
    assert re.fullmatch(r"[0-9a-f]{8}", name_of_key(0))


def test_many_rows_are_done_some_at_a_time(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        factories.asked(f"Number {number}?")
    monkeypatch.setattr("questions.keeping.rotation.ROWS_AT_ONCE", 2)
    column = Column(Question, "text")
    assert [len(some) for some in column.some_rows()] == [2, 2, 1]
    new_key(settings)
    rotate(lambda _line: None, pause=0)
    assert {question.text for question in Question.objects.all()} == {f"Number {number}?" for number in range(5)}
    assert Person.objects.count() == 0
