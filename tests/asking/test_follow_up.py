"""“I have a follow-up”: the form knows the episode that somebody asks on from, and only as long as they like that."""

from collections.abc import Callable

import pytest

from questions.actions.acting import acting
from questions.actions.retract import retract
from questions.actions.withdraw import forget, withdraw
from questions.models import ContentLevel, Episode, Question, Show
from tests import cast, factories
from tests.asking.asker import Asker

pytestmark = pytest.mark.django_db

WORDS = "And what if the speeches never end?"


@pytest.fixture(autouse=True)
def episode() -> Episode:
    return factories.published_episode("Naps at weddings", slug="naps")


def asks_on(**fields: str) -> Asker:
    """Somebody on the check page who came from the episode."""
    return Asker().opens("/ask/after/naps/").presses("check", text=WORDS, adult="on", **fields)


def newest() -> Question:
    return Question.objects.get(text__isnull=False, answer=None)


def test_the_form_says_which_episode_it_goes_on_from_and_the_question_keeps_it(episode: Episode) -> None:
    asker = Asker().opens("/ask/after/naps/")
    assert asker.sees("I am asking on from “Naps at weddings”")
    assert asker.form("check")["after"] == "naps"
    asker.presses("check", text=WORDS, adult="on")
    assert asker.sees("Asking on from Naps at weddings")
    asker.presses("edit")
    assert asker.sees("I am asking on from “Naps at weddings”")
    asker.presses("check").presses("send")
    assert asker.sees("We have it. Keep this ticket.")
    assert newest().follows_up == episode


def test_whoever_takes_the_tick_out_only_asks() -> None:
    asker = Asker().opens("/ask/after/naps/")
    asker.presses("check", leaving_out="after", text=WORDS, adult="on")
    assert not asker.sees("Asking on from")
    asker.presses("send")
    assert newest().follows_up is None


def test_a_mistake_on_the_way_and_a_press_on_the_check_page_keep_it(episode: Episode) -> None:
    asker = Asker().opens("/ask/after/naps/").presses("check", text="")
    assert asker.answer.status_code == 422
    asker.presses("check", text=f"{WORDS} Write to a@example.org", adult="on")
    asker.presses(asker.steps(beginning="blur:")[0]).presses("send")
    assert newest().follows_up == episode


def test_the_ordinary_form_says_nothing_of_it() -> None:
    asker = Asker().opens("/ask/")
    assert "after" not in asker.form("check")
    assert not asker.sees("asking on from")


@pytest.mark.parametrize("slug", ["nowhere", "naps\0", "x" * 9000, "../naps", "<b>", "NAPS "])
def test_an_episode_that_is_not_there_is_left_aside_without_a_word(slug: str) -> None:
    asker = asks_on()
    asker.sends({**asker.form("send"), "step": "send", "after": slug})
    assert asker.sees("We have it. Keep this ticket.")
    assert newest().follows_up is None


@pytest.mark.parametrize(
    "make", [factories.assembled_episode, factories.scheduled_episode, factories.retracted_episode]
)
def test_what_readers_cannot_see_cannot_be_asked_on_from(make: Callable[..., Episode]) -> None:
    make("Secret", slug="secret", answers=[factories.approved_answer("Another?")])
    answer = Asker().opens("/ask/after/secret/").answer
    assert answer.status_code == 404
    assert b"Secret" not in answer.content
    asker = asks_on()
    asker.sends({**asker.form("send"), "step": "send", "after": "secret"})
    assert not Question.objects.exclude(follows_up=None).exists()


def test_an_episode_that_is_taken_down_while_somebody_writes_does_not_stop_them(episode: Episode) -> None:
    asker = asks_on()
    retract(episode, by=acting(cast.noor()), seen=episode.version)
    asker.presses("send")
    assert asker.sees("We have it. Keep this ticket.")
    assert newest().follows_up is None


def test_a_gated_episode_is_named_as_everywhere() -> None:
    answers = [factories.approved_answer("Something frank?")]
    factories.published_episode("Something frank?", slug="frank", text_level=ContentLevel.NOT_SAFE, answers=answers)
    asker = Asker().opens("/ask/after/frank/")
    assert asker.sees("I am asking on from “Season 1, episode 2”")
    assert not asker.sees("Something frank?")


def test_the_episode_is_not_offered_as_the_answer_to_its_own_follow_up() -> None:
    same = "Is it rude to nap at a wedding?"
    assert 'href="/episodes/naps/"' in Asker().looks_over(same).page
    asker = Asker().opens("/ask/after/naps/").presses("check", text=same, adult="on")
    assert 'href="/episodes/naps/"' not in asker.page


def test_it_goes_with_the_words() -> None:
    for let_go in (withdraw, forget):
        asks_on().presses("send")
        question = Question.objects.exclude(follows_up=None).get()
        let_go(question)
        question.refresh_from_db()
        assert question.follows_up is None


def test_the_page_is_an_asking_page_and_closed_with_the_others() -> None:
    answer = Asker().opens("/ask/after/naps/?q=secret").answer
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert not answer.cookies
    assert "<title>Write</title>" in answer.content.decode()
    Show.objects.update_or_create(defaults={"is_asking_open": False})
    assert Asker().opens("/ask/after/naps/").sees("We are not taking questions just now")


def test_an_address_without_its_slash_takes_nothing_along() -> None:
    answer = Asker().client.get("/ask/after/naps", {"q": "secret"})
    assert (answer.status_code, answer.headers["Location"]) == (301, "/ask/after/naps/")


def test_what_cannot_be_stored_there_is_given_back_there() -> None:
    asker = Asker().opens("/ask/after/naps/")
    fields = {**asker.form("check"), "text": WORDS, "adult": "on", "step": "check"}
    asker.sends(fields, **{"Sec-Fetch-Site": "cross-site"})
    assert asker.answer.status_code == 403
    asker.presses("edit")
    assert asker.sees("I am asking on from “Naps at weddings”")
    assert asker.form("check")["text"] == WORDS
