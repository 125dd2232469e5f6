"""What is done at the desk is told to webhooks: once, a quarter of an hour later, and never what was undone."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from questions.actions import webhook as deeds
from questions.actions.acting import Refused, acting
from questions.actions.correspond import reply
from questions.actions.decline import decline
from questions.actions.delivering import take
from questions.actions.keep import keep
from questions.actions.telling import queue_deeds
from questions.actions.undo import undo
from questions.actions.withdraw import withdraw
from questions.lifecycle import Role, Verb
from questions.models import DeclineReason, Delivery, Event, Person, Webhook
from questions.notices.sending import send_due
from tests import cast, factories
from tests.notices.receiver import Receiver, receiving

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 13, 12, 0, tzinfo=UTC)
CANARY = "Zaubernuss"
ALL = [verb.value for verb in deeds.TOLD]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Receiver, Any]]:
    with receiving(tmp_path_factory.mktemp("receiver")) as found:
        yield found


@pytest.fixture
def receiver(running: tuple[Receiver, Any]) -> Receiver:
    running[0].told.clear()
    running[0].status, running[0].location = 204, ""
    return running[0]


@pytest.fixture
def hook(receiver: Receiver) -> Webhook:
    """A webhook of Tomas's that leads to the receiver, made a day ago."""
    with factories.the_time(NOON - timedelta(days=1)):
        made = deeds.add_webhook("https://localhost/", ALL, by=acting(cast.tomas()))
    made.url = f"https://localhost:{receiver.port}/hook"
    made.save()
    return made


@pytest.fixture
def send(running: tuple[Receiver, Any]) -> Any:
    def at(moment: datetime) -> tuple[int, int]:
        with factories.the_time(moment):
            queue_deeds(moment)
            return send_due(moment, caller=running[1])

    return at


def bodies(receiver: Receiver) -> list[dict[str, Any]]:
    return [json.loads(body) for _path, _headers, body in receiver.told]


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def asked_before() -> Any:
    with factories.the_time(NOON - timedelta(days=3)):
        return factories.asked(f"Is {CANARY} a fair name for a cat?", CANARY)


def test_a_deed_is_told_a_quarter_of_an_hour_later_and_once(hook: Webhook, receiver: Receiver, send: Any) -> None:
    question = asked_before()
    with factories.the_time(NOON):
        keep(question, by=acting(cast.noor()), seen=1)
    assert send(NOON + minutes(14.9)) == (0, 0)
    assert send(NOON + minutes(15)) == (1, 0)
    assert send(NOON + minutes(16)) == (0, 0)
    [body] = bodies(receiver)
    assert body == {
        "id": str(Delivery.objects.get().ref), "kind": "question", "verb": "keep", "ref": str(question.ref),
        "state": "kept", "day": "2026-05-13", "at": "2026-05-13T12:00:00+00:00",
        "link": f"http://testserver/desk/questions/{question.ref}/",
    }  # fmt: skip
    assert CANARY.encode() not in receiver.told[0][2]


def test_what_an_asker_does_is_told_when_the_day_is_over_and_without_a_time(
    hook: Webhook, receiver: Receiver, send: Any
) -> None:
    with factories.the_time(NOON):
        question = factories.asked(f"{CANARY}?", CANARY)
    assert send(NOON + timedelta(hours=11)) == (0, 0)
    assert Delivery.objects.count() == 0
    assert send(NOON + timedelta(hours=13)) == (1, 0)
    [body] = bodies(receiver)
    assert (body["verb"], body["ref"], body["day"], body["at"]) == ("submit", str(question.ref), "2026-05-13", None)


def test_an_undone_deed_never_leaves_the_house_nor_does_its_undoing(
    hook: Webhook, receiver: Receiver, send: Any
) -> None:
    question = asked_before()
    with factories.the_time(NOON):
        event = keep(question, by=acting(cast.noor()), seen=1)
    with factories.the_time(NOON + minutes(14)):
        undo(event, by=acting(cast.noor()))
    assert [send(NOON + minutes(later)) for later in (15, 29, 60)] == [(0, 0)] * 3
    assert receiver.told == []


