"""Hosts search the words of the newest questions in memory, and find what stands there at that moment."""

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from questions.actions.acting import acting
from questions.actions.amend import amend
from questions.actions.correspond import add, note, reply
from questions.actions.reword import reword
from questions.actions.undo import undo
from questions.actions.withdraw import erase_traces, forget, withdraw
from questions.models import Question
from questions.search import desk
from questions.search.desk import find
from questions.search.marking import LONGEST, marked
from questions.search.memory import Memory, Said
from questions.search.typed import Wanted, wanted_by
from questions.search.words import stems_of, words_of
from tests import cast, factories
from tests.core.test_answered_already import no_file_grows


@pytest.fixture
def three(db: None) -> dict[str, int]:
    """Three waiting questions by what they are about."""
    return {
        "naps": factories.asked("Is it rude to nap at a wedding?", "Drowsy").number,
        "ferns": factories.asked("My husband's happiness hangs on a fern. How do I water it?", "Zoë").number,
        "soup": factories.asked("My flatmate eats my soup at night. What should I say?", "Hungry").number,
    }


def found(typed: str) -> list[int]:
    return [hit.number for hit in find(typed)]


def test_every_way_of_asking_finds_what_it_should(three: dict[str, int]) -> None:
    naps, ferns, soup = three["naps"], three["ferns"], three["soup"]
    expected = {
        "wedding": [naps],
        "WEDDINGS nap": [naps],
        "happy": [ferns],
        "zoe": [ferns],
        "drowsy": [naps],
        "flatm": [soup],
        "flatm ": [],
        "flatmate so": [soup],
        '"eats my soup"': [soup],
        '"soup my eats"': [],
        "“eats my soup”": [soup],
        "my -fern": [soup],
        '-my -"to nap"': [],
        "-my": [naps],
        "-my -rude": [],
        "fern soup": [soup, ferns],
        "": [],
        "-": [],
        '"': [],
        '""': [],
        "😴": [],
    }
    assert {typed: found(typed) for typed in expected} == expected


def test_what_has_all_the_words_comes_alone(three: dict[str, int]) -> None:
    assert found("my husband") == [three["ferns"]]


def test_what_was_looked_for_is_marked(three: dict[str, int]) -> None:
    (hit,) = find("nap wed")
    assert hit.pieces == [
        ("Is it rude to ", False), ("nap", True), (" at a ", False), ("wedding", True), ("? · Drowsy", False),
    ]  # fmt: skip


def test_a_long_letter_is_cut_around_what_was_looked_for(db: None) -> None:
    factories.asked(f"{'Nothing here. ' * 40}The herons are asleep. {'Nothing there. ' * 40}")
    (hit,) = find("herons asleep")
    assert [text for text, is_marked in hit.pieces if is_marked] == ["herons", "asleep"]
    assert hit.pieces[0] == ("…", False) or hit.pieces[0][0].startswith("…")
    assert len("".join(text for text, _is_marked in hit.pieces)) <= LONGEST + 2


def test_wording_notes_and_thread_are_searched_too(db: None) -> None:
    by = acting(cast.tomas())
    question = factories.asked()
    reword(question, text="May one sleep at a party?", sign_off="", by=by, seen=question.version)
    note(question, text="Like the hammock letter.", by=by)
    reply(question, text="Which continent is it?", by=by)
    add(question, text="Antarctica, mostly penguins.")
    for typed in ("wedding", "party", "hammock", "continent", "penguin"):
        assert found(typed) == [question.number], typed


def test_it_follows_every_deed(db: None) -> None:
    by = acting(cast.tomas())
    assert found("wedding") == []
    question = factories.asked()
    assert found("wedding") == [question.number]
    amend(question, text="Do ferns mind the rain?", sign_off="")
    assert (found("wedding"), found("fern")) == ([], [question.number])
    event = note(question, text="Ask the gardener.", by=by)
    assert found("gardener") == [question.number]
    undo(event, by=by)
    assert found("gardener") == []
    withdraw(question)
    assert (found("fern"), desk.current().said) == ([], {})


def test_a_forgotten_question_leaves_at_once_and_its_traces_bring_nothing_back(db: None) -> None:
    question, other = factories.asked(), factories.asked("Is it rude to leave a wedding?")
    assert len(found("wedding")) == 2
    forget(question)
    assert found("wedding") == [other.number]
    question.refresh_from_db()
    erase_traces(question)
    assert found("wedding") == [other.number]


def test_erased_before_anybody_looked_again_it_is_gone_as_well(db: None) -> None:
    question, other = factories.asked(), factories.asked("Is it rude to leave a wedding?")
    assert len(found("wedding")) == 2
    withdraw(question)
    question.refresh_from_db()
    erase_traces(question)
    assert found("wedding") == [other.number]


