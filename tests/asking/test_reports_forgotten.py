"""What readers told us about an episode is kept for a while and then gone, whatever became of it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from questions.actions.acting import acting
from questions.actions.settle import settle
from questions.models import Event, Report, Show
from tests import cast, factories
from tests.asking.planted import CANARY, everything_unsealed, sealed_texts

pytestmark = pytest.mark.django_db


def left_after(days: int) -> int:
    with factories.the_time(timezone.now() + timedelta(days=days)):
        call_command("tick")
    return Report.objects.count()


def test_a_settled_report_is_forgotten_when_its_time_is_up() -> None:
    Show(keeps_closed_days=30).save()
    told = factories.report(text=f"{CANARY} is my village.")
    settle(told, outcome=f"{CANARY} taken out.", by=acting(cast.noor()))
    assert sum(CANARY in text for text in everything_unsealed()) == 2
    sealed = sealed_texts()
    assert (left_after(30), left_after(31)) == (1, 0)
    assert len(sealed) - len(sealed_texts()) == 2
    assert not any(CANARY in text for text in everything_unsealed())
    assert Event.objects.filter(verb="settle").count() == 1


def test_a_report_that_nobody_gets_to_is_forgotten_when_its_time_is_up() -> None:
    Show(keeps_waiting_days=90, keeps_closed_days=14).save()
    factories.report()
    assert (left_after(90), left_after(91)) == (1, 0)


def test_what_is_not_due_stays() -> None:
    Show(keeps_waiting_days=90, keeps_closed_days=14).save()
    old, episode = factories.report(), factories.published_episode(answers=[factories.approved_answer("Another?")])
    with factories.the_time(timezone.now() + timedelta(days=60)):
        young = factories.report(episode)
    assert left_after(91) == 1
    assert Report.objects.get() == young != old
