"""Hosts are offered the topics that fit a question, as far as their choices for others tell."""

from unittest import mock

import pytest

from questions.actions.acting import acting
from questions.actions.tag import tag
from questions.actions.withdraw import withdraw
from questions.likeness import centroids, topic_suggestions
from questions.likeness import topics as room
from questions.likeness.centroids import Centroids, Labelled
from questions.models import Synonym
from tests import cast, factories

SLEEP = "Is it rude to nap at a wedding?"
PLANTS = "How do I water a fern in the rain?"


def names(text: str) -> list[str]:
    return [topic.name for topic in topic_suggestions(factories.asked(text)).topics]


def label(text: str, *topics: str) -> None:
    tag(factories.asked(text), topics=[factories.topic(name) for name in topics], by=acting(cast.tomas()))


@pytest.fixture
def few_are_enough() -> object:
    with mock.patch.object(centroids, "FEWEST", 4), mock.patch.object(room, "RELEARNT_AFTER", -1.0):
        yield


@pytest.mark.django_db
def test_without_examples_the_commonest_topics_are_given_and_said_to_be_a_guess() -> None:
    assert topic_suggestions(factories.asked()).topics == []
    label(SLEEP, "Sleep", "Manners")
    label(SLEEP, "Manners")
    with mock.patch.object(room, "RELEARNT_AFTER", -1.0):
        suggested = topic_suggestions(factories.asked(PLANTS))
    assert ([topic.name for topic in suggested.topics], suggested.is_guess) == (["Manners", "Sleep"], True)


@pytest.mark.django_db
def test_with_enough_examples_the_topic_that_fits_comes_first(few_are_enough: object) -> None:
    for number in range(4):
        label(f"{SLEEP} {number}", "Sleep")
    label(PLANTS, "Plants")
    assert names("Ferns and rain, what do they want?")[0] == "Plants"
    assert names("I nap at every wedding")[0] == "Sleep"
    assert not topic_suggestions(factories.asked()).is_guess


@pytest.mark.django_db
def test_a_topic_is_found_by_its_other_words_too(few_are_enough: object) -> None:
    for number in range(4):
        label(f"{SLEEP} {number}", "Sleep")
    Synonym.objects.create(topic=factories.topic("Money"), word="mortgage")
    assert names("My landlord wants me to get a mortgage")[0] == "Money"


@pytest.mark.django_db
def test_a_topic_that_is_gone_is_not_suggested() -> None:
    label(SLEEP, "Sleep")
    label(PLANTS, "Plants")
    assert set(names("?")) == {"Sleep", "Plants"}
    factories.topic("Plants").delete()
    assert names("?") == ["Sleep"]


@pytest.mark.django_db
def test_what_was_taken_back_is_unlearnt_at_once() -> None:
    question = factories.asked(SLEEP)
    tag(question, topics=[factories.topic("Sleep")], by=acting(cast.tomas()))
    topic_suggestions(factories.asked(PLANTS))
    assert room._centroids().labelled == 1
    withdraw(question)
    assert room._centroids().labelled == 0


@pytest.mark.pure
def test_a_rare_topic_is_not_forgotten_for_a_common_one() -> None:
    learnt = Centroids(
        [
            *(Labelled(("relationships",), f"my husband and i are sad about {number}") for number in range(60)),
            Labelled(("plants",), "the fern is sad"),
            Labelled(("plants",), "a fern and my husband"),
        ]
    )
    assert learnt.nearest("", "my husband killed the fern", "en", 2) == ["plants", "relationships"]
    assert learnt.nearest("", "", "en", 1) == ["relationships"]
    assert learnt.nearest("Fern", "husband", "en", 1) == ["plants"]