def test_only_the_newest_are_kept_in_mind(db: None) -> None:
    first = factories.asked("wedding one")
    with mock.patch.object(desk, "MOST_QUESTIONS", 2):
        second = factories.asked("wedding two")
        assert set(found("wedding")) == {first.number, second.number}
        third = factories.asked("wedding three")
        assert set(found("wedding")) == {second.number, third.number}
        amend(first, text="wedding four", sign_off="")
        assert set(found("wedding")) == {second.number, third.number}


def test_where_nothing_is_new_a_search_costs_two_queries(three: dict[str, int]) -> None:
    find("wedding")
    with CaptureQueriesContext(connection) as queries:
        find("wedding fern soup")
    assert len(queries) == 2


def test_words_are_known_by_their_stem_in_the_language_of_each_question(db: None) -> None:
    german = factories.asked("Darf ich auf Hochzeiten schlafen?", language="de-AT")
    japanese = factories.asked("結婚式で寝てもいいですか。", language="ja")
    factories.asked()
    assert found("Hochzeit") == [german.number]
    assert found("結婚式") == [japanese.number]
    assert found("寝ても") == [japanese.number]


def test_nothing_of_a_question_or_a_search_is_written_logged_or_put_to_the_database(
    three: dict[str, int], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    desk.current()
    factories.asked("The quetzalcoatlus sleeps.")
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as queries, no_file_grows(tmp_path):
        assert len(find("quetzalcoatlus")) == 1
    said = "\n".join([*(record.getMessage() for record in caplog.records), *(str(query) for query in queries)])
    assert "quetzal" not in said.lower()


MEMORY = Memory()
MEMORY.change(
    (number, Said(text, ("a note 付き合って",)))
    for number, text in enumerate(
        ["Is it rude to nap at a wedding?", "How do I water a fern?", "\ud800 [x](y) OR:*"], 1
    )
)


@pytest.mark.pure
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(codec=None), max_size=2_000))
@example('nap AND (fern OR "unbalanced')
@example("\ud800\udfff -\ud800")
@example("nap^1e999 wedding~99 /[a-/ {x TO *] +-!(" * 200)
@example("نوم 😴 e\u0301 \u202e nap wedding \x00")
@example("nap wedding " * 800)
@example(".*")
@example("-" * 10_000)
@example('"' * 9_999)
@example("x" * 10_001)
@example("付き合" * 3_000)
@example("ﷺ ß ŉ ﬁ İ ẞ" * 50)
def test_any_text_can_be_searched_and_compared(text: str) -> None:
    wanted = wanted_by(text)
    assert set(MEMORY.find(wanted, 5)) <= {1, 2, 3}
    likenesses = MEMORY.like(text, "en", 5)
    assert all(number in {1, 2, 3} and 0 < likeness <= 1 for number, likeness in likenesses)
    pieces = marked(text, "en", lambda stem, as_written: float(len(stem) > 3))
    assert len("".join(piece for piece, _is_marked in pieces)) <= LONGEST + 2


@pytest.mark.pure
def test_what_is_typed_is_read_as_it_is_meant() -> None:
    assert wanted_by('my "old boots" -garden cat') == Wanted("my cat", (("old", "boots"),), (("garden",),), True)
    assert wanted_by('well-being "x') == Wanted('well-being "x', (), (), True)
    assert wanted_by('"boots" ') == Wanted("boots")
    assert wanted_by("what?") == Wanted("what?")
    assert wanted_by('-"two words"') == Wanted("", (), (("two", "words"),))


@pytest.mark.pure
def test_the_word_for_a_word_is_where_it_stands() -> None:
    text = "Naïve wives’ 付き合 Straße"
    words = [(word.stem, text[word.start : word.end]) for word in words_of(text, "en")]
    assert words == [
        ("naiv", "Naïve"), ("wive", "wives"), ("付き", "付き"), ("き合", "き合"), ("strasse", "Straße"),
    ]  # fmt: skip
    assert stems_of(text, "en") == [stem for stem, _written in words]


@pytest.mark.pure
def test_a_memory_that_is_empty_answers_too() -> None:
    assert (Memory().find(wanted_by("nap -fern"), 3), Memory().like("nap", "en", 3)) == ([], [])


@pytest.mark.django_db(transaction=True)
def test_several_hosts_may_search_while_it_catches_up(three: dict[str, int]) -> None:
    def search(number: int) -> list[int]:
        try:
            return found("wedding" if number % 2 else "fern")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        answers = threads.map(search, range(24))
        assert list(answers) == [[three["ferns"]], [three["naps"]]] * 12
    assert Question.objects.count() == 3
