"""What could point to the asker is marked in the wording, and replaced by one press: nothing of it is saved yet."""

import pytest
from django.test import Client
from django.urls import reverse

from questions.desk.writing.redaction import clues_left, redacted, shown
from tests import cast
from tests.desk.test_write_answer import claimed, fresh, page, typed

pytestmark = pytest.mark.django_db

WORDS = "My name is Katrin Bauer.\n\nWrite to katrin@example.org, or call me?"


@pytest.fixture
def desk() -> Client:
    return cast.signed_in(cast.tomas())


def test_clues_are_counted_marked_and_offered_a_replacement(desk: Client) -> None:
    seen = desk.get(page(claimed(WORDS))).content.decode()
    assert "2 clues left" in seen
    assert '<mark class="clue">katrin@example.org</mark>' in seen.replace(",</mark>", "</mark>")
    assert "Replace by [an e-mail address]" in seen


def test_one_press_replaces_one_clue_and_keeps_all_that_was_typed(desk: Client) -> None:
    question = claimed(WORDS)
    spot = clues_left({"text": WORDS, "sign_off": "Drowsy"})[1]
    response = desk.post(page(question), typed(question, body="An evening’s work.", redact=spot.name))
    told = response.content.decode()
    assert response.status_code == 200
    assert "Write to [an e-mail address], or call me?" in told
    assert "My name is Katrin Bauer." in told
    assert "An evening’s work." in told
    assert "1 clue left" in told
    assert fresh(question).spoken_text == WORDS


def test_all_of_them_are_replaced_by_another(desk: Client) -> None:
    question = claimed(WORDS, sign_off="kb@example.org", may_edit=False)
    told = desk.post(page(question), typed(question, redact="all")).content.decode()
    assert "No clue to who asked that we notice." in told
    wording = "My name is [a name].\n\nWrite to [an e-mail address], or call me?"
    assert wording in told
    # Also an asker who forbade editing gets these.
    saved = desk.post(page(question), typed(question, text=wording, sign_off="[an e-mail address]"))
    assert saved.status_code == 302
    assert fresh(question).spoken_text == wording


def test_a_press_on_words_that_were_typed_over_changes_nothing(desk: Client) -> None:
    question = claimed(WORDS)
    for press in ("text:0:5", "nonsense", "", "body:1:2"):
        told = desk.post(page(question), typed(question, text="Nobody is named here.", redact=press)).content.decode()
        assert "Nobody is named here.</textarea>" in told


def test_offsets_count_past_letters_of_two_halves() -> None:
    words = {"text": "🙂🙂 call 030 1234567 now", "sign_off": ""}
    assert redacted(words, clues_left(words)[0].name)["text"].startswith("🙂🙂 call [")


def test_what_is_shown_beside_the_original_is_the_wording_itself() -> None:
    for original, wording in (
        (WORDS, WORDS),
        (WORDS, "My name is [a name].\n\nWrite to katrin@example.org?"),
        ("A b c", ""),
        ("", "katrin@example.org at the start"),
        ("I live in Bonn.", "Call 030 1234567, or 030 7654321 "),
    ):
        runs = list(shown(original, wording, clues_left({"text": wording, "sign_off": ""})))
        assert "".join(run.words + run.space for run in runs if run.kind != "removed") == wording


def test_the_wording_that_is_typed_is_shown_without_being_stored(desk: Client) -> None:
    question = claimed(WORDS)
    address = reverse("desk:preview-wording", args=[question.ref])
    told = desk.post(address, {"text": "My name is a secret.", "sign_off": ""}).content.decode()
    assert "<ins>a secret.</ins>" in told
    assert "<html" not in told
    assert desk.post(address, {"text": "y" * 10_001}).status_code == 422
    assert fresh(question).spoken_text == WORDS


def test_where_the_wording_is_shut_nothing_can_be_struck(desk: Client) -> None:
    question = claimed(WORDS)
    desk.post(page(question), typed(question, body="Yes."))
    desk.post(page(question), typed(question, verb="approve"))
    told = desk.get(page(question)).content.decode()
    assert "2 clues left" in told
    assert 'name="redact"' not in told
    assert "data-redact" not in told
