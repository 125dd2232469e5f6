"""What was changed between two wordings."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.comparison import Kind, differences

pytestmark = pytest.mark.pure


def kinds(before: str, after: str) -> list[tuple[str, str]]:
    return [(difference.kind.value, difference.words) for difference in differences(before, after)]


def test_what_was_removed_stands_before_what_was_added_for_it() -> None:
    assert kinds("My partner Katrin and I share a bed.", "We share a bed.") == [
        ("removed", "My partner Katrin and I"),
        ("added", "We"),
        ("same", "share a bed."),
    ]


def test_the_same_words_are_no_difference() -> None:
    assert kinds("We share\na bed.", "We  share a bed.") == [("same", "We  share a bed.")]
    assert kinds("", "") == []


def test_all_new_and_all_gone() -> None:
    assert kinds("", "We") == [("added", "We")]
    assert kinds("We", "") == [("removed", "We")]


def test_white_space_after_a_passage_is_not_part_of_its_words() -> None:
    removed = differences("one two three", "one three")[1]
    assert (removed.kind, removed.words, removed.space) == (Kind.REMOVED, "two", " ")


TEXTS = st.text(alphabet="ab \n.ü👍", max_size=60)


@given(TEXTS, TEXTS)
def test_the_same_and_the_added_are_the_new_wording(before: str, after: str) -> None:
    found = differences(before, after)
    assert "".join(one.text for one in found if one.kind != Kind.REMOVED) == after
    assert "".join(one.words + one.space for one in found) == "".join(one.text for one in found)


@given(TEXTS, TEXTS)
def test_the_same_and_the_removed_are_the_old_words(before: str, after: str) -> None:
    found = differences(before, after)
    assert "".join(one.text for one in found if one.kind != Kind.ADDED).split() == before.split()


def test_a_text_made_to_be_slow_is_not_slow() -> None:
    began = time.perf_counter()
    differences("a b " * 2500, "b a " * 2500)
    assert time.perf_counter() - began < 2
