"""The receipt: one way back to one question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from questions import receipts
from questions.receipts import FORM_TOKEN_SECONDS, digest, grouped, mint, new_form_token, nonce_of, normalise
from tests import factories


def test_the_same_text_with_the_same_form_gives_the_same_receipt() -> None:
    assert mint("nonce", "Why?") == mint("nonce", "Why?")
    assert len({mint("nonce", "Why?"), mint("nonce", "Why"), mint("other", "Why?")}) == 3


@given(st.text(), st.text())
def test_every_receipt_is_sixteen_letters_that_read_back(nonce: str, text: str) -> None:
    receipt = mint(nonce, text)
    assert normalise(receipt) == receipt
    assert [len(group) for group in grouped(receipt)] == [4, 4, 4, 4]


@pytest.mark.parametrize(
    "typed",
    [
        "K1QM 2XWD 9FHT 4RN0",
        "k1qm-2xwd-9fht-4rn0",
        "  kIqm2xwd\t9fht4rnO\n",
        "KlQM—2XWD—9FHT—4RNo",
        "Ｋ１ＱＭ２ＸＷＤ９ＦＨＴ４ＲＮ０",
        "K1QM.2XWD.9FHT.4RN0.",
    ],
)
def test_entry_forgives_case_spaces_hyphens_and_look_alikes(typed: str) -> None:
    assert normalise(typed) == "K1QM2XWD9FHT4RN0"


def test_v_and_u_are_one_letter() -> None:
    assert normalise("UUUU VVVV UUUU VVVV") == "V" * 16


@pytest.mark.parametrize("typed", ["", "K1QM", "K1QM 2XWD 9FHT 4RN0 7", "é" * 16, "\x00" * 16, "😀" * 8, "A" * 100_000])
def test_what_cannot_be_a_receipt_is_none(typed: str) -> None:
    assert normalise(typed) is None


@given(st.text())
def test_no_entry_whatever_raises(typed: str) -> None:
    normalise(typed)


def test_the_digest_needs_the_key(settings: Settings) -> None:
    receipt = mint("nonce", "Why?")
    with_this_key = digest(receipt)
    settings.RECEIPT_KEY = "another key"
    assert digest(receipt) != with_this_key
    assert receipt not in with_this_key


def test_a_form_token_carries_its_nonce_until_it_expires() -> None:
    from datetime import UTC, datetime, timedelta
    from unittest import mock

    token = new_form_token()
    assert nonce_of(token) == token.split(":")[0]
    later = datetime.now(UTC) + timedelta(seconds=FORM_TOKEN_SECONDS + 5)
    with mock.patch("time.time", return_value=later.timestamp()):
        assert nonce_of(token) is None


@pytest.mark.parametrize("forged", ["", "nonce", "a:b:c", "\x00", "x" * 10_000])
def test_a_forged_form_token_has_no_nonce(forged: str) -> None:
    assert nonce_of(forged) is None


@pytest.mark.django_db
def test_the_receipt_itself_is_kept_nowhere() -> None:
    from questions.models import Question

    question = factories.asked("Why?")
    kept = Question.objects.values().get(pk=question.pk)
    assert len(str(kept["receipt_digest"])) == 64
    assert receipts.digest(mint("n", "Why?")) != kept["receipt_digest"]