def test_a_deed_that_is_undone_between_two_tries_is_dropped(hook: Webhook, receiver: Receiver, send: Any) -> None:
    question = asked_before()
    with factories.the_time(NOON):
        event = keep(question, by=acting(cast.noor()), seen=1)
    receiver.status = 500
    assert send(NOON + minutes(15)) == (0, 1)
    with factories.the_time(NOON + minutes(15)):
        undo(event, by=acting(cast.noor()))
    receiver.status = 204
    assert send(NOON + minutes(17)) == (0, 0)
    delivery = Delivery.objects.get(event=event)
    assert (delivery.state, delivery.trouble) == ("dropped", "It was undone.")


def test_the_undoing_of_a_deed_that_was_told_is_told_as_well(hook: Webhook, receiver: Receiver, send: Any) -> None:
    question = asked_before()
    with factories.the_time(NOON):
        event = keep(question, by=acting(cast.noor()), seen=1)
    send(NOON + minutes(15))
    with factories.the_time(NOON + timedelta(hours=2)):
        undo(event, by=acting(cast.noor()))
    send(NOON + timedelta(hours=3))
    assert [(body["verb"], body["state"]) for body in bodies(receiver)] == [("keep", "kept"), ("undo", "waiting")]


def test_an_episode_that_was_taken_down_again_at_once_was_never_told(
    hook: Webhook, receiver: Receiver, send: Any
) -> None:
    with factories.the_time(NOON):
        episode = factories.published_episode(f"{CANARY} at night")
        event = Event.objects.get(subject=episode.ref, verb=Verb.PUBLISH)
        undo(event, by=acting(cast.noor()))
    send(NOON + minutes(15))
    told = [body["verb"] for body in bodies(receiver) if body["kind"] == "episode"]
    assert told == ["assemble", "retract"]
    assert Delivery.objects.get(event=event).trouble == "It was undone."
    assert not any(CANARY.encode() in body for _path, _headers, body in receiver.told)


def test_a_failing_webhook_is_tried_six_times_with_growing_pauses_and_then_given_up(
    hook: Webhook, receiver: Receiver, send: Any
) -> None:
    question = asked_before()
    with factories.the_time(NOON):
        keep(question, by=acting(cast.noor()), seen=1)
    receiver.status = 503
    moment, found = NOON + minutes(15), []
    for pause in (1, 5, 30, 120, 720, 0):
        assert send(moment) == (0, 1)
        delivery = Delivery.objects.get()
        found.append((delivery.state, delivery.tries))
        if pause:
            assert delivery.due_at == moment + minutes(pause)
            assert send(moment + minutes(pause) - timedelta(seconds=1)) == (0, 0)
        moment += minutes(pause)
    assert found == [("due", 1), ("due", 2), ("due", 3), ("due", 4), ("due", 5), ("failed", 6)]
    assert Delivery.objects.get().trouble == "It answered with 503."
    assert send(moment + timedelta(days=2)) == (0, 0)
    assert len({headers["Querent-Delivery"] for _path, headers, _body in receiver.told}) == 1


def test_a_failing_webhook_is_called_once_in_a_go(hook: Webhook, receiver: Receiver, send: Any) -> None:
    for _number in range(3):
        question = asked_before()
        with factories.the_time(NOON):
            keep(question, by=acting(cast.noor()), seen=1)
    receiver.status = 500
    assert send(NOON + minutes(15)) == (0, 1)
    assert len(receiver.told) == 1


def test_two_ticks_at_once_queue_and_send_a_deed_once(hook: Webhook, receiver: Receiver, send: Any) -> None:
    question = asked_before()
    with factories.the_time(NOON):
        keep(question, by=acting(cast.noor()), seen=1)
    due = NOON + minutes(15)
    with factories.the_time(due):
        queue_deeds(due)
        seen_by_both = [list(Delivery.objects.due(due)) for _tick in range(2)]
        queue_deeds(due)
        assert [take(rows[0], due) for rows in seen_by_both] == [True, False]
    assert Delivery.objects.count() == 1


def test_nobody_is_told_of_what_they_did_not_choose_or_of_what_came_before(receiver: Receiver, send: Any) -> None:
    question = asked_before()
    with factories.the_time(NOON - minutes(1)):
        keep(question, by=acting(cast.noor()), seen=1)
    with factories.the_time(NOON):
        deeds.add_webhook("https://example.org/", ["keep", "publish"], by=acting(cast.tomas()))
        reply(question, text=CANARY, by=acting(cast.noor()))
    send(NOON + timedelta(days=2))
    assert Delivery.objects.count() == 0


