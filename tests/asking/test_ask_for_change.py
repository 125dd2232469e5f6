"""“Please change this”: the asker wants another wording, and until they agree to one nothing airs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from questions.actions.acting import Actor, Refused, acting
from questions.actions.approve import reopen
from questions.actions.consent import consent, preview
from questions.actions.retract import retract
from questions.actions.reword import reword
from questions.actions.schedule import publish
from questions.models import Airing, Episode, Event, Message, Question
from questions.models.history import TOLD_AFTER
from tests import cast, factories
from tests.asking.asker import Asker

pytestmark = pytest.mark.django_db

LATER = TOLD_AFTER + timedelta(seconds=1)


@pytest.fixture
def host(db: None) -> Actor:
    return acting(cast.tomas())


def shown(host: Actor, **allowed: str) -> Asker:
    """An asker who is looking at the wording of their approved question."""
    asker = Asker()
    question = asker.asks("My partner Katrin snores. How do I say it?", **allowed)
    code = asker.code
    factories.approved_answer(question=question, sign_off="W.", wording="My partner snores. How do I say it?")
    question.refresh_from_db()
    preview(question, by=host, seen=question.version)
    with factories.the_time(timezone.now() + LATER):
        return asker.returns_with(code)


def the_question() -> Question:
    return Question.objects.select_related("wording").get()


def in_an_episode() -> Episode:
    return factories.assembled_episode(answers=[the_question().answer])


def press(asker: Asker, step: str, **typed: str) -> Asker:
    with factories.the_time(timezone.now() + LATER):
        return asker.presses(step, **typed)


def publishing(episode: Episode, by: Actor) -> str:
    """Publish; the sentence of refusal, or an empty one."""
    try:
        publish(episode, by=by, seen=Episode.objects.get(pk=episode.pk).version)
    except Refused as no:
        return str(no)
    return ""


def test_the_hosts_read_what_should_be_different_and_what_to_do(host: Actor) -> None:
    asker = press(shown(host), "ask-change", text="Leave out “my partner”.")
    assert asker.answer.status_code == 200
    assert asker.sees("You want another wording")
    assert asker.sees("Nothing airs before you have agreed to a wording.")
    assert [message.text for message in Message.objects.filter(is_from_asker=True)] == ["Leave out “my partner”."]
    desk = cast.signed_in(cast.tomas())
    writing = desk.get(f"/desk/questions/{the_question().ref}/answer/").content.decode()
    assert "The asker wants this wording changed:" in writing
    assert "Leave out “my partner”." in writing
    assert "another wording asked for" in desk.get(the_question().get_absolute_url()).content.decode()


@pytest.mark.parametrize("allowed", [
    {"airing": Airing.PREVIEW},
    {"airing": Airing.PREVIEW, "silence_means_yes": "on"},
    {"airing": Airing.FREELY},
], ids=["preview", "silence is a yes", "freely"])  # fmt: skip
def test_nothing_airs_before_they_agree_whatever_they_had_allowed(host: Actor, allowed: dict[str, str]) -> None:
    press(shown(host, **allowed), "ask-change", text="Not like this.")
    episode = in_an_episode()
    with factories.the_time(timezone.now() + timedelta(days=99)):
        assert "has not agreed to this one" in publishing(episode, host)
    question = the_question()
    assert (question.airing, question.silence_means_yes, question.objected) == (Airing.PREVIEW, False, False)
    preview(question, by=host, seen=question.version)
    with factories.the_time(timezone.now() + timedelta(days=99)):
        assert "has not agreed to this one" in publishing(episode, host)
    consent(question, wording=1)
    assert publishing(episode, host) == ""


def test_a_scheduled_episode_is_held_in_the_same_moment(host: Actor) -> None:
    asker = shown(host)
    press(asker, "agree")
    episode = factories.scheduled_episode(answers=[the_question().answer])
    press(asker, "ask-change", text="On second thoughts: not “snores”.")
    episode.refresh_from_db()
    held = Event.objects.of(episode.ref).last()
    assert held is not None
    assert (episode.release_at, held.verb, held.details) == (None, "hold", {"because": "ask_change"})
    assert the_question().agreed_wording is None


def test_a_new_wording_is_asked_about_again(host: Actor) -> None:
    asker = press(shown(host), "ask-change", text="Leave out “my partner”.")
    question = the_question()
    reopen(question, by=host, seen=question.version)
    question.refresh_from_db()
    reword(question, text="Somebody snores. How do I say it?", sign_off="W.", by=host, seen=question.version)
    question.refresh_from_db()
    preview(question, by=host, seen=question.version)
    desk = cast.signed_in(cast.tomas()).get(f"/desk/questions/{question.ref}/answer/").content.decode()
    assert "The asker wants this wording changed:" not in desk
    with factories.the_time(timezone.now() + LATER):
        asker.sends({"code": str(asker.answer.context["code"])})
    assert asker.sees("We would like to read it out. Is this wording all right?")
    press(asker, "agree")
    assert the_question().agreed_wording == the_question().wording


def test_they_can_agree_after_all(host: Actor) -> None:
    asker = press(shown(host), "ask-change", text="Hm.")
    assert asker.sees("Read it like this after all")
    press(asker, "agree")
    assert asker.sees("Thank you. We may read it like this, and not otherwise.")
    assert publishing(in_an_episode(), host) == ""


def test_a_no_that_became_a_wish_is_no_more_a_no(host: Actor) -> None:
    asker = press(shown(host), "object")
    press(asker, "ask-change", text="Without the bed I would not mind.")
    assert not the_question().objected
    assert not asker.sees("You said no")
    press(asker, "object")
    assert the_question().objected
    assert asker.sees("You said no, so it will not be read out.")


def test_pressing_twice_says_it_once(host: Actor) -> None:
    asker = shown(host)
    fields = {**asker.form("ask-change"), "text": "Not like this.", "step": "ask-change"}
    for _press in range(2):
        with factories.the_time(timezone.now() + LATER):
            asker.sends(fields)
        assert asker.answer.status_code == 200
    assert Message.objects.count() == 1
    assert Event.objects.filter(verb="ask_change").count() == 1


@pytest.mark.parametrize("text", ["", "z" * 4001])
def test_a_wish_that_cannot_be_taken_stays_in_its_own_box(host: Actor, text: str) -> None:
    asker = press(shown(host), "ask-change", text=text)
    assert asker.answer.status_code == 422
    assert asker.form("ask-change")["text"] == text
    assert asker.form("add")["text"] == ""
    assert "<title>Error: Notes</title>" in asker.page
    assert not Message.objects.exists()


def test_a_wish_about_a_wording_that_is_not_the_current_one_is_given_back(host: Actor) -> None:
    asker = shown(host)
    question = the_question()
    reopen(question, by=host, seen=question.version)
    question.refresh_from_db()
    reword(question, text="Somebody snores.", sign_off="W.", by=host, seen=question.version)
    press(asker, "ask-change", text="Not “my partner”.")
    assert asker.answer.status_code == 409
    assert asker.form("add")["text"] == "Not “my partner”."
    assert not Message.objects.exists()


@pytest.mark.parametrize("is_down", [False, True], ids=["on air", "taken down"])
def test_a_wish_that_came_after_it_aired_is_given_back_with_a_word(host: Actor, is_down: bool) -> None:
    asker = shown(host)
    press(asker, "agree")
    episode = factories.published_episode(answers=[the_question().answer])
    if is_down:
        retract(episode, by=host, seen=episode.version)
    asker.sends({"code": str(asker.answer.context["code"]), "wording": "1", "step": "ask-change", "text": "Oh no."})
    assert asker.answer.status_code == 409
    assert asker.sees("It has been on the show already")
    assert asker.form("add")["text"] == "Oh no."
    assert Episode.objects.get().retracted_at is None or is_down


@pytest.mark.parametrize("number", ["", "x", "-1", "²", "9" * 400, "\0"])
def test_an_odd_number_of_a_wording_changes_nothing(host: Actor, number: str) -> None:
    asker = press(shown(host), "ask-change", wording=number, text="Not like this.")
    assert asker.answer.status_code == 409
    assert asker.form("add")["text"] == "Not like this."
    assert the_question().previewed_wording is not None


def test_what_airing_makes_permanent_is_said_before_it_airs(host: Actor) -> None:
    assert shown(host).sees("You can say no until it airs. What has aired, others may copy and keep.")
