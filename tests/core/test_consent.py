"""What airs is what the asker allows, in the wording they allow."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from questions.actions.acting import Refused, acting
from questions.actions.approve import approve, reopen
from questions.actions.claim import claim, unclaim
from questions.actions.consent import consent, object_to_airing, preview
from questions.actions.consenting import SILENCE_AFTER, only_redacts
from questions.actions.draft import draft
from questions.actions.retract import retract
from questions.actions.reword import reword
from questions.actions.schedule import publish
from questions.actions.undo import undo
from questions.actions.withdraw import withdraw
from questions.models import Airing, Answer, Episode, Event, Question
from tests import factories

pytestmark = pytest.mark.django_db


def fresh(question: Question) -> Question:
    return Question.objects.get(pk=question.pk)


def being_answered(**fields: Any) -> Question:
    question, by = factories.asked("I nap. Is it rude?", **fields), acting(factories.host())
    claim(question, by=by, seen=question.version)
    reword(fresh(question), text="Is it rude?", sign_off="N", by=by, seen=fresh(question).version)
    draft(fresh(question), body="No.", by=by, seen=fresh(question).version)
    return fresh(question)


def approved(question: Question) -> Episode:
    approve(fresh(question), by=acting(factories.host()), seen=fresh(question).version)
    return factories.assembled_episode(answers=[Answer.objects.get(question=question)])


def publishing(episode: Episode) -> str:
    """Publish; the sentence of refusal, or an empty one."""
    try:
        publish(episode, by=acting(factories.host()), seen=Episode.objects.get(pk=episode.pk).version)
    except Refused as no:
        return str(no)
    return ""


def test_a_question_with_preview_airs_only_once_its_asker_has_agreed() -> None:
    question = being_answered(airing=Airing.PREVIEW)
    episode = approved(question)
    assert publishing(episode) == "The asker wants to see the wording first and has not agreed to this one."
    preview(fresh(question), by=acting(factories.host()), seen=fresh(question).version)
    consent(fresh(question), wording=1)
    assert publishing(episode) == ""


def test_a_change_of_the_wording_voids_the_consent() -> None:
    question, by = being_answered(airing=Airing.PREVIEW), acting(factories.host())
    preview(question, by=by, seen=question.version)
    consent(fresh(question), wording=1)
    reword(fresh(question), text="Rude?", sign_off="N", by=by, seen=fresh(question).version)
    assert "has not agreed to this one" in publishing(approved(question))


def test_consent_is_given_to_the_wording_that_was_read() -> None:
    question, by = being_answered(airing=Airing.PREVIEW), acting(factories.host())
    preview(question, by=by, seen=question.version)
    reword(fresh(question), text="Rude?", sign_off="N", by=by, seen=fresh(question).version)
    with pytest.raises(Refused, match="changed since you looked"):
        consent(fresh(question), wording=1)


@pytest.mark.parametrize(("means_yes", "days", "airs"), [(True, 14, True), (True, 13, False), (False, 99, False)])
def test_silence_means_what_the_asker_said_it_means(means_yes: bool, days: int, airs: bool) -> None:
    question = being_answered(airing=Airing.PREVIEW, silence_means_yes=means_yes)
    preview(question, by=acting(factories.host()), seen=question.version)
    episode = approved(question)
    assert timedelta(days=14) == SILENCE_AFTER
    with factories.the_time(timezone.now() + timedelta(days=days)):
        assert (publishing(episode) == "") is airs


def test_silence_counts_only_while_the_asker_can_read_the_wording() -> None:
    question, by = being_answered(airing=Airing.PREVIEW, silence_means_yes=True), acting(factories.host())
    preview(question, by=by, seen=question.version)
    unclaim(fresh(question), by=by, seen=fresh(question).version)
    with factories.the_time(timezone.now() + timedelta(days=20)):
        claim(fresh(question), by=by, seen=fresh(question).version)
        episode = approved(question)
        assert "has not agreed to this one" in publishing(episode)
    with factories.the_time(timezone.now() + timedelta(days=34)):
        assert publishing(episode) == ""


def test_silence_counts_anew_once_another_wording_is_undone() -> None:
    question, by = being_answered(airing=Airing.PREVIEW, silence_means_yes=True), acting(factories.host())
    preview(question, by=by, seen=question.version)
    event = reword(fresh(question), text="Rude?", sign_off="N", by=by, seen=fresh(question).version)
    assert event is not None
    with factories.the_time(timezone.now() + timedelta(days=13)):
        undo(event, by=by)
        episode = approved(question)
    with factories.the_time(timezone.now() + timedelta(days=26)):
        assert "has not agreed to this one" in publishing(episode)
    with factories.the_time(timezone.now() + timedelta(days=27)):
        assert publishing(episode) == ""


def test_a_no_holds_the_whole_episode_in_the_same_moment() -> None:
    question = being_answered(airing=Airing.FREELY)
    approved_episode = approved(question)
    scheduled = factories.schedule(
        approved_episode,
        at=timezone.now() + timedelta(days=1),
        by=acting(factories.host()),
        seen=approved_episode.version,
    )
    object_to_airing(question)
    episode = Episode.objects.get(pk=approved_episode.pk)
    assert (scheduled.after, episode.state, episode.release_at) == ("scheduled", "assembling", None)
    held = Event.objects.of(episode.ref).last()
    assert held is not None
    assert (held.verb, held.details, held.at) == ("hold", {"because": "object"}, None)
    assert publishing(episode) == "The asker has said no to airing it."


def test_a_private_question_is_never_approved_for_airing() -> None:
    question = being_answered(airing=Airing.PRIVATE)
    with pytest.raises(Refused, match="private answer only"):
        approve(question, by=acting(factories.host()), seen=question.version)


@pytest.mark.parametrize(
    ("wording", "is_redaction"),
    [
        ("I met Anna at the bakery in Bonn.", True),
        ("I met at the bakery in Bonn.", True),
        ("I met [a friend] at the bakery in [a city].", True),
        ("I met [a friend] at [work].", True),
        ("I met [a name on a network] at the bakery in Bonn.", True),
        ("", True),
        ("I met Anna at the office in Bonn.", False),
        ("I really met Anna at the bakery in Bonn.", False),
        ("I met [a friend] whom I hate at the bakery in Bonn.", False),
        ("I met Anna at [and I want to marry the neighbour].", False),
    ],
)
def test_forbidding_editing_leaves_striking_and_placeholders(wording: str, is_redaction: bool) -> None:
    assert only_redacts("I met Anna at the bakery in Bonn.", wording) is is_redaction


def test_a_host_cannot_reword_what_its_asker_forbade_to_edit() -> None:
    question, by = factories.asked("I met Anna in Bonn.", may_edit=False), acting(factories.host())
    with pytest.raises(Refused, match="forbade editing"):
        reword(question, text="They met.", sign_off="", by=by, seen=question.version)
    reword(question, text="I met [a friend] in [a city].", sign_off="", by=by, seen=question.version)
    assert fresh(question).spoken_text == "I met [a friend] in [a city]."


def test_forbidding_editing_covers_the_sign_off() -> None:
    question, by = factories.asked("Why?", "Calm in Bonn", may_edit=False), acting(factories.host())
    with pytest.raises(Refused, match="forbade editing"):
        reword(question, text="Why?", sign_off="A liar", by=by, seen=question.version)
    reword(question, text="Why?", sign_off="Calm", by=by, seen=question.version)
    assert fresh(question).spoken_sign_off == "Calm"


def test_what_an_asker_took_back_or_said_no_to_is_not_published_again() -> None:
    by = acting(factories.host())
    for deed, sentence in (
        (withdraw, "The asker of a question in it has taken it back."),
        (object_to_airing, "The asker has said no to airing it."),
    ):
        other, answer = factories.approved_answer("Another?"), factories.approved_answer("Mine?")
        episode = factories.published_episode(answers=[other, answer])
        retract(episode, by=by, seen=episode.version)
        deed(answer.question)
        assert publishing(episode) == sentence


def test_a_reopened_answer_is_not_published_again_in_its_old_words() -> None:
    by = acting(factories.host())
    episode = factories.published_episode()
    retract(episode, by=by, seen=episode.version)
    question = episode.segments.get().answer.question
    reopen(question, by=by, seen=question.version)
    assert publishing(episode) == "An answer in it is not approved."
    draft(fresh(question), body="Better words.", by=by, seen=fresh(question).version)
    approve(fresh(question), by=by, seen=fresh(question).version)
    assert publishing(episode) == ""
    assert Episode.objects.get().script.segments[0].body == "Better words."
