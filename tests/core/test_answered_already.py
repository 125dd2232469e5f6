"""Before a question is sent, its asker is shown the episodes that may already answer it."""

import logging
import resource
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from questions.actions.acting import acting
from questions.actions.correct import correct
from questions.actions.retract import retract
from questions.likeness import answered_already, glances
from questions.likeness.passage import LONGEST, best_passage, shortened
from questions.likeness.shelf import Shelf, Volume
from questions.models import ContentLevel, Episode, Show
from tests import factories

NAP = "I always fall asleep at weddings. Is it rude to take a nap?"
# What the other episodes of a show are about: one that knows nothing but naps cannot tell what is special about them.
OTHERS = (
    ("Ferns", "How do I water a fern?", "In the rain, and always from above."),
    ("Boots", "Do we have to keep his old boots?", "One of them. Take it to the garden and plant something."),
    ("Trains", "Who may open the window of a train?", "Whoever sits beside it is asked, and asks the others."),
    ("Soup", "My flatmate eats my soup. What should I say?", "Say it to the flatmate, not to the soup."),
    ("Letters", "Should I send the letter that I wrote at night?", "Read it to a chair first, at breakfast."),
    ("Cats", "Can I bring the cat to my new job?", "Is it a cat that wants to work?"),
)


@pytest.fixture
def show(db: None) -> None:
    for title, question, body in OTHERS:
        factories.published_episode(title, answers=[factories.approved_answer(question, body=body)])


def test_a_published_episode_is_found_with_the_passage_that_fits(show: None) -> None:
    answer = factories.approved_answer(
        "Is it rude to nap at a wedding?",
        body="Bring a hat.\n\n# Where\n\nTake a nap between the [speeches](https://example.org/nap) of a wedding. "
        "Nobody who falls asleep has ever said something rude to the bride, and most of those who are awake have. "
        "Then dance.",
    )
    factories.published_episode("Is it rude to nap at a wedding?", answers=[answer])
    (likely,) = answered_already(NAP)
    assert likely.episode.title == "Is it rude to nap at a wedding?"
    assert likely.episode.get_absolute_url() == "/episodes/episode-1-7/"
    assert likely.snippet == (
        "Take a nap between the speeches of a wedding. Nobody who falls asleep has ever said something "
        "rude to the bride, and most of those who are awake have. Then dance."
    )


def test_a_browser_is_given_the_beginnings_of_the_words_that_are_asked(show: None) -> None:
    factories.published_episode("Naps", answers=[factories.approved_answer("Is a näp at weddings rude?", body="No.")])
    newest = glances()[0]
    assert (newest.title, newest.address) == ("Naps", "/episodes/episode-1-7/")
    assert newest.words == sorted({"naps", "weddi", "rude", *summary_words(newest.snippet)})


def summary_words(summary: str) -> set[str]:
    return {word[:5] for word in summary.lower().replace(".", "").split() if len(word) > 3}


def test_nothing_is_shown_that_readers_cannot_see(show: None) -> None:
    seen_before = glances()
    factories.approved_answer()
    factories.assembled_episode("One")
    factories.scheduled_episode("Two")
    factories.retracted_episode("Three")
    assert answered_already(NAP) == []
    assert glances() == seen_before


def test_an_episode_that_time_alone_releases_is_found_from_then_on(show: None) -> None:
    at = timezone.now() + timedelta(hours=1)
    factories.scheduled_episode("Naps at weddings", at=at)
    assert titles() == []
    with factories.the_time(at):
        assert titles() == ["Naps at weddings"]


def test_a_retracted_episode_is_gone_at_once(show: None) -> None:
    episode = factories.published_episode()
    assert titles() == ["Naps at weddings"]
    retract(episode, by=acting(factories.host()), seen=episode.version)
    assert titles() == []


def test_even_a_shelf_that_was_overtaken_shows_nothing_retracted(show: None) -> None:
    factories.published_episode("Naps at weddings")
    factories.published_episode("Trousers", answers=[factories.approved_answer("Are trousers over?", body="No.")])
    assert titles() == ["Naps at weddings"]
    # Without an action there is no new edition, and the newest episode stays what it was: the shelf is as before.
    Episode.objects.filter(aired_script__title="Naps at weddings").update(retracted_at=timezone.now())
    assert titles() == []


def test_a_correction_is_quoted_as_it_is_now(show: None) -> None:
    episode = factories.published_episode()
    assert answered_already(NAP)[0].snippet == "Is it rude to nap at a wedding? · Nap between the speeches."
    correct(episode, bodies=["Never nap."], words="On reflection.", by=acting(factories.host()), seen=episode.version)
    assert answered_already(NAP)[0].snippet == "Is it rude to nap at a wedding? · Never nap."


def test_what_is_not_safe_is_not_quoted_to_somebody_who_has_not_read_the_note(show: None) -> None:
    factories.published_episode(text_level=ContentLevel.NOT_SAFE, note="Loud snoring.")
    (likely,) = answered_already(NAP)
    assert likely.snippet == "Text not safe for work. No video. No pictures. Loud snoring."


