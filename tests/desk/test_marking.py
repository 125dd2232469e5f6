"""The words of a question with what a host must not overlook in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.desk.triage.marking import Piece, marked
from questions.rendering.source import tidy
from questions.safety import ClueKind

pytestmark = pytest.mark.pure

CRIES = ["I want to kill myself", "everyone would be better off without me"]
CLUES = ["call me on +49 30 1234567", "jane@example.org"]
PARTS = st.sampled_from([*CRIES, *CLUES, "\n\n", "\n", "\r\n", " ", "<b>&amp;", "…", "\u202e", "naps"])


def words_of(text: str) -> list[list[str]]:
    return ["".join(piece.words for piece in pieces).split() for pieces in marked(text).paragraphs]


def test_clues_and_calls_are_marked_where_they_stand() -> None:
    shown = marked("Write to jane@example.org.\n\nI want to kill myself.")
    assert shown.paragraphs[0] == [
        Piece("Write to "), Piece("jane@example.org", ClueKind.EMAIL), Piece("."),
    ]  # fmt: skip
    assert shown.paragraphs[1] == [Piece("I want to "), Piece("kill myself", is_cry=True), Piece(".")]
    assert (shown.kinds, shown.calls_in) == ([ClueKind.EMAIL], 2)


def test_nothing_is_marked_where_nothing_is_found() -> None:
    shown = marked("Is it rude to nap?\nAt a wedding?")
    assert shown.paragraphs == [[Piece("Is it rude to nap?\nAt a wedding?")]]
    assert (shown.kinds, shown.calls_in) == ([], 0)


def test_no_words_make_no_paragraph() -> None:
    assert marked("").paragraphs == marked(" \n\n ").paragraphs == []


@given(st.lists(PARTS | st.text(max_size=12), max_size=12).map("".join))
def test_the_marked_words_are_the_words_that_were_sent(text: str) -> None:
    shown = [word for words in words_of(text) for word in words]
    assert shown == tidy(text).split()


@given(st.lists(PARTS, max_size=12).map("".join))
def test_no_piece_is_empty(text: str) -> None:
    assert all(piece.words for pieces in marked(text).paragraphs for piece in pieces)
