"""Hosts are shown what is likest to a question: other questions, and episodes that may answer it already."""

import pytest

from questions.actions.acting import acting
from questions.actions.amend import amend
from questions.actions.merge import merge, split
from questions.actions.retract import retract
from questions.actions.undo import undo
from questions.actions.withdraw import withdraw
from questions.likeness import Twin, twins
from questions.models import Question
from tests import cast, factories

pytestmark = pytest.mark.django_db

NAP = "I always fall asleep at weddings. Is it rude to take a nap?"


def shown(found: list[Twin]) -> list[str]:
    """What was found, by its words or its title."""
    return [twin.question.spoken_text if twin.question else twin.episode.title for twin in found if _is_one(twin)]  # type: ignore[union-attr]


def _is_one(twin: Twin) -> bool:
    return (twin.question is None) != (twin.episode is None)


@pytest.fixture
def asked() -> Question:
    for text in ("How do I water a fern?", "My flatmate eats my soup.", "May I open the window of a train?"):
        factories.asked(text)
    return factories.asked(NAP)


def test_the_likest_question_comes_first_with_the_shared_words_marked(asked: Question) -> None:
    factories.asked("Was I rude when I took a nap at my sister's wedding?")
    first = twins(asked)[0]
    assert [text for text, is_marked in first.pieces if is_marked] == ["rude", "nap", "wedding"]
    assert "".join(text for text, _ in first.pieces) == "Was I rude when I took a nap at my sister's wedding?"
    assert first.question is not None
    assert 0.2 < first.likeness < 1


def test_it_is_never_its_own_twin_and_neither_is_what_it_is_merged_with(asked: Question) -> None:
    by = acting(cast.tomas())
    follower, sibling = factories.asked("May I nap at a wedding?"), factories.asked("Is a nap at a wedding rude?")
    assert shown(twins(asked))[:2] == ["Is a nap at a wedding rude?", "May I nap at a wedding?"]
    merge(follower, into=asked, by=by, seen=follower.version)
    assert "May I nap at a wedding?" not in shown(twins(asked))
    event = merge(sibling, into=asked, by=by, seen=sibling.version)
    follower.refresh_from_db()
    assert not {NAP, "Is a nap at a wedding rude?"} & set(shown(twins(follower)))
    undo(event, by=by)
    assert shown(twins(follower))[0] == "Is a nap at a wedding rude?"
    split(follower, by=by, seen=follower.version)
    follower.refresh_from_db()
    assert NAP in shown(twins(follower))


def test_an_episode_stands_for_the_question_that_it_answers(asked: Question) -> None:
    episode = factories.published_episode("Naps at weddings")
    assert shown(twins(asked))[0] == "Naps at weddings"
    assert "Is it rude to nap at a wedding?" not in shown(twins(asked))
    retract(episode, by=acting(cast.tomas()), seen=episode.version)
    assert shown(twins(asked))[0] == "Is it rude to nap at a wedding?"


def test_the_episode_of_a_question_is_no_twin_of_it(asked: Question) -> None:
    answer = factories.approved_answer(question=asked)
    factories.published_episode("Asleep", answers=[answer])
    asked.refresh_from_db()
    assert "Asleep" not in shown(twins(asked))


def test_nothing_that_is_gone_is_shown(asked: Question) -> None:
    other = factories.asked("Is a nap at a wedding rude?")
    assert shown(twins(asked))[0] == "Is a nap at a wedding rude?"
    withdraw(other)
    assert "Is a nap at a wedding rude?" not in shown(twins(asked))


def test_other_words_have_other_twins(asked: Question) -> None:
    amend(asked, text="How much water wants a fern?", sign_off="")
    asked.refresh_from_db()
    assert shown(twins(asked))[0] == "How do I water a fern?"


def test_misspelt_words_are_found_by_their_letters(asked: Question) -> None:
    factories.asked("Does chlamydia go away?")
    asked = factories.asked("chlameydia treatment")
    assert shown(twins(asked))[0] == "Does chlamydia go away?"


def test_five_are_shown_the_likeliest_first(asked: Question) -> None:
    for number in range(8):
        factories.asked(f"Is a nap at wedding number {number} rude?")
    found = twins(asked)
    assert len(found) == 5
    assert found == sorted(found, key=lambda twin: -twin.likeness)
    assert len(twins(asked, limit=2)) == 2


def test_a_question_of_no_words_has_no_twins(asked: Question) -> None:
    assert twins(factories.asked("?!")) == []