def test_a_question_about_something_else_is_shown_nothing(show: None) -> None:
    factories.published_episode()
    others = [
        "My landlord won’t fix the boiler.",
        "How do I get a mortgage as a freelancer?",
        "My sister and I have not spoken since the funeral, and I miss her.",
        "Is it me?",
        "wedding",
        "wedding wedding wedding",
        "?",
        "",
        "Soll ich ihm schreiben?",
        "付き合って二年になる恋人がいます。",
    ]
    assert [text for text in others if answered_already(text)] == []


def test_at_most_so_many_are_shown_as_are_asked_for(show: None) -> None:
    factories.published_episode("Naps at weddings")
    factories.published_episode("Naps, again", answers=[factories.approved_answer("Is a nap at a wedding rude?")])
    assert len(answered_already(NAP)) == 2
    assert len(answered_already(NAP, limit=1)) == 1


def test_words_are_known_by_their_stem_in_the_language_of_the_show(db: None) -> None:
    Show.objects.update_or_create(pk=1, defaults={"language": "de-AT"})
    answer = factories.approved_answer("Darf ich bei Hochzeiten schlafen?", body="Zwischen den Reden.")
    factories.published_episode("Müde auf der Hochzeit", answers=[answer])
    (likely,) = answered_already("Auf der HOCHZEIT werde ich mude. Darf ich schlafen?")
    assert likely.episode.title == "Müde auf der Hochzeit"


def test_nothing_of_a_question_is_written_logged_or_put_to_the_database(
    show: None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    factories.published_episode()
    canary = f"{NAP} Quetzalcoatlus."
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as queries, no_file_grows(tmp_path):
        assert len(answered_already(canary)) == 1
    said = "\n".join([*(record.getMessage() for record in caplog.records), *(str(query) for query in queries)])
    assert "wedding" not in said
    assert "Quetzalcoatlus" not in said


def test_a_filled_shelf_takes_two_questions_to_the_database_however_many_are_found(show: None) -> None:
    factories.published_episode("Naps at weddings")
    factories.published_episode("Naps, again", answers=[factories.approved_answer("Is a nap at a wedding rude?")])
    answered_already(NAP)
    with CaptureQueriesContext(connection) as queries:
        assert len(answered_already(NAP)) == 2
    assert len(queries) == 2


SHELF = Shelf(
    [
        Volume(1, "Is it rude to nap at a wedding?", "Is it rude to nap at a wedding? Between the speeches."),
        Volume(2, "How do I water a fern?", "How do I water a fern? Rain."),
        Volume(3, "\ud800 [x](y) OR asked:*", "\x00"),
    ],
    "en",
)


@pytest.mark.pure
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(codec=None), max_size=2_000))
@example("\ud800\udfff")
@example('asked:nap AND (number:1 OR "unbalanced')
@example("nap^1e999 wedding~99 /[a-/ {x TO *] +-!(" * 200)
@example("نوم 😴 e\u0301 \u202e nap wedding \x00")
@example("nap wedding " * 800)
def test_any_text_can_be_looked_up(text: str) -> None:
    weighed = SHELF.weigh(text)
    assert set(SHELF.like(weighed, 3)) <= {1, 2, 3}
    passage = best_passage(f"{text}\nOne. Two.", weighed.known, SHELF.stems)
    assert len(passage) <= LONGEST


@pytest.mark.pure
def test_a_shelf_with_nothing_on_it_and_one_in_a_language_without_stems_answer_too() -> None:
    assert Shelf([], "en").like(Shelf([], "en").weigh(NAP), 3) == []
    polish = Shelf([Volume(1, "Czy wypada spać na weselu?", "Czy wypada spać na weselu?")], "pl")
    assert polish.like(polish.weigh("Czy wypada spac na WESELU?"), 3) == [1]


@pytest.mark.pure
def test_several_threads_may_look_at_once() -> None:
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda text: SHELF.like(SHELF.weigh(text), 3), [NAP, "Water my fern?"] * 50))
    assert found == [[1], [2]] * 50


@pytest.mark.pure
def test_a_passage_begins_with_a_sentence_and_is_cut_between_words() -> None:
    words = "never " * 60
    text = f"{words}. The nap is {words}\nThe end."
    assert best_passage(text, {"nap": 1.0}, SHELF.stems) == f"The nap is {'never ' * 30}never…"
    assert shortened("x" * 201) == f"{'x' * 199}…"
    assert shortened("x" * 200) == "x" * 200
    assert best_passage("", {}, SHELF.stems) == ""


def titles() -> list[str]:
    return [likely.episode.title for likely in answered_already(NAP)]


@contextmanager
def no_file_grows(scratch: Path) -> Iterator[None]:
    """For as long as this lasts the system refuses this process every byte for any file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            (scratch / "proof").write_text("The limit holds.")
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
