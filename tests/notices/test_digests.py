"""A digest says in numbers what waits, at eight by the show's clocks, once, and without a word of any question."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from pytest_django.fixtures import Settings

from questions.actions import notices as deeds
from questions.actions.acting import ASKER, Refused, acting
from questions.actions.claim import claim
from questions.actions.consent import object_to_airing
from questions.actions.correspond import add, reply
from questions.actions.delivering import PAUSES
from questions.actions.telling import digest_due_on, queue_digests
from questions.models import Airing, Delivery, Digest, Person, Show
from questions.notices.sending import send_due
from tests import cast, factories

pytestmark = pytest.mark.django_db

CANARY = "Zaubernuss"
# Eight in the morning in Berlin, on a Wednesday in summer.
EIGHT = datetime(2026, 5, 13, 6, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _show() -> None:
    Show(name="It’s Probably You", time_zone="Europe/Berlin").save()


def reading(person: Person, digest: str = Digest.DAILY, **fields: Any) -> Person:
    """Somebody who has confirmed an address and wants digests."""
    person.address, person.digest = f"{person.slug}@example.org", digest
    for name, value in fields.items():
        setattr(person, name, value)
    person.save()
    return person


def tick(moment: datetime) -> None:
    with factories.the_time(moment):
        call_command("tick")


def asked(**fields: Any) -> Any:
    with factories.the_time(EIGHT - timedelta(days=2)):
        return factories.asked(f"Is {CANARY} a fair name for a cat?", CANARY, **fields)


def test_a_digest_is_sent_at_eight_by_the_shows_clocks_and_once() -> None:
    reading(cast.tomas(), digest_sent_on=date(2026, 5, 12))
    asked()
    tick(EIGHT - timedelta(minutes=1))
    assert mail.outbox == []
    for later in (0, 5, 600):
        tick(EIGHT + timedelta(minutes=later))
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["tomas@example.org"], "It’s Probably You: what waits for you")
    ]
    tick(EIGHT + timedelta(days=1))
    assert len(mail.outbox) == 2


def test_the_numbers_are_right_and_no_word_is_in_them() -> None:
    tomas = reading(cast.tomas(), digest_sent_on=date(2026, 5, 10))
    by = acting(tomas)
    with factories.the_time(EIGHT - timedelta(days=2)):
        claimed, written, wording = asked(), asked(), asked(airing=Airing.PREVIEW)
        reply(written, text=f"{CANARY}, hm.", by=acting(cast.noor()))
        add(written, text=f"Yes, {CANARY}.")
        object_to_airing(wording)
        factories.asked(f"I want to kill myself. {CANARY}", CANARY)
        factories.scheduled_episode(f"{CANARY} at night", at=EIGHT + timedelta(days=3))
        aired = factories.published_episode(answers=[factories.approved_answer("Another?")])
        for kind in ("about-me", "wrong", "wrong"):
            factories.report(aired, kind=kind, text=CANARY)
    with factories.the_time(EIGHT - timedelta(minutes=5)):
        claim(claimed, by=by, seen=1)
    tick(EIGHT)
    [letter] = mail.outbox
    assert Delivery.objects.get(kind="digest").body == {
        "calls": 1, "waiting": 3, "claims": 1, "replies": 1, "wordings": 1,
        "removals": 1, "reports": 2, "airing": 1,
    }  # fmt: skip
    assert letter.body.splitlines()[:10] == [
        "What waits at the desk:",
        "",
        "- 1 call for help",
        "- 3 questions nobody has decided about",
        "- 1 question that you are answering",
        "- 1 asker has written and waits for a word",
        "- 1 asker has answered about a wording",
        "- 1 reader who says that an episode is about them",
        "- 2 reports that something is wrong in an episode",
        "- 1 episode airs within a week",
    ]
    raw = letter.message().as_bytes()
    parts = message_from_bytes(raw, policy=policy.default)
    assert [part.get_content_type() for part in parts.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    for part in list(parts.walk())[1:]:
        content = part.get_content()
        assert (CANARY in content, "cat" in content, "http://testserver/desk/notices/" in content) == (
            False,
            False,
            True,
        )
    assert parts["Auto-Submitted"] == "auto-generated"


def test_a_weekly_digest_comes_on_mondays() -> None:
    reading(cast.tomas(), Digest.WEEKLY, digest_sent_on=date(2026, 5, 11))
    asked()
    for day in range(1, 12):
        tick(EIGHT + timedelta(days=day))
    assert len(mail.outbox) == 1
    assert Person.objects.get(slug="tomas").digest_sent_on == date(2026, 5, 18)


def test_nobody_who_was_missed_for_days_gets_several() -> None:
    reading(cast.tomas(), digest_sent_on=date(2026, 5, 1))
    asked()
    tick(EIGHT + timedelta(hours=3))
    assert len(mail.outbox) == 1


def test_a_digest_that_has_nothing_to_say_is_not_sent() -> None:
    reading(cast.tomas(), digest_sent_on=date(2026, 5, 12))
    tick(EIGHT)
    assert mail.outbox == []
    assert Person.objects.get(slug="tomas").digest_sent_on == date(2026, 5, 13)


def test_whoever_has_left_or_only_looks_gets_none() -> None:
    reading(cast.tomas(), digest_sent_on=date(2026, 5, 12), left_on=date(2026, 5, 12))
    reading(cast.viv(), digest_sent_on=date(2026, 5, 12))
    asked()
    tick(EIGHT)
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_of_two_ticks_at_the_same_moment_one_sends_it() -> None:
    reading(cast.tomas(), digest_sent_on=date(2026, 5, 12))
    asked()
    gate, faults = threading.Barrier(2), []

    def run() -> None:
        gate.wait()
        try:
            queue_digests(EIGHT)
            send_due(EIGHT)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    with factories.the_time(EIGHT):
        threads = [threading.Thread(target=run) for _tick in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        send_due(EIGHT)
    assert (faults, len(mail.outbox), Delivery.objects.count()) == ([], 1, 1)


class Failing:
    """A mail server that takes nothing."""

    def __init__(self, *args: Any, **options: Any) -> None:
        pass

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError


def test_a_failing_mail_server_loses_no_digest_and_sends_none_twice(settings: Settings) -> None:
    reading(cast.tomas(), digest_sent_on=date(2026, 5, 12))
    asked()
    settings.EMAIL_BACKEND = "tests.notices.test_digests.Failing"
    tick(EIGHT)
    delivery = Delivery.objects.get(kind="digest")
    assert (delivery.state, delivery.tries, delivery.trouble) == ("due", 1, "The mail server did not take it.")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for later in (1, 2, 60):
        tick(EIGHT + PAUSES[0] + timedelta(minutes=later))
    assert len(mail.outbox) == 1
    assert Delivery.objects.get(kind="digest").state == "done"


def test_the_first_digest_comes_at_the_next_time_for_it() -> None:
    tomas = reading(cast.tomas(), Digest.NEVER)
    asked()
    with factories.the_time(EIGHT + timedelta(hours=2)):
        deeds.set_notices(digest=Digest.DAILY, is_on_duty=False, by=acting(tomas))
    tick(EIGHT + timedelta(hours=3))
    assert mail.outbox == []
    tick(EIGHT + timedelta(days=1))
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("moment", "due_on"),
    [
        # The clocks of Berlin go forward on 29 March 2026 and back on 25 October.
        (datetime(2026, 3, 29, 5, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 6, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 10, 25, 6, 59, tzinfo=UTC), date(2026, 10, 24)),
        (datetime(2026, 10, 25, 7, 0, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_eight_is_eight_when_the_clocks_change(moment: datetime, due_on: date) -> None:
    assert digest_due_on(Digest.DAILY, moment, Show.objects.current().zone) == due_on


@pytest.fixture
def code() -> Callable[[], str]:
    """The code in the newest mail."""
    return lambda: mail.outbox[-1].subject.rpartition(" ")[2]


def test_an_address_is_taken_once_its_code_was_typed(code: Callable[[], str]) -> None:
    by = acting(cast.tomas())
    offer = deeds.offer_address(" tomas@example.org ", by=by)
    assert Person.objects.get(slug="tomas").address is None
    assert mail.outbox[-1].to == ["tomas@example.org"]
    wrong = "000000" if code() != "000000" else "111111"
    with pytest.raises(Refused, match="not the code"):
        deeds.confirm_address(offer.ticket, code=wrong, by=by)
    deeds.confirm_address(offer.ticket, code=f" {code()[:3]} {code()[3:]}", by=by)
    assert Person.objects.get(slug="tomas").address == "tomas@example.org"
    assert "example.org" not in str(Person.objects.values("address").get(slug="tomas"))


def test_a_code_runs_out_and_is_good_for_nobody_else(code: Callable[[], str]) -> None:
    offer = deeds.offer_address("tomas@example.org", by=acting(cast.tomas()))
    assert "tomas@" not in offer.ticket
    with pytest.raises(Refused, match="over"):
        deeds.confirm_address(offer.ticket, code=code(), by=acting(cast.noor()))
    later = time.time() + deeds.CODE_HOLDS.total_seconds() + 1
    with mock.patch("time.time", return_value=later), pytest.raises(Refused, match="over"):
        deeds.confirm_address(offer.ticket, code=code(), by=acting(cast.tomas()))
    with pytest.raises(Refused, match="over"):
        deeds.confirm_address(offer.ticket[:-1] + "x", code=code(), by=acting(cast.tomas()))


def test_nobody_can_flood_an_address_with_codes() -> None:
    for _number in range(deeds.MOST_OFFERS):
        deeds.offer_address("somebody@example.org", by=acting(cast.tomas()))
    with pytest.raises(Refused, match="many codes"):
        deeds.offer_address("somebody@example.org", by=acting(cast.tomas()))
    assert len(mail.outbox) == deeds.MOST_OFFERS
    deeds.offer_address("noor@example.org", by=acting(cast.noor()))


def test_no_mail_server_no_change(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "tests.notices.test_digests.Failing"
    with pytest.raises(Refused, match="mail server"):
        deeds.offer_address("tomas@example.org", by=acting(cast.tomas()))


def test_a_digest_needs_an_address_and_goes_with_it() -> None:
    by = acting(cast.tomas())
    with pytest.raises(Refused, match="Confirm"):
        deeds.set_notices(digest=Digest.DAILY, is_on_duty=True, by=by)
    reading(cast.tomas())
    deeds.remove_address(by=by)
    tomas = Person.objects.get(slug="tomas")
    assert (tomas.address, tomas.digest) == (None, Digest.NEVER)
    with pytest.raises(Refused):
        deeds.set_notices(digest=Digest.NEVER, is_on_duty=True, by=ASKER)
