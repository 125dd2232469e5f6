"""Which episodes are offered beside another one, and why."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from questions.likeness import related_to
from questions.models import ContentLevel, Episode
from tests.factories import (
    approved_answer,
    assembled_episode,
    published_episode,
    retracted_episode,
    scheduled_episode,
    topic,
)

pytestmark = pytest.mark.django_db

BEDS = "My partner snores, and I would like a bedroom of my own. How do I say it?"
ROOMS = "I want my own bedroom, since my husband snores. How would I say that kindly?"


def an_episode(title: str, question: str = "", *, number: int, **contents: object) -> Episode:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)
    answers = [approved_answer(question or f"What is {title}?", body="Yes.")]
    return published_episode(title, number=number, at=at, answers=answers, **contents)


def others(episode: Episode, limit: int = 3) -> list[tuple[str, str]]:
    found = related_to(episode, timezone.now(), limit)
    rows = Episode.objects.in_bulk([each.key for each in found])
    return [(rows[each.key].title, each.reason(episode, rows[each.key])) for each in found]


def test_likeness_of_words_comes_first_then_the_most_shared_topics_and_each_says_why() -> None:
    sleep, love, money = topic("sleep"), topic("love"), topic("money")
    here = an_episode("Snoring", BEDS, number=1, topics=[sleep, love])
    an_episode("Bedrooms", ROOMS, number=2)
    an_episode("Dreams", number=3, topics=[sleep])
    an_episode("Pillow talk", number=4, topics=[love, sleep])
    an_episode("Rent", number=5, topics=[money])
    assert others(here) == [
        ("Bedrooms", "Asked in much the same words"),
        ("Pillow talk", "Also about love and sleep"),
        ("Dreams", "Also about sleep"),
    ]


def test_one_that_is_alike_in_both_ways_is_offered_once_and_says_both() -> None:
    sleep = topic("sleep")
    here = an_episode("Snoring", BEDS, number=1, topics=[sleep])
    an_episode("Bedrooms", ROOMS, number=2, topics=[sleep])
    # A word that half of all episodes have says nothing.
    an_episode("Rent", number=3)
    an_episode("Soup", number=4)
    assert others(here) == [("Bedrooms", "Also about sleep, in much the same words")]


def test_of_those_that_share_as_much_the_newest_come_first_and_no_more_than_asked_for() -> None:
    sleep = topic("sleep")
    here = an_episode("Here", number=1, topics=[sleep])
    for number in range(2, 7):
        an_episode(f"Number {number}", number=number, topics=[sleep])
    assert [title for title, _reason in others(here)] == ["Number 6", "Number 5", "Number 4"]


def test_nothing_that_readers_cannot_see_is_offered() -> None:
    sleep = topic("sleep")
    here = an_episode("Snoring", BEDS, number=1, topics=[sleep])
    for number, make in enumerate((assembled_episode, scheduled_episode, retracted_episode), start=2):
        make("Bedrooms", number=number, topics=[sleep], answers=[approved_answer(ROOMS)])
    assert others(here) == []


def test_a_translation_is_the_same_episode_and_other_languages_are_for_other_readers() -> None:
    sleep = topic("sleep")
    here = an_episode("Snoring", BEDS, number=1, topics=[sleep])
    german = an_episode("Schnarchen", BEDS, number=2, topics=[sleep], language="de", translation_of=here)
    an_episode("Schlaf", number=3, topics=[sleep], language="de")
    an_episode("Dreams", number=4, topics=[sleep], language="en")
    assert [title for title, _reason in others(here)] == ["Dreams"]
    assert [title for title, _reason in others(german)] == ["Schlaf"]


def test_an_episode_without_topics_that_is_like_no_other_stands_alone() -> None:
    here = an_episode("Snoring", BEDS, number=1)
    an_episode("Rent", number=2, topics=[topic("money")], text_level=ContentLevel.NOT_SAFE)
    assert others(here) == []


def test_it_asks_the_database_as_often_for_many_episodes_as_for_few(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    sleep = topic("sleep")
    an_episode("Snoring", BEDS, number=1, topics=[sleep])
    for number in range(2, 12):
        an_episode(f"Number {number}", ROOMS if number == 2 else "", number=number, topics=[sleep])
        if number in (4, 11):
            here = Episode.objects.get(number=1)
            related_to(here, timezone.now())
            with django_assert_num_queries(5):
                related_to(here, timezone.now())
