"""Text at rest is sealed."""

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from questions.models import Question
from questions.sealing import SealBroken, reseal, seal, unseal
from tests import factories


def raw(column: str, question: Question) -> str:
    with connection.cursor() as cursor:
        # The column names are the test's own.
        cursor.execute(f"SELECT {column} FROM questions_question WHERE number = %s", [question.pk])  # noqa: S608
        return str(cursor.fetchone()[0])


@given(st.text())
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert unseal(seal(text, place="here"), place="here") == text


def test_a_text_opens_only_at_its_own_place() -> None:
    token = seal("mine", place="questions_question.text:1")
    with pytest.raises(SealBroken):
        unseal(token, place="questions_question.sign_off:1")
    with pytest.raises(SealBroken):
        unseal(token, place="questions_question.text:2")


def test_a_changed_token_does_not_open() -> None:
    token = seal("mine", place="here")
    with pytest.raises(SealBroken):
        unseal(token[:-6] + "AAAAA=", place="here")


def test_a_token_tells_no_time_and_little_of_the_length() -> None:
    short, long = seal("no", place="here"), seal("n" * 400, place="here")
    assert len(short) == len(long)
    assert short.startswith("gAAAAAAAAAAA"), "eight bytes of time stamp are zero"


def test_the_newest_key_seals_and_older_keys_still_open(settings: Settings) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.SEALING_KEYS = [old]
    token = seal("mine", place="here")
    settings.SEALING_KEYS = [new, old]
    renewed = reseal(token, place="here")
    settings.SEALING_KEYS = [new]
    assert unseal(renewed, place="here") == "mine"
    with pytest.raises(SealBroken):
        unseal(token, place="here")


@pytest.mark.django_db
def test_the_database_holds_no_word_of_a_question() -> None:
    question = factories.asked("My neighbour Katrin hums.", sign_off="Humming")
    assert Question.objects.get(pk=question.pk).text == "My neighbour Katrin hums."
    stored = raw("text", question) + raw("sign_off", question)
    assert "Katrin" not in stored
    assert "Humming" not in stored


@pytest.mark.django_db
def test_words_cannot_be_written_past_the_seal() -> None:
    question = factories.asked()
    with pytest.raises(TypeError, match="text is sealed"):
        Question.objects.filter(pk=question.pk).update(text="in clear")
