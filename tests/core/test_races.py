"""Two people at once: there is one winner, never two and never none."""

import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from questions.actions.acting import Refused, Stale, acting
from questions.actions.assemble import Contents, assemble, disband
from questions.actions.correspond import note, reply
from questions.actions.decline import decline
from questions.actions.keep import keep
from questions.actions.presence import be_here
from questions.actions.submit import Submission, submit
from questions.actions.withdraw import withdraw
from questions.models import DeclineReason, Episode, Event, Message, Note, Presence, Question
from tests import cast, factories

pytestmark = pytest.mark.django_db(transaction=True)


def together(*deeds: Callable[[], Any]) -> list[Any]:
    """Do the deeds in threads that start at the same moment; the result of each, or its exception."""
    results: list[Any] = [None] * len(deeds)
    gate = threading.Barrier(len(deeds))

    def run(place: int, deed: Callable[[], Any]) -> None:
        gate.wait()
        try:
            results[place] = deed()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_two_hosts_who_decide_at_once_one_wins_and_the_other_is_told() -> None:
    noor, tomas = acting(cast.noor()), acting(cast.tomas())
    no = DeclineReason.objects.create(slug="no", label="No", words="No, sorry.")
    for _round in range(15):
        question = factories.asked()
        seen = {"seen": question.version}
        results = together(
            partial(keep, question, by=noor, **seen), partial(decline, question, reason=no, by=tomas, **seen)
        )
        winner, loser = sorted(results, key=lambda result: isinstance(result, Stale))
        assert isinstance(winner, Event), results
        assert isinstance(loser, Stale), results
        assert [event.pk for event in loser.events] == [winner.pk]
        assert Question.objects.get(pk=question.pk).state == winner.after


def test_the_same_form_sent_five_times_at_once_is_one_question() -> None:
    results = together(*[lambda: submit(Submission(text="Why?"), nonce="one form")] * 5)
    assert len({result[0] for result in results}) == 1
    assert (Question.objects.count(), Event.objects.count()) == (1, 1)


def test_the_same_words_sent_five_times_at_once_are_written_once() -> None:
    asked, noor, ref = factories.asked(), acting(cast.noor()), uuid.uuid4()
    for write, left in ((reply, Message), (note, Note)):
        results = together(*[partial(write, asked, text="Once.", by=noor, ref=ref)] * 5)
        assert len({event.pk for event in results}) == 1
        assert left.objects.count() == 1


def test_somebody_who_opens_a_question_five_times_at_once_is_there_once() -> None:
    asked, noor = factories.asked(), cast.noor()
    assert together(*[partial(be_here, asked, by=noor)] * 5) == [None] * 5
    assert Presence.objects.count() == 1


def test_a_withdrawal_during_the_scheduling_always_wins() -> None:
    by = acting(factories.host())
    for number in range(8):
        answer = factories.approved_answer(f"Question {number}?")
        episode = factories.assembled_episode(answers=[answer])
        tomorrow = timezone.now() + timedelta(days=1)
        scheduled, withdrawn = together(
            partial(factories.schedule, episode, at=tomorrow, by=by, seen=episode.version),
            partial(withdraw, answer.question),
        )
        assert isinstance(withdrawn, Event), withdrawn
        assert isinstance(scheduled, Event | Refused), scheduled
        row = Episode.objects.get(pk=episode.pk)
        assert (row.state, row.script.segments) == ("assembling", [])


def assembling(season: int, number: int, slug: str, verdict: str = "The cat.") -> Callable[[], Event]:
    contents = Contents(season, number, slug, "Naps", verdict=verdict)
    return partial(assemble, contents, by=acting(factories.host()))


def winner_and_loser(results: list[Any]) -> tuple[Event, Refused]:
    loser, winner = sorted(results, key=lambda result: isinstance(result, Event))
    assert isinstance(winner, Event), results
    assert isinstance(loser, Refused), results
    return winner, loser


def test_of_two_episodes_for_one_address_one_is_made_and_the_other_is_told() -> None:
    for number in range(1, 9):
        results = together(assembling(1, number, f"nap-{number}"), assembling(2, number, f"nap-{number}"))
        _winner, loser = winner_and_loser(results)
        assert str(loser) == f"Another episode has the address “nap-{number}”."
        assert Episode.objects.count() == number


def test_of_two_episodes_for_one_number_one_is_made_and_the_other_is_told() -> None:
    for number in range(1, 9):
        results = together(assembling(3, number, f"a-{number}"), assembling(3, number, f"b-{number}"))
        _winner, loser = winner_and_loser(results)
        assert str(loser) == f"Season 3 has an episode {number} already."
        assert Episode.objects.count() == number


def test_of_two_new_verdicts_for_one_address_none_breaks_anything() -> None:
    for number in range(1, 9):
        words = (f"Nap {number}!", f"Nap {number}?")
        results = together(
            assembling(1, number, f"a-{number}", words[0]), assembling(2, number, f"b-{number}", words[1])
        )
        assert all(isinstance(result, Event | Stale) for result in results), results
        assert any(isinstance(result, Event) for result in results), results
        made = Episode.objects.filter(number=number)
        assert made.count() == sum(isinstance(result, Event) for result in results)
        assert {str(episode.verdict) for episode in made} <= set(words)


def test_an_episode_that_is_taken_apart_meanwhile_is_gone_for_the_other() -> None:
    by = acting(factories.host())
    for number in range(8):
        episode = factories.assembled_episode(answers=[factories.approved_answer(f"Question {number}?")])
        seen, tomorrow = episode.version, timezone.now() + timedelta(days=1)
        results = together(
            partial(disband, episode, by=by, seen=seen),
            partial(factories.schedule, episode, at=tomorrow, by=by, seen=seen),
        )
        winner, loser = winner_and_loser(results)
        if winner.verb == "disband":
            assert str(loser) == "It is gone: somebody has taken it apart."
