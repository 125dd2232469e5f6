"""What time makes due is done once, item by item."""

from datetime import timedelta
from io import StringIO
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from questions.actions.acting import Refused, acting
from questions.actions.claim import claim
from questions.actions.keep import keep
from questions.actions.merge import merge, split
from questions.actions.undo import undo
from questions.actions.withdraw import erase_traces, forget, withdraw
from questions.models import Episode, Event, Question, Show
from tests import factories

pytestmark = pytest.mark.django_db


def tick() -> str:
    out = StringIO()
    call_command("tick", stdout=out, stderr=out)
    return out.getvalue()


def test_an_episode_is_out_at_its_time_without_any_tick() -> None:
    episode = factories.scheduled_episode(at=timezone.now() + timedelta(days=1))
    with factories.the_time(timezone.now() + timedelta(days=2)):
        assert [row.slug for row in Episode.objects.released(timezone.now())] == [episode.slug]
        assert Episode.objects.get().script.segments[0].body == "Nap between the speeches."


def test_a_tick_writes_the_open_copy_of_what_has_aired_once() -> None:
    episode = factories.scheduled_episode(at=timezone.now() + timedelta(days=1))
    with factories.the_time(timezone.now() + timedelta(days=2)):
        assert (tick(), tick()) == ("", "")
    row = Episode.objects.get()
    assert row.aired_script == row.script.to_json()
    verbs = [event.verb for event in Event.objects.of(episode.ref)]
    assert verbs == ["assemble", "schedule", "air"]
    assert Event.objects.get(verb="air").at == episode.release_at


def test_an_unanswered_question_is_forgotten_when_its_time_is_up() -> None:
    Show(keeps_waiting_days=30).save()
    question = factories.asked()
    for days, state in ((30, "waiting"), (31, "forgotten")):
        with factories.the_time(timezone.now() + timedelta(days=days)):
            tick()
        question.refresh_from_db()
        assert question.state == state
    assert (question.text, question.sign_off) == (None, None)


def test_a_question_that_follows_another_is_forgotten_with_it_and_not_before_its_own_time() -> None:
    Show(keeps_waiting_days=30).save()
    by, lead = acting(factories.host()), factories.asked()
    merge(factories.asked("May I nap at weddings?"), into=lead, by=by, seen=1)
    with factories.the_time(timezone.now() + timedelta(days=20)):
        merge(factories.asked("Are naps rude?"), into=lead, by=by, seen=1)
    for days, states in (
        (30, ["waiting", "merged", "merged"]),
        (31, ["forgotten", "forgotten", "kept"]),
        (62, ["forgotten", "forgotten", "forgotten"]),
    ):
        with factories.the_time(timezone.now() + timedelta(days=days)):
            tick()
        assert [question.state for question in Question.objects.order_by("number")] == states


def test_what_a_host_does_with_a_question_begins_its_time_anew() -> None:
    Show(keeps_waiting_days=30).save()
    question = factories.asked()
    with factories.the_time(timezone.now() + timedelta(days=20)):
        keep(question, by=acting(factories.host()), seen=question.version)
    with factories.the_time(timezone.now() + timedelta(days=45)):
        tick()
    assert Question.objects.get().state == "kept"


def test_the_traces_of_what_is_gone_go_when_their_time_is_up() -> None:
    Show(keeps_traces_days=30).save()
    withdrawn, forgotten, kept = factories.asked("One?"), factories.asked("Two?"), factories.asked("Three?")
    by = acting(factories.host())
    undo(claim(withdrawn, by=by, seen=1), by=by)
    undo(merge(forgotten, into=kept, by=by, seen=1), by=by)
    merge(kept, into=withdrawn, by=by, seen=1)
    kept.refresh_from_db()
    split_off = split(kept, by=by, seen=kept.version)
    withdraw(withdrawn)
    forget(forgotten)
    for days, left in ((30, 3), (31, 1)):
        with factories.the_time(timezone.now() + timedelta(days=days)):
            assert tick() == ""
        assert Question.objects.count() == left
    assert set(Event.objects.values_list("subject", flat=True)) == {kept.ref}
    with pytest.raises(Refused, match="cannot lead any more"):
        undo(split_off, by=by)


def test_an_aired_episode_keeps_the_traces_it_stands_on() -> None:
    Show(keeps_traces_days=30).save()
    episode = factories.published_episode()
    question = episode.segments.get().answer.question
    withdraw(question)
    with factories.the_time(timezone.now() + timedelta(days=99)):
        assert tick() == ""
    assert Question.objects.get().state == "withdrawn"
    assert Episode.objects.get().script.segments[0].body == "Nap between the speeches."


def test_what_has_words_has_more_than_traces() -> None:
    with pytest.raises(Refused, match="more than traces"):
        erase_traces(factories.asked())


def test_one_poisoned_item_does_not_stop_the_others() -> None:
    poisoned, fine = factories.asked("One?"), factories.asked("Other?")
    real = Question.objects.get

    def breaking(row: Question) -> object:
        from questions.actions.withdraw import forget

        if row.pk == poisoned.pk:
            raise RuntimeError("its words")
        return forget(row)

    with (
        factories.the_time(timezone.now() + timedelta(days=999)),
        mock.patch("questions.management.commands.tick.forget", breaking),
        pytest.raises(SystemExit),
    ):
        tick()
    assert [real(pk=pk).state for pk in (poisoned.pk, fine.pk)] == ["waiting", "forgotten"]


@pytest.mark.parametrize("by_a_tick", [True, False], ids=["by a tick", "by the first reader"])
def test_an_episode_whose_words_do_not_open_is_put_aside_so_that_readers_keep_the_others(
    client: Client, by_a_tick: bool
) -> None:
    """A row that somebody damaged, or one that is sealed with a key that is gone."""
    at = timezone.now() + timedelta(days=1)
    poisoned = factories.scheduled_episode("Poisoned", number=1, at=at)
    fine = factories.scheduled_episode("Fine", number=2, at=at)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE questions_episode SET draft_script = 'not sealed' WHERE id = %s", [poisoned.pk])
    with factories.the_time(at + timedelta(hours=1)):
        if by_a_tick:
            with pytest.raises(SystemExit):
                tick()
        else:
            assert client.get("/").status_code == 200
        assert tick() == ""
        assert client.get("/episodes/").status_code == 200
        assert client.get(poisoned.get_absolute_url()).status_code == 404
        assert client.get(fine.get_absolute_url()).status_code == 200
    assert [event.verb for event in Event.objects.of(poisoned.ref)] == ["assemble", "schedule", "hold"]
    assert Event.objects.get(verb="hold").details == {"because": "seal"}
    call_command("verify_history", stdout=StringIO())
