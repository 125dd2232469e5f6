"""Readers search every word of the episodes that they can see, and are shown only what stands in the open."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from questions import edition
from questions.actions.acting import acting
from questions.actions.correct import correct
from questions.actions.retract import retract
from questions.models import ContentLevel, Credit, CreditRole, Episode, Person, Synonym
from questions.search.published import Found, Way, find
from questions.search.published_query import Within
from tests import cast, factories

pytestmark = pytest.mark.django_db

NAPS, FERNS, SOUP = "episode-1-1", "episode-1-2", "episode-1-3"


SHOW = (
    ("Naps at weddings", "Is it rude to nap at a wedding?", "Nap between the speeches.\n\nThe bride will not see it."),
    ("Ferns", "My husband's happiness hangs on a fern. How do I water it?", "In the rain. Ask your Café landlord."),
    ("Soup", "My flatmate eats my soup at night. What should I say?", "Say it to the flatmate, not to the soup."),
)


@pytest.fixture
def three(db: None) -> None:
    """Three episodes: on naps, on ferns and on soup."""
    for number, (title, question, body) in enumerate(SHOW, 1):
        answers = [factories.approved_answer(question, body=body)]
        factories.published_episode(title, at=datetime(2026, 1, number, tzinfo=UTC), answers=answers)


def look(typed: str, within: Within | None = None) -> Found:
    return find(typed, within or {}, timezone.now())


def found(typed: str, within: Within | None = None) -> list[str]:
    return [hit.episode.slug for hit in look(typed, within).hits]


def marked(typed: str) -> list[str]:
    """What is marked in the snippet of the only hit."""
    (hit,) = look(typed).hits
    return [text for text, is_match in hit.pieces if is_match]


def snippet(typed: str) -> str:
    (hit,) = look(typed).hits
    return "".join(text for text, _is_match in hit.pieces)


def test_every_way_of_asking_finds_what_it_should(three: None) -> None:
    expected = {
        "wedding": [NAPS],
        "WEDDINGS naps": [NAPS],
        "happy": [FERNS],
        "cafe": [FERNS],
        "flatm": [SOUP],
        "my husband": [FERNS],
        '"eats my soup"': [SOUP],
        '"soup my eats"': [],
        "“eats my soup”": [SOUP],
        "say -flatmate": [],
        "it -fern -soup": [NAPS],
        '-"to nap" -soup': [FERNS],
        "-naps": [SOUP, FERNS],
        "": [],
        "-": [],
        '"': [],
        '""': [],
        "😴": [],
        "tomas reyl": [SOUP, FERNS, NAPS],
        "title:naps": [NAPS],
        "*": [],
    }
    assert {typed: found(typed) for typed in expected} == expected


def test_what_has_all_the_words_comes_alone_and_else_it_is_what_has_some(three: None) -> None:
    assert (look("rude wedding").way, found("rude wedding")) == (Way.EVERY_WORD, [NAPS])
    assert (look("rude soup").way, sorted(found("rude soup"))) == (Way.SOME_WORDS, [NAPS, SOUP])


def test_small_words_are_not_demanded_unless_there_are_no_others(three: None) -> None:
    assert found("the happiness of the husbands") == [FERNS]
    assert sorted(found("the")) == [NAPS, FERNS, SOUP]


def test_a_word_in_the_title_counts_more_than_one_in_the_answer(three: None) -> None:
    body = "Weddings are long. Somebody will nap, and a nap is no shame."
    factories.published_episode("Boots", answers=[factories.approved_answer("May I keep them?", body=body)])
    assert found("nap wedding") == [NAPS, "episode-1-4"]


def test_the_words_are_marked_in_the_passage_that_fits(three: None) -> None:
    assert marked("fern water") == ["fern", "water"]
    assert snippet("bride") == "The bride will not see it."
    assert marked('"nap between"') == ["Nap", "between"]


def test_a_word_is_compared_by_its_stem_in_the_language_of_the_episode(three: None) -> None:
    factories.published_episode(
        "Bücher", language="de", answers=[factories.approved_answer("Darf ich seine Bücher behalten?", body="Ja.")]
    )
    assert found("buch") == ["episode-1-4"]
    assert marked("buch") == ["Bücher"]


def test_topics_are_found_by_their_other_words_and_those_of_wider_topics() -> None:
    wide = factories.topic("Relations")
    Synonym.objects.create(topic=wide, word="marriage")
    narrow = factories.topic("Sleep", parent=wide)
    Synonym.objects.create(topic=narrow, word="slumber")
    factories.published_episode("Naps", topics=[narrow])
    assert [found(word) for word in ("sleep", "slumbers", "relation", "marriages")] == [[NAPS]] * 4


GATED = "Say yes.\n\n# Details\n\n::: expect not safe | sex\nOf food.\n:::\n\nThe aubergine.\n\n# After\n\nWash it."


def test_words_behind_a_gate_are_found_but_never_shown_and_never_suggested() -> None:
    factories.published_episode("Vegetables", answers=[factories.approved_answer("May I?", body=GATED)])
    assert found("aubergine") == [NAPS]
    assert marked("aubergine") == []
    assert "aubergine" not in snippet("aubergine")
    assert "aubergine" not in snippet("details aubergine")
    assert found("aubergin") == [NAPS]
    assert (found("auberjine"), look("auberjine").corrected) == ([], "")
    assert look("vegetabels").corrected == "vegetables"


def test_a_text_that_is_not_safe_shows_its_note() -> None:
    factories.published_episode(
        "Is it rude to nap at a wedding?", summary="Sleepy guests.", note="About ropes.",
        text_level=ContentLevel.NOT_SAFE, kinds=["sex"],
    )  # fmt: skip
    for typed in ("wedding", "speeches", "sleepy"):
        assert (found(typed), snippet(typed)) == ([NAPS], "About ropes."), typed
    assert look("weddings speechez").corrected == ""
    assert marked("ropes") == ["ropes"]


@pytest.mark.parametrize(
    "build", [factories.assembled_episode, factories.scheduled_episode, factories.retracted_episode]
)
def test_nothing_is_found_that_readers_cannot_see(build: object) -> None:
    assert callable(build)
    build("Naps at weddings")
    assert (found("wedding"), look("weding").corrected) == ([], "")


def test_it_follows_every_deed_and_the_clock(three: None) -> None:
    by = acting(cast.tomas())
    coming = factories.scheduled_episode("Boots", answers=[factories.approved_answer("Old boots?", body="Plant them.")])
    assert found("boots") == []
    with factories.the_time(timezone.now() + timedelta(days=2)):
        assert found("boots") == [coming.slug]
    naps = Episode.objects.get(slug=NAPS)
    retract(naps, by=by, seen=naps.version)
    assert (found("wedding"), found("soup")) == ([], [SOUP])
    soup = Episode.objects.get(slug=SOUP)
    correct(soup, bodies=["Say it to the fridge."], words="Not the flatmate.", by=by, seen=soup.version)
    assert (found("fridge"), snippet("fridge")) == ([SOUP], "Say it to the fridge.")


def test_what_was_misspelt_is_found_by_what_was_meant(three: None) -> None:
    for typed, meant in {
        "landlrod": "landlord",
        "Flatmaet soup": "flatmate soup",
        '"eats my suop"': "",
        "husbnad's happyness": "husband's happiness",
        "xylophone": "",
    }.items():
        assert look(typed).corrected == meant, typed
    assert found("landlrod") == [FERNS]


def test_a_small_word_is_neither_suggested_nor_marked_beside_others(three: None) -> None:
    assert look("willl wedding").corrected == ""
    assert marked("the bride") == ["bride"]


def test_a_rare_word_that_is_like_a_common_one_is_asked_about(three: None) -> None:
    for number in range(4):
        factories.published_episode(f"Soups {number}", answers=[factories.approved_answer("More soup?", body="Soup.")])
    factories.published_episode("Sou-chef", answers=[factories.approved_answer("Is souq a word?", body="It is.")])
    assert (look("souq").count, look("souq").suggested) == (1, "soup")
    assert (look("soup").count, look("soup").suggested) == (5, "")


def brute_force(within: dict[str, list[int]]) -> tuple[int, dict[str, Counter[int]]]:
    """The same counts, taken episode by episode from the database."""
    counts: dict[str, Counter[int]] = {group: Counter() for group in ("topic", "verdict", "season", "year", "person")}
    answered = {person.pk: list(Episode.objects.answered_by(person)) for person in Person.objects.all()}
    number = 0
    for episode in Episode.objects.all():
        has: dict[str, set[int]] = {
            "topic": {topic.pk for topic in episode.topics.all()},
            "verdict": {episode.verdict_id} if episode.verdict_id else set(),
            "season": {episode.season.number},
            "year": {episode.release_at.year if episode.release_at else 0},
            "person": {person.pk for person in Person.objects.all() if episode in answered[person.pk]},
        }
        if all(set(numbers) <= has[group] for group, numbers in within.items()):
            number += 1
            for group in has:
                counts[group].update(has[group])
    return number, counts


def test_counts_are_exact_however_it_is_narrowed_down() -> None:
    sleep, food, love = (factories.topic(name) for name in ("Sleep", "Food", "Love"))
    ines, tomas = cast.ines(), cast.tomas()
    for number in range(1, 13):
        factories.published_episode(
            f"Number {number}", season=1 + number % 2, number=number, at=datetime(2024 + number % 3, 2, 1, tzinfo=UTC),
            topics=[topic for topic, every in ((sleep, 2), (food, 3), (love, 5)) if number % every == 0],
            verdict=factories.verdict().words if number % 4 == 0 else "",
            credits=[Credit(person=ines if number % 3 else tomas, role=CreditRole.ANSWERED)],
        )  # fmt: skip
    withins: list[dict[str, list[int]]] = [
        {}, {"topic": [sleep.pk]}, {"topic": [sleep.pk, food.pk]}, {"season": [2], "person": [ines.pk]},
        {"verdict": [factories.verdict().pk], "topic": [food.pk]}, {"year": [2025]},
        {"topic": [love.pk], "year": [1999]},
    ]  # fmt: skip
    for within in withins:
        result = look("nap wedding", within)
        count, counts = brute_force(within)
        assert result.count == count, within
        assert result.counts == ({group: dict(each) for group, each in counts.items()} if count else {}), within
    assert look("nap", {"topic": [love.pk], "year": [1999]}).without_narrowing == 12


def test_pages_follow_one_another_and_beyond_the_last_is_the_last(three: None) -> None:
    now = timezone.now()
    pages = [find("tomas", {}, now, first=first, limit=2) for first in (0, 2, 4, 10**6)]
    assert [[hit.episode.slug for hit in page.hits] for page in pages] == [[SOUP, FERNS], [NAPS], [NAPS], [NAPS]]
    assert [(page.first, page.count) for page in pages] == [(0, 3), (2, 3), (2, 3), (2, 3)]


def test_a_search_costs_the_same_queries_whatever_it_finds(three: None) -> None:
    def queries(typed: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            look(typed)
        return len(asked)

    first, again = set(), set()
    for typed in ("soup", "tomas", "rude soup", "landlrod", "fern"):
        # In a new edition nothing is at hand any more.
        edition.advance()
        look("xylophone")
        first.add(queries(typed))
        again.add(queries(typed))
    assert (len(first), len(again)) == (1, 1)
    assert (max(first) <= 14, max(again) <= 4) == (True, True)
    assert queries("xylophone") <= 2


WORDS = st.sampled_from(
    ["nap", "wedding", "the", '"', "-", "(", ")", "OR", "AND", "NOT", "*", "~2", "^", ":", "\x00", "é", "睡"]
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.one_of(st.text(), st.lists(WORDS, max_size=40).map("".join), st.lists(WORDS, max_size=40).map(" ".join))
)
@example('"unbalanced')
@example("a:b^2 [* TO *] /x/ (")
@example("-nap -wedding -the")
@example("the a of")
@example("x" * 10_000)
@example("nap " * 2_500)
@example(" ".join(f"w{number}" for number in range(2_000)))
@example(" ".join(f'"a{number} b"' for number in range(1_000)))
@example("-" * 10_000)
@example('"' * 10_001)
@example("\ud800 \x00 nap")
@example("nap" + "s" * 38)
@example("ß" * 40)
@example("睡" * 500)
def test_nothing_that_is_typed_is_an_error(three: None, typed: str) -> None:
    result = look(typed)
    assert len(result.hits) == min(10, result.count)
    assert all("".join(text for text, _is_match in hit.pieces) for hit in result.hits)