def test_a_paused_webhook_drops_what_comes_due_and_a_host_who_left_is_told_nothing(
    hook: Webhook, receiver: Receiver, send: Any
) -> None:
    question = asked_before()
    with factories.the_time(NOON):
        keep(question, by=acting(cast.noor()), seen=1)
    deeds.pause_webhook(hook, is_paused=True, by=acting(cast.tomas()))
    send(NOON + minutes(15))
    deeds.pause_webhook(hook, is_paused=False, by=acting(cast.tomas()))
    assert send(NOON + minutes(30)) == (0, 0)
    assert Delivery.objects.get().trouble == "The webhook is paused."
    with factories.the_time(NOON + minutes(30)):
        decline(question, reason=DeclineReason.objects.get_or_create(slug="no", label="No", words="No.")[0],
                by=acting(cast.noor()), seen=2)  # fmt: skip
    Person.objects.filter(pk=hook.person_id).update(role=Role.VIEWER)
    assert send(NOON + timedelta(hours=2)) == (0, 0)
    assert receiver.told == []


def test_what_is_told_of_a_withdrawn_question_is_that_and_nothing_else(
    hook: Webhook, receiver: Receiver, send: Any
) -> None:
    question = asked_before()
    with factories.the_time(NOON):
        withdraw(question)
    send(NOON + timedelta(days=1))
    assert [(body["verb"], body["state"], body["at"]) for body in bodies(receiver)] == [("withdraw", "withdrawn", None)]


def test_a_test_call_comes_with_the_next_tick(hook: Webhook, receiver: Receiver, send: Any) -> None:
    deeds.try_webhook(hook, by=acting(cast.tomas()))
    assert send(timezone.now() + minutes(1)) == (1, 0)
    assert [(body["kind"], body["link"]) for body in bodies(receiver)] == [("test", None)]
    deeds.pause_webhook(hook, is_paused=True, by=acting(cast.tomas()))
    with pytest.raises(Refused):
        deeds.try_webhook(hook, by=acting(cast.tomas()))


def test_url_and_secret_are_sealed_and_no_log_names_them(
    hook: Webhook, receiver: Receiver, capfd: pytest.CaptureFixture[str]
) -> None:
    row = Webhook.objects.values("url", "secret").get()
    assert "localhost" not in row["url"]
    assert hook.secret not in row["secret"]
    question = asked_before()
    with factories.the_time(NOON):
        keep(question, by=acting(cast.noor()), seen=1)
    # The real tick may not reach this machine, and says so only to the host.
    with factories.the_time(NOON + minutes(15)):
        call_command("tick")
    assert Delivery.objects.told().get().trouble == "Only the ports 443 and 8443 are called."
    printed = "".join(capfd.readouterr())
    assert (CANARY in printed, str(receiver.port) in printed, hook.secret in printed) == (False, False, False)


def test_another_host_cannot_touch_a_webhook_and_a_viewer_has_none(hook: Webhook) -> None:
    with pytest.raises(Refused):
        deeds.pause_webhook(hook, is_paused=True, by=acting(cast.noor()))
    deeds.remove_webhook(hook, by=acting(cast.noor()))
    assert Webhook.objects.count() == 1
    with pytest.raises(Refused):
        deeds.add_webhook("https://example.org/", ["keep"], by=acting(cast.viv()))
    for verbs in (["note"], ["set"], []):
        with pytest.raises(Refused):
            deeds.add_webhook("https://example.org/", verbs, by=acting(cast.tomas()))


def test_the_history_says_that_a_webhook_was_added_and_not_where_it_leads(hook: Webhook) -> None:
    event = Event.objects.get(verb=Verb.SET)
    assert (event.details["setting"], event.details["change"]) == ("webhook", "added")
    assert "localhost" not in json.dumps(event.details)


def test_what_ended_long_ago_is_forgotten_and_not_told_again(hook: Webhook, receiver: Receiver, send: Any) -> None:
    question = asked_before()
    with factories.the_time(NOON):
        keep(question, by=acting(cast.noor()), seen=1)
    send(NOON + minutes(15))
    for days, left in ((30, 1), (32, 0)):
        with factories.the_time(NOON + timedelta(days=days)):
            call_command("tick")
        assert Delivery.objects.told().count() == left
    assert len(receiver.told) == 1
